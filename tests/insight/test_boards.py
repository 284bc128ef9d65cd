"""The leader's other figures: what is overdue by lane, money that waits, the funnel, and what the wall shows."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Post
from cases.kinds import CaseKind, ClosedHow, PartyKind
from cases.models import Case, Duty, Participation, Party
from insight import boards, wall
from insight.formulas import caseload, money
from insight.frames import Frame, Span
from kernel import clock
from tests.cast import MORNING, TODAY, Cast
from tests.insight.conftest import Docket


def owe(case: Case, docket: Docket, *, due: timedelta, paused: bool = False) -> Duty:
    """An open duty of a case that is due so long after this morning."""
    event = docket.event(case, "cases.filed", date(2026, 3, 2))
    return Duty.objects.create(
        court=case.court, case=case, kind="cases.notify", subject=case.symbol, opened_at=event.recorded_at,
        opened_by=event, base_at=event.happened_at, due_at=MORNING + due, warn_at=MORNING, holder_role="QUERY_OFFICER",
        paused_at=MORNING if paused else None,
    )  # fmt: skip


def test_each_lane_says_what_is_past_and_what_is_near(docket: Docket, elsewhere: Docket) -> None:
    one, two, three, four = docket.cases(4, lane="IMPLEMENTATION")
    (civil,) = docket.cases(1, kind=CaseKind.CIVIL)
    (far,) = elsewhere.cases(1, lane="IMPLEMENTATION")
    owe(one, docket, due=timedelta(minutes=-1))
    owe(two, docket, due=timedelta(days=3))
    owe(three, docket, due=timedelta(days=3, minutes=1))
    owe(four, docket, due=timedelta(days=-1), paused=True)
    owe(civil, docket, due=timedelta(days=-1))
    owe(far, elsewhere, due=timedelta(days=-1))
    loads = {row.key: (row.cases, row.past, row.near) for row in boards.lanes(docket.frame())}
    assert loads == {
        "INQUIRY": (0, 0, 0),
        "IMPLEMENTATION": (4, 1, 1),
        "DISPOSAL": (0, 0, 0),
        "RULING": (0, 0, 0),
        "": (1, 1, 0),
    }
    found = {
        key: boards.PARTS[key](docket.frame()).value for key in ("overdue", "overdue-implementation", "overdue-other")
    }
    assert found == {"overdue": 2, "overdue-implementation": 1, "overdue-other": 1}


def test_money_is_late_after_three_days_to_the_minute(docket: Docket) -> None:
    (case,) = docket.cases(1)
    docket.receipt(case, "1.00", came=MORNING - timedelta(days=3))
    late = docket.receipt(case, "2.00", came=MORNING - timedelta(days=3, minutes=1))
    docket.receipt(case, "4.00", came=MORNING - timedelta(days=9), paid=MORNING)
    assert list(money.late(docket.frame())) == [late]
    assert boards.PARTS["late"](docket.frame()).value == 1
    assert boards.PARTS["waiting"](docket.frame()).value == 2


def test_the_funnel_counts_each_case_once_at_every_step(docket: Docket) -> None:
    one, two = docket.cases(2)
    docket.cases(1, closed=date(2026, 6, 1), how=ClosedHow.PERFORMED)
    docket.cases(1, filed=date(2025, 6, 1))
    day = date(2026, 5, 1)
    for verb in ("cases.notified", "cases.notified", "assets.inquired", "funds.receipt_booked"):
        docket.event(one, verb, day)
    docket.event(two, "cases.notified", day)
    (carrying,) = docket.cases(1, kind=CaseKind.PRESERVATION, matter=two.matter)
    docket.event(carrying, "assets.freeze_effective", day)
    steps = {key: count for key, _label, count in boards.funnel(docket.frame())}
    assert steps == {
        "filed": 3,
        "notified": 2,
        "inquired": 1,
        "controlled": 1,
        "received": 1,
        "paid": 0,
        "performed": 1,
    }
    assert all(boards.PARTS[f"funnel-{key}"](docket.frame()).value == count for key, count in steps.items())


def test_the_stock_of_each_month_is_what_was_open_at_its_end(docket: Docket) -> None:
    docket.cases(3, filed=date(2025, 5, 5))
    docket.cases(2, filed=date(2026, 2, 5), closed=date(2026, 4, 30), how=ClosedHow.PERFORMED)
    docket.cases(1, filed=date(2025, 3, 1), closed=date(2026, 4, 1), how=ClosedHow.PERFORMED)
    docket.cases(4, filed=date(2026, 11, 1))
    frame = docket.frame()
    months = wall.months(frame, int(boards.stock(frame).unclosed.value))
    assert (len(months), months[0].first, months[-1].first) == (12, date(2025, 12, 1), date(2026, 11, 1))
    for month, following in pairwise(months):
        last = following.first - timedelta(days=1)
        then = Frame.of_day(court_id=docket.court.pk, span=Span.YEAR, on=last)
        assert month.stock == caseload.unclosed(then).count(), month
    assert [(month.new, month.closed) for month in months if month.new or month.closed] == [(2, 0), (0, 3), (4, 0)]


@pytest.mark.usefixtures("morning")
def test_the_wall_masks_persons_and_names_organisations(
    cast: Cast, docket: Docket, as_: Callable[[Post], Client]
) -> None:
    for name, kind in (("靳小明", PartyKind.PERSON), ("某建材公司", PartyKind.ORGANISATION)):
        (case,) = docket.cases(1, lane="IMPLEMENTATION")
        party = Party.objects.create(court=docket.court, kind=kind, name=name)
        Participation.objects.create(case=case, party=party, role="DEBTOR", ordinal=1)
        owe(case, docket, due=timedelta(days=1))
        docket.event(case, "cases.debt_discharged", TODAY)
    shown = as_(cast.president).get(reverse("insight:wall")).content.decode()
    assert "靳小明" not in shown
    assert shown.count("靳**") == 3
    assert shown.count("某建材公司") == 3


def test_a_frame_of_the_wall_ends_now(docket: Docket) -> None:
    docket.cases(1, filed=TODAY)
    docket.cases(1, filed=TODAY - timedelta(days=1), closed=TODAY, how=ClosedHow.PERFORMED)
    assert wall.today(docket.frame(at=clock.at_time(TODAY, 12))) == {"new": 1, "closed": 1}
