"""Counts beside the navigation's words. The rooms that know them declare them here; they are read once per request."""

from collections.abc import Callable
from typing import NamedTuple

from accounts import queries
from accounts.actors import Actor
from kernel import clock

CAP = 999


class Count(NamedTuple):
    """How many, and how many of them are past their limit."""

    count: int
    past: int = 0


Counter = Callable[[Actor], tuple[int, int]]


def _vacancies(actor: Actor) -> Count:
    return Count(queries.vacant(queries.seats(actor.court_id), clock.today()).count())


COUNTS: dict[str, Counter] = {"vacancies": _vacancies}
"""By name of the item: inbox, decisions, warnings, messages, cases, unidentified, payouts …"""


def count(name: str, actor: Actor) -> Count:
    """The capped count of an item; zero when no room declares it."""
    counter = COUNTS.get(name)
    if counter is None:
        return Count(0)
    found, past = counter(actor)
    return Count(min(found, CAP), min(past, CAP))
