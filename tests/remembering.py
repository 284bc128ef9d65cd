"""Makers that remember: what a maker did to the database is put back in one statement when it would do the same again.

Every worker lets a maker run on the real services once for each state that it begins from; from then on the rows that it
left are written as they were, and what it hung on the commit hangs there again. The key is the whole content of the
tables that this test has touched, so a maker that would do something else runs.
"""

import functools
import hashlib
import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection, models, transaction

from kernel import clock

Maker = TypeVar("Maker", bound=Callable[..., Any])
Rows = dict[str, frozenset[str]]
_TOUCHED = """
    SELECT relname FROM pg_class
     WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND relname <> 'django_session'
       AND pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid) > 0
"""
_OF_EACH_TEST = {"FILES_DIR", "PASSWORD_HASHERS"}


@dataclass(frozen=True)
class _Memory:
    statement: bytes
    left: bytes
    at_commit: tuple[Callable[[], object], ...]


_memories: dict[str, _Memory] = {}
_suspended: list[str] = []


def suspend() -> None:
    """This test changes the program itself: its makers run, and nothing of it is remembered."""
    _suspended.append("")


def resume() -> None:
    """The next test."""
    _suspended.clear()


def remembered(maker: Maker) -> Maker:
    """A maker whose first argument is the cast or has it, and which changes rows only, no argument and no clock.

    What it returns and what it names of the cast are pickled.
    """

    @functools.wraps(maker)
    def make(first: Any, *rest: Any, **named: Any) -> Any:
        if _suspended or not connection.in_atomic_block:
            return maker(first, *rest, **named)
        cast = getattr(first, "cast", first)
        before = _rows()
        key = _key(maker, first, rest, named, before)
        if key not in _memories:
            hooks = len(connection.run_on_commit)
            made = maker(first, *rest, **named)
            at_commit = tuple(entry[1] for entry in connection.run_on_commit[hooks:])
            if not Path(settings.FILES_DIR).exists():  # rows can be put back, files not
                _memories[key] = _Memory(_statement(before, _rows()), pickle.dumps((made, vars(cast))), at_commit)
            return made
        memory = _memories[key]
        with connection.cursor() as cursor:
            cursor.execute(memory.statement)
        for function in memory.at_commit:
            transaction.on_commit(function)
        made, known = pickle.loads(memory.left)
        vars(cast).update(known)
        return made

    return make  # type: ignore[return-value]


def _key(maker: Callable[..., Any], first: Any, rest: Iterable[Any], named: dict[str, Any], before: Rows) -> str:
    said = [
        maker.__module__,
        maker.__qualname__,
        str(getattr(first, "at", "")),
        *map(_plain, rest),
        *(f"{name}={_plain(value)}" for name, value in sorted(named.items())),
        str(clock.today()),
        str(sorted((name, str(value)) for name, value in _settings().items())),
        *(f"{table}:{row}" for table in sorted(before) for row in sorted(before[table])),
    ]
    return hashlib.sha256("\0".join(said).encode()).hexdigest()


def _plain(value: Any) -> str:
    if isinstance(value, list | tuple):
        return str([_plain(one) for one in value])
    return f"{value._meta.label}:{value.pk}" if isinstance(value, models.Model) else repr(value)


def _settings() -> dict[str, Any]:
    """What the test has set for itself."""
    holder, found = settings._wrapped, {}  # type: ignore[misc]
    while hasattr(holder, "default_settings"):
        found = {**vars(holder), **found}
        holder = holder.default_settings
    return {name: value for name, value in found.items() if name.isupper() and name not in _OF_EACH_TEST}


def _rows() -> Rows:
    """The content of the tables that this test has written to."""
    with connection.cursor() as cursor:
        cursor.execute(_TOUCHED)
        tables = [row[0] for row in cursor.fetchall()]
        if not tables:
            return {}
        asked = " UNION ALL ".join(f"SELECT '{table}', array_agg(x::text) FROM \"{table}\" AS x" for table in tables)
        cursor.execute(asked)
        return {table: frozenset(rows) for table, rows in cursor.fetchall() if rows}


def _statement(before: Rows, after: Rows) -> bytes:
    """What leads from the rows before to the rows after; keys between tables are looked at when the test ends."""
    parts = []
    with connection.cursor() as cursor:
        for table in sorted({*before, *after}):
            gone = sorted(before.get(table, frozenset()) - after.get(table, frozenset()))
            new = sorted(after.get(table, frozenset()) - before.get(table, frozenset()))
            if gone:
                parts.append(cursor.mogrify(f'DELETE FROM "{table}" AS x WHERE x::text = ANY(%s)', [gone]))
            if new:
                write = f'INSERT INTO "{table}" SELECT (row::"{table}").* FROM unnest(%s::text[]) AS row'
                parts.append(cursor.mogrify(write, [new]))
    return b";".join(parts)
