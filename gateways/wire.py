"""Typed letters to plain JSON and back. Amounts are strings with two places, days ISO dates, moments UTC with Z."""

import dataclasses
import types
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from kernel import canonical
from kernel.money import yuan

Letter = TypeVar("Letter")


class Unreadable(ValueError):
    """What came back cannot be read as the type that was promised; the message names the field."""


def to_plain(letter: Any) -> dict[str, Any]:
    """The fields of a dataclass as plain JSON types; what is None is left out."""
    fields = {field.name: getattr(letter, field.name) for field in dataclasses.fields(letter)}
    return {name: _plain(value) for name, value in fields.items() if value is not None}


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return to_plain(value)
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return canonical.plain(value)


def from_plain(kind: type[Letter], data: Mapping[str, Any]) -> Letter:
    """A dataclass from plain JSON; unknown names are ignored, absent ones take their defaults; raises Unreadable."""
    if not isinstance(data, Mapping):
        raise Unreadable(f"{kind.__name__}: not an object")
    hints = _hints(kind)
    known = {name: _read(hints[name], data[name], name) for name in hints if data.get(name) is not None}
    try:
        return kind(**known)
    except TypeError as error:
        raise Unreadable(f"{kind.__name__}: {error}") from None


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind)}


def _read(hint: Any, value: Any, name: str) -> Any:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in {Union, types.UnionType}:
        return _read(next(part for part in arguments if part is not type(None)), value, name)
    try:
        if origin is tuple:
            return tuple(_read(arguments[0], item, name) for item in _demand(value, list))
        if origin is not None or hint is Any:
            return _demand(value, Mapping) if origin is Mapping else value
        if dataclasses.is_dataclass(hint):
            return from_plain(hint, value)
        return _scalar(hint, value)
    except (ValueError, TypeError, InvalidOperation) as error:
        raise error if isinstance(error, Unreadable) else Unreadable(f"{name}: {error}") from None


def _demand(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise Unreadable(f"{type(value).__name__} where {kind.__name__} was promised")
    return value


def _scalar(hint: type, value: Any) -> Any:
    if hint is Decimal:
        return _amount(value)
    if hint is datetime:
        moment = datetime.fromisoformat(_demand(value, str))
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    if hint is date:
        return date.fromisoformat(_demand(value, str)[:10])
    if hint is int and isinstance(value, bool):
        raise Unreadable("a truth value where a number was promised")
    return _demand(value, hint)


def _amount(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise Unreadable("an amount is a string with two places")
    amount = Decimal(value)
    if not amount.is_finite() or amount != yuan(amount):
        raise Unreadable("an amount has at most two places")
    return yuan(amount)
