"""Deposits as pages: the register with its ages, the asking for one, the coming of the payee."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policy
from accounts.access import allowed
from accounts.actors import Actor
from accounts.roles import Action
from cases.views.answering import chip
from funds.forms.apart import DepositForm, SuspenseDepositForm
from funds.forms.money import WhyForm
from funds.kinds.apart import DepositState
from funds.models import Deposit
from funds.services import depositing, releasing
from funds.views import acting, registers
from funds.views.acting import Sheet, actor_of, payout_of
from funds.views.registers import Register
from kernel import clock, paging
from kernel.money import ZERO
from kernel.refusals import NotFound
from kernel.templatetags.countdowns import countdown, span_text

PAGE = "funds:deposits"
MARKS = {"ASKED": "running", "DEPOSITED": "held", "CLAIMED": "done", "HANDED": "done", "DROPPED": "closed"}
SEES = (Action.SEE_FUNDS,)


@require_GET
@allowed(*SEES)
def deposits(request: HttpRequest) -> HttpResponse:
    """The register: what lies in deposit, since when, until when it can be claimed."""
    actor, at = actor_of(request), clock.now()
    show = request.GET.get("show", DepositState.DEPOSITED)
    rows = _rows(request, show)
    page = paging.page(rows, order=("asked_at", "id"), token=request.GET.get("page", ""))
    labels = {
        "DEPOSITED": _("提存中"),
        "ASKED": _("待审批"),
        "CLAIMED": _("已领取"),
        "HANDED": _("已上缴"),
        "all": _("全部"),
    }
    may_claim = policy.may(actor, Action.CONFIRM_PAYOUT)
    may_ask = policy.may(actor, Action.CLAIM_MONEY) and registers.sees_court(actor)
    found = Register(
        name="deposits",
        title=_("提存"),
        note=_("提存中 %(sum)s 元，领取期限内随时可领") % {"sum": f"{depositing.in_deposit(actor.court_id):,.2f}"}
        if registers.sees_court(actor)
        else "",
        columns=[
            {"label": _("案号"), "kind": "case"},
            {"label": _("收款人"), "kind": "two"},
            {"label": _("金额（元）"), "kind": "money"},
            {"label": _("状态"), "kind": "state"},
            {"label": _("领取期限"), "kind": "left"},
            *([{"label": "", "kind": "act"}] if may_claim else []),
        ],
        rows=[_row(row, at, may_claim) for row in page.rows],
        page=page,
        chips=[chip(request, label, show == name, show=name) for name, label in labels.items()],
        acts=[registers.act(_("不明款提存"), "funds:deposit_suspense")] if may_ask else (),
        stats=_ages(actor, at) if registers.sees_court(actor) else (),
        sums=[{"label": _("本页合计"), "amount": sum(row.amount for row in page.rows)}] if page.rows else (),
        empty=_("没有符合条件的提存。"),
    )
    return registers.show(request, found)


def _ages(actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """What lies in deposit by its age, each deposit in one column; the last is near the end of the right to claim it."""
    labels = (_("不满半年"), _("半年至一年"), _("一至三年"), _("三年以上"), _("一年内到期"))
    counts, sums = [0] * len(labels), [ZERO] * len(labels)
    rows = Deposit.objects.filter(court_id=actor.court_id, state=DepositState.DEPOSITED, from_at__isnull=False)
    today = clock.day_of(at)
    for from_at, claim_by, amount in rows.values_list("from_at", "claim_by", "amount"):
        age = (at - from_at).days
        place = 4 if claim_by and (claim_by - today).days < 365 else next(
            (index for index, end in enumerate((183, 365, 1095)) if age < end), 3
        )  # fmt: skip
        counts[place] += 1
        sums[place] += amount
    return [
        {
            "label": label,
            "value": f"{total:,.2f}",
            "unit": _("元"),
            "note": _("%(count)s 笔") % {"count": count},
            "state": "near" if place == 4 and count else "",
        }
        for place, (label, count, total) in enumerate(zip(labels, counts, sums, strict=True))
    ]


def _rows(request: HttpRequest, show: str) -> Any:
    rows = Deposit.objects.visible_to(actor_of(request)).select_related("case", "payout", "receipt")
    return rows.filter(state=show) if show in DepositState.values else rows


def _row(row: Deposit, at: datetime, may_claim: bool) -> dict[str, Any]:
    since = row.from_at or row.asked_at
    left = (
        countdown(clock.end_of(row.claim_by), at, opened=since) if row.claim_by and row.state == "DEPOSITED" else None
    )
    waited = _("已 %(span)s") % {"span": span_text(at - since)}
    return {
        "id": row.pk,
        "cells": [
            {"number": row.case.number, "url": reverse("cases:case", args=[row.case.slug]), "two": row.number},
            {"one": row.payout.payee_name if row.payout else _("权利人不明"), "two": row.get_reason_display()},
            row.amount,
            {"word": row.get_state_display(), "state": MARKS[row.state], "note": waited},
            left,
            *([_claim_act(row)] if may_claim else []),
        ],
    }


def _claim_act(row: Deposit) -> dict[str, Any] | None:
    if row.state != DepositState.DEPOSITED:
        return None
    return registers.act(_("领取"), "funds:claim_deposit", row.pk)


def sheet(request: HttpRequest) -> HttpResponse:
    """The register as a workbook."""
    heads = [
        _("提存编号"),
        _("案号"),
        _("收款人"),
        _("事由"),
        _("金额（元）"),
        _("提存费用"),
        _("状态"),
        _("提存时间"),
        _("领取期限"),
    ]
    rows = _rows(request, request.GET.get("show", "DEPOSITED")).order_by("asked_at", "id")
    table = [
        [
            row.number,
            row.case.number,
            row.payout.payee_name if row.payout else "",
            str(row.get_reason_display()),
            row.amount,
            row.fee,
            str(row.get_state_display()),
            clock.day_of(row.from_at).isoformat() if row.from_at else "",
            row.claim_by.isoformat() if row.claim_by else "",
        ]
        for row in rows
    ]
    return registers.export(request, "deposits", _("提存登记簿"), heads, table)


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_PAYOUT)
def ask(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask to deposit a payout."""
    found = payout_of(request, pk)
    page = reverse("funds:payout", args=[found.pk])
    form = DepositForm(acting.typed(request), request.FILES or None)

    def do() -> tuple[str, str]:
        file = form.cleaned_data["evidence"]
        depositing.ask(
            payout_id=found.pk,
            reason=form.cleaned_data["reason"],
            why=form.cleaned_data["why"],
            evidence=depositing.Evidence(file.name, file.read()),
            actor=actor_of(request),
            at=clock.now(),
        )
        return page, _("已提请局长审批提存。")

    facts = [
        (_("案号"), found.case.number),
        (_("收款人"), found.payee_name),
        (_("金额"), _("%(amount)s 元") % {"amount": f"{found.amount:,.2f}"}),
    ]
    remark = _("提存后发放期限停止计算，五年内可以领取；提存不等于发放。")
    sheet_ = Sheet(_("提存"), _("提请审批"), form, page, facts=facts, remarks=[remark], multipart=True)
    return acting.act(request, sheet_, do)


@require_http_methods(["GET", "POST"])
@allowed(Action.CLAIM_MONEY)
def ask_suspense(request: HttpRequest) -> HttpResponse:
    """Ask to deposit unidentified money whose notice ended."""
    actor = actor_of(request)
    registers.require_court(actor)
    typed = acting.typed(request)
    files = request.FILES or None if typed is not None else None
    form = SuspenseDepositForm(typed, files, court_id=actor.court_id, initial=acting.kept(request))

    def do() -> tuple[str, str]:
        file = form.cleaned_data["evidence"]
        depositing.ask_for_suspense(
            receipt_id=form.cleaned_data["receipt"].pk,
            why=form.cleaned_data["why"],
            evidence=depositing.Evidence(file.name, file.read()),
            actor=actor,
            at=clock.now(),
        )
        return reverse(PAGE), _("已提请局长审批提存。")

    remark = _("只列出公告期满、无人认领的不明款。")
    page = reverse(PAGE)
    sheet_ = Sheet(_("不明款提存"), _("提请审批"), form, page, remarks=[remark], multipart=True, finder="find")
    return acting.act(request, sheet_, do)


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_PAYOUT, Action.CONFIRM_CLAIM)
def claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The payee comes to claim."""
    actor = actor_of(request)
    found = Deposit.objects.visible_to(actor).select_related("case", "payout").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    form = WhyForm(acting.typed(request), label=_("领取人和核对经过"))

    def do() -> tuple[str, str]:
        releasing.claim(
            deposit_id=found.pk, why=form.cleaned_data["why"], actor=actor, at=clock.now(), key=acting.key(request)
        )
        return reverse(PAGE), _("已转入发放，照常审批、付款。") if found.payout else _("已转回不明款，请认领到案件。")

    facts = [
        (_("提存编号"), found.number),
        (_("收款人"), found.payout.payee_name if found.payout else _("权利人不明")),
        (_("金额"), _("%(amount)s 元") % {"amount": f"{found.amount:,.2f}"}),
    ]
    return acting.act(request, Sheet(_("领取提存款"), _("办理领取"), form, reverse(PAGE), facts=facts), do)
