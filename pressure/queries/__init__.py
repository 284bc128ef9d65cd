"""Questions to the pressure room."""

from pressure.queries.ladders import Fact, Ladder, Rung, in_force, ladder, rung

__all__ = ["Fact", "Ladder", "Rung", "in_force", "ladder", "rung"]
