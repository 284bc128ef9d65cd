"""The list of distribution plans, and the page of one: the table line by line, everybody's periods, objections, acts."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts import audit, policy
from accounts.access import allowed
from accounts.actors import Actor
from accounts.roles import Action
from accounts.sheets import workbook as make_workbook
from cases.models import Case, Document
from cases.views.answering import chip, workbook
from funds import shell
from funds.kinds.distribution import LIVE_PLANS, ObjectionStage, PlanRank, PlanStage, Window
from funds.models import DistributionPlan, PlanObjection, PlanPart, PlanSource
from funds.services import plan_claims, plan_windows, planning
from funds.services.plan_windows import Span
from funds.services.shares import Division, Given
from funds.views.acting import actor_of
from kernel import clock, lawful, paging
from kernel.money import ZERO
from kernel.refusals import NotFound
from kernel.templatetags.countdowns import countdown

MARKS = {
    PlanStage.DRAFT: "idle",
    PlanStage.ISSUED: "running",
    PlanStage.PARTLY: "near",
    PlanStage.DONE: "done",
    PlanStage.DISCARDED: "closed",
}
WINDOW_MARKS = {"UNSERVED": "idle", "OPEN": "running", "USED": "done", "OVER": "closed"}


def plan_of(request: HttpRequest, pk: UUID) -> DistributionPlan:
    """A plan that the actor may see. Raises NotFound."""
    rows = DistributionPlan.objects.visible_to(actor_of(request))
    found = rows.select_related(
        "case__court", "case__matter", "debtor", "document", "decision", "drawn_by__user", "court"
    )
    plan = found.filter(pk=pk).first()
    if plan is None:
        raise NotFound()
    return plan


@require_GET
@allowed(Action.SEE_FUNDS)
def plans(request: HttpRequest) -> HttpResponse:
    """Plans that run, those of the past, the oldest open one first."""
    actor, show = actor_of(request), request.GET.get("show", "open")
    seen = DistributionPlan.objects.visible_to(actor).select_related("case", "debtor", "drawn_by__user")
    if show == "open":
        rows, order = seen.filter(stage__in=LIVE_PLANS), ("drawn_at", "id")
    else:
        rows, order = seen.exclude(stage__in=LIVE_PLANS) if show == "past" else seen, ("-drawn_at", "-id")
    page = paging.page(rows, order=order, token=request.GET.get("page", ""))
    words = {"open": _("进行中"), "past": _("已了结"), "all": _("全部")}
    context = {
        "page": page,
        "rows": [{"plan": plan, "mark": MARKS[PlanStage(plan.stage)], **_figures(plan)} for plan in page.rows],
        "chips": [chip(request, word, show == name, show=name) for name, word in words.items()],
    }
    return render(request, "funds/plans.html", context)


def _figures(plan: DistributionPlan) -> dict[str, Any]:
    """What the kept division says of a plan in a list: nothing is reckoned anew."""
    rows = plan.result.get("rows", [])
    people = {(row["label"], row["number"]) for row in rows if row["rank"] != PlanRank.COSTS}
    return {"creditors": len(people), "reserved": Decimal(plan.result.get("reserved", "0.00"))}


@require_GET
@allowed(Action.SEE_FUNDS)
def plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One plan: who gets what and why, what is reserved, whose period ends when, and what may be done now."""
    actor, at, found = actor_of(request), clock.now(), plan_of(request, pk)
    division = planning.division(found, list(planning.claims_of(found)), at)
    spans = plan_windows.spans(found, at=at) if found.document_id else []
    objections = list(
        PlanObjection.objects.filter(plan=found)
        .select_related("party", "notice", "opposition_notice")
        .prefetch_related("oppositions__party")
    )
    draft = found.stage == PlanStage.DRAFT
    editable = draft and not planning.asked(found) and _may_act(actor, found)
    context = {
        "plan": found,
        "mark": MARKS[PlanStage(found.stage)],
        "division": division,
        "rows": rows_of(found, division),
        "lines": _lines(division),
        "rate": f"{division.ordinary_rate:.4%}" if division.ordinary_rate is not None else "",
        "editable": editable,
        "asked": draft and planning.asked(found),
        "windows": [_window(span, objections, found.case.slug, at) for span in spans],
        "objections": [_objection(row, spans, actor, found, at) for row in objections],
        "others": _others(found) if editable else [],
        "sources": _sources(found),
        "versions": list(found.versions.all()),
        "papers": _papers(found, objections),
        "acts": acts_of(found, actor, editable),
        "may_export": policy.may(actor, Action.EXPORT),
    }
    return render(request, "funds/plan.html", context)


def rows_of(plan: DistributionPlan, division: Division) -> list[dict[str, Any]]:
    """The table: claims with their lines, in the order of the classes, and what each was given until now."""
    had: dict[Any, Any] = {}
    parts = PlanPart.objects.filter(plan=plan).select_related("receipt").order_by("at", "id")
    for part in parts:
        had.setdefault(part.claim_id, []).append(part)
    order = list(PlanRank.values)
    rows = sorted(division.rows, key=lambda row: (order.index(row.claim.rank), row.claim.priority, row.claim.ordinal))
    return [_row(row, had.get(row.claim.pk, []), plan) for row in rows]


def _row(row: Given, parts: list[PlanPart], plan: DistributionPlan) -> dict[str, Any]:
    given = sum((part.amount for part in parts), ZERO)
    return {
        "row": row,
        "claim": row.claim,
        "given": given,
        "parts": parts,
        "rate": f"{row.rate:.4%}",
        "joined": row.claim.case_id != plan.case_id,
    }


def _lines(division: Division) -> list[dict[str, Any]]:
    """The sum line by line: what each row gets, in words of the law, and what is left over."""
    lines: list[dict[str, Any]] = [
        {
            "label": row.claim.label,
            "note": row.claim.get_rank_display(),
            "amount": row.share,
            "detail": f"{lawful.line_text(row.line)}　{row.line.basis}",
        }
        for row in division.rows
    ]
    if division.surplus:
        lines.append(
            {"label": _("余款"), "amount": division.surplus, "detail": _("退还被执行人（执行工作规定第34条）")}
        )
    return lines


def _window(span: Span, objections: list[PlanObjection], slug: str, at: datetime) -> dict[str, Any]:
    today, state = clock.day_of(at), span.state(clock.day_of(at))
    words = {
        "UNSERVED": _("未送达"),
        "OPEN": _("期限内"),
        "USED": {Window.OBJECT: _("已提出异议"), Window.OPPOSE: _("已反对"), Window.SUE: _("已起诉")}[span.window],
        "OVER": _("已届满"),
    }
    end = clock.end_of(span.last_day) if span.last_day else None
    begun = clock.start_of(span.served_on) if span.served_on else None
    return {
        "span": span,
        "what": Window(span.window).label,
        "mark": "near" if state == "OPEN" and _near(span, today) else WINDOW_MARKS[state],
        "word": words[state],
        "left": countdown(end, at, opened=begun or at) if state == "OPEN" and end else None,
        "objector": next((row.party.name for row in objections if row.pk == span.about), ""),
        "serve": reverse("cases:serve", args=[slug, span.service_id]) if state == "UNSERVED" else "",
    }


def _near(span: Span, today: date) -> bool:
    return span.last_day is not None and (span.last_day - today).days <= 3


def _objection(
    row: PlanObjection, spans: list[Span], actor: Actor, plan: DistributionPlan, at: datetime
) -> dict[str, Any]:
    claims = {str(claim.pk): claim for claim in planning.claims_of(plan)}
    wants = [
        {"claim": claims[key], "amount": Decimal(want["amount"]), "rank": PlanRank(want["rank"]).label}
        for key, want in row.wants.items()
        if key in claims
    ]
    reserve = [
        {"claim": claims[key], "amount": Decimal(amount)} for key, amount in row.reserve.items() if key in claims
    ]
    return {
        "objection": row,
        "wants": wants,
        "reserve": reserve,
        "mark": "done" if row.ended_at else "near",
        "acts": _objection_acts(row, spans, at) if _may_act(actor, plan) else [],
    }


def _objection_acts(row: PlanObjection, spans: list[Span], at: datetime) -> list[dict[str, Any]]:
    """What may be done with an objection where it stands; the first carries it on."""
    unopposed = plan_windows.all_over(spans, Window.OPPOSE, row.pk, at=at)
    names = {
        ObjectionStage.MADE: [("notify", _("通知其他人")), ("withdraw", _("撤回"))],
        ObjectionStage.NOTIFIED: [
            *([("correct", _("按异议修正"))] if unopposed else []),
            ("oppose", _("登记反对意见")),
            ("withdraw", _("撤回")),
        ],
        ObjectionStage.OPPOSED: [
            ("tell", _("通知异议人")),
            ("oppose", _("登记反对意见")),
            ("withdraw", _("撤回")),
        ],
        ObjectionStage.TOLD: [("sue", _("登记起诉")), ("oppose", _("登记反对意见")), ("withdraw", _("撤回"))],
        ObjectionStage.SUED: [("decide", _("登记诉讼结果")), ("withdraw", _("撤诉、撤回"))],
    }
    found = names.get(ObjectionStage(row.stage), [])
    return [
        {
            "label": label,
            "url": reverse(f"funds:plan_{name}", args=[row.pk]),
            "panel": True,
            "kind": "seal" if place == 0 and name != "withdraw" else "",
        }
        for place, (name, label) in enumerate(found)
    ]


def _others(plan: DistributionPlan) -> list[Case]:
    inside = set(planning.claims_of(plan).values_list("case_id", flat=True))
    return [case for case in plan_claims.others_against(plan.debtor, host=plan.case) if case.pk not in inside]


def _sources(plan: DistributionPlan) -> list[PlanSource]:
    return list(PlanSource.objects.filter(plan=plan).select_related("receipt").order_by("receipt__received_at", "id"))


def _papers(plan: DistributionPlan, objections: list[PlanObjection]) -> list[Document]:
    subjects = [plan.symbol, *(row.symbol for row in objections)]
    return list(Document.objects.filter(case=plan.case, subject__in=subjects).order_by("issued_at", "id"))


def _may_act(actor: Actor, plan: DistributionPlan) -> bool:
    """The executor of the case that the money came for."""
    mine = Case.objects.visible_to(actor).filter(pk=plan.case_id).exists()
    return mine and policy.may(actor, Action.CONFIRM_PAYOUT)


def acts_of(plan: DistributionPlan, actor: Actor, editable: bool) -> list[dict[str, Any]]:
    """The acts on the plan as a whole."""
    acts = []
    if editable:
        acts += [
            _act("plan_ask", plan, _("提请审批"), "seal"),
            _act("plan_join", plan, _("加入案件")),
            _act("plan_add", plan, _("加入优先权人")),
            _act("plan_discard", plan, _("撤销方案")),
        ]
    if plan.stage in (PlanStage.ISSUED, PlanStage.PARTLY) and _may_act(actor, plan):
        acts.append(_act("plan_object", plan, _("登记异议")))
    return acts


def _act(name: str, plan: DistributionPlan, label: str, kind: str = "") -> dict[str, Any]:
    return {"label": label, "url": reverse(f"funds:{name}", args=[plan.pk]), "panel": True, "kind": kind}


@require_GET
@allowed(Action.EXPORT)
def plan_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The table of a plan as a workbook; entered in the journal."""
    actor, found = actor_of(request), plan_of(request, pk)
    division = planning.division(found, list(planning.claims_of(found)), clock.now())
    heads = [
        _("顺位"),
        _("债权人"),
        _("案号"),
        _("债权额（元）"),
        _("加倍利息（元）"),
        _("分得（元）"),
        _("预留（元）"),
        _("清偿率"),
        _("计算"),
        _("依据"),
    ]
    rows = [
        [
            str(one["claim"].get_rank_display()),
            one["claim"].label,
            one["claim"].case.number,
            one["claim"].amount,
            one["claim"].doubled,
            one["row"].share,
            one["row"].reserved,
            one["rate"],
            one["row"].line.text,
            one["row"].line.basis,
        ]
        for one in rows_of(found, division)
    ]
    audit.write(actor=actor, act=shell.FUNDS_EXPORTED, at=clock.now(), about=found.symbol, rows=len(rows))
    name = f"shanzhi-plan-{found.case.slug}-{found.ordinal}.xlsx"
    return workbook(make_workbook(title=_("分配方案"), heads=heads, rows=rows), name)
