"""How periods run: days, working days, months, years and hours (rules TIME-*; 民诉85, 解释125, 民法典202).

The day or hour that starts a period is not counted. A month ends on the corresponding day, or on the month's last day
where there is none. A last day that is a rest day moves to the next working day; days in between are not skipped.
Periods of hours start with the next full hour and never move; periods counted backwards never move later.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from law.calendar import CHINA, DAY, Calendar

Span = tuple[date, date]
HOUR = timedelta(hours=1)


class NotAPeriod(ValueError):
    """A period needs exactly one unit and a length that is not negative."""


def last_day(
    *,
    start: date,
    days: int | None = None,
    working_days: int | None = None,
    months: int | None = None,
    years: int | None = None,
    pauses: Iterable[Span] = (),
    calendar: Calendar = CHINA,
) -> date:
    """The last day of a period that starts on `start` (not counted); never a rest day.

    民诉85②③. `pauses` are half-open spans [from, to) that do not count. last_day(start=date(2025, 9, 26), days=5) ==
    date(2025, 10, 9): the fifth day falls in the holidays. last_day(start=date(2025, 1, 31), months=1) == 2025-02-28.
    """
    _one_unit(days=days, working_days=working_days, months=months, years=years)
    stopped = merged(pauses)
    if working_days is not None:
        return _count(start, working_days, stopped, calendar)
    if days is not None:
        return calendar.next_working_day(_extend(start, start + days * DAY, stopped))
    end = add_months(start, months if months is not None else 12 * (years or 0))
    return calendar.next_working_day(_extend(start, end, stopped))


def add_working_days(*, start: date, count: int, calendar: Calendar = CHINA) -> date:
    """The `count`-th working day after `start`: add_working_days(start=date(2025, 9, 30), count=3) == 2025-10-11."""
    return last_day(start=start, working_days=count, calendar=calendar)


def last_moment(*, start: datetime, hours: int) -> datetime:
    """The end of a period of hours: it runs from the next full hour and does not move for rest days.

    民诉85②, 解释125. Accepted at 10:20, 48 hours: runs from 11:00 and ends at 11:00 two days later.
    last_moment(start=datetime(2025, 3, 3, 10, 20), hours=48) == datetime(2025, 3, 5, 11).
    """
    if hours < 0:
        raise NotAPeriod(f"期间不能为负数：{hours}小时")
    return start.replace(minute=0, second=0, microsecond=0) + HOUR * (hours + 1)


def back_from(
    *,
    end: date,
    days: int | None = None,
    working_days: int | None = None,
    months: int | None = None,
    calendar: Calendar = CHINA,
) -> date:
    """The latest day for an act that is due so long before `end`; a rest day makes it earlier, never later.

    保规18 (seven days before a freeze ends): back_from(end=date(2026, 3, 10), days=7) == date(2026, 3, 3).
    """
    _one_unit(days=days, working_days=working_days, months=months)
    if working_days is not None:
        day, left = end, working_days
        while left:
            day -= DAY
            left -= calendar.is_working_day(day)
        return calendar.previous_working_day(day)
    day = end - days * DAY if days is not None else add_months(end, -(months or 0))
    return calendar.previous_working_day(day)


def deemed_served(*, announced_on: date, days: int = 30) -> date:
    """The day on which service by announcement is complete: full thirty days after the announcement (民诉95).

    deemed_served(announced_on=date(2025, 3, 1)) == date(2025, 3, 31). The following period starts the day after.
    """
    return announced_on + days * DAY


def posted_in_time(*, posted_on: date, last: date) -> bool:
    """Whether a paper posted on the day is in time: time on the way does not count (民诉85④).

    posted_in_time(posted_on=date(2025, 3, 10), last=date(2025, 3, 10)) is True.
    """
    return posted_on <= last


def may_ask_for_more_time(*, obstacle_ended_on: date, asked_on: date, calendar: Calendar = CHINA) -> bool:
    """Whether a party hindered without fault asks within ten days after the obstacle ended (民诉86).

    may_ask_for_more_time(obstacle_ended_on=date(2025, 3, 3), asked_on=date(2025, 3, 14)) is False.
    """
    return asked_on <= last_day(start=obstacle_ended_on, days=10, calendar=calendar)


def add_months(day: date, months: int) -> date:
    """The corresponding day so many months later, or the month's last day: 31 January + 1 month = 28 February.

    add_months(date(2025, 1, 31), 1) == date(2025, 2, 28).
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return date(year, month + 1, min(day.day, (following - DAY).day))


def counted_days(*, start: date, until: date, excluded: Iterable[Span] = ()) -> int:
    """Days after `start` up to and including `until`, without those in the half-open spans `excluded`.

    counted_days(start=date(2024, 1, 31), until=date(2025, 1, 1)) == 336.
    """
    if until <= start:
        return 0
    total = (until - start).days
    for first, after in merged(excluded):
        total -= max(0, (min(after, until + DAY) - max(first, start + DAY)).days)
    return total


def working_days(*, start: date, until: date, calendar: Calendar = CHINA) -> int:
    """Working days after `start` up to and including `until`; none when nothing lies between.

    working_days(start=date(2026, 11, 20), until=date(2026, 11, 24)) == 2: Monday and Tuesday.
    """
    return sum(calendar.is_working_day(start + number * DAY) for number in range(1, (until - start).days + 1))


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans in order, overlapping and touching ones joined, empty ones dropped.

    merged([]) == ().
    """
    joined: list[Span] = []
    for first, after in sorted(span for span in spans if span[0] < span[1]):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], after))
        else:
            joined.append((first, after))
    return tuple(joined)


def _extend(start: date, end: date, stopped: tuple[Span, ...]) -> date:
    """Move `end` by the paused days after `start` and up to the end itself, pauses in the extension included."""
    for first, after in stopped:
        if after <= start + DAY or first > end:
            continue
        end += after - max(first, start + DAY)
    return end


def _count(start: date, working_days: int, stopped: tuple[Span, ...], calendar: Calendar) -> date:
    day, left = start, working_days
    while left:
        day += DAY
        left -= calendar.is_working_day(day) and not any(first <= day < after for first, after in stopped)
    return calendar.next_working_day(day)


def _one_unit(**units: int | None) -> None:
    given = {name: value for name, value in units.items() if value is not None}
    if len(given) != 1:
        raise NotAPeriod("期间须以日、工作日、月、年之一计算，且只能用一种")
    if min(given.values()) < 0:
        raise NotAPeriod(f"期间不能为负数：{given}")
