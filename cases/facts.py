"""Readings: what one room may ask of a sibling by name. The owner of the fact provides it.

>>> facts.provide(facts.HELD, held_of)          # in assets/facts.py
>>> facts.read(facts.HELD, case=case, at=at)    # anywhere above the cases room
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from cases.models import Case

Value = TypeVar("Value")


@dataclass(frozen=True)
class Reading(Generic[Value]):
    """A named question about a case, its answer's type and the answer when no room provides it."""

    name: str
    default: Value


@dataclass(frozen=True)
class HeldAsset:
    """One asset under control: label, yuan, how and until when (for the gauge of the case page)."""

    label: str
    amount: Decimal
    note: str
    last_day: date | None = None
    first_rank: bool = True


@dataclass(frozen=True)
class FoundAsset:
    """One answer of a registry about a debtor: whose (symbol), what, how much (yuan), who said so and when."""

    party: str
    label: str
    amount: Decimal | None
    source: str
    on: date
    income: bool = False


HELD: Reading[Decimal] = Reading("held", Decimal("0.00"))
"""Sum under effective first-rank control (yuan)."""
CONTROLLED: Reading[tuple[HeldAsset, ...]] = Reading("controlled", ())
"""The assets behind HELD."""
IN_FUNDS: Reading[Decimal] = Reading("in_funds", Decimal("0.00"))
"""Money of the case in the court's account, not yet paid out (yuan)."""
PAID_OUT: Reading[Decimal] = Reading("paid_out", Decimal("0.00"))
"""Money of the case that reached its payees (yuan)."""
LAST_PAID_ON: Reading[date | None] = Reading("last_paid_on", None)
"""The day on which the bank last paid money of the case to a party."""
SUB_ACCOUNT: Reading[str] = Reading("sub_account", "")
"""The case's own account number."""
ACCOUNT_NAME: Reading[str] = Reading("account_name", "")
"""The name in which the court's account is held (户名)."""
ACCOUNT_BANK: Reading[str] = Reading("account_bank", "")
"""The bank of the court's account (开户行)."""
PAY_PAGE: Reading[str] = Reading("pay_page", "")
"""The address of the case's page for payers, with a token; empty while no page is served."""
IN_FORCE: Reading[tuple[str, ...]] = Reading("in_force", ())
"""Symbols of pressure in force: LIMIT, LISTING, DETENTION …"""
SEARCHED: Reading[bool] = Reading("searched", False)
"""Whether the network inquiry has answered on every channel."""
FOUND_NOTHING: Reading[bool] = Reading("found_nothing", False)
"""Whether the inquiry answered and found no property."""
FOUND: Reading[tuple[FoundAsset, ...]] = Reading("found", ())
"""What the last round of the inquiry found, property first; only for those who may see property."""
MEASURES_OPEN: Reading[int] = Reading("measures_open", 0)
"""Number of measures in force."""
RUNG: Reading[str] = Reading("rung", "")
"""The rung of the ladder on which the debtor stands, in words."""

_PROVIDERS: dict[str, Callable[..., Any]] = {}


def provide(reading: Reading[Value], provider: Callable[[Case, datetime], Value]) -> None:
    """Name the provider of a reading; a second provider is a fault of the program."""
    if reading.name in _PROVIDERS:
        raise RuntimeError(f"two rooms provide {reading.name}")
    _PROVIDERS[reading.name] = provider


def read(reading: Reading[Value], *, case: Case, at: datetime) -> Value:
    """The answer of the room that owns the fact, or the default."""
    provider = _PROVIDERS.get(reading.name)
    if provider is None:
        return reading.default
    answer: Value = provider(case, at)
    return answer
