"""Writing rows of a model with one statement: what an act writes, without the machinery of ``bulk_create`` and ``save``.

The statement and how each field is given to the database are worked out once for a model.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
Given = Callable[[Any], Any]

_AS_IT_IS = (models.UUIDField, models.ForeignKey, models.DateField, models.BooleanField, models.IntegerField)
_WORDS = (models.CharField, models.TextField)


class Automatic(TypeError):
    """The model has a field that fills itself: such rows are saved one by one."""


class _Plan(NamedTuple):
    head: str
    one: str
    fields: tuple[tuple[str, Given], ...]


def insert(rows: Iterable[Row], *, once: bool = False) -> set[UUID]:
    """Insert new rows of one model; the keys of those that were inserted.

    With ``once`` a row whose unique key is taken is left out. Raises IntegrityError, Automatic.
    """
    wanted = list(rows)
    if not wanted:
        return set()
    statement, values = _insertion(wanted)
    ending = " ON CONFLICT DO NOTHING RETURNING id" if once else ""
    with connection.cursor() as cursor:
        cursor.execute(statement + ending, values)
        done = {key for (key,) in cursor.fetchall()} if once else {row.pk for row in wanted}
    _are_stored(row for row in wanted if row.pk in done)
    return done


def insert_all(*groups: Iterable[models.Model]) -> None:
    """Insert new rows of several models, those of one in each group, in the order of the groups and at one go.

    Raises IntegrityError, Automatic.
    """
    wanted = [rows for group in groups if (rows := list(group))]
    if not wanted:
        return
    parts = [_insertion(rows) for rows in wanted]
    with connection.cursor() as cursor:
        cursor.execute(
            "; ".join(part for part, _values in parts), [value for _part, values in parts for value in values]
        )
    for rows in wanted:
        _are_stored(rows)


def _insertion(rows: Sequence[models.Model]) -> tuple[str, list[Any]]:
    plan = _plan(type(rows[0]))
    values = [given(row.__dict__[name]) for row in rows for name, given in plan.fields]
    return plan.head + ", ".join([plan.one] * len(rows)), values


def _are_stored(rows: Iterable[models.Model]) -> None:
    for row in rows:
        row._state.adding, row._state.db = False, connection.alias


def run(statement: str, *values: Any) -> None:
    """Run a statement that is written by hand and answers nothing."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


class Gone(LookupError):
    """The row that was to be changed is not there: a fault of the program."""


def change(row: models.Model, *names: str) -> None:
    """Write some fields of a stored row, as ``save(update_fields=…)`` does. Raises IntegrityError, Gone."""
    plan = _change(type(row), names)
    values = [given(row.__dict__[name]) for name, given in plan.fields]
    with connection.cursor() as cursor:
        cursor.execute(plan.head, [*values, row.pk])
        if cursor.rowcount != 1:
            raise Gone(row._meta.label)


@cache
def _change(model: type[models.Model], names: tuple[str, ...]) -> _Plan:
    fields: list[Any] = [model._meta.get_field(name) for name in names]
    quoted = connection.ops.quote_name
    changes = ", ".join(f"{quoted(str(field.column))} = %s" for field in fields)
    head = f"UPDATE {quoted(model._meta.db_table)} SET {changes} WHERE id = %s"
    return _Plan(head, "", tuple((field.attname, _given(field)) for field in fields))


@cache
def _plan(model: type[models.Model]) -> _Plan:
    fields = model._meta.concrete_fields
    if model._meta.parents or any(_fills_itself(field) for field in fields):
        raise Automatic(model._meta.label)
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    head = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES "
    one = f"({', '.join(['%s'] * len(fields))})"
    return _Plan(head, one, tuple((field.attname, _given(field)) for field in fields))


def _fills_itself(field: Any) -> bool:
    return (
        any(getattr(field, name, False) for name in ("auto_now", "auto_now_add", "generated")) or field.has_db_default()
    )


def _given(field: Any) -> Given:
    """How a value of a field is given to the database; what is not plain goes the field's own way."""
    own = type(field).get_prep_value
    plain: Sequence[type[models.Field[Any, Any]]] = _AS_IT_IS + _WORDS
    if isinstance(field, models.DateTimeField):
        return _moment
    if not any(own is kind.get_prep_value for kind in plain):
        return partial(field.get_db_prep_save, connection=connection)
    return _word if isinstance(field, _WORDS) else _itself


def _itself(value: Any) -> Any:
    return value


def _moment(value: Any) -> Any:
    if value is not None and value.tzinfo is None:
        raise ValueError("a moment is stored with its time zone")
    return value


def _word(value: Any) -> Any:
    return value if value is None or type(value) is str else str(value)
