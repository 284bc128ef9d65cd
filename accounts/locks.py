"""Rows of this room are locked before they change; a stale edit is told apart here."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from kernel.refusals import Difference, NotFound, Stale

Row = TypeVar("Row", bound=Model)


def lock(
    rows: "QuerySet[Row]",
    pk: UUID,
    *,
    version: int | None = None,
    differences: Callable[[Row], Sequence[Difference]] | None = None,
) -> Row:
    """The row, locked until the transaction ends.

    Raises NotFound when ``rows`` lacks it, Stale when ``version`` is given and no longer the row's.
    """
    row: Any = rows.select_for_update(no_key=True, of=("self",)).filter(pk=pk).first()
    if row is None:
        raise NotFound
    if version is not None and row.version != version:
        raise Stale(differences=differences(row) if differences else ())
    return row


def save(row: Any, *fields: str) -> None:
    """Write the named fields and count the version up."""
    row.version += 1
    row.save(update_fields=[*fields, "version"])
