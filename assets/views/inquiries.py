"""The network inquiry: which cases wait, the grid of channels and debtors, what was found, hurrying."""

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import policy
from accounts.access import allowed
from accounts.roles import Action
from assets.models import Finding, Inquiry
from assets.models.inquiries import Channel, InquiryState
from assets.queries import lists
from assets.services import freezing, inquiring
from assets.views import reading
from cases import access
from cases.forms.fields import day_text
from cases.kinds import OWING
from cases.models import Case, Clue, Party
from cases.queries import subjects
from cases.views import acting
from cases.views.acting import Done, Sheet
from cases.views.answering import chip
from kernel import clock, paging, text
from kernel.refusals import NotFound

ORDER = ("runs_out", "-filed_at", "-id")
CELL = {InquiryState.SENT: "running", InquiryState.ANSWERED: "done", InquiryState.REFUSED: "near"}
SECRET = ("account", "plate", "vin", "certificate", "credit_code", "code", "id_number", "holding")
WORDS = {
    "bank": lazy("开户行"), "account": lazy("账号"), "balance": lazy("余额"), "available": lazy("可用余额"), 
    "opened_on": lazy("开户日期"), "status": lazy("状态"), "plate": lazy("车牌"), "brand": lazy("品牌"), "model": lazy("型号"),
    "vin": lazy("车架号"), "registered_on": lazy("登记日期"), "sealed": lazy("已被查封"), "certificate": lazy("权证号"),
    "address": lazy("坐落"), "area": lazy("面积（㎡）"), "usage": lazy("用途"), "share": lazy("共有情况"), "mortgaged": lazy("已抵押"),
    "company": lazy("公司"), "credit_code": lazy("统一社会信用代码"), "share_percent": lazy("持股（%）"), "subscribed": lazy("认缴（元）"),
    "paid": lazy("实缴（元）"), "code": lazy("证券代码"), "quantity": lazy("数量"), "market_value": lazy("市值（元）"),
    "payer": lazy("扣缴单位"), "year": lazy("年度"), "taxable_income": lazy("应纳税所得（元）"), "employer": lazy("参保单位"),
    "base": lazy("缴费基数（元）"),
}  # fmt: skip


@require_GET
@allowed(Action.INQUIRE, Action.APPROVE_MEASURE)
def inquiries(request: HttpRequest) -> HttpResponse:
    """Open cases by how far their search is."""
    actor, at = acting.actor_of(request), clock.now()
    state = request.GET.get("state", "todo")
    page = paging.page(lists.inquirable(actor, state), order=ORDER, token=request.GET.get("page", ""))
    ids = [case.pk for case in page.rows]
    rounds, sides = lists.last_rounds(ids), subjects.sides(ids)
    clocks = lists.case_clocks(ids, lists.INQUIRY_DUTIES, at)
    context = {
        "rows": [
            {
                "case": case,
                "round": rounds.get(case.pk),
                "debtors": "、".join(sides.get(case.pk, ([], []))[1]),
                "left": clocks.get(case.pk),
            }
            for case in page.rows
        ],
        "page": page,
        "chips": [chip(request, label, key == state, state=key) for key, label in lists.INQUIRIES.items()],
        "state": state,
    }
    return render(request, "assets/inquiries.html", context)


@require_http_methods(["GET", "POST"])
@allowed(Action.INQUIRE, Action.SEE_PROPERTY)
def inquiry(request: HttpRequest, number: str) -> HttpResponse:
    """The grid of channels and debtors of one round with what was found; posting sends the next round."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.SEE_PROPERTY if request.method == "GET" else Action.INQUIRE)
    if request.method == "GET":
        reading.note(request, case.symbol)
    shown = _page(request, case)
    sheet = Sheet(
        title=_("网络查询"), button=_("发起查询"), form=forms.Form(acting.typed(request)), case=case,
        template="assets/inquiry.html", more=shown,
    )  # fmt: skip

    def do() -> Done:
        sent = inquiring.send(case_id=case.pk, actor=actor, at=clock.now())
        text_ = _("已向 %(count)s 个渠道发出第 %(round)s 轮查询。") % {"count": len(sent), "round": sent[0].round}
        return Done(reverse("assets:inquiry", args=[case.slug]), text_)

    return acting.act(request, sheet, do)


def _page(request: HttpRequest, case: Case) -> dict[str, Any]:
    actor, at = acting.actor_of(request), clock.now()
    every = list(Inquiry.objects.filter(case=case).order_by("round", "channel"))
    rounds = sorted({row.round for row in every})
    typed = request.GET.get("round", "")
    chosen = int(typed) if typed.isdecimal() and int(typed) in rounds else (rounds[-1] if rounds else 0)
    rows = [row for row in every if row.round == chosen]
    found = lists.findings_by_party(rows)
    debtors = list(
        Party.objects.filter(participations__case=case, participations__role__in=OWING).order_by(
            "participations__ordinal", "id"
        )
    )
    waiting = [row for row in rows if row.state == InquiryState.SENT]
    open_case = freezing.freezable(case)
    return {
        "rounds": [{"number": one, "active": one == chosen} for one in rounds],
        "chosen": chosen,
        "grid": [_line(channel, debtors, rows, found) for channel in Channel],
        "debtors": debtors,
        "asked": len(rows),
        "answered": len(rows) - len(waiting),
        "waiting": len(waiting),
        "sent_at": rows[0].sent_at if rows else None,
        "nudged_at": max((row.nudged_at for row in waiting if row.nudged_at), default=None),
        "found": [_of_debtor(party, found) for party in debtors],
        "total": sum(1 for one in found.values() for row in one if row.kind),
        "left": lists.case_clocks([case.pk], lists.INQUIRY_DUTIES, at).get(case.pk),
        "latest": bool(rounds) and chosen == rounds[-1],
        "may_send": open_case and not waiting and policy.may(actor, Action.INQUIRE),
        "may_nudge": bool(waiting) and chosen == rounds[-1] and policy.may(actor, Action.INQUIRE),
        "may_freeze": open_case and policy.may(actor, Action.FREEZE),
        "clues": Clue.objects.filter(matter_id=case.matter_id).count(),
        "at": at,
    }


def _line(
    channel: Channel, debtors: list[Party], rows: list[Inquiry], found: dict[UUID, list[Finding]]
) -> dict[str, Any]:
    of = {row.party_id: row for row in rows if row.channel == channel}
    counts = Counter(row.inquiry_id for one in found.values() for row in one)
    cells = []
    for party in debtors:
        row = of.get(party.pk)
        cells.append(
            {
                "state": CELL[InquiryState(row.state)] if row else "closed",
                "word": _word(row, counts) if row else (_("无证件号") if not party.id_number else _("未查询")),
                "found": bool(row and counts[row.pk]),
                "at": row.answered_at if row else None,
                "nudged": bool(row and row.nudged_at and row.state == InquiryState.SENT),
            }
        )
    return {"label": channel.label, "cells": cells}


def _word(row: Inquiry, counts: Counter[UUID]) -> str:
    if row.state == InquiryState.SENT:
        return _("待反馈")
    if row.state == InquiryState.REFUSED:
        return row.reason or _("未受理")
    return _("查到 %(count)s 条") % {"count": counts[row.pk]} if counts[row.pk] else _("无")


def _of_debtor(party: Party, found: dict[UUID, list[Finding]]) -> dict[str, Any]:
    rows = found.get(party.pk, [])
    return {"party": party, "rows": [_finding(row) for row in rows], "property": sum(1 for row in rows if row.kind)}


def _finding(row: Finding) -> dict[str, Any]:
    details = row.details or {}
    freezes = details.get("prior_freezes") or []
    notes = [
        _("已有 %(count)s 个在先冻结") % {"count": len(freezes)} if freezes else "",
        _("已抵押") if details.get("mortgaged") else "",
        _("已被查封") if details.get("sealed") else "",
        str(details.get("status", "")) if details.get("status") not in {"正常", "存续", "参保缴费"} else "",
    ]
    return {
        "row": row,
        "channel": Channel(row.inquiry.channel).label,
        "label": row.label.removeprefix(str(Channel(row.inquiry.channel).label)).strip() or row.label,
        "note": "，".join(note for note in notes if note),
        "freezable": row.kind == "DEPOSIT" and bool(row.value),
    }


@require_POST
@allowed(Action.INQUIRE)
def nudge(request: HttpRequest, number: str) -> HttpResponse:
    """Hurry the registries that have not answered."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.INQUIRE)
    count = inquiring.nudge(case_id=case.pk, actor=actor, at=clock.now())
    done = Done(reverse("assets:inquiry", args=[case.slug]), _("已催办 %(count)s 项。") % {"count": count})
    return acting.go(request, done)


@require_http_methods(["GET", "POST"])
@allowed(Action.SEE_PROPERTY)
def finding(request: HttpRequest, key: UUID) -> HttpResponse:
    """Everything a registry said about one property; whole numbers only when asked for, and both are in the journal."""
    actor = acting.actor_of(request)
    row = Finding.objects.filter(pk=key, inquiry__case__court_id=actor.court_id).select_related(
        "inquiry__case", "inquiry__party"
    ).first()  # fmt: skip
    if row is None:
        raise NotFound()
    case = access.case_for(actor, row.inquiry.case.slug, Action.SEE_PROPERTY)
    whole = request.method == "POST"
    reading.note(request, f"assets.finding:{row.pk}", act=reading.REVEALED if whole else reading.READ)
    context = {
        "row": row,
        "case": case,
        "channel": Channel(row.inquiry.channel).label,
        "lines": [_detail(name, value, whole) for name, value in (row.details or {}).items() if name in WORDS],
        "freezes": (row.details or {}).get("prior_freezes") or [],
        "whole": whole,
        "page": reverse("assets:inquiry", args=[case.slug]),
    }
    return render(request, "assets/finding.html", context)


def _detail(name: str, value: Any, whole: bool) -> tuple[Any, str]:
    if isinstance(value, bool):
        return WORDS[name], str(_("是") if value else _("否"))
    shown = str(value)
    if name.endswith("_on"):
        shown = day_text(date.fromisoformat(shown))
    return WORDS[name], shown if whole or name not in SECRET else text.mask_tail(shown)
