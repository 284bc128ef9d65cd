"""Execution proper, the part that belongs to the case: notice, hand-over between lanes."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Post
from accounts.roles import Action
from cases import access
from cases.kinds import EXECUTION_KINDS, Lane
from cases.models import Case, Document
from cases.services import advancing, assigning, issuing
from kernel import clock
from kernel.refusals import BadInput, Refusal


class NotExecution(Refusal):
    """Only an execution case has notice and lanes."""

    message = _("%(number)s 不是执行案件。")


@dataclass(frozen=True)
class Notified:
    """Facts of cases.notified: the last day for performing and for reporting property."""

    perform_by: date
    report_by: date


@dataclass(frozen=True)
class HandedOver:
    """Facts of cases.handed_over."""

    lane: Lane


@transaction.atomic
def notify(*, case_id: UUID, perform_by: date, report_by: date, actor: Actor, at: datetime) -> list[Document]:
    """Issue the execution notice and the property-report order together (解释480; 民诉251, 252; 财调3).

    Both days are inclusive and stand in the papers; the law fixes no number of days for the report (EXE-REPORT-ORDER).
    """
    case = access.locked_case_for(actor, case_id, Action.EXECUTE)
    _execution(case)
    if min(perform_by, report_by) < clock.day_of(at):
        raise BadInput(reason=str(_("履行与报告的期限不能早于今天。")))
    facts = Notified(perform_by=perform_by, report_by=report_by)
    advancing.move(case=case, transition="notify", verb="cases.notified", actor=actor, at=at, facts=facts)
    data = {"perform_by": perform_by, "report_by": report_by}
    return [
        issuing.issue(case=case, kind=kind, subject=case.symbol, actor=actor, at=at, more=data)
        for kind in ("cases.execution_notice", "cases.property_report_order")
    ]


@transaction.atomic
def hand_over(*, case_id: UUID, officer: Post, actor: Actor, at: datetime) -> Case:
    """Hand a case from the inquiry lane to a field team (分段集约)."""
    case = access.locked_case_for(actor, case_id, Action.EXECUTE)
    _execution(case)
    advancing.move(
        case=case,
        transition="implement",
        verb="cases.handed_over",
        actor=actor,
        at=at,
        facts=HandedOver(lane=Lane.IMPLEMENTATION),
    )
    assigning.give(case=case, officer=officer, actor=actor, at=at)
    return case


def _execution(case: Case) -> None:
    if case.kind not in EXECUTION_KINDS:
        raise NotExecution(number=case.number)
