"""主动联系: the defendant or debtor comes forward by itself, and whoever handles the case answers within two working days.

A payment ahead goes to the case's own account; it is recorded as a performance and lowers what is executed later.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.roles import Action
from cases import access
from cases.kinds import EXECUTION_KINDS, OWING, CaseKind
from cases.models import Case, Participation
from cases.services import recording
from kernel.money import ZERO
from kernel.refusals import BadInput, NotFound, Refusal
from portal.models import Approach, ApproachKind

KINDS = frozenset({CaseKind.CIVIL, *EXECUTION_KINDS})


class NotYours(Refusal):
    """Only the side that owes comes forward in this way."""

    message = gettext_lazy("这里供被告、被执行人主动联系法院。您可以给承办人留言。")
    status = 403


class CaseOver(Refusal):
    """A closed case is not handled any more."""

    message = gettext_lazy("%(number)s 已结案。需要还款的，请打电话给法院。")


class WaitingForAnswer(Refusal):
    """One request at a time."""

    message = gettext_lazy("您的请求已送到承办人，请等答复后再提。")


class AnsweredAlready(Refusal):
    """The request is answered."""

    message = gettext_lazy("这项请求已答复。")


@dataclass(frozen=True)
class Approached:
    """Facts of portal.approached: what is offered, and how much at once (yuan)."""

    kind: ApproachKind
    amount: Decimal | None


def may_approach(case: Case, party_id: UUID) -> bool:
    """Whether a party can come forward in a case: on the owing side, while the case is open."""
    owing = Participation.objects.filter(case=case, party_id=party_id, role__in=OWING)
    return case.is_open and case.kind in KINDS and owing.exists()


@transaction.atomic
def make(
    *,
    case_id: UUID,
    kind: ApproachKind,
    actor: Actor,
    at: datetime,
    amount: Decimal | None = None,
    words: str = "",
    phone: str = "",
) -> Approach:
    """Come forward. Raises NotYours, CaseOver, WaitingForAnswer, BadInput, NotFound."""
    case = access.locked_case_for(actor, case_id, Action.SEE_CASES)
    if not case.is_open:
        raise CaseOver(number=case.number)
    if actor.party_id is None or not may_approach(case, actor.party_id):
        raise NotYours()
    if amount is not None and amount <= ZERO:
        raise BadInput(reason=_("愿意先付的金额应大于零。"))
    if Approach.objects.filter(case=case, party_id=actor.party_id, answered_at__isnull=True).exists():
        raise WaitingForAnswer()
    row = Approach.objects.create(
        court_id=case.court_id,
        case=case,
        party_id=actor.party_id,
        kind=kind,
        amount=amount,
        words=words.strip()[:300],
        phone=phone,
        made_at=at,
    )
    facts = Approached(kind=ApproachKind(kind), amount=amount)
    recording.record(case=case, verb="portal.approached", actor=actor, at=at, subject=row.symbol, facts=facts)
    return row


@transaction.atomic
def answer(*, approach_id: UUID, words: str, actor: Actor, at: datetime) -> Approach:
    """Answer in writing. Raises BadInput, AnsweredAlready, NotAllowed, NotFound."""
    case_id = Approach.objects.visible_to(actor).filter(pk=approach_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound()
    case = access.locked_case_for(actor, case_id, Action.NOTE)
    if not words.strip():
        raise BadInput(reason=_("请写明答复的内容。"))
    row = Approach.objects.select_for_update(no_key=True, of=("self",)).get(pk=approach_id)
    if row.answered_at is not None:
        raise AnsweredAlready()
    row.answer, row.answered_by_id, row.answered_at = words.strip()[:300], actor.post_id, at
    row.save(update_fields=["answer", "answered_by", "answered_at"])
    recording.record(case=case, verb="portal.approach_answered", actor=actor, at=at, subject=row.symbol)
    return row
