"""Questions to the cases room; ``debt`` is the only answer to what is owed."""

from cases.queries.debts import Owing, debt, demand, owing
from cases.queries.rules import Rulebooks, rulebook

__all__ = ["Owing", "Rulebooks", "debt", "demand", "owing", "rulebook"]
