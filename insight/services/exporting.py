"""The rows behind a figure as a workbook; the export is an entry of the journal."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.roles import Action
from accounts.sheets import workbook
from insight import lists
from insight.parts import Part

EXPORTED = "insight_exported"
acts.declare(EXPORTED, _("导出指标清单"))


def export(*, part: Part, title: str, key: str, actor: Actor, at: datetime, address: str | None = None) -> bytes:
    """The workbook of a part. Raises NotAllowed."""
    return write(heads_and_rows=lists.sheet(part, at), title=title, key=key, actor=actor, at=at, address=address)


def write(
    *, heads_and_rows: lists.Sheet, title: str, key: str, actor: Actor, at: datetime, address: str | None = None
) -> bytes:
    """The workbook of a list that was read already. Raises NotAllowed."""
    policy.require(actor, Action.EXPORT)
    heads, rows = heads_and_rows
    audit.write(actor=actor, act=EXPORTED, at=at, about=f"insight.{key}", address=address, rows=len(rows))
    return workbook(title=title, heads=heads, rows=rows)
