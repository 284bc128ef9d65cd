"""Rows that are written once: Python refuses first, a trigger of the database refuses whatever comes another way.

The application's role has SELECT and INSERT on these tables only (``manage.py grant_roles``).
"""

from typing import Any

from django.db import models
from django.db.migrations.operations.base import Operation

REFUSE = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % of % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
"""


class WrittenOnce(RuntimeError):
    """Someone tried to change or delete an append-only row; this is a fault of the program, never of the user."""


class AppendOnly(models.Model):
    """Inserted once, never updated or deleted."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise WrittenOnce(self._meta.label)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise WrittenOnce(self._meta.label)


class RefuseChanges(Operation):
    """Migration operation: a trigger on the model's table refuses UPDATE and DELETE; ``erasable`` columns may be emptied."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, model: str, erasable: tuple[str, ...] = ()) -> None:
        self.model, self.erasable = model, erasable

    def state_forwards(self, app_label: str, state: Any) -> None:
        """The trigger changes no model state."""

    def _table(self, app_label: str, state: Any) -> str:
        return str(state.apps.get_model(app_label, self.model)._meta.db_table)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        table = self._table(app_label, to_state)
        schema_editor.execute(REFUSE, params=None)
        for act, condition in (("DELETE", ""), ("UPDATE", self._unless_erasing())):
            schema_editor.execute(
                f'CREATE TRIGGER refuse_{act.lower()} BEFORE {act} ON "{table}" '
                f"FOR EACH ROW {condition} EXECUTE FUNCTION refuse_change()"
            )

    def _unless_erasing(self) -> str:
        """An update that does nothing but empty the erasable columns is the owner's act of erasure."""
        if not self.erasable:
            return ""
        emptied = " AND ".join(f'NEW."{column}" IS NULL' for column in self.erasable)
        rest = "".join(f" - '{column}'" for column in self.erasable)
        return f"WHEN (NOT ({emptied} AND to_jsonb(NEW){rest} = to_jsonb(OLD){rest}))"

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for act in ("delete", "update"):
            schema_editor.execute(f'DROP TRIGGER refuse_{act} ON "{self._table(app_label, from_state)}"')

    def describe(self) -> str:
        return f"Refuse UPDATE and DELETE on {self.model}"
