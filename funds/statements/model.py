"""What a statement says: lines, what was not taken and why, and control totals.

Amounts are positive yuan (or another currency's unit) with two places; the direction is the account holder's: IN came to
the account, OUT left it. `read` is always accepted + rejected + ignored.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Protocol

Direction = Literal["IN", "OUT"]
STATEMENT, ADVICE, INTRADAY = "STATEMENT", "ADVICE", "INTRADAY"
ZERO_YUAN = Decimal("0.00")


@dataclass(frozen=True)
class StatementLine:
    """One accepted line; `occurrence` tells apart lines that are otherwise the same."""

    ordinal: int
    booked_on: date
    booked_at: datetime | None
    amount: Decimal
    direction: Direction
    currency: str
    balance: Decimal | None
    counterparty_name: str
    counterparty_account: str
    remark: str
    bank_reference: str | None
    sub_account: str = ""
    traded_on: date | None = None
    occurrence: int = 0
    raw: dict[str, str] = field(default_factory=dict)

    @property
    def signed(self) -> Decimal:
        """The amount as it changes the balance."""
        return self.amount if self.direction == "IN" else -self.amount


@dataclass(frozen=True)
class Rejected:
    """A line that was understood but cannot be booked: CURRENCY, DIRECTION or DATE."""

    ordinal: int
    line: int
    code: str
    reason: str
    amount: Decimal
    direction: Direction | None
    currency: str
    booked_on: date | None


@dataclass(frozen=True)
class Ignored:
    """A line that moves no money: ZERO, or PENDING when the bank has not booked it yet."""

    ordinal: int
    line: int
    code: str
    amount: Decimal
    direction: Direction | None
    currency: str
    booked_on: date | None


class Counted(Protocol):
    """What a total adds up."""

    @property
    def amount(self) -> Decimal: ...
    @property
    def direction(self) -> Direction | None: ...


@dataclass(frozen=True)
class Total:
    """Count and sum, both directions together and apart; lines without a direction are in the sum alone."""

    count: int
    sum: Decimal
    in_count: int
    in_sum: Decimal
    out_count: int
    out_sum: Decimal

    @classmethod
    def of(cls, items: Iterable[Counted]) -> "Total":
        """Add up."""
        every = list(items)
        came = [one.amount for one in every if one.direction == "IN"]
        left = [one.amount for one in every if one.direction == "OUT"]
        total = sum((one.amount for one in every), ZERO_YUAN)
        return cls(len(every), total, len(came), sum(came, ZERO_YUAN), len(left), sum(left, ZERO_YUAN))


@dataclass(frozen=True)
class ControlTotals:
    """The four totals that a clerk compares with the bank's own figures; a checksum where currencies differ."""

    read: Total
    accepted: Total
    rejected: Total
    ignored: Total

    @classmethod
    def of(
        cls, lines: Iterable[StatementLine], rejected: Iterable[Rejected], ignored: Iterable[Ignored]
    ) -> "ControlTotals":
        """Add up what was read and where it went."""
        parts: tuple[list[Counted], list[Counted], list[Counted]] = (list(lines), list(rejected), list(ignored))
        return cls(Total.of([*parts[0], *parts[1], *parts[2]]), *(Total.of(part) for part in parts))


@dataclass(frozen=True)
class StatementWarning:
    """Shown, never a refusal: the bank's own figures disagree with its lines (FOOTER, BALANCE, CHAIN), or the last line may
    be incomplete (CUT)."""

    code: str
    text: str


@dataclass(frozen=True)
class Statement:
    """One account's statement, advice or intraday report."""

    bank: str
    kind: str
    account: str
    currency: str
    opening: Decimal | None
    closing: Decimal | None
    lines: tuple[StatementLine, ...]
    rejected: tuple[Rejected, ...]
    ignored: tuple[Ignored, ...]
    control: ControlTotals
    warnings: tuple[StatementWarning, ...] = ()

    @property
    def bookable(self) -> bool:
        """Whether its lines may be booked: advices and intraday reports never are."""
        return self.kind == STATEMENT
