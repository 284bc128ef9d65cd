"""Counts beside the navigation's words. The rooms that know them declare the rows here; a page counts them all at once."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from accounts import queries
from accounts.actors import Actor
from kernel import clock

CAP = 999


class Count(NamedTuple):
    """How many, and how many of them are past their limit."""

    count: int
    past: int = 0


class Rows(NamedTuple):
    """What an item counts, and which of it is past its limit."""

    rows: QuerySet[Any]
    past: QuerySet[Any] | None = None


Counter = Callable[[Actor], Rows]


def _vacancies(actor: Actor) -> Rows:
    return Rows(queries.vacant(queries.seats(actor.court_id), clock.today()))


COUNTS: dict[str, Counter] = {"vacancies": _vacancies}
"""By name of the item: inbox, decisions, warnings, cases, unidentified, payouts …"""


def counts(names: Iterable[str], actor: Actor) -> dict[str, Count]:
    """The capped counts of the items by name, in one statement; an item that no room declares is left out."""
    named = {name: COUNTS[name](actor) for name in names if name in COUNTS}
    numbers = iter(_numbers([rows for pair in named.values() for rows in pair]))
    return {name: Count(min(next(numbers), CAP), min(next(numbers), CAP)) for name in named}


def _numbers(many: list[QuerySet[Any] | None]) -> list[int]:
    """How many rows each has, none counted further than one past the cap."""
    parts, arguments = [], []
    for rows in many:
        part, values = _part(rows)
        parts.append(part)
        arguments += values
    if not parts:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", arguments)
        return list(cursor.fetchone())


def _part(rows: QuerySet[Any] | None) -> tuple[str, list[Any]]:
    try:
        if rows is not None:
            query, values = rows.order_by().values("pk")[: CAP + 1].query.sql_with_params()
            return f"(SELECT count(*) FROM ({query}) AS counted)", list(values)
    except EmptyResultSet:
        pass
    return "0", []
