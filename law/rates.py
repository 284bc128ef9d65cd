"""Yearly rates of awarded interest: fixed, a multiple of the loan prime rate (LPR), capped.

LPR holds the published rates from the days on which they changed: one year as reprinted by third parties
(VERIFIED-2ND), five years from memory; after KNOWN_UNTIL the last rate goes on and its pieces are provisional.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from law.calendar import DAY


class Tenor(StrEnum):
    """The two published loan prime rates."""

    ONE_YEAR = "1Y"
    FIVE_YEARS = "5Y"


class BeforeLpr(ValueError):
    """No loan prime rate was published under the present rules before 20 August 2019."""


class NoRate(ValueError):
    """A term of interest needs either a fixed yearly rate or a multiple of the loan prime rate."""


KNOWN_UNTIL = date(2025, 12, 31)
_LPR: dict[Tenor, str] = {
    Tenor.ONE_YEAR: """2019-08-20 4.25 2019-09-20 4.20 2019-11-20 4.15 2020-02-20 4.05 2020-04-20 3.85 2021-12-20 3.80
        2022-01-20 3.70 2022-08-22 3.65 2023-06-20 3.55 2023-08-21 3.45 2024-07-22 3.35 2024-10-21 3.10
        2025-05-20 3.00""",
    Tenor.FIVE_YEARS: """2019-08-20 4.85 2019-11-20 4.80 2020-02-20 4.75 2020-04-20 4.65 2022-01-20 4.60 2022-05-20 4.45
        2022-08-22 4.30 2023-06-20 4.20 2024-02-20 3.95 2024-07-22 3.85 2024-10-21 3.60 2025-05-20 3.50""",
}


def _table(text: str) -> tuple[tuple[date, ...], tuple[Decimal, ...]]:
    words = text.split()
    return tuple(map(date.fromisoformat, words[::2])), tuple(Decimal(word) / 100 for word in words[1::2])


LPR = {tenor: _table(text) for tenor, text in _LPR.items()}


def lpr(*, on: date, tenor: Tenor = Tenor.ONE_YEAR) -> Decimal:
    """The loan prime rate in force on the day: lpr(on=date(2024, 8, 1)) == Decimal("0.0335"). Raises BeforeLpr."""
    days, figures = LPR[tenor]
    place = bisect_right(days, on)
    if not place:
        raise BeforeLpr(f"{on}尚无贷款市场报价利率，请按判决载明的利率填写")
    return figures[place - 1]


class Piece(NamedTuple):
    """A stretch of days (since < day <= until) with one yearly rate."""

    since: date
    until: date
    rate: Decimal
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How awarded interest runs: from a day (the first day is not counted), to a day or until payment.

    Either `annual_rate`, or `lpr_multiple` of the `tenor`, floating or fixed at `lpr_on`; `ceiling` bounds the rate.
    """

    from_on: date
    until: date | None = None
    annual_rate: Decimal | None = None
    lpr_multiple: Decimal | None = None
    tenor: Tenor = Tenor.ONE_YEAR
    lpr_on: date | None = None
    ceiling: Decimal | None = None
    days_in_year: int = 365

    def __post_init__(self) -> None:
        if (self.annual_rate is None) == (self.lpr_multiple is None):
            raise NoRate("利息须约定固定年利率或者贷款市场报价利率的倍数之一")

    def pieces(self, since: date, until: date) -> Iterator[Piece]:
        """The stretches of one rate within since < day <= until, clipped to the term itself."""
        first = max(since, self.from_on)
        last = until if self.until is None else min(until, self.until)
        if first >= last:
            return
        if self.annual_rate is not None:
            yield Piece(first, last, self._bounded(self.annual_rate))
            return
        for border in self._borders(first, last):
            # A rate published on a day counts from that day on.
            rate = lpr(on=self.lpr_on or first + DAY, tenor=self.tenor)
            provisional = (self.lpr_on or border) > KNOWN_UNTIL
            yield Piece(first, border, self._bounded(rate * (self.lpr_multiple or 1)), provisional)
            first = border

    def _borders(self, first: date, last: date) -> list[date]:
        if self.lpr_on is not None:
            return [last]
        changes = [*(day - DAY for day in LPR[self.tenor][0]), KNOWN_UNTIL]
        return [day for day in changes if first < day < last] + [last]

    def _bounded(self, rate: Decimal) -> Decimal:
        return rate if self.ceiling is None else min(rate, self.ceiling)
