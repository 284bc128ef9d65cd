"""Migrations at one go: Django renders every model again after each operation, which took four fifths of migrating."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.db.migrations import CreateModel, RunPython, SeparateDatabaseAndState
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunSQL

_STANDS_ALONE = (RunSQL, RunPython, SeparateDatabaseAndState)


class Together(Operation):
    """Migration operation: tables are made in the shape that they have after the last of these operations.

    For operations that do not build on one another's steps in the database: no field altered twice, none renamed.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = operations
        made = {operation.name_lower for operation in operations if isinstance(operation, CreateModel)}
        self._needed = [
            operation
            for operation in operations
            if isinstance(operation, CreateModel) or getattr(operation, "model_name_lower", None) not in made
        ]

    def state_forwards(self, app_label: str, state: Any) -> None:
        state.__dict__.pop("apps", None)  # rendered anew, once, when somebody asks for a model
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in self._needed:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for operation in reversed(self._needed):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"{len(self.operations)} operations together"


def at_once(operations: Sequence[Operation]) -> list[Operation]:
    """The same operations, each run of changes of tables as one; SQL and Python stand alone in their places."""
    runs = groupby(operations, key=lambda operation: isinstance(operation, _STANDS_ALONE))
    return [one for alone, run in runs for one in (run if alone else [Together(list(run))])]
