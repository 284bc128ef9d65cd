"""Keyset paging: a list answers as fast on its thousandth page as on its first. Counts are capped."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

COUNT_CAP = 1000


@dataclass(frozen=True)
class Page:
    """One page of rows with the tokens of its neighbours."""

    rows: Sequence[Any]
    next: str
    previous: str
    count: int
    capped: bool

    def __iter__(self) -> Any:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def count_text(self) -> str:
        """The capped count: “1000+” beyond the cap."""
        return f"{COUNT_CAP}+" if self.capped else str(self.count)


def page(queryset: "QuerySet[Any]", *, order: Sequence[str], token: str = "", size: int = 50) -> Page:
    """A page of ``queryset`` in ``order`` (field names, “-” for descending; the last must be unique and none null).

    A token begins with ``n`` (after) or ``p`` (before) and holds the order values of a row; an unreadable one means page one.
    """
    before, values = _read(token, len(order))
    rows = queryset.order_by(*(_flip(order) if before else order))
    if values is not None:
        try:
            rows = rows.filter(_beyond(_flip(order) if before else order, values))
        except (ValidationError, ValueError, TypeError):  # values that no row can have
            return page(queryset, order=order, size=size)
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if before:
        found.reverse()
    has_next = (more or False) if not before else True
    has_previous = (values is not None) if not before else more
    counted = queryset.order_by()[: COUNT_CAP + 1].count()
    return Page(
        rows=found,
        next=_write("n", found[-1], order) if found and has_next else "",
        previous=_write("p", found[0], order) if found and has_previous else "",
        count=min(counted, COUNT_CAP),
        capped=counted > COUNT_CAP,
    )


def _flip(order: Sequence[str]) -> list[str]:
    return [name[1:] if name.startswith("-") else f"-{name}" for name in order]


def _beyond(order: Sequence[str], values: Sequence[Any]) -> Q:
    clause, equal = Q(pk__in=[]), Q()
    for name, value in zip(order, values, strict=True):
        field = name.lstrip("-")
        clause |= equal & Q(**{f"{field}__{'lt' if name.startswith('-') else 'gt'}": value})
        equal &= Q(**{field: value})
    return clause


def _write(side: str, row: Any, order: Sequence[str]) -> str:
    values = [_text(_value(row, name.lstrip("-"))) for name in order]
    return side + base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def _value(row: Any, path: str) -> Any:
    for name in path.split("__"):
        row = getattr(row, name)
    return row


def _text(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, int | str) else str(value)


def _read(token: str, length: int) -> tuple[bool, list[Any] | None]:
    if not token or token[0] not in "np":
        return False, None
    try:
        values = json.loads(base64.urlsafe_b64decode(token[1:] + "=" * (-len(token[1:]) % 4)))
    except ValueError:
        return False, None
    if not isinstance(values, list) or len(values) != length:
        return False, None
    return token[0] == "p", values
