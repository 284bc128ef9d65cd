"""Was a statement overtaken? A file taken before its day was over says less than the house knows by the time it is compared.

Its closing balance is right for its own moment. When money has moved since, a difference proves nothing: the file of the
finished day will. Nothing here forgives a difference in a file whose day is over, or after which nothing has moved.
"""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from funds.kinds import AccountKind, LineState
from funds.models import Payout, Remittance, StatementImport, StatementLine, Transfer
from funds.payments import keys
from funds.services import remitted
from kernel import clock
from kernel.money import ZERO


def is_overtaken(imported: StatementImport) -> bool:
    """Whether the house knows of money that moved after the file was made, on the days of the file."""
    if imported.until_on is None or clock.day_of(imported.at) > imported.until_on:
        return False
    lines = StatementLine.objects.filter(
        main=imported.main_id, booked_on__gte=imported.from_on, booked_on__lte=imported.until_on
    )
    return lines.count() > imported.lines_new + imported.lines_known or _by_ledger(imported) != _by_lines(lines)


def _by_ledger(imported: StatementImport) -> dict[UUID, Decimal]:
    """What left for each payout and remittance by the ledger on the days of the file, less what came back (yuan)."""
    days = Transfer.objects.filter(
        Q(subject__startswith="funds.payout:") | Q(subject__startswith="funds.remittance:"),
        court=imported.court_id,
        value_on__gte=imported.from_on,
        value_on__lte=imported.until_on,
    )
    left = days.filter(destination__kind=AccountKind.BANK).values_list("subject", "amount")
    came = days.filter(source__kind=AccountKind.BANK).values_list("subject", "amount")
    pairs = [*left, *((subject, -amount) for subject, amount in came)]
    return _sums((UUID(subject.partition(":")[2]), amount) for subject, amount in pairs)


def _by_lines(lines: "QuerySet[StatementLine]") -> dict[UUID, Decimal]:
    """The same by the lines of the bank."""
    rows = list(lines.filter(state__in=[LineState.PAYMENT, LineState.RETURNED]))
    named = {row.pk: _named_in(f"{row.instruction_key} {row.remark}") for row in rows}
    unnamed = [row.bank_reference for row in rows if not named[row.pk]]
    known = {
        reference: key
        for model in (Payout, Remittance)
        for reference, key in model.objects.filter(bank_reference__in=unnamed).values_list("bank_reference", "pk")
    }
    pairs = ((named[row.pk] or known.get(row.bank_reference), row) for row in rows)
    return _sums((key, -row.amount if row.is_in else row.amount) for key, row in pairs if key)


def _named_in(text: str) -> UUID | None:
    return keys.found_in(text) or remitted.named_in(text)


def _sums(pairs: Iterable[tuple[UUID, Decimal]]) -> dict[UUID, Decimal]:
    sums: dict[UUID, Decimal] = defaultdict(lambda: ZERO)
    for key, amount in pairs:
        sums[key] += amount
    return {key: total for key, total in sums.items() if total}
