"""Approvals: the tray with its cards, one decision on a page of its own, one's own questions, and what was decided."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import staff_required
from accounts.actors import Actor
from accounts.roles import Role
from cases.models import Decision, Duty
from cases.models.decisions import DecisionState
from cases.queries import decisions
from cases.services import deciding
from cases.views import acting
from cases.views.acting import actor_of
from cases.views.answering import chip
from cases.views.once import Done
from kernel import clock, paging
from kernel.refusals import BadInput, NotFound, Refusal

DONE = {
    DecisionState.APPROVED: gettext_lazy("已同意。"),
    DecisionState.SENT_BACK: gettext_lazy("已退回，意见已转提请人。"),
    DecisionState.WITHDRAWN: gettext_lazy("已撤回。"),
}
VERBS: dict[str, Callable[..., Decision]] = {
    "approve": deciding.approve,
    "send_back": deciding.send_back,
    "withdraw": lambda *, opinion, **typed: deciding.withdraw(why=opinion, **typed),
}


@require_http_methods(["GET", "POST"])
@staff_required
def tray(request: HttpRequest) -> HttpResponse:
    """What waits for the actor; posted, the picked ones are approved all or none."""
    actor = actor_of(request)
    if request.method != "POST":
        shown = {"asked": _asked, "done": _steps}.get(request.GET.get("tab", ""), _tray)
        return shown(request, actor)
    try:
        made = deciding.approve_all(decision_ids=_picked(request), actor=actor, at=clock.now())
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return _tray(request, actor, refusal)
    return acting.go(request, Done(reverse("cases:decisions"), _("已同意 %(count)s 件。") % {"count": len(made)}))


@require_http_methods(["GET", "POST"])
@staff_required
def decision(request: HttpRequest, key: UUID) -> HttpResponse:
    """One decision with everything that is known of it; posted: approve, send back with an opinion, withdraw."""
    actor = actor_of(request)
    found = _of(actor, key)
    if request.method != "POST":
        return _show(request, found, actor)
    verb = VERBS.get(request.POST.get("act", ""))
    try:
        if verb is None:
            raise BadInput(reason=_("请选择同意、退回或撤回。"))
        made = verb(decision_id=found.pk, actor=actor, at=clock.now(), opinion=request.POST.get("opinion", ""))
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return _tray(request, actor, refusal) if "tray" in request.POST else _show(request, found, actor, refusal)
    return acting.go(request, _answer(made))


@require_GET
@staff_required
def opinion(request: HttpRequest, key: UUID) -> HttpResponse:
    """From the duty to mend a question to the decision that came back, with its opinion."""
    duty = (
        Duty.objects.visible_to(actor_of(request)).filter(pk=key, kind="cases.mend").select_related("opened_by").first()
    )
    if duty is None:
        raise NotFound()
    return redirect("cases:decision", duty.opened_by.subject.partition(":")[2])


def _of(actor: Actor, key: UUID) -> Decision:
    """A decision that the actor may see. Raises NotFound."""
    rows = Decision.objects.visible_to(actor).select_related("case__matter", "court", "asked_by__user")
    found = rows.prefetch_related("steps").filter(pk=key).first()
    if found is None:
        raise NotFound()
    return found


def _answer(made: Decision) -> Done:
    """Where to go and what to say; a question passed on to the next tier is not carried out yet."""
    tab = "?tab=asked" if made.state == DecisionState.WITHDRAWN else ""
    if made.state == DecisionState.ASKED:
        text = _("已同意，转%(role)s审批。") % {"role": Role(made.tier_role).label}
    else:
        text = str(DONE[DecisionState(made.state)])
    return Done(f"{reverse('cases:decisions')}{tab}", f"{made.case.number}：{text}")


def _picked(request: HttpRequest) -> list[UUID]:
    try:
        keys = [UUID(key) for key in request.POST.getlist("decision")]
    except ValueError as error:
        raise NotFound() from error
    if not keys:
        raise BadInput(reason=_("请先选中要同意的事项。"))
    return keys


def _tray(request: HttpRequest, actor: Actor, refusal: Refusal | None = None) -> HttpResponse:
    at, kind = clock.now(), request.GET.get("kind", "")
    counts = decisions.by_kind(actor)
    page = paging.page(decisions.tray(actor, kind), order=decisions.ORDER, token=request.GET.get("page", ""))
    head, rest = list(page.rows[: decisions.CARDS]), list(page.rows[decisions.CARDS :])
    words = [("", _("全部"), sum(count for _kind, _title, count in counts)), *counts]
    picked = set(request.POST.getlist("decision"))
    cards = decisions.cards(head, at)
    context = {
        "tab": "",
        "cards": [card | {"acts": _acts(card), "picked": str(card["id"]) in picked} for card in cards],
        "rows": [row | {"picked": str(row["id"]) in picked} for row in decisions.brief(rest, at)],
        "batch": [{"label": _("核对后一并同意")}],
        "page": page,
        "chips": [chip(request, title, kind == key, kind=key) | {"count": count} for key, title, count in words],
        "refusal": refusal,
    }
    return render(request, "cases/decisions.html", context, status=refusal.status if refusal else 200)


def _acts(card: dict[str, Any]) -> list[dict[str, Any]]:
    """Approve at once (after one question), send back with an opinion, or read everything first."""
    url = reverse("cases:decision", args=[card["id"]])
    sure = _("%(act)s？%(number)s %(whom)s") % {"act": card["approve"], "number": card["number"], "whom": card["whom"]}
    return [
        {"label": card["approve"], "formaction": url, "name": "act", "value": "approve", "confirm": sure.strip()},
        {"label": _("退回"), "url": f"{url}?act=send_back", "panel": True},
        {"label": _("展开"), "url": url},
    ]


def _asked(request: HttpRequest, actor: Actor) -> HttpResponse:
    page = paging.page(decisions.asked(actor), order=decisions.ASKED_ORDER, token=request.GET.get("page", ""))
    rows = decisions.brief(page.rows, clock.now())
    return render(request, "cases/decisions_asked.html", {"tab": "asked", "rows": rows, "page": page})


def _steps(request: HttpRequest, actor: Actor) -> HttpResponse:
    page = paging.page(decisions.steps(actor), order=decisions.STEP_ORDER, token=request.GET.get("page", ""))
    return render(
        request, "cases/decisions_done.html", {"tab": "done", "steps": decisions.told(page.rows), "page": page}
    )


def _show(request: HttpRequest, found: Decision, actor: Actor, refusal: Refusal | None = None) -> HttpResponse:
    """The decision's page, or the side panel in which it is sent back; what was typed stays."""
    open_one = found.state == DecisionState.ASKED
    context = {
        "decision": found,
        "card": decisions.cards([found], clock.now())[0],
        "may_decide": open_one and decisions.may_decide(found, actor),
        "may_withdraw": open_one and found.asked_by_id in actor.post_ids,
        "opinion": request.POST.get("opinion", ""),
        "refusal": refusal,
        "form_url": reverse("cases:decision", args=[found.pk]),
    }
    in_panel = "send_back" in {request.GET.get("act"), request.POST.get("panel")}
    template = "cases/decision_send_back.html" if in_panel else "cases/decision.html"
    return render(request, template, context, status=refusal.status if refusal else 200)
