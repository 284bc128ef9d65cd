"""Receipts a second: line, match, transfer, debt, event, duties, notices and drafts, beside django-hordak's transfer_to.

Once each in its own transaction as the bank pushes them, once in runs as a statement brings them. The peer makes one
transfer between two accounts and nothing else.
"""

import time
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from django.db import transaction

from accounts.actors import Actor
from benchmarks import vault
from benchmarks.beside import Figures, Peer, figure, medians, rate
from funds.models import MainAccount, StatementLine
from funds.services import receiving
from gateways.models import Message
from gateways.payloads import CreditLine
from kernel import clock
from kernel.keys import uuid7

BATCHES, CASES, LINES = 4, 200, 200
AMOUNT = Decimal("10.00")


def measure() -> Figures:
    """Both figures."""
    court = Vault()
    sides: list[Callable[[], float]] = [partial(rate, court.take_one), court.book_statement]
    with Peer() as peer:
        if peer is not None:
            sides.append(peer.rate)
        one, many, *beside = medians(*sides, batches=BATCHES)
    against = next(iter(beside), None)
    return {
        "receipt_booking": figure(one, against, unit="receipts/s"),
        "receipts_in_runs": figure(many, against, unit="receipts/s"),
    }


class Vault:
    """A court's account with cases whose judgments are being executed."""

    def __init__(self) -> None:
        self.main = vault.main_account()
        self.court = self.main.court
        self.bank = Actor.system(self.court, "bank")
        self.cases = vault.cases(CASES, first=1)
        self.next = 0

    def take_one(self) -> None:
        """One line as the bank pushes it, taken in one transaction with its message."""
        number, payer = self._case()
        at = clock.now()  # once: in tests and here the clock is in a cache, in a court it is the machine's
        item = CreditLine(
            account=self.main.number,
            sub_account=number,
            booked_on=clock.day_of(at),
            amount=AMOUNT,
            bank_reference=uuid7().hex,
            counterparty_name=payer,
        )
        with transaction.atomic():
            receiving.take_credit(message=Message(court=self.court), item=item, actor=self.bank, at=at)

    def book_statement(self) -> float:
        """Lines a second of a statement whose lines are kept."""
        StatementLine.objects.bulk_create(_line(self.main, *self._case()) for _number in range(LINES))
        begun = time.perf_counter()
        receiving.book_waiting(court=self.court, actor=self.bank, at=clock.now(), limit=LINES)
        return LINES / (time.perf_counter() - begun)

    def _case(self) -> tuple[str, str]:
        self.next += 1
        return self.cases[self.next % CASES]


def _line(main: MainAccount, number: str, payer: str) -> StatementLine:
    return StatementLine(
        court_id=main.court_id,
        main=main,
        identity=uuid7().hex,
        direction="IN",
        amount=AMOUNT,
        booked_on=clock.today(),
        counterparty_name=payer,
        sub_account=number,
        taken_at=clock.now(),
    )
