"""Relief and rewards as pages: counters by source and person, the register, money coming in, and asking in a case."""

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
from cases import access
from cases.views.answering import chip
from funds import granted, ledger
from funds.forms.apart import IntakeForm, ReliefForm, RewardForm
from funds.forms.money import ConfirmForm
from funds.kinds import FUND_KINDS, AccountKind
from funds.kinds.apart import FundSource, IntakeState
from funds.models import FundMoney, Grant
from funds.services import funding, relieving
from funds.views import acting, registers
from funds.views.acting import Sheet, actor_of
from funds.views.registers import Register
from kernel import clock, paging
from kernel.refusals import NotFound

PAGE = "funds:grants"
MOST_PEOPLE = 50
MARKS = {"ASKED": "running", "APPROVED": "done", "DROPPED": "closed"}


@require_GET
@allowed(Action.SEE_FUNDS)
def grants(request: HttpRequest) -> HttpResponse:
    """The register of a fund: this year's counters, what is asked and granted; none of it counts as recovered."""
    actor, fund = actor_of(request), _fund(request)
    page = paging.page(_rows(request, fund), order=("-asked_at", "-id"), token=request.GET.get("page", ""))
    wide = registers.sees_court(actor)
    labels = {kind: str(kind.label) for kind in FUND_KINDS}
    found = Register(
        name="grants",
        title=labels[fund],
        note=_("不冲减债务，不计入到位金额"),
        columns=[
            {"label": _("案号"), "kind": "case"},
            {"label": _("对象、事由"), "kind": "two"},
            {"label": _("金额（元）"), "kind": "money"},
            {"label": _("来源"), "kind": "text"},
            {"label": _("状态"), "kind": "state"},
            {"label": _("申请时间"), "kind": "moment"},
        ],
        rows=[_row(row) for row in page.rows],
        page=page,
        chips=[chip(request, label, fund == kind, fund=kind.value) for kind, label in labels.items()],
        acts=[registers.act(_("来款记入专项"), "funds:intake")]
        if wide and policy.may(actor, Action.REGISTER_RECEIPT)
        else (),
        stats=_stats(actor, fund) if wide else (),
        extra={"blocks": [*_waiting(actor), *_people(actor, fund)]} if wide else {},
        empty=_("还没有申请。在案件页的“办理”里申请司法救助或者悬赏金。"),
    )
    return registers.show(request, found)


def _fund(request: HttpRequest) -> AccountKind:
    return AccountKind.REWARD if request.GET.get("fund") == AccountKind.REWARD else AccountKind.RELIEF


def _rows(request: HttpRequest, fund: AccountKind) -> Any:
    return Grant.objects.visible_to(actor_of(request)).filter(fund=fund).select_related("case", "payee")


def _row(row: Grant) -> dict[str, Any]:
    who = row.payee.name if row.payee else _("举报人（保密）")
    return {
        "id": row.pk,
        "cells": [
            {"number": row.case.number, "url": reverse("cases:case", args=[row.case.slug]), "two": row.number},
            {"one": who, "two": row.get_hardship_display() or row.why},
            row.amount,
            str(row.get_source_display()),
            registers.state(row.get_state_display(), MARKS[row.state]),
            row.asked_at,
        ],
    }


def _stats(actor: Actor, fund: AccountKind) -> list[dict[str, Any]]:
    """What the fund holds, and what reached people this year, by source."""
    year = granted.by_year(actor.court_id, clock.today().year, fund)
    held = ledger.balance(ledger.key_of(fund, actor.court_id))
    tiles = [
        {"label": _("资金余额"), "value": f"{held:,.2f}", "unit": _("元")},
        {
            "label": _("%(year)s年发放") % {"year": year.year},
            "value": f"{year.total:,.2f}",
            "unit": _("元"),
            "note": _("%(count)s 件，%(people)s 人") % {"count": year.count, "people": len(year.by_person)}
            if fund == AccountKind.RELIEF
            else _("%(count)s 件") % {"count": year.count},
        },
    ]
    return tiles + [
        {
            "label": line.label,
            "value": f"{line.amount:,.2f}",
            "unit": _("元"),
            "note": _("%(count)s 件") % {"count": line.count},
        }
        for line in year.by_source
    ]


def _waiting(actor: Actor) -> list[dict[str, Any]]:
    """Money that one person booked into a fund and a second one has to confirm."""
    rows = FundMoney.objects.filter(court_id=actor.court_id, state=IntakeState.ASKED)
    may = policy.may(actor, Action.CONFIRM_CLAIM)
    found = [
        {
            "id": row.pk,
            "cells": [
                {"one": row.receipt.payer_name or "—", "two": row.receipt.number},
                row.receipt.amount,
                {"one": row.get_fund_display(), "two": row.get_source_display()},
                {"one": row.asked_by.user.name, "two": row.why},
                registers.act(_("复核入账"), "funds:confirm_intake", row.pk) if may else None,
            ],
        }
        for row in rows.select_related("receipt", "asked_by__user").order_by("asked_at")[:50]
    ]
    columns = [
        {"label": _("付款人"), "kind": "two"},
        {"label": _("金额（元）"), "kind": "money"},
        {"label": _("专项资金"), "kind": "two"},
        {"label": _("登记人、依据"), "kind": "two"},
        {"label": "", "kind": "act"},
    ]
    return [{"title": _("待复核的入账"), "columns": columns, "rows": found, "empty": ""}] if found else []


def _people(actor: Actor, fund: AccountKind) -> list[dict[str, Any]]:
    """Who received relief this year and how much; informers are not named."""
    year = granted.by_year(actor.court_id, clock.today().year, fund)
    rows = [{"id": "", "cells": [line.label, line.count, line.amount]} for line in year.by_person[:MOST_PEOPLE]]
    columns = [
        {"label": _("救助对象"), "kind": "text"},
        {"label": _("次数"), "kind": "num"},
        {"label": _("金额（元）"), "kind": "money"},
    ]
    title = _("%(year)s年按人合计") % {"year": year.year}
    return [{"title": title, "columns": columns, "rows": rows, "empty": ""}] if rows else []


def sheet(request: HttpRequest) -> HttpResponse:
    """The register as a workbook; the informers of rewards are not named."""
    fund = _fund(request)
    heads = [
        _("编号"),
        _("案号"),
        _("对象"),
        _("类型"),
        _("来源"),
        _("金额（元）"),
        _("限额"),
        _("状态"),
        _("申请时间"),
    ]
    table = [
        [
            row.number,
            row.case.number,
            row.payee.name if row.payee else "",
            str(row.get_hardship_display()),
            str(FundSource(row.source).label),
            row.amount,
            row.ceiling or None,
            str(row.get_state_display()),
            row.asked_at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M"),
        ]
        for row in _rows(request, fund).order_by("-asked_at")
    ]
    return registers.export(request, "grants", fund.label, heads, table)


@require_http_methods(["GET", "POST"])
@allowed(Action.REGISTER_RECEIPT)
def intake(request: HttpRequest) -> HttpResponse:
    """Say that money in suspense belongs to a fund."""
    actor = actor_of(request)
    form = IntakeForm(acting.typed(request), court_id=actor.court_id, initial=acting.kept(request))

    def do() -> tuple[str, str]:
        typed = form.cleaned_data
        funding.ask(
            receipt_id=typed["receipt"].pk,
            fund=typed["fund"],
            source=typed["source"],
            why=typed["why"],
            actor=actor,
            at=clock.now(),
        )
        return reverse(PAGE), _("已登记，等第二人复核入账。")

    return acting.act(request, Sheet(_("来款记入专项"), _("提请复核"), form, reverse(PAGE), finder="find"), do)


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_CLAIM)
def confirm_intake(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The second person books it."""
    actor = actor_of(request)
    row = FundMoney.objects.select_related("receipt", "asked_by__user").filter(pk=pk, court_id=actor.court_id).first()
    if row is None:
        raise NotFound()
    form = ConfirmForm(acting.typed(request))

    def do() -> tuple[str, str]:
        funding.confirm(intake_id=row.pk, actor=actor, at=clock.now(), key=acting.key(request))
        return reverse(PAGE), _("已记入专项资金。")

    facts = [
        (_("来款"), row.receipt.number),
        (_("金额"), _("%(amount)s 元") % {"amount": f"{row.receipt.amount:,.2f}"}),
        (_("付款人"), row.receipt.payer_name or "—"),
        (_("专项资金"), f"{row.get_fund_display()}（{row.get_source_display()}）"),
        (_("依据"), row.why),
        (_("登记人"), row.asked_by.user.name),
    ]
    return acting.act(request, Sheet(_("复核入账"), _("复核通过"), form, reverse(PAGE), facts=facts), do)


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_PAYOUT)
def relief(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for relief in a case."""
    case = access.case_for(actor_of(request), number, to=Action.CONFIRM_PAYOUT)
    last = Grant.objects.filter(court_id=case.court_id, fund=AccountKind.RELIEF).order_by("-asked_at").first()
    form = ReliefForm(acting.typed(request), case=case, initial={"wage": last.wage if last else None})
    remark = _("收款账户须已登记并核对。救助金不冲减债务，不计入到位金额。")
    return _ask(request, case, form, AccountKind.RELIEF, _("申请司法救助"), remark)


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_PAYOUT)
def reward(request: HttpRequest, number: str) -> HttpResponse:
    """Ask for a reward in a case."""
    case = access.case_for(actor_of(request), number, to=Action.CONFIRM_PAYOUT)
    remark = _("举报人身份保密：不写入时间轴和文书，只用于付款。")
    return _ask(request, case, RewardForm(acting.typed(request)), AccountKind.REWARD, _("申请发放悬赏金"), remark)


def _ask(request: HttpRequest, case: Any, form: Any, fund: AccountKind, title: str, remark: str) -> HttpResponse:
    page = f"{reverse('cases:case', args=[case.slug])}?tab=funds"

    def do() -> tuple[str, str]:
        typed = dict(form.cleaned_data)
        source = FundSource(typed.pop("source"))
        given = relieving.GrantInput(fund=fund, source=source, **typed)
        relieving.ask(case_id=case.pk, given=given, actor=actor_of(request), at=clock.now())
        return page, _("已提请审批。")

    return acting.act(request, Sheet(title, _("提请审批"), form, page, note=case.number, remarks=[remark]), do)
