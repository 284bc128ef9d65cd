"""Keeping the day's figures: each indicator once a day, over each span, with both its numbers and its version."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from accounts.models import Court
from insight import indicators
from insight.frames import Frame, Span
from insight.indicators import Indicator
from insight.models import Snapshot
from insight.parts import rounded
from kernel import clock


def take(*, court: Court, on: date, at: datetime) -> int:
    """Keep the figures of a court at the end of a day; how many were new. A day that was kept stays as it was.

    A day in the past is reckoned from what is recorded now as of its end.
    """
    rows = [_row(court, on, found, at) for span in Span for found in _read(court, span, on)]
    before = Snapshot.objects.filter(court=court, on=on).count()
    Snapshot.objects.bulk_create(rows, ignore_conflicts=True)
    return Snapshot.objects.filter(court=court, on=on).count() - before


def take_all(*, on: date, at: datetime) -> int:
    """The same for every court."""
    return sum(take(court=court, on=on, at=at) for court in Court.objects.order_by("code"))


def fill(*, court: Court, since: date, at: datetime, every: int = 7) -> int:
    """Keep the figures of past days, one every so many days, for a court that has no history yet."""
    return sum(take(court=court, on=day, at=at) for day in _days(since, clock.day_of(at), every))


def _days(since: date, today: date, every: int) -> Iterator[date]:
    day = since
    while day < today:
        yield day
        day += timedelta(days=every)


def _read(court: Court, span: Span, on: date) -> list[Indicator]:
    return indicators.read_all(Frame.of_day(court_id=court.pk, span=span, on=on))


def _row(court: Court, on: date, found: Indicator, at: datetime) -> Snapshot:
    return Snapshot(
        court=court,
        on=on,
        key=found.key,
        version=found.version,
        span=found.frame.span,
        numerator=rounded(found.numerator.value),
        denominator=rounded(found.denominator.value),
        value=found.value,
        taken_at=at,
    )
