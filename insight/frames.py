"""The span of days that a figure looks at, and the moment as of which it is reckoned."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from kernel import clock

INSTANT = timedelta(microseconds=1)


class Span(models.TextChoices):
    """Which days: from the first of January, the last twelve months, or from the first of the month."""

    YEAR = "year", _("今年")
    ROLLING = "rolling", _("近 12 个月")
    MONTH = "month", _("本月")


@dataclass(frozen=True)
class Frame:
    """One court, a first day, and the moment as of which its rows count; both ends belong to the frame."""

    court_id: UUID
    span: Span
    first: date
    at: datetime

    @classmethod
    def of(cls, *, court_id: UUID, span: Span, at: datetime) -> "Frame":
        """The frame of a span that ends at a moment."""
        return cls(court_id, span, first_day(span, clock.day_of(at)), at)

    @classmethod
    def of_day(cls, *, court_id: UUID, span: Span, on: date) -> "Frame":
        """The frame of a span that ends with a whole day."""
        return cls.of(court_id=court_id, span=span, at=clock.end_of(on) - INSTANT)

    @property
    def since(self) -> datetime:
        """The moment at which the first day begins."""
        return clock.start_of(self.first)

    @property
    def last(self) -> date:
        """The day of the moment as of which it is reckoned."""
        return clock.day_of(self.at)

    def year_before(self) -> "Frame":
        """The same days one year earlier; 29 February becomes 28 February."""
        moment = self.at.astimezone(clock.SHANGHAI)
        earlier = clock.at_time(_year_before(self.last), moment.hour, moment.minute)
        return replace(self, first=_year_before(self.first), at=earlier)


def first_day(span: Span, last: date) -> date:
    """The first day of a span that ends on ``last``."""
    if span == Span.YEAR:
        return date(last.year, 1, 1)
    if span == Span.MONTH:
        return date(last.year, last.month, 1)
    return _year_before(last) + timedelta(days=1)


def span_of(typed: str) -> Span:
    """The span that an address names; the year when it names none."""
    return Span(typed) if typed in Span.values else Span.YEAR


def _year_before(day: date) -> date:
    return date(day.year - 1, day.month, min(day.day, monthrange(day.year - 1, day.month)[1]))
