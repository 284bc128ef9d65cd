"""The day's figures are kept once, with both numbers and their version, and are never rewritten."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Post
from cases.kinds import ClosedHow
from insight import indicators, queries, tasks
from insight.frames import Span
from insight.models import Snapshot
from insight.services import snapshots
from kernel.append_only import WrittenOnce
from tests.cast import MORNING, TODAY, Cast
from tests.insight.conftest import Docket

YESTERDAY = TODAY - timedelta(days=1)


def test_the_night_keeps_every_indicator_over_every_span(docket: Docket, morning: None) -> None:
    docket.cases(3, closed=date(2026, 6, 1), how=ClosedHow.PERFORMED)
    docket.cases(1, closed=YESTERDAY, how=ClosedHow.ROUND_ENDED)
    docket.cases(1, closed=TODAY, how=ClosedHow.ROUND_ENDED)
    assert tasks.take_snapshots() == len(indicators.DEFINITIONS) * len(Span)
    row = Snapshot.objects.get(on=YESTERDAY, key="KPI-DONE", span="year")
    assert (row.numerator, row.denominator, row.value, row.version) == (3, 4, Decimal("75.00"), 1)
    month = Snapshot.objects.get(on=YESTERDAY, key="KPI-DONE", span="month")
    assert (month.numerator, month.denominator, month.value) == (0, 1, Decimal("0.00"))
    assert Snapshot.objects.get(on=YESTERDAY, key="KPI-PRES", span="year").value is None


def test_the_same_day_is_kept_once(docket: Docket, morning: None) -> None:
    assert tasks.take_snapshots() == len(indicators.DEFINITIONS) * len(Span)
    docket.cases(3, closed=date(2026, 6, 1), how=ClosedHow.PERFORMED)
    assert tasks.take_snapshots() == 0
    assert Snapshot.objects.get(key="KPI-DONE", span="year").value is None


def test_a_snapshot_cannot_be_rewritten(docket: Docket, morning: None) -> None:
    tasks.take_snapshots()
    row = Snapshot.objects.first()
    assert row is not None
    with pytest.raises(WrittenOnce):
        row.save()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE insight_snapshot SET value = 100 WHERE id = %s", [row.pk])


def test_past_days_are_filled_as_of_their_end(docket: Docket) -> None:
    docket.cases(1, closed=date(2026, 11, 3), how=ClosedHow.PERFORMED)
    docket.cases(1, closed=date(2026, 11, 10), how=ClosedHow.ROUND_ENDED)
    snapshots.fill(court=docket.court, since=date(2026, 11, 1), at=MORNING, every=7)
    frame = docket.frame()
    history = queries.histories(frame, {"KPI-DONE": 1})["KPI-DONE"]
    assert history == [(date(2026, 11, 8), Decimal("100.00")), (date(2026, 11, 15), Decimal("50.00"))]


def test_another_version_is_another_history(docket: Docket) -> None:
    Snapshot.objects.create(
        court=docket.court, on=YESTERDAY, key="KPI-DONE", version=7, span="year", numerator=1, denominator=1,
        value=Decimal("100.00"), taken_at=MORNING,
    )  # fmt: skip
    assert queries.histories(docket.frame(), {"KPI-DONE": 1}) == {"KPI-DONE": []}


def test_a_long_history_is_thinned_to_its_ends() -> None:
    points = [(date(2026, 1, 1) + timedelta(days=day), Decimal(day)) for day in range(300)]
    thinned = queries.thinned(points)
    assert (len(thinned), thinned[0], thinned[-1]) == (24, points[0], points[-1])


def test_the_tile_draws_the_days_behind(
    cast: Cast, docket: Docket, as_: Callable[[Post], Client], morning: None
) -> None:
    docket.cases(1, closed=date(2026, 11, 3), how=ClosedHow.PERFORMED)
    docket.cases(1, closed=TODAY, how=ClosedHow.ROUND_ENDED)
    snapshots.fill(court=docket.court, since=date(2026, 11, 4), at=MORNING, every=7)
    tiles = {row["label"]: row for row in as_(cast.president).get(reverse("insight:leader")).context["stats"]}
    assert tiles["执行完毕率"]["history"] == [100.0, 100.0, 100.0, 50.0]
