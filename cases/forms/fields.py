"""Fields that every act shares: a day as a court writes it, and files within the limit."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from cases.services import files
from kernel import clock
from kernel.templatetags import shapes
from kernel.text import narrow

FULL = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
PLAIN = re.compile(r"(\d{4})(\d{2})(\d{2})")
THIS_YEAR = re.compile(r"(\d{1,2})月(\d{1,2})日?")
NEAR = {"昨天": -1, "今天": 0, "明天": 1}


def day_text(day: date) -> str:
    """2026年11月22日."""
    return f"{day.year}年{day.month}月{day.day}日"


def read_day(typed: str, today: date) -> date:
    """The day that a person typed: 2026-11-22, 20261122, 2026年11月22日, 11月22日 (this year), 今天; full-width too.

    Raises ValueError when it is none, or when the calendar lacks it.
    """
    text = narrow(typed)
    if text in NEAR:
        return today + timedelta(days=NEAR[text])
    if found := FULL.fullmatch(text) or PLAIN.fullmatch(text):
        return date(*map(int, found.groups()))
    if found := THIS_YEAR.fullmatch(text):
        return date(today.year, *map(int, found.groups()))
    raise ValueError(typed)


class DayInput(forms.TextInput):
    """Typed like any text; the button beside it opens the browser's calendar."""

    def format_value(self, value: Any) -> str | None:
        return day_text(value) if isinstance(value, date) else super().format_value(value)

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        control = super().render(name, value, {**(attrs or {}), "autocomplete": "off", "data-day": ""}, renderer)
        return format_html(
            '<span class="day-field">{}<button type="button" class="day-open" data-day-open hidden aria-label="{}">{}'
            '</button><input type="date" class="day-pick" data-day-pick data-no-draft tabindex="-1" aria-hidden="true">'
            "</span>",
            control,
            _("选日期"),
            shapes.icon("calendar"),
        )


class DayField(forms.Field):
    """A day; ``past`` and ``future`` say whether days before or after today may be typed."""

    widget = DayInput
    default_error_messages = {
        "required": _("请填写日期。"),
        "invalid": _("“%(typed)s”不是日期。请写成 2026-11-22 或 2026年11月22日。"),
        "past": _("不能早于今天（%(today)s）。"),
        "future": _("不能晚于今天（%(today)s）。"),
    }

    def __init__(self, *, past: bool = True, future: bool = True, **options: Any) -> None:
        self.past, self.future = past, future
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        if isinstance(value, date) or value in self.empty_values:
            return value or None
        try:
            return read_day(str(value), clock.today())
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], "invalid", {"typed": value}) from error

    def validate(self, value: Any) -> None:
        super().validate(value)
        today = clock.today()
        if value and value < today and not self.past:
            raise ValidationError(self.error_messages["past"], "past", {"today": day_text(today)})
        if value and value > today and not self.future:
            raise ValidationError(self.error_messages["future"], "future", {"today": day_text(today)})


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files of the kinds that the file store keeps; what they really are is checked when they are stored."""

    default_error_messages = {
        "required": _("请选择文件。"),
        "empty": _("文件是空的，请重新选择。"),
    }

    def __init__(self, **options: Any) -> None:
        accept = ",".join(files.BY_SUFFIX)
        options.setdefault("widget", FilesInput(attrs={"accept": accept}))
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        rows: Sequence[Any] = (data or [None]) if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(row, initial) for row in rows]
