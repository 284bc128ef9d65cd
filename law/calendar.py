"""Rest days and working days of mainland China (rules TIME-HOLIDAY, TIME-HOLIDAYS-LAW).

A rest day is a weekend or holiday day off; a weekend day that the yearly announcement makes a working day is none. A
year without an announcement counts weekends and the statutory holidays and is marked provisional; no year raises.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import lru_cache

from law import holidays

DAY = timedelta(days=1)
SATURDAY = 5


@dataclass(frozen=True)
class Calendar:
    """Days off, weekend days worked, and the years whose announcement is known."""

    off: frozenset[date] = field(repr=False)
    worked: frozenset[date] = field(repr=False)
    announced: frozenset[int] = field(repr=False)

    def is_rest_day(self, day: date) -> bool:
        """Whether the day is a rest day: CHINA.is_rest_day(date(2026, 1, 4)) is False (a Sunday worked)."""
        if day in self.worked:
            return False
        if day in self.off or day.weekday() >= SATURDAY:
            return True
        return day.year not in self.announced and day in _statutory(day.year)

    def is_working_day(self, day: date) -> bool:
        """The opposite of a rest day."""
        return not self.is_rest_day(day)

    def is_provisional(self, year: int) -> bool:
        """True while the year's holidays are not announced: dates reckoned in it may move."""
        return year not in self.announced

    def next_working_day(self, day: date) -> date:
        """The day itself when it is a working day, else the first one after it."""
        while self.is_rest_day(day):
            day += DAY
        return day

    def previous_working_day(self, day: date) -> date:
        """The day itself when it is a working day, else the last one before it."""
        while self.is_rest_day(day):
            day -= DAY
        return day

    def with_year(self, *, year: int, off: Iterable[date], worked: Iterable[date] = ()) -> "Calendar":
        """The calendar after a new announcement for `year`; an earlier table of that year is replaced."""
        return replace(
            self,
            off=frozenset(day for day in self.off if day.year != year) | frozenset(off),
            worked=frozenset(day for day in self.worked if day.year != year) | frozenset(worked),
            announced=self.announced | {year},
        )


def is_rest_day(day: date) -> bool:
    """Whether the day is a rest day in China: is_rest_day(date(2025, 10, 8)) is True (民诉85③)."""
    return CHINA.is_rest_day(day)


@lru_cache(maxsize=512)
def _statutory(year: int) -> frozenset[date]:
    """The statutory holidays: thirteen days since 2025, the older lists before (放假2)."""
    found = {date(year, 1, 1), date(year, 5, 1), *(date(year, 10, day) for day in (1, 2, 3))}
    if year >= 2025:
        found.add(date(year, 5, 2))
    if year < 2008:
        found |= {date(year, 5, 2), date(year, 5, 3)}
    else:
        found.add(_clear_and_bright(year))
    feasts = _lunar(year)
    if feasts:
        new_year, dragon_boat, mid_autumn = feasts
        found |= {new_year + DAY * ahead for ahead in range(-1 if year >= 2025 else 0, 3)}
        if year >= 2008:
            found |= {dragon_boat, mid_autumn}
    return frozenset(found)


def _clear_and_bright(year: int) -> date:
    # The solar term moves by a quarter of a day each year; exact for 2000-2099, a day out at most elsewhere.
    short = year % 100
    return date(year, 4, int(short * 0.2422 + 4.81) - short // 4)


def _lunar(year: int) -> tuple[date, ...]:
    entries = holidays.LUNAR.split()
    place = year - holidays.LUNAR_FROM
    if not 0 <= place < len(entries):
        return ()
    entry = entries[place]
    return tuple(_day(year, entry[start : start + 4]) for start in (0, 4, 8))


def _day(year: int, text: str) -> date:
    if len(text) == 8:
        year, text = int(text[:4]), text[4:]
    return date(year, int(text[:2]), int(text[2:]))


def _days(year: int, text: str) -> Iterator[date]:
    for span in text.split():
        first, _, last = span.partition("-")
        day, end = _day(year, first), _day(year, last or first)
        while day <= end:
            yield day
            day += DAY


def _announced() -> Calendar:
    off: set[date] = set()
    worked: set[date] = set()
    years: set[int] = set()
    for entry in holidays.ANNOUNCED.splitlines():
        year, days_off, days_worked = entry.split("|")
        years.add(int(year))
        off.update(_days(int(year), days_off))
        worked.update(_days(int(year), days_worked))
    return Calendar(frozenset(off), frozenset(worked), frozenset(years))


CHINA = _announced()
