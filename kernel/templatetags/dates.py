"""Dates and times as a Chinese court writes them, in court time; the year is said when it is not this one."""

from datetime import date, datetime, timedelta

from django.utils.dates import MONTHS_3
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from kernel import clock


class Stamp(str):
    """A date or time: plain text when joined to other text, a `<time>` element when a template prints it."""

    __slots__ = ("iso",)
    iso: str

    def __new__(cls, text: str, iso: str) -> "Stamp":
        stamp = super().__new__(cls, text)
        stamp.iso = iso
        return stamp

    def __html__(self) -> SafeString:
        return format_html('<time datetime="{}">{}</time>', self.iso, str.__str__(self))


def local(value: date | datetime) -> date | datetime:
    """The moment in court time; a date stays what it is."""
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(clock.SHANGHAI)
    return value


def day_text(value: date, today: date, *, weekday: bool = False) -> str:
    """11月22日, or 2027年1月20日 when the year is another than that of `today`."""
    month_name = str(MONTHS_3[value.month]).capitalize()
    names = {"year": value.year, "month": value.month, "day": value.day, "month_name": month_name}
    pattern = _("{month}月{day}日") if value.year == today.year else _("{year}年{month}月{day}日")
    text = pattern.format(**names)
    return f"{text} {weekday_text(value)}" if weekday else text


def full_day_text(value: date) -> str:
    """2026年11月22日: the year always."""
    return day_text(value, date.min)


def weekday_text(value: date) -> str:
    """周一 to 周日."""
    return (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))[value.weekday()]


def hour_text(value: datetime) -> str:
    """8:40; no leading zero on the hour."""
    return f"{value.hour}:{value.minute:02d}"


def day_stamp(value: date | datetime | None) -> str:
    """The day of a date or moment, with the year when it is not this one; empty for None."""
    if not isinstance(value, date):
        return ""
    day = _day(local(value))
    return Stamp(day_text(day, clock.today()), day.isoformat())


def full_day_stamp(value: date | datetime | None) -> str:
    """The day with its year always, as papers and print say it; empty for None."""
    if not isinstance(value, date):
        return ""
    day = _day(local(value))
    return Stamp(full_day_text(day), day.isoformat())


def moment_stamp(value: datetime | None) -> str:
    """Day and time of a moment, e.g. 11月21日 16:05; empty for None."""
    if not isinstance(value, datetime):
        return day_stamp(value)
    moment = local(value)
    assert isinstance(moment, datetime)
    return Stamp(f"{day_text(moment.date(), clock.today())} {hour_text(moment)}", value.isoformat())


def hour_stamp(value: datetime | None) -> str:
    """The time of day of a moment; empty for None."""
    moment = local(value) if isinstance(value, datetime) else None
    return Stamp(hour_text(moment), moment.isoformat()) if isinstance(moment, datetime) else ""


def until_text(due: datetime, now: datetime) -> str:
    """Until when: 昨天 17:00, 今天 9:30, 11月24日 周二 24:00 (a day ends at 24:00, not at the next 0:00)."""
    moment, today = due.astimezone(clock.SHANGHAI), now.astimezone(clock.SHANGHAI).date()
    day, hour = moment.date(), hour_text(moment)
    if hour == "23:59" and moment.second == 59:
        hour = "24:00"
    elif hour == "0:00" and day != today:
        day, hour = day - timedelta(days=1), "24:00"
    if day == today:
        return _("今天 {time}").format(time=hour)
    if day == today - timedelta(days=1):
        return _("昨天 {time}").format(time=hour)
    return f"{day_text(day, today, weekday=day.year == today.year)} {hour}"


def _day(value: date | datetime) -> date:
    return value.date() if isinstance(value, datetime) else value
