"""The rulebooks of one act: it asks for several courts and days, and what a court set for itself is read once."""

from datetime import date
from uuid import UUID

from cases.models import RuleOverride
from law.rules import NATIONAL, Rulebook


class Rulebooks:
    """The figures in force for courts, as ``queries.rulebook`` gives them for one court and day."""

    def __init__(self) -> None:
        self._own: dict[UUID, list[RuleOverride]] = {}

    def of(self, court_id: UUID, at: date) -> Rulebook:
        """The figures in force for a court on a day."""
        if court_id not in self._own:
            rows = RuleOverride.objects.filter(court=court_id).order_by("from_on", "set_at", "pk")
            self._own[court_id] = list(rows)
        values = {row.rule: row.value for row in self._own[court_id] if _in_force(row, at)}
        return NATIONAL.with_overrides(values) if values else NATIONAL


def _in_force(row: RuleOverride, at: date) -> bool:
    return row.from_on <= at and (row.until_on is None or row.until_on >= at)
