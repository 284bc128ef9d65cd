"""The list of cases and its workbook."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import audit, policy
from accounts.access import allowed
from accounts.models import Post
from accounts.roles import Action
from accounts.services import signing_in
from cases import sheets, shell
from cases.kinds import CaseKind, Lane
from cases.queries import lists
from cases.stages import Stage
from cases.views.acting import actor_of
from cases.views.answering import chip, workbook
from kernel import clock, paging

WIDEST = 200  # officers offered as a filter


@require_GET
@allowed(Action.SEE_CASES)
def cases(request: HttpRequest) -> HttpResponse:
    """The cases that the actor sees, fifty to a page; the filters are in the address."""
    actor, at = actor_of(request), clock.now()
    chosen = lists.Chosen.of(request.GET)
    found = lists.cases(actor, chosen, at)
    rows = found.select_related("officer__user")
    page = paging.page(rows, order=lists.ORDER, token=request.GET.get("page", ""))
    total = lists.total(found)
    officers = lists.officers(actor)[:WIDEST]
    context = {
        "chosen": chosen,
        "page": page,
        "shown": lists.table(page.rows, at),
        "chips": _states(request, chosen),
        "removable": _removable(request, chosen, officers),
        "choices": _choices(chosen, officers, lists.years(actor)),
        "sums": [{"label": total.label, "amount": total.amount}],
        "columns": _columns(),
        "export_url": _export(request) if policy.may(actor, Action.EXPORT) else "",
        "batch": [{"label": _("导出所选")}] if policy.may(actor, Action.EXPORT) else [],
    }
    return render(request, "cases/list.html", context)


@require_http_methods(["GET", "POST"])
@allowed(Action.EXPORT)
def export(request: HttpRequest) -> HttpResponse:
    """What the filters show, or posted what was picked, as a workbook of ten thousand rows at most; journalled."""
    actor, at = actor_of(request), clock.now()
    chosen = lists.Chosen.of(request.GET)
    rows = lists.cases(actor, chosen, at).select_related("officer__user").order_by(*lists.ORDER)
    if request.method == "POST":
        rows = rows.filter(pk__in=[key for typed in request.POST.getlist("case") if (key := lists.key_of(typed))])
    found = list(rows[: lists.MOST])
    filters = {name: str(value) for name, value in vars(chosen).items() if value and name != "q"}
    address = signing_in.address(request)
    audit.write(actor=actor, act=shell.CASES_EXPORTED, at=at, address=address, rows=len(found), filters=filters)
    return workbook(sheets.cases(found, at), f"shanzhi-cases-{clock.day_of(at):%Y%m%d}.xlsx")


def _export(request: HttpRequest) -> str:
    """The workbook of what is filtered."""
    filters = request.GET.copy()
    filters.pop("page", None)
    return f"{reverse('cases:export')}?{filters.urlencode()}"


def _states(request: HttpRequest, chosen: lists.Chosen) -> list[dict[str, Any]]:
    every = not chosen.state and not chosen.overdue
    return [
        chip(request, _("全部"), every, state="", overdue=""),
        chip(request, _("在办"), chosen.state == "open", state="open", overdue=""),
        chip(request, _("已结"), chosen.state == "closed", state="closed", overdue=""),
        chip(request, _("有过期事项"), chosen.overdue, state="", overdue="1"),
    ]


def _removable(request: HttpRequest, chosen: lists.Chosen, officers: list[Post]) -> list[dict[str, Any]]:
    """The filters in force as chips that take themselves away."""
    names = {post.pk: post.user.name for post in officers}
    words = {
        "kind": CaseKind(chosen.kind).label if chosen.kind else "",
        "lane": Lane(chosen.lane).label if chosen.lane else "",
        "stage": Stage(chosen.stage).label if chosen.stage else "",
        "officer": names.get(chosen.officer, _("其他承办人")) if chosen.officer else "",
        "year": _("%(year)s 年") % {"year": chosen.year} if chosen.year else "",
        "q": f"“{chosen.q}”" if chosen.q else "",
    }
    return [chip(request, word, False, **{key: ""}) | {"removable": True} for key, word in words.items() if word]


def _choices(chosen: lists.Chosen, officers: list[Post], years: list[int]) -> list[dict[str, Any]]:
    """The selects of the filter row: name, label, options with the chosen one marked."""
    fields: list[tuple[str, Any, list[tuple[Any, Any]], Any]] = [
        ("kind", _("类型"), list(CaseKind.choices), chosen.kind),
        ("lane", _("节段"), list(Lane.choices), chosen.lane),
        ("stage", _("阶段"), list(Stage.choices), chosen.stage),
        ("officer", _("承办人"), [(post.pk, post.user.name) for post in officers], chosen.officer),
        ("year", _("年度"), [(year, year) for year in years], chosen.year),
    ]
    return [
        {"name": name, "label": label, "options": [(key, word, key == value) for key, word in options]}
        for name, label, options, value in fields
    ]


def _columns() -> list[dict[str, Any]]:
    """The columns that can be put away."""
    words = {
        "parties": _("当事人"),
        "cause": _("案由"),
        "claimed": _("标的额（元）"),
        "stage": _("阶段"),
        "officer": _("承办人"),
        "filed": _("立案"),
        "next": _("下一步"),
    }
    return [{"key": key, "label": label} for key, label in words.items()]
