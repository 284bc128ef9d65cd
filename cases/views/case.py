"""The case page: the answer on top, the spine, and the tabs; besides, the identity of a party."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts import audit, policy
from accounts.access import staff_required
from accounts.actors import Actor
from accounts.roles import Action
from accounts.services import signing_in
from cases import access, facts, shell
from cases.kinds import EXECUTION_KINDS, CaseKind
from cases.models import Case, Participation
from cases.queries import answers, matters, spines, timeline
from cases.views import tabs
from cases.views.acting import actor_of
from cases.views.answering import chip
from kernel import clock, paging
from kernel.refusals import NotFound

RECENT = 8  # events on the overview


@require_GET
@staff_required
def case(request: HttpRequest, number: str) -> HttpResponse:
    """Who owes whom how much now, what is held, what runs out, who must act next; then the tabs."""
    actor, at = actor_of(request), clock.now()
    found = access.case_for(actor, number)
    tab = tabs.chosen(request)
    duties = answers.duties_of(found)
    owed = answers.owed(found, at)
    events = timeline.of_case(found).count()
    context = {
        "case": found,
        "tab": tab,
        "at": at,
        "head": _head(found, at, asked=bool(owed["who"][0])),
        "owed": owed,
        "held": answers.held(found, owed["total"], at),
        "first": answers.first_out(duties, at),
        "duty_count": len(duties),
        "next": answers.next_act(found, duties, actor, at),
        "spine": spines.spine(found, duties, at),
        "tabs": tabs.bar(found, actor, tab, events=events),
        "panels": tabs.drawn(request, found, actor, at, tab),
        "acts": tabs.acts(found, actor),
        "may_issue": policy.may(actor, Action.ISSUE),
    }
    if tab in {tabs.OVERVIEW, tabs.TIMELINE}:
        context |= _timeline(request, found, tab, may_correct=policy.may(actor, Action.CORRECT))
    if tab == tabs.OVERVIEW:
        context |= _around(found, actor, at)
    return render(request, "cases/case.html", context)


@require_POST
@staff_required
def reveal(request: HttpRequest, number: str, key: UUID) -> HttpResponse:
    """The whole identity number and telephone of a party of the case; every reading is entered in the journal."""
    actor = actor_of(request)
    found = access.case_for(actor, number, Action.SEE_IDENTITY)
    row = Participation.objects.filter(case=found, party_id=key).select_related("party").first()
    if row is None:
        raise NotFound()
    address = signing_in.address(request)
    audit.write(actor=actor, act=shell.IDENTITY_READ, at=clock.now(), about=row.party.symbol, address=address)
    context = {"case": found, "party": row.party}
    template = "cases/_identity.html" if getattr(request, "htmx", False) else "cases/identity.html"
    answer = render(request, template, context)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _head(found: Case, at: datetime, *, asked: bool) -> dict[str, Any]:
    """The words above the answer: kind, marks, how the sides stand to each other, days since filing.

    A case that nobody asked for was handed over by the criminal chamber.
    """
    claims = {
        CaseKind.CIVIL: _("诉"),
        CaseKind.PRE_SUIT_PRESERVATION: _("申请保全"),
        CaseKind.PRESERVATION: _("申请保全"),
    }
    marks = [str(CaseKind(found.kind).label), _("快执") if found.quick else ""]
    marks.append(facts.read(facts.RUNG, case=found, at=at))
    end = found.closed_at or at
    return {
        "marks": [mark for mark in marks if mark],
        "lane": found.get_lane_display() if found.closed_at is None else found.get_closed_how_display(),
        "verb": (_("申请执行") if asked else _("移送执行"))
        if found.kind in EXECUTION_KINDS
        else claims.get(CaseKind(found.kind), _("与")),
        "days": (clock.day_of(end) - clock.day_of(found.filed_at)).days + 1,
    }


def _timeline(request: HttpRequest, found: Case, tab: str, *, may_correct: bool) -> dict[str, Any]:
    group = request.GET.get("group", "")
    size = 50 if tab == tabs.TIMELINE else RECENT
    token = request.GET.get("page", "") if tab == tabs.TIMELINE else ""
    page = paging.page(timeline.of_case(found, group), order=timeline.ORDER, token=token, size=size)
    words = {"": _("全部"), **timeline.GROUPS}
    return {
        "page": page,
        "entries": timeline.entries(page.rows, may_correct=may_correct and tab == tabs.TIMELINE),
        "chips": [chip(request, label, group == key, group=key) for key, label in words.items()],
    }


def _around(found: Case, actor: Actor, at: datetime) -> dict[str, Any]:
    return {
        "tree": matters.tree(found, actor, at),
        "others": matters.others(found, actor),
        "people": matters.people(found, at),
    }
