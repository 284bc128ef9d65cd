"""What a month's books say: the trial balance at its end, the bank's figure, counts and sums, open items by age (FUND-LEDGER)."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, Sum

from funds.kinds import AccountKind, LineState, PayeeKind, PayoutState, ReceiptState
from funds.models import Payout, Receipt, Reconciliation, StatementLine, Transfer
from funds.relays import BUCKETS
from kernel import clock
from kernel.money import ZERO

_AT = """
    SELECT account.kind, sum(side.amount)
      FROM (SELECT destination_id AS account_id, amount FROM funds_transfer
             WHERE court_id = %(court)s AND value_on <= %(on)s
            UNION ALL
            SELECT source_id, -amount FROM funds_transfer WHERE court_id = %(court)s AND value_on <= %(on)s) AS side
      JOIN funds_account AS account ON account.id = side.account_id
     GROUP BY account.kind
"""


@dataclass(frozen=True)
class Tally:
    """How many and how much (yuan)."""

    count: int
    amount: Decimal


def last_day(month: date) -> date:
    """The last day of the month that begins on ``month``."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def next_month(month: date) -> date:
    """The first day of the next month."""
    return last_day(month) + timedelta(days=1)


def trial_balance_at(court_id: UUID, on: date) -> dict[AccountKind, Decimal]:
    """The sum of every kind of account at the end of a day, from the transfers (yuan); over all kinds it is zero."""
    sums = dict.fromkeys(AccountKind, ZERO)
    with connection.cursor() as cursor:
        cursor.execute(_AT, {"court": court_id, "on": on})
        sums |= {AccountKind(kind): total for kind, total in cursor.fetchall()}
    return sums


def moved_days(court_id: UUID, month: date) -> list[date]:
    """The days of a month on which money came to or left the bank account, by the ledger."""
    rows = Transfer.objects.filter(court_id=court_id, value_on__gte=month, value_on__lte=last_day(month))
    rows = rows.filter(Q(source__kind=AccountKind.BANK) | Q(destination__kind=AccountKind.BANK))
    return sorted(rows.order_by().values_list("value_on", flat=True).distinct())


def unreconciled_days(court_id: UUID, month: date) -> list[date]:
    """Days of the month on which money moved and the last comparison with the bank is missing or does not agree."""
    compared = Reconciliation.objects.filter(
        court_id=court_id, on__gte=month, on__lte=last_day(month), bank_closing__isnull=False
    )
    last = {row.on: row.agrees for row in compared.order_by("at", "id")}
    return [day for day in moved_days(court_id, month) if not last.get(day)]


def waiting_lines(court_id: UUID, month: date) -> int:
    """Lines of the bank of the month that are not booked or not explained."""
    rows = StatementLine.objects.filter(court_id=court_id, booked_on__gte=month, booked_on__lte=last_day(month))
    return rows.filter(state__in=[LineState.NEW, LineState.UNEXPLAINED]).count()


def figures(court_id: UUID, month: date) -> dict[str, Any]:
    """Everything that the closing of the month shows, ready to be kept (yuan as text)."""
    end = last_day(month)
    sums = trial_balance_at(court_id, end)
    compared = _bank_at(court_id, month)
    came, paid = _came(court_id, month), _paid(court_id, month)
    return {
        "balances": {kind.value: str(_as_seen(kind, total)) for kind, total in sums.items()},
        "bank_closing": str(compared.bank_closing) if compared else "",
        "bank_on": compared.on.isoformat() if compared else "",
        "cash_in_hand": str(compared.cash_in_hand) if compared else "0.00",
        "receipts": {"count": came.count, "amount": str(came.amount)},
        "payouts": {"count": paid.count, "amount": str(paid.amount)},
        "open": [{"count": one.count, "amount": str(one.amount)} for one in _open(court_id, end)],
        "differences": Reconciliation.objects.filter(court_id=court_id, on__gte=month, on__lte=end)
        .exclude(difference=0, wrong_accounts=[])
        .count(),
    }


def _as_seen(kind: AccountKind, total: Decimal) -> Decimal:
    return -total if kind == AccountKind.BANK else total


def _bank_at(court_id: UUID, month: date) -> Reconciliation | None:
    """The last comparison with the bank in the month."""
    rows = Reconciliation.objects.filter(court_id=court_id, on__gte=month, on__lte=last_day(month))
    return rows.filter(bank_closing__isnull=False).order_by("-on", "-at").first()


def _came(court_id: UUID, month: date) -> Tally:
    """Money that came in the month, by its own day at the bank."""
    rows = Receipt.objects.filter(court_id=court_id, received_on__gte=month, received_on__lte=last_day(month))
    return _tally(rows.exclude(state=ReceiptState.REVERSED))


def _paid(court_id: UUID, month: date) -> Tally:
    """Payouts that the bank paid in the month; fees stay with the court and are not among them."""
    since, until = clock.start_of(month), clock.end_of(last_day(month))
    rows = Payout.objects.filter(court_id=court_id, state=PayoutState.SETTLED)
    return _tally(rows.filter(settled_at__gte=since, settled_at__lt=until).exclude(payee_kind=PayeeKind.COURT))


def _tally(rows: Any) -> Tally:
    found = rows.order_by().aggregate(count=Count("pk"), amount=Sum("amount"))
    return Tally(found["count"], found["amount"] or ZERO)


def _open(court_id: UUID, end: date) -> Iterable[Tally]:
    """Receipts that were not paid out at the end of the month, by their age then, in the columns of the ageing board."""
    moment = clock.end_of(end)
    rows = Receipt.objects.owned().filter(court_id=court_id, received_at__lt=moment)
    rows = rows.filter(Q(paid_at__isnull=True) | Q(paid_at__gte=moment))
    counts, sums = [0] * len(BUCKETS), [ZERO] * len(BUCKETS)
    for received_at, amount in rows.values_list("received_at", "amount").iterator(chunk_size=2000):
        age = moment - received_at
        place = next(at for at, limit in enumerate(BUCKETS) if limit is None or age < timedelta(days=limit))
        counts[place] += 1
        sums[place] += amount
    return [Tally(count, amount) for count, amount in zip(counts, sums, strict=True)]
