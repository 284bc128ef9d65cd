"""Findings of the law in the reader's language, and as conditions of a refusal: which one failed and on what article."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext

from kernel.refusals import Condition, Refusal
from kernel.templatetags import dates
from law.reasons import Argument, Findings, Line, Reason


def text(reason: Reason) -> str:
    """The condition as a sentence in the reader's language."""
    return _filled(reason.template, reason.args)


def line_text(line: Line) -> str:
    """The line of a reckoning as a sentence in the reader's language."""
    return _filled(line.template, line.values)


def conditions(findings: Findings) -> tuple[Condition, ...]:
    """Every condition that the law looked at."""
    return tuple(Condition(text=text(row), met=row.met, article=row.article) for row in findings.reasons)


def check(findings: Findings, refusal: type[Refusal], **facts: Any) -> None:
    """Raise the refusal with every condition when the law forbids; conditions that only warn do not."""
    if not findings.allowed:
        raise refusal(conditions=conditions(findings), missing=len(findings.obstacles), **facts)


def _filled(template: str, values: Mapping[str, Argument]) -> str:
    """The template translated and filled; labels among its values are phrases of the law and are translated too."""
    return capfirst(gettext(template).format(**{name: _word(value) for name, value in values.items()}))


def _word(value: Argument) -> Argument:
    """A phrase in the reader's language, a day as the reader writes it, a figure as it is."""
    if isinstance(value, date):
        return dates.full_day_text(value)
    return gettext(value) if isinstance(value, str) and value else value
