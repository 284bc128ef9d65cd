"""The bank's own book beside the house's, and the workers' journals beside the house's commands."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from accounts.models import Court
from cases.models import Event
from funds.kinds import LineState, PayoutState
from funds.models import (
    Command,
    Deposit,
    DistributionPlan,
    Grant,
    PaymentBatch,
    Payout,
    Receipt,
    Remittance,
    StatementLine,
)
from funds.services import reconciling
from kernel import clock
from tests.soak.bank import Book
from tests.soak.invariants import Violation
from tests.soak.journal import DONE, REFUSED, VIOLATION, Entry
from tests.soak.worker import ACTS

ZERO = Decimal(0)


def beside_the_bank(court: Court, book: Book) -> list[Violation]:
    """Where the house and its bank tell different things."""
    return [*_paid(court, book), *_paid_by_receipt(court, book), *_came(court, book), *_balance(court, book)]


def beside_the_journals(court: Court, entries: Sequence[Entry]) -> list[Violation]:
    """What was answered and is not there, what was refused and is, and what ended in no legal way."""
    known = dict(Command.objects.filter(court=court, key__startswith="soak:").values_list("key", "result"))
    found = []
    for entry in entries:
        row = f"worker step {entry.key} {entry.kind}: {entry.code}"
        if entry.outcome == VIOLATION:
            found.append(Violation("a command ends with its result or a named refusal", row))
        elif entry.outcome == DONE and ACTS[entry.kind].keyed and entry.key not in known:
            found.append(Violation("what was answered is never lost", row))
        elif entry.outcome == REFUSED and entry.key in known:
            found.append(Violation("a refusal leaves nothing behind", row))
    return found


def held(court: Court) -> Counter[str]:
    """How many receipts, payouts, batches, plans and events there are in the end."""
    states = Counter(f"payouts {state}" for state in Payout.objects.filter(court=court).values_list("state", flat=True))
    for model in (PaymentBatch, Deposit, Grant, Remittance):
        found = model.objects.filter(court=court).values_list("state", flat=True)
        states.update(f"{model._meta.model_name} {state}" for state in found)
    plans = DistributionPlan.objects.filter(court=court).values_list("stage", flat=True)
    states.update(f"plan {stage}" for stage in plans)
    receipts = Receipt.objects.filter(court=court).count()
    return states + Counter({"receipts": receipts, "events": Event.objects.filter(court=court).count()})


def _paid(court: Court, book: Book) -> Iterator[Violation]:
    yield from (Violation("an instruction is paid once", key) for key, times in book.times_paid.items() if times > 1)
    rows = Payout.objects.filter(court=court).exclude(payee_kind="COURT")
    ours: dict[str, Payout | Remittance] = {row.instruction_key: row for row in rows}
    ours |= {row.instruction_key: row for row in Remittance.objects.filter(court=court)}
    for key in book.paid.keys() | ours.keys():
        row = ours.get(key)
        settled = row.amount if row and row.state == PayoutState.SETTLED else ZERO
        if book.paid.get(key, ZERO) != settled:
            said = f"{key} bank {book.paid.get(key, ZERO)} house {settled} {row.state if row else 'unknown'}"
            yield Violation("the bank paid what is settled", said)
        if row and key in book.paid_to and book.paid_to[key] != row.payee_account:
            yield Violation("the bank paid the account that was approved", f"{key} {row.amount}")


def _paid_by_receipt(court: Court, book: Book) -> Iterator[Violation]:
    paid: dict[str, Decimal] = defaultdict(Decimal)
    amounts = {}
    for row in Payout.objects.filter(court=court).select_related("receipt"):
        paid[row.receipt.number] += book.paid.get(row.instruction_key, ZERO)
        amounts[row.receipt.number] = row.receipt.amount
    for number, total in paid.items():
        if total > amounts[number]:
            yield Violation("no receipt is paid out twice", f"{number} {total} of {amounts[number]}")


def _came(court: Court, book: Book) -> Iterator[Violation]:
    lines = StatementLine.objects.filter(court=court, state__in=[LineState.BOOKED, LineState.HANDED_IN])
    ours = {row.bank_reference: row for row in lines}
    for reference in book.came.keys() | ours.keys():
        there, here = book.came.get(reference), ours.get(reference)
        if there is None or here is None or there != here.amount:
            yield Violation("money that came is booked once", f"{reference} bank {there} house {here and here.amount}")
    handed = Receipt.objects.filter(court=court, deposit_line__isnull=False, state="REVERSED")
    yield from (Violation("money at the bank is not reversed", row.number) for row in handed)


def _balance(court: Court, book: Book) -> Iterator[Violation]:
    today = clock.today()
    house = reconciling.bank_by_ledger(court, today) - reconciling.cash_in_hand(court, today)
    if house != book.balance:
        yield Violation("the bank holds what the ledger says", f"bank {book.balance} house {house}")
