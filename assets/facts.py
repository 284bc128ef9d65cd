"""What the assets room tells its siblings."""

from datetime import datetime

from assets import queries
from cases import facts
from cases.facts import HeldAsset
from cases.models import Case
from kernel import clock


def _controlled(case: Case, at: datetime) -> tuple[HeldAsset, ...]:
    rows = queries.holding(case, clock.day_of(at))
    return tuple(
        HeldAsset(label=row.asset.label, amount=row.held, note=row.order.party.name, last_day=row.last_day)
        for row in rows
    )


def _open(case: Case, at: datetime) -> int:
    return queries.holding(case, clock.day_of(at)).count()


facts.provide(facts.HELD, queries.held)
facts.provide(facts.CONTROLLED, _controlled)
facts.provide(facts.SEARCHED, queries.searched)
facts.provide(facts.FOUND_NOTHING, queries.found_nothing)
facts.provide(facts.MEASURES_OPEN, _open)
