"""Filters and tags of every page; a builtin library, so templates need no {% load %}."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast

from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, FileInput, RadioSelect, Select
from django.utils.dates import WEEKDAYS
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from kernel import clock, lawful, text
from kernel.templatetags import countdowns, dates, figures, shapes

register = template.Library()

AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})*\.\d{2}(?:\s?元)?")
DATE = re.compile(r"(?:\d{4}年)?\d{1,2}月\d{1,2}日(?: \d{1,2}:\d{2})?|\d{4}年(?:\d{1,2}月)?")
NUMBER = re.compile(r"（\d{4}）[^\s，。；、（）]{2,20}?号")
THEMES = ("light", "dark")
TEXT_SIZES = ("normal", "large")

register.filter("money", figures.money)
register.filter("wan", figures.wan)
register.filter("capital", figures.capital)
register.filter("cndate", dates.day_stamp)
register.filter("cnfulldate", dates.full_day_stamp)
register.filter("cndatetime", dates.moment_stamp)
register.filter("cntime", dates.hour_stamp)
register.filter("span", countdowns.span_text)
register.filter("law_line", lawful.line_text)
register.filter("mask_name", lambda name: text.mask_name(str(name or "")))
register.filter("mask_id", lambda number: text.mask_tail(str(number or "")))
register.simple_tag(shapes.shape, name="shape")
register.simple_tag(shapes.icon, name="icon")


@register.filter
def weekday(value: date | datetime | None, form: str = "short") -> str:
    """周一 to 周日 of a date or moment, 星期一 to 星期日 with `full`; empty for None."""
    if not value:
        return ""
    day = dates.local(value)
    return str(WEEKDAYS[day.weekday()]) if form == "full" else dates.weekday_text(day)


@register.filter
def cn(number: object, place: str = "") -> SafeString:
    """A case number that never wraps; `hang` at a line's start lets its bracket hang into the margin."""
    name = "cn cn-hang" if place == "hang" else "cn"
    return format_html('<span class="{}">{}</span>', name, number or "")


@register.filter
def percent(part: object, whole: object) -> int:
    """What share of `whole` is `part`, in percent from 0 to 100; 0 when there is no whole."""
    above, below = figures.as_decimal(part), figures.as_decimal(whole)
    if not above or not below or below < 0:
        return 0
    return int(max(0, min(100, round(100 * above / below))))


@register.filter
def day_start(day: int, total: int) -> float:
    """Where the cell of a day (counted from 1) begins on a strip of `total` days, in percent."""
    return round(100 * (int(day) - 1) / total, 2) if total else 0.0


@register.filter
def at(items: Sequence[Any], index: int) -> Any:
    """The item at that place."""
    return items[index]


@register.filter
def prose(sentence: object) -> SafeString:
    """A sentence set as Chinese print sets it: dates and case numbers in it neither break nor open up; escaped."""
    marked = hasattr(sentence, "__html__")
    text = conditional_escape(cast(str, sentence) if marked else "" if sentence is None else str(sentence))
    if marked and "<" in text:
        return SafeString(text)
    return SafeString(DATE.sub(r'<span class="day">\g<0></span>', NUMBER.sub(r'<span class="cn">\g<0></span>', text)))


@register.filter
def bold_money(sentence: object) -> SafeString:
    """A sentence as prose() sets it, with its amounts of money in bold."""
    return SafeString(AMOUNT.sub(r"<b>\g<0></b>", prose(sentence)))


@register.simple_tag
def spark(values: Sequence[float], target: float | None = None) -> dict[str, object]:
    """Points and target line of a sparkline; use it as `{% spark values target as line %}`."""
    return figures.spark(values, target)


@register.simple_tag
def moment() -> datetime:
    """This moment by the one clock; use it as `{% moment as at %}` when the view passed none."""
    return clock.now()


@register.simple_tag
def countdown(due: datetime | None, now: datetime | None = None, **options: Any) -> Any:
    """A countdown to `due`: printed as the part, or kept with `as left`; options as countdowns.countdown()."""
    if due is None:
        return ""
    return countdowns.countdown(due, now or clock.now(), **options)


@register.simple_tag(takes_context=True)
def query_with(context: template.Context, **changes: Any) -> str:
    """The page's query with some keys changed; None or an empty value removes a key; paging starts anew."""
    request = context.get("request")
    query = request.GET.copy() if request else None
    if query is None:
        return "?"
    if "page" not in changes:
        query.pop("page", None)
    for key, value in changes.items():
        if value is None or value == "":
            query.pop(key, None)
        else:
            query[key] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def theme(context: template.Context) -> str:
    """`light` or `dark`, from the reader's cookie."""
    return _cookie(context, "theme", THEMES)


@register.simple_tag(takes_context=True)
def text_size(context: template.Context) -> str:
    """`normal` or `large` (大字), from the reader's cookie."""
    return _cookie(context, "text", TEXT_SIZES)


@register.inclusion_tag("_parts/field.html")
def field(bound: BoundField, **options: Any) -> dict[str, Any]:
    """A form field with label, help and error; options: article, article_url, hint, label, wide."""
    widget = bound.field.widget
    kind = _kind(widget)
    described = [f"{bound.auto_id}_help"] if bound.help_text or options.get("hint") else []
    described += [f"{bound.auto_id}_error"] if bound.errors else []
    attrs: dict[str, Any] = {"class": f"{widget.attrs.get('class', '')} {CLASSES[kind]}".strip()}
    if widget.attrs.get("rows") == "10":  # Django's own, twice what a reason needs
        attrs["rows"] = "3"
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if bound.errors:
        attrs |= {"aria-invalid": "true", "class": f"{attrs['class']} is-invalid"}
    control = bound.as_widget(attrs=attrs)
    return {"field": bound, "control": control, "kind": kind, **options}


CLASSES = {
    "select": "form-select",
    "check": "form-check-input",
    "many": "",
    "file": "form-control",
    "input": "form-control",
}


def _kind(widget: Any) -> str:
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "many"
    if isinstance(widget, CheckboxInput):
        return "check"
    if isinstance(widget, Select):
        return "select"
    return "file" if isinstance(widget, FileInput) else "input"


def _cookie(context: template.Context, name: str, allowed: tuple[str, ...]) -> str:
    request = context.get("request")
    chosen = request.COOKIES.get(name, "") if request else ""
    return chosen if chosen in allowed else allowed[0]
