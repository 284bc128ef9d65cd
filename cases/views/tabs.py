"""The tabs of the case page: rooms contribute panels and acts, the policy decides what of them is shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.actors import Actor
from cases.declaring import ACTS, PANELS, Panel, Text
from cases.models import Case
from cases.queries.rows import act_url

OVERVIEW, TIMELINE = "overview", "timeline"
TABS: dict[str, Promise] = {
    OVERVIEW: _("概览"),
    "parties": _("当事人"),
    "items": _("判项"),
    "property": _("财产与措施"),
    "funds": _("案款"),
    "credit": _("信用"),
    "papers": _("文书"),
    "dossier": _("卷宗"),
    TIMELINE: _("时间轴"),
}


@dataclass(frozen=True)
class Shown:
    """A panel that is drawn."""

    name: str
    title: Text
    html: SafeString


def chosen(request: HttpRequest) -> str:
    """The tab in the address, the overview by default."""
    tab = request.GET.get("tab", "")
    return tab if tab in TABS else OVERVIEW


def panels(case: Case, actor: Actor, tab: str) -> Sequence[Panel]:
    """The panels of a tab for this case and actor, in their order."""
    rows = [row for row in PANELS if row.tab == tab and policy.may(actor, row.needs)]
    return sorted((row for row in rows if row.kinds is None or case.kind in row.kinds), key=lambda row: row.order)


def bar(case: Case, actor: Actor, here: str, *, events: int) -> list[dict[str, Any]]:
    """The tabs that have something to show; the panels of a tab add up to its count."""
    found = []
    for tab, label in TABS.items():
        rows = panels(case, actor, tab)
        if not rows and tab not in {OVERVIEW, TIMELINE}:
            continue
        count = events if tab == TIMELINE else sum(row.count(case) for row in rows if row.count)
        url = "?" if tab == OVERVIEW else f"?tab={tab}"
        found.append({"label": label, "url": url, "count": count if tab != OVERVIEW else 0, "active": tab == here})
    return found


def drawn(request: HttpRequest, case: Case, actor: Actor, at: datetime, tab: str) -> list[Shown]:
    """The panels of the tab, filled; one that has nothing to say is left out."""
    found = []
    for row in panels(case, actor, tab):
        context = {**row.context(case, actor, at), "case": case, "actor": actor, "at": at}
        html = render_to_string(row.template, context, request)
        if html.strip():
            found.append(Shown(row.name, row.title, html))
    return found


def acts(case: Case, actor: Actor) -> list[dict[str, Any]]:
    """What the actor may do on the case now: the menu 办理."""
    rows = [row for row in ACTS if policy.may(actor, row.needs) and (row.kinds is None or case.kind in row.kinds)]
    found = []
    for row in sorted(rows, key=lambda row: row.order):
        if row.open_to is not None and not row.open_to(case):
            continue
        if url := act_url(row.url, case):
            found.append({"label": row.title, "url": url, "panel": row.panel})
    return found
