"""A waiting freeze moves up when the one before it ends; its term begins on that day (FRZ-WAIT, FRZ-WAIT-TERM, 查规26)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from assets.models import FreezeOrder, Measure
from assets.models.measures import OrderState
from assets.services import taking_over
from cases import queries
from cases.services import recording
from kernel import clock
from kernel.refusals import NotFound, Refusal
from law import freezing


class NotWaiting(Refusal):
    """Only a waiting freeze moves up, once."""

    message = _("这项冻结不在轮候，不能登记转为首封。")


class MoreThanLimit(Refusal):
    """It holds at most what was ordered."""

    message = _("冻结金额 %(held)s 元超过裁定限额尚余的 %(left)s 元。")
    status = 400


class NotYet(Refusal):
    """What is registered has happened."""

    message = _("转为首封的日期应在 %(first)s 与今天之间。")
    status = 400


@dataclass(frozen=True)
class MovedUp:
    """Facts of assets.measure_moved_up (yuan)."""

    debtor: str
    amount: Decimal
    last_day: date


@transaction.atomic
def register(*, measure_id: UUID, held: Decimal, effective_on: date, actor: Actor, at: datetime) -> Measure:
    """Register the bank's word that a waiting freeze took effect on a day with ``held`` yuan; a year runs from there.

    Raises NotWaiting, MoreThanLimit, NotYet, NotInForce, NotFound.
    """
    order_id = Measure.objects.filter(pk=measure_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise NotFound()
    row, case = taking_over.acting(
        order_id=order_id, states={OrderState.EFFECTIVE}, to=Action.FREEZE, actor=actor, at=at
    )
    measure = Measure.objects.select_for_update().get(pk=measure_id)
    _check(row, measure, held, effective_on, at)
    rules = queries.rulebook(case.court, effective_on)
    measure.rank, measure.held, measure.from_on = 1, held, effective_on
    measure.last_day = freezing.end_of_term(kind=freezing.DEPOSIT, effective_on=effective_on, rules=rules)
    measure.save(update_fields=["rank", "held", "from_on", "last_day"])
    row.frozen = (row.frozen or Decimal("0.00")) + held
    row.save(update_fields=["frozen"])
    facts = MovedUp(debtor=row.party.symbol, amount=held, last_day=measure.last_day)
    recording.record(case=case, verb="assets.measure_moved_up", actor=actor, at=at, subject=row.symbol, facts=facts)
    return measure


def _check(row: FreezeOrder, measure: Measure, held: Decimal, effective_on: date, at: datetime) -> None:
    if not measure.is_waiting or measure.ended_on is not None:
        raise NotWaiting()
    left = row.limit - (row.frozen or Decimal("0.00"))
    if held > left:
        raise MoreThanLimit(held=f"{held:,.2f}", left=f"{left:,.2f}", field="held")
    first = measure.from_on or effective_on
    if not first <= effective_on <= clock.day_of(at):
        raise NotYet(first=f"{first.year}年{first.month}月{first.day}日", field="effective_on")
