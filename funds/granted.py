"""What was granted of relief and of rewards: by year, source and person (I-14). None of it is an amount recovered."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.utils.translation import gettext as _

from funds.kinds import AccountKind, PayoutState
from funds.kinds.apart import FundSource
from funds.models import Payout
from kernel import clock
from kernel.money import ZERO


@dataclass(frozen=True)
class Line:
    """One line of the counters (yuan)."""

    label: str
    amount: Decimal
    count: int


@dataclass(frozen=True)
class Year:
    """What reached people in one year (yuan)."""

    year: int
    total: Decimal
    count: int
    by_source: tuple[Line, ...]
    by_person: tuple[Line, ...]


def by_year(court_id: UUID, year: int, fund: AccountKind = AccountKind.RELIEF) -> Year:
    """What the bank paid from a fund in a calendar year, by source and by person; four queries at most."""
    rows = paid(court_id, year, fund)
    whole = rows.aggregate(total=Sum("amount"), count=Count("grant", distinct=True))
    sources = _sums(rows, "receipt__fund_money__source")
    people = _sums(rows, "payee__name") if fund == AccountKind.RELIEF else []
    return Year(
        year=year,
        total=whole["total"] or ZERO,
        count=whole["count"],
        by_source=tuple(Line(str(FundSource(key).label), amount, count) for key, amount, count in sources),
        by_person=tuple(Line(key or _("未登记"), amount, count) for key, amount, count in people),
    )


def paid(court_id: UUID, year: int, fund: AccountKind) -> "QuerySet[Payout]":
    """The payments of a fund that the bank made in a year."""
    return Payout.objects.filter(
        court_id=court_id,
        drawn_from=fund,
        state=PayoutState.SETTLED,
        settled_at__gte=clock.start_of(date(year, 1, 1)),
        settled_at__lt=clock.start_of(date(year + 1, 1, 1)),
    )


def _sums(rows: "QuerySet[Payout]", field: str) -> list[tuple[str, Decimal, int]]:
    grouped = rows.order_by().values(field).annotate(total=Sum("amount"), count=Count("grant", distinct=True))
    found = [(row[field], row["total"], row["count"]) for row in grouped]
    return sorted(found, key=lambda row: (-row[1], row[0] or ""))
