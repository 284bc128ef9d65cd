"""The ladder of a debtor, and the board of all debtors under pressure."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts import audit, policy
from accounts.access import allowed
from accounts.roles import Action
from accounts.services import signing_in
from cases import access
from cases.kinds import OWING
from cases.models import Case, Party
from cases.views.acting import actor_of
from cases.views.answering import chip
from kernel import clock, paging
from kernel.refusals import NotFound
from pressure import queries
from pressure.forms import LimitForm
from pressure.models import Sanction
from pressure.queries import boards, graces, portraits
from pressure.shell import READ
from pressure.views import openings

REPAIR = "repair"


@require_GET
@allowed(Action.PROPOSE_PRESSURE, Action.DECIDE_PRESSURE)
def board(request: HttpRequest) -> HttpResponse:
    """Debtors in grace, limited, listed, detained, or paid and to be repaired; each filter sorts by what runs out first."""
    actor, at = actor_of(request), clock.now()
    today = clock.day_of(at)
    name = request.GET.get("show", "grace")
    token = request.GET.get("page", "")
    if name == REPAIR:
        page = paging.page(boards.repairs(actor).order_by(), order=("due_at", "id"), token=token)
        rows = boards.told_repairs(page.rows, at)
    else:
        name = name if name in boards.CHIPS else "grace"
        found = boards.rows(actor, name, today).select_related("case", "party")
        page = paging.page(found, order=boards.CHIPS[name].order, token=token)
        rows = boards.told(name, page.rows, at)
    counts = boards.counts(actor, today) | {REPAIR: boards.repairs(actor).order_by()[:1000].count()}
    words = {key: one.label for key, one in boards.CHIPS.items()} | {REPAIR: _("待修复")}
    context = {
        "rows": rows,
        "page": page,
        "show": name,
        "chips": [chip(request, label, key == name, show=key) | {"count": counts[key]} for key, label in words.items()],
    }
    return render(request, "pressure/board.html", context)


@require_GET
@allowed(Action.SEE_CASES)
def ladder(request: HttpRequest, number: str) -> HttpResponse:
    """One debtor of the case: the portrait, the stairs, the days of grace, the advice, and what can be done."""
    actor, at = actor_of(request), clock.now()
    case = access.case_for(actor, number)
    debtors = debtors_of(case)
    party = _chosen(request, debtors)
    stairs = queries.ladder(case, party, at)
    may_see = policy.may(actor, Action.SEE_PROPERTY)
    if may_see:
        audit.write(actor=actor, act=READ, at=at, about=case.symbol, address=signing_in.address(request))
    told = portraits.known(case, party, at) if may_see else None
    context = {
        "case": case,
        "party": party,
        "tabs": [
            {"label": one.name, "url": f"?debtor={one.pk}", "active": one == party} for one in debtors
        ] if len(debtors) > 1 else [],
        "stairs": stairs,
        "standing": stairs.standing,
        "rungs": [openings.drawn(one) for one in stairs.rungs],
        "portrait": portraits.portrait(stairs.standing, told),
        "grace": graces.strip(stairs.standing),
        "sections": openings.sections(stairs),
        "opening": openings.of(stairs.standing, actor),
        "sanctions": openings.sanctions(stairs.standing, actor),
        "form": LimitForm(),
        "at": at,
    }  # fmt: skip
    return render(request, "pressure/ladder.html", context)


def debtors_of(case: Case) -> list[Party]:
    """The debtors of a case, in order."""
    rows = Party.objects.filter(participations__case=case, participations__role__in=OWING)
    return list(rows.order_by("participations__ordinal", "id"))


def _chosen(request: HttpRequest, debtors: list[Party]) -> Party:
    if not debtors:
        raise NotFound()
    wanted = request.GET.get("debtor", "")
    return next((one for one in debtors if str(one.pk) == wanted), debtors[0])


@require_GET
@allowed(Action.SEE_CASES)
def sanction(request: HttpRequest, key: UUID) -> HttpResponse:
    """The ladder on which a sanction stands."""
    actor = actor_of(request)
    row = Sanction.objects.filter(pk=key, case__court_id=actor.court_id).select_related("case").first()
    if row is None or not Case.objects.visible_to(actor).filter(pk=row.case_id).exists():
        raise NotFound()
    return redirect(ladder_url(row.case, row.party_id))


def ladder_url(case: Case, party_id: Any = None) -> str:
    """The address of a debtor's ladder."""
    page = reverse("pressure:ladder", args=[case.slug])
    return f"{page}?debtor={party_id}" if party_id else page
