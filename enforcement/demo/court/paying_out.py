"""Paying out while the demo grows: money that came is confirmed and approved now, and two payment batches are made of it.

The first batch goes through the gateway, so that the bank settles it while one looks; the second waits for the keeper. Who
paid everything is not kept waiting: the money leaves at once, and when the bank has settled it the case is closed.
"""

import logging
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from enforcement.demo.court.acts import execution, money
from enforcement.demo.court.acts.execution import crew
from enforcement.demo.court.telling import Telling
from funds.kinds import PayoutState
from funds.kinds.batches import BatchWay
from funds.models import PaymentBatch, Payout
from funds.services import batching, handing
from kernel import clock
from kernel.refusals import Refusal

log = logging.getLogger(__name__)
BATCHES, IN_A_BATCH = 2, 3


@dataclass
class Desk:
    """The money desk of the growing court: whose money is on its way."""

    coming: list[Telling] = field(default_factory=list)
    ending: list[Telling] = field(default_factory=list)

    def takes(self, t: Telling) -> None:
        """A debtor pays now: where the creditor wants the money is entered and checked, if the team has two for it."""
        two = {crew(t).clerk, crew(t).executor}
        if len(two) < 2 or not two <= t.staff.posts.keys():
            return
        t.at = clock.now()
        with transaction.atomic():
            money.payee_account(t)
        self.coming.append(t)

    def work(self) -> None:
        """Confirm and approve what has come, then make the next batch when there is enough for one."""
        came = [t for t in self.coming if Payout.objects.filter(case=t.case, state=PayoutState.DRAFT).exists()]
        try:
            for t in came:
                t.at = clock.now()
                self.coming.remove(t)
                money.confirm(t)
                money.approve(t)
                if not Decimal(t.owed()):
                    money.send(t)
                    self.ending.append(t)
            if came:
                _gather(came[0])
            self._end()
        except Refusal as refusal:
            log.warning("not paid out: %s", refusal)

    def _end(self) -> None:
        """Close the cases whose money has reached everybody."""
        for t in list(self.ending):
            if not Payout.objects.filter(case=t.case).exclude(state=PayoutState.SETTLED).exists():
                t.at = clock.now()
                self.ending.remove(t)
                execution.propose_closing(t, "PERFORMED", "债务全部清偿，案款已发放")
                execution.close(t)


def _gather(t: Telling) -> None:
    """The next batch of the court, if it still lacks one and there is enough to pay."""
    known = PaymentBatch.objects.filter(court=t.court)
    waiting = Payout.objects.filter(court=t.court, state=PayoutState.APPROVED, batch_items__isnull=True)
    ids = list(waiting.order_by("drafted_at").values_list("pk", flat=True))
    number = known.count()
    if number >= BATCHES or len(ids) <= IN_A_BATCH:
        return
    key = f"demo:batch:{t.court.code}:{number}"
    batch = batching.make(payout_ids=ids[1 : IN_A_BATCH + 1], title="", actor=t.actor("fa"), at=t.at, key=key)
    if number == 0:
        _pay(t, batch)


def _pay(t: Telling, batch: PaymentBatch) -> None:
    batching.release(batch_id=batch.pk, actor=t.actor("bao"), at=t.at)
    key = f"demo:batch:{batch.pk}:send"
    batching.send(batch_id=batch.pk, way=BatchWay.GATEWAY, actor=t.actor("fa"), at=t.at, key=key)
    place = f"{t.court.short_name}诉讼服务大厅"
    handing.convene(batch_id=batch.pk, on=clock.day_of(t.at), place=place, actor=t.actor("fa"), at=t.at)
