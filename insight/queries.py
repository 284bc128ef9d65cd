"""Questions to what the room keeps: targets in force, the history of an indicator, the newest proofs."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

from insight.frames import Frame
from insight.models import Proof, Snapshot, Target

MOST_POINTS = 24


def targets(court_id: UUID, on: date) -> dict[str, Decimal]:
    """The court's own targets in force on a day, by indicator."""
    rows = Target.objects.filter(court_id=court_id, from_on__lte=on).order_by("key", "-from_on", "-set_at")
    return dict(rows.distinct("key").values_list("key", "value"))


def histories(frame: Frame, versions: Mapping[str, int]) -> dict[str, list[tuple[date, Decimal]]]:
    """The values of indicators at the end of the days of a frame, oldest first, under the present definitions."""
    rows = Snapshot.objects.filter(
        court_id=frame.court_id, span=frame.span, on__gte=frame.first, on__lt=frame.last, key__in=list(versions)
    )
    found: dict[str, list[tuple[date, Decimal]]] = {key: [] for key in versions}
    for key, version, on, value in rows.order_by("on").values_list("key", "version", "on", "value"):
        if version == versions[key] and value is not None:
            found[key].append((on, value))
    return found


def thinned(points: list[tuple[date, Decimal]], most: int = MOST_POINTS) -> list[tuple[date, Decimal]]:
    """At most so many points, evenly spaced, the first and the last among them."""
    if len(points) <= most:
        return points
    step = (len(points) - 1) / (most - 1)
    return [points[round(place * step)] for place in range(most)]


def proofs(court_id: UUID, keys: Iterable[str]) -> dict[str, Proof]:
    """The newest proof of each invariant."""
    rows = Proof.objects.filter(court_id=court_id, key__in=list(keys)).order_by("key", "-at").distinct("key")
    return {row.key: row for row in rows}
