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
    policy.require(actor, Action.EXPORT)
    heads, rows = lists.sheet(part, at)
    audit.write(actor=actor, act=EXPORTED, at=at, about=f"insight.{key}", address=address, rows=len(rows))
    return workbook(title=title, heads=heads, rows=rows)
