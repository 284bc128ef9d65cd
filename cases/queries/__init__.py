"""Questions to the cases room; ``debt`` is the only answer to what is owed."""

from cases.queries.debts import debt, demand
from cases.queries.rules import rulebook

__all__ = ["debt", "demand", "rulebook"]
