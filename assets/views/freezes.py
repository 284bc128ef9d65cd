"""Freezing: the form with its gauge, one freeze with everything about it, and its renewal, release and levy."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policy
from accounts.access import allowed
from accounts.actors import Actor
from accounts.roles import Action
from assets import queries
from assets.forms import FreezeForm, members
from assets.models import Finding, FreezeOrder, Levy
from assets.models.measures import OrderState
from assets.services import freezing, holding
from assets.views import reading
from cases import access, sentences
from cases.kinds import OWING, CaseKind
from cases.models import Case, Decision, Event
from cases.views import acting
from cases.views.acting import Done, Note, Sheet
from gateways import queries as gateway_queries
from gateways.models import OPEN
from kernel import clock
from kernel.refusals import NotFound
from kernel.templatetags.countdowns import countdown
from law import freezing as law_freezing

ZERO = Decimal("0.00")
WARNING = timedelta(days=30)  # as the duty to renew warns
SHAPES = {
    OrderState.ASKED: "idle", OrderState.ORDERED: "running", OrderState.EFFECTIVE: "done", OrderState.REFUSED: "near",
    OrderState.RELEASING: "running", OrderState.RELEASED: "idle", OrderState.LAPSED: "past", OrderState.DROPPED: "closed",
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@allowed(Action.FREEZE)
def freeze(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a freeze (in a preservation case: order it), prefilled with what is still uncovered."""
    actor, at = acting.actor_of(request), clock.now()
    case = access.case_for(actor, number, Action.FREEZE)
    carries = freezing.freezable(case)
    room = holding.room(case, at) if carries else None
    form = FreezeForm(acting.typed(request), case=case, initial=_initial(request, case, room))
    at_once = case.kind == CaseKind.PRESERVATION

    def do() -> Done:
        typed = form.cleaned_data
        row = freezing.order(
            case_id=case.pk, party_id=typed["party"].pk, limit=typed["limit"], why=typed["why"], actor=actor, at=at
        )
        text = _("裁定已出，已发银行，等待反馈。") if at_once else _("已报执行法官审批。")
        return Done(reverse("assets:order", args=[row.pk]), text)

    if reading.may_see(actor):
        reading.note(request, case.symbol)
    sheet = Sheet(
        title=_("冻结存款"),
        button=_("裁定并发银行") if at_once else _("报请冻结"),
        form=form,
        case=case,
        template="assets/freeze.html",
        notes=[Note(freezing.NotFreezable(number=case.number).text, "warn")] if room is None else [],
        wide=True,
        more={"gauge": _gauge(case, room, form, at), "deposits": _deposits(case, actor), "at_once": at_once},
    )
    return acting.act(request, sheet, do)


def _initial(request: HttpRequest, case: Case, room: holding.Room | None) -> dict[str, Any]:
    parties = {str(party.pk): party for party in members(case, OWING)}
    typed = request.GET.get("party", "")
    first = typed if typed in parties else next(iter(parties), None)
    back = None
    if first:
        rows = FreezeOrder.objects.filter(case=case, party_id=first, state=OrderState.ASKED).select_related("decision")
        back = next((row for row in rows if row.standing == OrderState.DROPPED), None)
    limit = back.limit if back else (room.left if room else None)
    return {"party": first, "limit": f"{limit:,.2f}" if limit else "", "why": back.decision.why if back else ""}  # type: ignore[union-attr]


@require_GET
@allowed(Action.FREEZE)
def freeze_reckoned(request: HttpRequest, number: str) -> HttpResponse:
    """The gauge for the limit typed so far."""
    case = access.case_for(acting.actor_of(request), number, Action.FREEZE)
    at = clock.now()
    room = holding.room(case, at) if freezing.freezable(case) else None
    form = FreezeForm(request.GET, case=case)
    form.is_valid()
    return render(request, "assets/_gauge.html", {"gauge": _gauge(case, room, form, at), "case": case})


def _gauge(case: Case, room: holding.Room | None, form: FreezeForm, at: datetime) -> dict[str, Any] | None:
    """What is owed, held, on its way and asked for now, as one bar."""
    if room is None:
        return None
    typed = form.cleaned_data.get("limit") if form.is_bound and hasattr(form, "cleaned_data") else None
    limit = typed if form.is_bound else room.left
    asked = limit or ZERO
    found = holding.measured(case, room, asked, at)
    total = room.held + room.pending + asked
    return {
        "room": room,
        "asked": asked,
        "segments": [
            {"label": _("已控制"), "amount": room.held},
            {"label": _("待审批、待反馈"), "amount": room.pending},
            {"label": _("这次冻结"), "amount": asked},
        ],
        "over": total if total > room.owed else None,
        "excess": found.excess,
        "refused": found.manifest or (room.strict and asked > room.left),
        "gap": max(room.owed - total, ZERO),
    }


def _deposits(case: Case, actor: Actor) -> list[Finding]:
    """The deposits that the last round found, the largest first; only for who may see property."""
    if not reading.may_see(actor):
        return []
    rows = Finding.objects.filter(inquiry__case__matter_id=case.matter_id, kind="DEPOSIT")
    last = rows.order_by("-inquiry__sent_at").values_list("inquiry__round", "inquiry__case_id").first()
    if last is None:
        return []
    rows = rows.filter(inquiry__round=last[0], inquiry__case_id=last[1]).select_related("inquiry__party")
    return list(rows.order_by("-value")[:8])


@require_GET
@allowed(Action.SEE_PROPERTY)
def order(request: HttpRequest, key: UUID) -> HttpResponse:
    """One freeze: what was asked and what is frozen, account by account, until when, its letters and what can be done."""
    actor, at = acting.actor_of(request), clock.now()
    row, case = order_for(actor, key, Action.SEE_PROPERTY)
    reading.note(request, row.symbol)
    measures = list(row.measures.select_related("asset").order_by("rank", "-held", "id"))
    first = [one for one in measures if one.ended_on is None and not one.is_waiting]
    last = min((one.last_day for one in first if one.last_day), default=None)
    levies = list(row.levies.select_related("decision").order_by("-id"))
    context = {
        "order": row,
        "case": case,
        "state": SHAPES[row.standing],
        "measures": [_measure(one, at, row, actor) for one in measures],
        "frozen": row.frozen or ZERO,
        "gap": max(row.limit - (row.frozen or ZERO), ZERO),
        "left": _left(last, row, at),
        "window": law_freezing.renewal_window(end=last) if last else None,
        "levies": levies,
        "letters": gateway_queries.messages_about(row.symbol),
        "entries": _entries(row, levies),
        "acts": _acts(row, case, actor, bool(first)),
        "decision_url": _decision_url(row, actor),
        "opinion": _opinion(row),
        "at": at,
    }
    return render(request, "assets/order.html", context)


def order_for(actor: Actor, key: UUID, to: Action) -> tuple[FreezeOrder, Case]:
    """A freeze with the case in which the actor deals with it; absent and forbidden look the same."""
    rows = FreezeOrder.objects.select_related("party", "case__court", "case__matter", "decision__asked_by__user")
    row = rows.filter(pk=key, case__court_id=actor.court_id).first()
    if row is None:
        raise NotFound()
    case = queries.acting_case(row)
    if not Case.objects.visible_to(actor).filter(pk=case.pk).exists():
        case = row.case
    return row, access.case_for(actor, case.slug, to)


def _measure(one: Any, at: datetime, row: FreezeOrder, actor: Actor) -> dict[str, Any]:
    today = clock.day_of(at)
    if one.ended_on is not None:
        state, word = "idle", one.ended_why or _("已结束")
    elif one.is_waiting:
        state, word = "held", _("轮候第 %(rank)s 位，不计入已控制") % {"rank": one.rank}
    elif one.last_day and one.last_day < today:
        state, word = "past", _("已届满")
    else:
        state, word = "done", _("首封，已冻结")
    waits = one.is_waiting and one.ended_on is None and row.state == OrderState.EFFECTIVE
    return {"row": one, "state": state, "word": word, "may_move_up": waits and policy.may(actor, Action.FREEZE)}


def _left(last: Any, row: FreezeOrder, at: datetime) -> Any:
    if last is None:
        return None
    end = clock.end_of(last)
    return countdown(end, at, opened=row.answered_at, warn_at=end - WARNING)


def _entries(row: FreezeOrder, levies: list[Levy]) -> list[dict[str, Any]]:
    subjects = [row.symbol, *(levy.symbol for levy in levies)]
    events = Event.objects.filter(subject__in=subjects, court_id=row.case.court_id, verb__startswith="assets.")
    told = events.exclude(verb="assets.measure_handed_on").order_by("-recorded_at", "-seq")
    entries = sentences.describe(list(told))
    return [
        {"at": entry.at, "sentence": entry.sentence, "plain": entry.actor, "weighty": entry.kind.turning}
        for entry in entries
    ]


def _acts(row: FreezeOrder, case: Case, actor: Actor, holds: bool) -> list[dict[str, Any]]:
    """Renew, release, levy; in order of what is most likely next."""
    if row.state != OrderState.EFFECTIVE or not policy.may(actor, Action.FREEZE):
        return []
    waits = gateway_queries.messages_about(row.symbol).filter(kind="renew", state__in=OPEN).exists()
    asked = set(Decision.objects.filter(subject=row.symbol, state="ASKED").values_list("kind", flat=True))
    why = _("续行已发银行，等待反馈") if waits else _("已报请审批")
    found = [
        {"label": _("扣划"), "url": reverse("assets:levy", args=[row.pk]), "panel": True}
        if case.is_open and case.kind != CaseKind.PRESERVATION and (row.frozen or ZERO) > 0
        else None,
        {"label": _("续行冻结"), "url": reverse("assets:renew", args=[row.pk]), "panel": True,
         "disabled": waits or "assets.renewal" in asked, "why": why} if holds else None,
        {"label": _("解除冻结"), "url": reverse("assets:release", args=[row.pk]), "panel": True,
         "disabled": "assets.release" in asked, "why": _("已报请审批")},
    ]  # fmt: skip
    return [act for act in found if act]


def _decision_url(row: FreezeOrder, actor: Actor) -> str:
    if row.decision_id and Decision.objects.visible_to(actor).filter(pk=row.decision_id).exists():
        return reverse("cases:decision", args=[row.decision_id])
    return ""


def _opinion(row: FreezeOrder) -> str:
    if row.standing != OrderState.DROPPED or row.decision is None:
        return ""
    return row.decision.steps.order_by("-at").values_list("opinion", flat=True).first() or ""
