"""Closing an execution case: the checks of every room are asked, and a refusal names them all."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases import access
from cases.declaring import CLOSING
from cases.kinds import ClosedHow
from cases.models import Case, Decision
from cases.services import advancing, deciding
from cases.stages import Stage
from kernel.refusals import BadInput, Condition, Refusal

TRANSITIONS = {
    ClosedHow.PERFORMED: "perform",
    ClosedHow.ROUND_ENDED: "end_round",
    ClosedHow.TERMINATED: "terminate",
}


class NotReadyToClose(Refusal):
    """At least one condition of closing is not met; ``conditions`` has them all."""

    message = _("还不能以“%(how)s”结案：%(missing)s 项条件未满足。")


@dataclass(frozen=True)
class Closed:
    """Facts of cases.closed."""

    how: ClosedHow
    days: int


def conditions(case: Case, how: ClosedHow, at: datetime) -> list[Condition]:
    """Every closing check that applies, met or not."""
    rows = [row.check(case, at) for row in CLOSING if how in row.ways]
    return [row for row in rows if row is not None]


def check(case: Case, how: ClosedHow, at: datetime) -> None:
    """Raise NotReadyToClose with the whole list, or NotFromHere when the spine forbids it."""
    found = conditions(case, how, at)
    missing = [row for row in found if not row.met]
    if missing:
        raise NotReadyToClose(how=how.label, missing=len(missing), conditions=found)


@transaction.atomic
def propose(*, case_id: UUID, how: str, why: str, actor: Actor, at: datetime) -> Decision:
    """Ask for closing. Raises NotReadyToClose, NotFromHere, AlreadyAsked."""
    case = access.locked_case_for(actor, case_id, Action.PROPOSE_CLOSING)
    if how not in TRANSITIONS:
        raise BadInput(reason=str(_("请选择结案方式。")))
    ending = ClosedHow(how)
    check(case, ending, at)
    if not advancing.may(case, TRANSITIONS[ending]):
        raise NotReadyToClose(how=ending.label, missing=1, conditions=[_stage_condition(case, ending)])
    return deciding.ask(
        case=case, kind="cases.close", subject=case.symbol, actor=actor, at=at, proposal={"how": how}, why=why
    )


def _stage_condition(case: Case, how: ClosedHow) -> Condition:
    text = _("案件现在处于“%(stage)s”，须先%(need)s") % {
        "stage": Stage(case.stage).label,
        "need": _("全部到位") if how == ClosedHow.PERFORMED else _("移送执行实施"),
    }
    return Condition(text=str(text))


def close(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """Carry the approval out: the checks are asked again, then the case closes."""
    how = ClosedHow(decision.proposal["how"])
    check(case, how, at)
    advancing.move(
        case=case,
        transition=TRANSITIONS[how],
        verb="cases.closed",
        actor=actor,
        at=at,
        facts=Closed(how=how, days=(at - case.filed_at).days),
        closed_how=how,
    )
