"""What a check is: rows that it looks at, rows that break it, and how one of them is named (numbers, never people)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.models import Court
from insight.parts import Text

MOST_NAMED = 20


@dataclass(frozen=True)
class Outcome:
    """How many rows were looked at, how many break the check, and the first of them by name."""

    checked: int
    broken: int = 0
    named: tuple[str, ...] = ()


@dataclass(frozen=True)
class Check:
    """One condition of an invariant; ``fault`` says what is wrong with a row that breaks it."""

    name: str
    fault: Text
    run: Callable[[Court, datetime], Outcome]


def outcome(looked_at: "QuerySet[Any]", breaking: "QuerySet[Any]", name: Callable[[Any], str]) -> Outcome:
    """Count both and name the first of the breaking rows; two or three queries."""
    broken = breaking.order_by().count()
    named = tuple(name(row) for row in breaking.order_by("pk")[:MOST_NAMED]) if broken else ()
    return Outcome(looked_at.order_by().count(), broken, named)


def listed(checked: int, named: list[str]) -> Outcome:
    """The outcome of a check that compares sums rather than rows."""
    return Outcome(checked, len(named), tuple(named[:MOST_NAMED]))
