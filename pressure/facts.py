"""What the pressure room tells its siblings."""

from cases import facts
from pressure import queries

facts.provide(facts.IN_FORCE, queries.in_force)
facts.provide(facts.RUNG, queries.rung)
