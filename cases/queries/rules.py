"""A court's own rulebook: the national figures with what the court set for itself within the law."""

from datetime import date
from uuid import UUID

from accounts.models import Court
from cases.models import RuleOverride
from law.rules import NATIONAL, Rulebook


class Rulebooks:
    """The rulebooks of courts on several days of one act; what a court set for itself is read once."""

    def __init__(self) -> None:
        self._own: dict[UUID, list[RuleOverride]] = {}

    def of(self, court_id: UUID, at: date) -> Rulebook:
        """The figures in force for a court on a day."""
        if court_id not in self._own:
            rows = RuleOverride.objects.filter(court=court_id).order_by("from_on", "set_at", "pk")
            self._own[court_id] = list(rows)
        values = {row.rule: row.value for row in self._own[court_id] if _in_force(row, at)}
        return NATIONAL.with_overrides(values) if values else NATIONAL


def rulebook(court: Court, at: date) -> Rulebook:
    """The figures in force for a court on a day."""
    return Rulebooks().of(court.pk, at)


def _in_force(row: RuleOverride, at: date) -> bool:
    return row.from_on <= at and (row.until_on is None or row.until_on >= at)
