"""Reading with a statement that is written by hand: what every act asks, without the queryset's work at each question.

``Columns`` names the columns of a model in a statement and makes its rows out of the answer.
"""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db import connection, models

Row = TypeVar("Row", bound=models.Model)
Values = tuple[Any, ...]


def answers(statement: str, *values: Any) -> list[Values]:
    """All that a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[Values] = cursor.fetchall()
    return found


class Columns(Generic[Row]):
    """The columns of a model under the name of its table in a statement: all of them, or those of the fields named.

    The first is the key. A field that is not named is read when somebody asks for it, as after ``only``.
    """

    def __init__(self, model: type[Row], table: str, *fields: str) -> None:
        wanted = {"id", *fields}
        chosen: list[Any] = [field for field in model._meta.concrete_fields if not fields or field.name in wanted]
        self._model = model
        self._names = [field.attname for field in chosen]
        self._sql = ", ".join(f'{table}."{field.column}"' for field in chosen)
        self._read = [(place, field.from_db_value) for place, field in enumerate(chosen) if _is_read(field)]
        self.width = len(chosen)

    def __str__(self) -> str:
        return self._sql

    def row(self, values: Sequence[Any]) -> Row:
        """The row of these values."""
        if self._read:
            values = list(values)
            for place, read in self._read:
                values[place] = read(values[place], None, connection)
        return self._model.from_db(connection.alias, self._names, values)


def split(values: Sequence[Any], *columns: Columns[Any], known: dict[UUID, Any] | None = None) -> list[Any]:
    """The rows of several models that one answer holds side by side; None for one that an outer join did not find.

    A row that is in ``known`` is taken from there: what many answers name, such as their court, is made once.
    """
    known = {} if known is None else known
    found, begin = [], 0
    for one in columns:
        key = values[begin]
        if key is not None and key not in known:
            known[key] = one.row(values[begin : begin + one.width])
        found.append(None if key is None else known[key])
        begin += one.width
    return found


def _is_read(field: Any) -> bool:
    """Whether the field makes something of what the database gives."""
    return hasattr(field, "from_db_value")
