"""A number and the rows behind it: what a page shows as a figure opens as a list that adds up to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise
CASES, PIECES, DUTIES, DAYS, YUAN = _("件"), _("笔"), _("项"), _("天"), _("元")
DAY = Decimal(86_400_000_000)  # microseconds
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Part:
    """One figure: its value and its rows. A row adds one, or its ``measure`` (an annotation), or its entry in ``amounts``."""

    key: str
    label: Text
    value: Decimal
    rows: "QuerySet[Any]"
    unit: Text = CASES
    measure: str = ""
    measure_label: Text = ""
    amounts: Mapping[UUID, Decimal] | None = None

    @property
    def is_money(self) -> bool:
        """Whether the figure is a sum of yuan."""
        return self.unit == YUAN

    def adds(self, row: Any) -> Decimal:
        """What one row adds to the figure; the rows of a list add up to its value."""
        if self.amounts is not None:
            return self.amounts.get(row.pk, Decimal(0))
        return decimal(getattr(row, self.measure)) if self.measure else Decimal(1)

    def each(self) -> list[Decimal]:
        """What every row adds, in no order; one query."""
        if self.amounts is not None:
            return list(self.amounts.values())
        if not self.measure:
            return [Decimal(1)] * int(self.value)
        return [decimal(value) for value in self.rows.order_by().values_list(self.measure, flat=True)]

    @property
    def text(self) -> str:
        """The figure as people read it: whole for counts, two places for yuan and days."""
        if self.unit in (CASES, PIECES, DUTIES):
            return f"{self.value:,.0f}"
        return written(self.value)


def counted(key: str, label: Text, rows: "QuerySet[Any]", unit: Text = CASES) -> Part:
    """A figure that is the number of its rows."""
    return Part(key, label, Decimal(rows.order_by().count()), rows, unit)


def summed(
    key: str, label: Text, rows: "QuerySet[Any]", *, measure: str, unit: Text = YUAN, measure_label: Text = ""
) -> Part:
    """A figure that is the sum of an annotation over its rows: yuan, or days when the annotation is a span of time."""
    total = rows.order_by().aggregate(total=Sum(measure))["total"]
    return Part(key, label, decimal(total), rows, unit, measure, measure_label)


def decimal(value: object) -> Decimal:
    """A number or a span of time (in days) as an exact Decimal; nothing is zero."""
    if value is None:
        return Decimal(0)
    if isinstance(value, timedelta):
        return Decimal(value // timedelta(microseconds=1)) / DAY
    return Decimal(str(value))


def rounded(value: Decimal) -> Decimal:
    """Half up to two places."""
    return value.quantize(HUNDREDTH, ROUND_HALF_UP)


def written(value: Decimal | None) -> str:
    """Two places with thousands separators and a real minus; a dash for nothing."""
    return "—" if value is None else f"{rounded(value):,.2f}".replace("-", "−")
