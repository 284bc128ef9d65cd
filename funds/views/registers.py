"""The registers of the books: one page shape for balances, months, deposits, relief and rewards, remittances; and xlsx."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import audit, policy
from accounts.actors import Actor
from accounts.roles import Action, Scope
from accounts.sheets import workbook as make_workbook
from cases.views.answering import workbook
from funds import shell
from funds.views.acting import actor_of
from kernel import clock, paging
from kernel.refusals import NotFound

TABS = (
    ("day", _("当日")),
    ("balances", _("科目余额")),
    ("months", _("月结")),
    ("deposits", _("提存")),
    ("grants", _("救助与悬赏")),
    ("remittances", _("上缴")),
)
COURT_WIDE = frozenset({"day", "balances", "months", "remittances"})
"""Registers of the whole court; the others show what belongs to the reader's cases."""


@dataclass(frozen=True)
class Register:
    """One register as a page shows it; ``rows`` as the part ``table.html`` wants them."""

    name: str
    title: Any
    columns: Sequence[dict[str, Any]]
    rows: Sequence[dict[str, Any]]
    empty: Any
    note: Any = ""
    page: paging.Page | None = None
    chips: Sequence[dict[str, Any]] = ()
    acts: Sequence[dict[str, Any]] = ()
    stats: Sequence[dict[str, Any]] = ()
    sums: Sequence[dict[str, Any]] = ()
    two: bool = True
    extra: dict[str, Any] = field(default_factory=dict)


def show(request: HttpRequest, register: Register) -> HttpResponse:
    """The page of a register, with its tabs and, where the reader may, its export."""
    actor = actor_of(request)
    acts = list(register.acts)
    if policy.may(actor, Action.EXPORT) and sees_court(actor):
        url = f"{reverse('funds:register_sheet', args=[register.name])}?{request.GET.urlencode()}"
        acts.insert(0, {"label": _("导出表格"), "url": url, "icon": "download"})
    context = {
        "register": register,
        "tabs": tabs(actor, register.name),
        "title": register.title,
        "note": register.note,
        "chips": register.chips,
        "acts": acts,
    }
    return render(request, "funds/register.html", context | register.extra)


def tabs(actor: Actor, active: str) -> list[dict[str, Any]]:
    """The registers that the actor sees."""
    wide = sees_court(actor)
    return [
        {"label": label, "url": reverse(f"funds:{name}"), "active": name == active}
        for name, label in TABS
        if wide or name not in COURT_WIDE
    ]


def sees_court(actor: Actor) -> bool:
    """Whether the actor sees the money of the whole court."""
    return policy.scope(actor, Action.SEE_FUNDS) == Scope.COURT


def require_court(actor: Actor) -> None:
    """Raise NotFound for who sees only the money of his own cases."""
    if not sees_court(actor):
        raise NotFound()


def export(
    request: HttpRequest, name: str, title: Any, heads: Sequence[Any], rows: Iterable[Sequence[Any]]
) -> HttpResponse:
    """A register as a workbook; entered in the journal."""
    actor, table = actor_of(request), [list(row) for row in rows]
    audit.write(actor=actor, act=shell.FUNDS_EXPORTED, at=clock.now(), about=f"funds.register:{name}", rows=len(table))
    book = make_workbook(title=str(title), heads=[str(head) for head in heads], rows=table)
    return workbook(book, f"shanzhi-funds-{name}-{clock.today():%Y%m%d}.xlsx")


def state(word: Any, shape: str) -> dict[str, Any]:
    """A cell that says a state."""
    return {"word": word, "state": shape}


def act(label: Any, name: str, *keys: Any, kind: str = "", icon: str = "", panel: bool = True) -> dict[str, Any]:
    """A button that opens an act in the side panel."""
    return {"label": label, "url": reverse(name, args=list(keys)), "panel": panel, "kind": kind, "icon": icon}
