"""A freeze whose last day has passed ended by itself; the court says so once (FRZ-EXPIRE, 查规27)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court
from assets.models import FreezeOrder, Measure
from assets.models.measures import OrderState
from assets.services import controlling, releasing
from cases.services import recording
from gateways import queries as gateway_queries
from gateways.models import MessageState
from kernel import clock

SENT = (MessageState.SENT, MessageState.PARKED)


@dataclass(frozen=True)
class Lapsed:
    """Facts of assets.freeze_lapsed."""

    debtor: str
    amount: Decimal
    last_day: date


@transaction.atomic
def lapse(*, order_id: UUID, at: datetime) -> bool:
    """Record that a freeze has lapsed; False when it has not, or when that is recorded already.

    A renewal that reached the bank in time and is not answered keeps the question open: the bank's word decides.
    """
    if not FreezeOrder.objects.filter(pk=order_id).exists():
        return False
    row, case = controlling.locked(order_id)
    measures = Measure.objects.filter(order=row).holding()
    last = max((measure.last_day for measure in measures if measure.last_day), default=None)
    if row.state not in {OrderState.EFFECTIVE, OrderState.RELEASING} or last is None or last >= clock.day_of(at):
        return False
    if _renewal_in_time(row, clock.end_of(last)):
        return False
    releasing.end(row, clock.at_time(last, 12), str(_("届满失效")), OrderState.LAPSED)
    recording.record(
        case=case,
        verb="assets.freeze_lapsed",
        actor=Actor.system(Court.objects.get(pk=case.court_id), "clock"),
        at=at,
        happened_at=min(clock.end_of(last), at),
        subject=row.symbol,
        facts=Lapsed(debtor=row.party.symbol, amount=row.frozen or Decimal("0.00"), last_day=last),
    )
    return True


def _renewal_in_time(row: FreezeOrder, end: datetime) -> bool:
    renewals = gateway_queries.messages_about(row.symbol).filter(kind="renew", state__in=SENT)
    return renewals.filter(sent_at__lt=end).exists()
