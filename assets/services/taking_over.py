"""A preservation measure turns into one of execution by law, its term running on (保规17, 解释168): the execution case takes it over."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court
from accounts.roles import Action
from assets import queries
from assets.models import FreezeOrder, Measure
from assets.models.measures import OrderState
from cases import access, locks
from cases.declaring import Symbol
from cases.kinds import CaseKind
from cases.models import Case
from cases.services import recording
from kernel.refusals import NotFound, Refusal

ZERO = Decimal("0.00")


class NotInForce(Refusal):
    """The freeze is not in force."""

    message = _("这项冻结现在是“%(state)s”，不能办理。")


@dataclass(frozen=True)
class TakenOver:
    """Facts of assets.measure_taken_over (in the execution case) and assets.measure_handed_on (in the other)."""

    debtor: str
    amount: Decimal
    last_day: date | None
    other: Symbol


def acting(
    *, order_id: UUID, states: set[OrderState], to: Action, actor: Actor, at: datetime
) -> tuple[FreezeOrder, Case]:
    """A freeze for an act of the actor: the acting case is locked, and takes the freeze over first when it has to.

    Raises NotFound (absent, or a case that the actor does not see), NotAllowed, NotInForce.
    """
    found = FreezeOrder.objects.filter(pk=order_id, case__court_id=actor.court_id).select_related("case").first()
    if found is None:
        raise NotFound()
    case = queries.acting_case(found)
    locks.lock_all({case.pk, found.case_id})
    case = access.locked_case_for(actor, case.pk, to)
    row = FreezeOrder.objects.select_for_update(of=("self",)).select_related("party", "case").get(pk=order_id)
    if row.state not in states:
        raise NotInForce(state=row.get_state_display())
    if row.case_id != case.pk:
        _take_over(row, case, at)
    return row, case


@transaction.atomic
def take_over(*, order_id: UUID, at: datetime) -> bool:
    """Let the execution case of the dispute take a preservation's freeze over, once; the law does it, nobody decides."""
    found = FreezeOrder.objects.filter(pk=order_id).select_related("case").first()
    if found is None:
        return False
    case = queries.acting_case(found)
    locks.lock_all({case.pk, found.case_id})
    row = FreezeOrder.objects.select_for_update(of=("self",)).select_related("party", "case").get(pk=order_id)
    if row.state != OrderState.EFFECTIVE or row.case_id == case.pk or row.case.kind != CaseKind.PRESERVATION:
        return False
    _take_over(row, case, at)
    return True


def _take_over(row: FreezeOrder, case: Case, at: datetime) -> None:
    before, actor = row.case, Actor.system(Court.objects.get(pk=case.court_id), "clock")
    measures = Measure.objects.filter(order=row, ended_on__isnull=True)
    ends = measures.holding().filter(last_day__isnull=False).order_by("last_day")
    last = ends.values_list("last_day", flat=True).first()
    measures.update(case=case)
    row.case = case
    row.save(update_fields=["case"])
    for here, other, verb in (
        (case, before, "assets.measure_taken_over"),
        (before, case, "assets.measure_handed_on"),
    ):
        facts = TakenOver(debtor=row.party.symbol, amount=row.frozen or ZERO, last_day=last, other=Symbol(other.symbol))
        recording.record(case=here, verb=verb, actor=actor, at=at, subject=row.symbol, facts=facts)
