"""Rest days and how periods run (TIME-UNITS, TIME-NEXT, TIME-MONTH, TIME-HOLIDAY, TIME-HOLIDAYS-LAW, TIME-BACK,
TIME-HOUR-NOROLL, TIME-SERVE, TIME-MAIL, TIME-EXCUSE, TIME-CONFLICT, TIME-ADMIN, TIME-END-24H)."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law import periods
from law.calendar import CHINA, is_rest_day
from law.rules import NATIONAL

DAYS = st.dates(min_value=date(2007, 1, 1), max_value=date(2040, 12, 31))
SHANGHAI = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("day", "rest"),
    [
        (date(2025, 10, 8), True),
        (date(2025, 9, 28), False),
        (date(2025, 10, 11), False),
        (date(2026, 1, 4), False),
        (date(2026, 1, 3), True),
        (date(2020, 1, 31), True),
        (date(2020, 2, 3), False),
        (date(2007, 2, 18), True),
        (date(2006, 12, 31), False),
        (date(2025, 3, 3), False),
        (date(2025, 3, 8), True),
    ],
)
def test_holidays_and_weekend_days_worked_follow_the_announcements(day: date, rest: bool) -> None:
    assert is_rest_day(day) is rest


def test_every_year_from_2007_to_2026_is_announced_and_2027_is_provisional() -> None:
    assert [CHINA.is_provisional(year) for year in range(2007, 2027)] == [False] * 20
    assert CHINA.is_provisional(2027)
    assert CHINA.is_provisional(1999)


def test_a_year_not_announced_counts_thirteen_statutory_days_and_weekends() -> None:
    names = "01-01 02-05 02-06 02-07 02-08 04-05 05-01 05-02 06-09 09-15 10-01 10-02 10-03"
    days = [date.fromisoformat(f"2027-{day}") for day in names.split()]
    assert len(days) == NATIONAL.count("TIME-HOLIDAYS-LAW", at=date(2027, 1, 1)) == 13
    assert all(is_rest_day(day) for day in days)
    working = [date(2027, 1, 4) + timedelta(days=n) for n in range(360)]
    expected = [day for day in working if day.weekday() < 5 and day not in days]
    assert [day for day in working if not is_rest_day(day)] == expected


@given(st.dates())
def test_no_day_raises(day: date) -> None:
    assert is_rest_day(day) in (True, False)


def test_a_new_announcement_replaces_the_provisional_year() -> None:
    known = CHINA.with_year(year=2027, off=[date(2027, 2, 9)], worked=[date(2027, 2, 20)])
    assert (known.is_rest_day(date(2027, 2, 9)), known.is_rest_day(date(2027, 2, 20))) == (True, False)
    assert not known.is_provisional(2027)
    assert not CHINA.is_rest_day(date(2027, 2, 9))


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        (date(2025, 9, 26), {"days": 5}, date(2025, 10, 9)),
        (date(2025, 12, 25), {"days": 10}, date(2026, 1, 4)),
        (date(2025, 1, 31), {"months": 1}, date(2025, 2, 28)),
        (date(2024, 1, 31), {"months": 1}, date(2024, 2, 29)),
        (date(2025, 2, 1), {"days": 10}, date(2025, 2, 11)),
        (date(2024, 2, 29), {"years": 1}, date(2025, 2, 28)),
        (date(2025, 9, 29), {"working_days": 3}, date(2025, 10, 10)),
        (date(2025, 3, 3), {"days": 0}, date(2025, 3, 3)),
        (date(2025, 8, 31), {"months": 6}, date(2026, 2, 28)),
        (date(2024, 12, 15), {"months": 3}, date(2025, 3, 17)),
    ],
)
def test_a_period_ends_on_its_last_day_or_the_next_working_day(start: date, length: dict[str, int], end: date) -> None:
    assert periods.last_day(start=start, **length) == end


def test_hours_run_from_the_next_full_hour_and_no_holiday_moves_them() -> None:
    accepted = datetime(2025, 10, 1, 10, 20, tzinfo=SHANGHAI)
    assert periods.last_moment(start=accepted, hours=48) == datetime(2025, 10, 3, 11, 0, tzinfo=SHANGHAI)
    assert periods.last_moment(start=datetime(2025, 3, 3, 10, 0), hours=24) == datetime(2025, 3, 4, 11, 0)


def test_counting_backwards_is_earlier_and_never_later_when_it_falls_on_a_rest_day() -> None:
    assert periods.back_from(end=date(2026, 3, 10), days=7) == date(2026, 3, 3)
    assert periods.back_from(end=date(2025, 10, 13), days=7) == date(2025, 9, 30)
    assert periods.back_from(end=date(2025, 3, 31), months=1) == date(2025, 2, 28)
    assert periods.back_from(end=date(2025, 10, 9), working_days=2) == date(2025, 9, 29)


def test_days_on_which_the_clock_stands_still_extend_the_period() -> None:
    pause = [(date(2025, 3, 10), date(2025, 3, 20))]
    assert periods.last_day(start=date(2025, 3, 3), days=30, pauses=pause) == date(2025, 4, 14)
    assert periods.last_day(start=date(2025, 3, 3), days=7, pauses=pause) == date(2025, 3, 20)
    assert periods.last_day(start=date(2025, 3, 3), days=30, pauses=pause * 2) == date(2025, 4, 14)
    assert periods.last_day(start=date(2025, 3, 3), days=30, pauses=[(date(2024, 1, 1), date(2025, 3, 4))]) == date(
        2025, 4, 2
    )
    assert periods.last_day(start=date(2025, 3, 3), working_days=6, pauses=pause) == date(2025, 3, 21)


def test_announced_service_is_complete_after_thirty_days() -> None:
    assert periods.deemed_served(announced_on=date(2025, 3, 1)) == date(2025, 3, 31)


def test_posting_on_the_last_day_is_in_time() -> None:
    assert periods.posted_in_time(posted_on=date(2025, 3, 10), last=date(2025, 3, 10))
    assert not periods.posted_in_time(posted_on=date(2025, 3, 11), last=date(2025, 3, 10))


def test_more_time_is_asked_for_within_ten_days_after_the_obstacle() -> None:
    ended = date(2025, 3, 3)
    assert periods.may_ask_for_more_time(obstacle_ended_on=ended, asked_on=date(2025, 3, 13))
    assert not periods.may_ask_for_more_time(obstacle_ended_on=ended, asked_on=date(2025, 3, 14))


@pytest.mark.parametrize("units", [{}, {"days": 1, "months": 1}, {"days": -1}])
def test_a_period_without_one_plain_unit_is_refused(units: dict[str, int]) -> None:
    with pytest.raises(periods.NotAPeriod):
        periods.last_day(start=date(2025, 3, 3), **units)
    with pytest.raises(periods.NotAPeriod):
        periods.last_moment(start=datetime(2025, 3, 3), hours=-1)


@given(DAYS, st.integers(0, 400))
def test_periods_never_end_on_a_rest_day(start: date, length: int) -> None:
    for unit in ("days", "working_days", "months"):
        if unit == "months":
            length = length % 60
        assert not is_rest_day(periods.last_day(start=start, **{unit: length}))
        if length:
            assert not is_rest_day(periods.back_from(end=start, **{unit: length}))


@given(DAYS, st.integers(1, 120))
def test_counting_working_days_there_and_back_agrees(start: date, count: int) -> None:
    end = periods.add_working_days(start=start, count=count)
    between = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
    assert sum(not is_rest_day(day) for day in between) == count


@given(DAYS, DAYS, st.lists(st.tuples(DAYS, DAYS), max_size=4))
def test_counted_days_are_the_days_outside_every_excluded_span(
    one: date, other: date, spans: list[tuple[date, date]]
) -> None:
    start, until = sorted((one, other))
    until = min(until, start + timedelta(days=500))
    days = [start + timedelta(days=n) for n in range(1, (until - start).days + 1)]
    expected = sum(not any(first <= day < after for first, after in spans) for day in days)
    assert periods.counted_days(start=start, until=until, excluded=spans) == expected


@given(DAYS, st.integers(0, 200), st.lists(st.tuples(DAYS, st.integers(0, 90)), max_size=4))
def test_a_paused_period_counts_exactly_its_days(start: date, length: int, raw: list[tuple[date, int]]) -> None:
    pauses = [(first, first + timedelta(days=days)) for first, days in raw]
    end = periods.last_day(start=start, days=length, pauses=pauses)
    counted = periods.counted_days(start=start, until=end, excluded=pauses)
    assert counted >= length
    if length:
        last = end
        while is_rest_day(last - timedelta(days=1)):
            last -= timedelta(days=1)
        assert periods.counted_days(start=start, until=last - timedelta(days=1), excluded=pauses) < length
