"""A court's own rulebook: the national figures with what the court set for itself within the law."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from accounts.models import Court
from kernel import reading
from law.rules import NATIONAL, Rulebook

_OWN = """
    SELECT rule, value, from_on, until_on
      FROM cases_ruleoverride
     WHERE court_id = %s
     ORDER BY from_on, set_at, id
"""


class _Figure(NamedTuple):
    """What a court set for itself, from a day on."""

    rule: str
    value: str
    from_on: date
    until_on: date | None

    def is_in_force(self, at: date) -> bool:
        return self.from_on <= at and (self.until_on is None or self.until_on >= at)


class Rulebooks:
    """The rulebooks of courts on several days of one act; what a court set for itself is read once."""

    def __init__(self) -> None:
        self._own: dict[UUID, list[_Figure]] = {}

    def of(self, court_id: UUID, at: date) -> Rulebook:
        """The figures in force for a court on a day."""
        if court_id not in self._own:
            self._own[court_id] = [_Figure._make(row) for row in reading.answers(_OWN, court_id)]
        values = {row.rule: row.value for row in self._own[court_id] if row.is_in_force(at)}
        return NATIONAL.with_overrides(values) if values else NATIONAL


def rulebook(court: Court, at: date) -> Rulebook:
    """The figures in force for a court on a day."""
    return Rulebooks().of(court.pk, at)
