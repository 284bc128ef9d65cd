"""A court's own rulebook: the national figures with what the court set for itself within the law."""

from datetime import date

from django.db.models import Q

from accounts.models import Court
from cases.models import RuleOverride
from law.rules import NATIONAL, Rulebook


def rulebook(court: Court, at: date) -> Rulebook:
    """The figures in force for a court on a day."""
    rows = RuleOverride.objects.filter(court=court, from_on__lte=at).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=at)
    )
    values = {row.rule: row.value for row in rows.order_by("from_on", "set_at", "pk")}
    return NATIONAL.with_overrides(values) if values else NATIONAL
