"""Questions to the cases room; ``debt`` is the only answer to what is owed."""

from cases.queries.debts import Owing, debt, demand, owing
from cases.queries.rulebooks import Rulebooks
from cases.queries.rules import rulebook

__all__ = ["Owing", "Rulebooks", "debt", "demand", "owing", "rulebook"]
