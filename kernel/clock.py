"""The only place that reads the clock. In the demo and in tests an offset in the shared cache moves every process at once."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.cache import cache

SHANGHAI = ZoneInfo("Asia/Shanghai")
OFFSET_KEY = "clock-offset-seconds"


def now() -> datetime:
    """This moment, aware, in UTC."""
    moment = datetime.now(UTC)
    if settings.CLOCK_MOVABLE:
        moment += timedelta(seconds=float(cache.get(OFFSET_KEY, 0.0)))
    return moment


def today() -> date:
    """The day in Shanghai."""
    return day_of(now())


def day_of(moment: datetime) -> date:
    """The day in Shanghai on which a moment falls."""
    return moment.astimezone(SHANGHAI).date()


def start_of(day: date) -> datetime:
    """Midnight at which a day begins in Shanghai."""
    return datetime.combine(day, time.min, tzinfo=SHANGHAI).astimezone(UTC)


def end_of(day: date) -> datetime:
    """24:00 of a day in Shanghai: the first moment after it."""
    return start_of(day + timedelta(days=1))


def at_time(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment of a day in Shanghai."""
    return datetime.combine(day, time(hour, minute), tzinfo=SHANGHAI).astimezone(UTC)


def move(by: timedelta) -> None:
    """Move the clock of every process (demo and tests only)."""
    if not settings.CLOCK_MOVABLE:
        raise RuntimeError("This clock cannot be moved")
    cache.set(OFFSET_KEY, float(cache.get(OFFSET_KEY, 0.0)) + by.total_seconds(), None)


def set_to(moment: datetime) -> None:
    """Make now() read this moment (demo and tests only)."""
    if not settings.CLOCK_MOVABLE:
        raise RuntimeError("This clock cannot be moved")
    cache.set(OFFSET_KEY, (moment - datetime.now(UTC)).total_seconds(), None)


def reset() -> None:
    """Give the clock back to the machine."""
    cache.delete(OFFSET_KEY)
