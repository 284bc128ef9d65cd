"""What changed in the actor's cases since its last visit: a few cells, each with a list behind it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, DecimalField, Sum
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import acts
from accounts.actors import Actor
from accounts.models import AuditEntry
from cases.queries import timeline
from kernel.templatetags import dates

LONGEST = timedelta(days=14)
WITHOUT_VISIT = timedelta(days=1)


@dataclass(frozen=True)
class Cell:
    """One kind of change: the verbs of this room that make it, or a group of verbs of all rooms."""

    label: Promise
    icon: str
    verbs: tuple[str, ...] = ()
    group: str = ""


CELLS: Sequence[Cell] = (
    Cell(gettext_lazy("到账与履行 %(count)s 笔"), "cash", ("cases.performed",)),
    Cell(gettext_lazy("查控与财产 %(count)s 件"), "radar", group="property"),
    Cell(gettext_lazy("退回 %(count)s 件"), "arrow-back", ("cases.decision_sent_back",)),
    Cell(gettext_lazy("新立案 %(count)s 件"), "file-plus", ("cases.filed",)),
    Cell(gettext_lazy("新分案 %(count)s 件"), "user-switch", ("cases.assigned",)),
    Cell(gettext_lazy("签收 %(count)s 份"), "circle-check", ("cases.document_served",)),
    Cell(gettext_lazy("结案 %(count)s 件"), "archive", ("cases.closed",)),
)


def last_visit(actor: Actor, at: datetime) -> datetime:
    """The sign-in before the present one, at most a fortnight ago; a day ago when there was none."""
    about = f"accounts.user:{actor.user_id}"
    rows = AuditEntry.objects.filter(about=about, act=acts.SIGNED_IN, at__lte=at).order_by("-at")
    visits = list(rows.values_list("at", flat=True)[:2])
    before = visits[1] if len(visits) > 1 else at - WITHOUT_VISIT
    return max(before, at - LONGEST)


def strip(actor: Actor, at: datetime) -> dict[str, Any]:
    """The cells that have something, with the moment since when; four queries."""
    start = last_visit(actor, at)
    counts = _counts(actor, start)
    address = reverse("cases:changes")
    changes = [
        {
            "icon": cell.icon,
            "label": cell.label % {"count": count},
            "strong": f"{paid:,.2f}" if "cases.performed" in cell.verbs and (paid := _performed(actor, start)) else "",
            "url": f"{address}?{_query(cell)}",
        }
        for cell in CELLS
        if (count := sum(number for verb, number in counts.items() if _covers(cell, verb)))
    ]
    if mine := timeline.since(actor, start, followed=True).count():
        label = _("关注的案件 %(count)s 项") % {"count": mine}
        changes.insert(0, {"icon": "star", "label": label, "strong": "", "url": f"{address}?followed=1"})
    return {
        "since": _("%(moment)s以来") % {"moment": dates.until_text(start, at)},
        "changes": changes,
        "url": address,
        "count": sum(counts.values()),
    }


def _counts(actor: Actor, start: datetime) -> dict[str, int]:
    rows = timeline.since(actor, start).order_by().values("verb").annotate(number=Count("id"))
    return {row["verb"]: row["number"] for row in rows}


def _performed(actor: Actor, start: datetime) -> Decimal | None:
    """The sum of what was performed (yuan)."""
    amount = Cast(KeyTextTransform("amount", "facts"), DecimalField(max_digits=18, decimal_places=2))
    rows = timeline.since(actor, start).filter(verb="cases.performed", facts__isnull=False).order_by()
    found: Decimal | None = rows.aggregate(total=Sum(amount))["total"]
    return found


def _covers(cell: Cell, verb: str) -> bool:
    return verb in cell.verbs or (bool(cell.group) and timeline.group_of(verb) == cell.group)


def _query(cell: Cell) -> str:
    return f"group={cell.group}" if cell.group else f"verb={cell.verbs[0]}"
