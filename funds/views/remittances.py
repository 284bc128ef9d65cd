"""Remittances as pages: the register, one with its list, and the acts of three persons; where the money goes; receipts of the treasury."""

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
from funds.forms.apart import NumberForm, OutletForm, RemitDepositsForm, RemitForm, RemitUnclaimedForm
from funds.forms.money import ConfirmForm, WhyForm
from funds.kinds.apart import RemittanceState
from funds.models import MainAccount, Remittance
from funds.services import outlets as outlet_service
from funds.services import remitting, treasuring
from funds.views import acting, registers
from funds.views.acting import Sheet, actor_of, payout_of
from funds.views.registers import Register
from gateways import queries as gateway_queries
from kernel import clock, paging
from kernel.money import ZERO
from kernel.refusals import NotFound
from kernel.text import mask_tail

PAGE = "funds:remittances"
MARKS = {
    "ASKED": "running",
    "APPROVED": "running",
    "SENT": "running",
    "SETTLED": "done",
    "RETURNED": "past",
    "VOID": "closed",
}
SEES = (Action.RECONCILE, Action.SEND_PAYOUT, Action.APPROVE_PAYOUT)


@require_GET
@allowed(*SEES)
def remittances(request: HttpRequest) -> HttpResponse:
    """The register, with what waits to be handed over."""
    actor = actor_of(request)
    registers.require_court(actor)
    rows = Remittance.objects.visible_to(actor)
    page = paging.page(rows, order=("-asked_at", "-id"), token=request.GET.get("page", ""))
    waiting = list(remitting.waiting_fees(actor.court_id).values_list("amount", flat=True))
    may = policy.may(actor, Action.RECONCILE)
    found = Register(
        name="remittances",
        title=_("上缴"),
        note=_("待上缴诉讼费用 %(count)s 笔 %(sum)s 元") % {"count": len(waiting), "sum": f"{sum(waiting, ZERO):,.2f}"},
        columns=[
            {"label": _("编号"), "kind": "link"},
            {"label": _("种类"), "kind": "two"},
            {"label": _("笔数"), "kind": "num"},
            {"label": _("金额（元）"), "kind": "money"},
            {"label": _("状态"), "kind": "state"},
            {"label": _("缴款票据"), "kind": "text"},
            {"label": _("提请时间"), "kind": "moment"},
        ],
        rows=[_row(row) for row in page.rows],
        page=page,
        acts=[
            registers.act(_("提存期满上缴"), "funds:remit_deposits"),
            registers.act(_("无主款上缴国库"), "funds:remit_unclaimed"),
            registers.act(_("诉讼费用上缴"), "funds:remit_fees", kind="seal"),
        ]
        if may
        else (),
        empty=_("还没有上缴过款项。"),
    )
    return registers.show(request, found)


def _row(row: Remittance) -> dict[str, Any]:
    return {
        "id": row.pk,
        "cells": [
            {"label": row.number, "url": reverse("funds:remittance", args=[row.pk])},
            {"one": row.get_kind_display(), "two": row.payee_name},
            row.count,
            row.amount,
            registers.state(row.get_state_display(), MARKS[row.state]),
            row.treasury_number,
            row.asked_at,
        ],
    }


def sheet(request: HttpRequest) -> HttpResponse:
    """The register as a workbook."""
    heads = [_("编号"), _("种类"), _("笔数"), _("金额（元）"), _("收款户名"), _("状态"), _("缴款票据号"), _("缴款日")]
    rows = Remittance.objects.visible_to(actor_of(request)).order_by("-asked_at")
    table = [
        [
            row.number,
            str(row.get_kind_display()),
            row.count,
            row.amount,
            row.payee_name,
            str(row.get_state_display()),
            row.treasury_number,
            row.treasury_on.isoformat() if row.treasury_on else "",
        ]
        for row in rows
    ]
    return registers.export(request, "remittances", _("上缴登记簿"), heads, table)


def _one(request: HttpRequest, pk: UUID) -> Remittance:
    rows = Remittance.objects.visible_to(actor_of(request))
    found = rows.select_related("asked_by__user", "approved_by__user", "sent_by__user").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


@require_GET
@allowed(*SEES)
def remittance(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One remittance: its list, the hands it went through, the letters to the bank."""
    found, actor = _one(request, pk), actor_of(request)
    items = found.items.select_related("payout__case", "payout__receipt", "receipt", "deposit__case").order_by("id")
    context = {
        "row": found,
        "mark": MARKS[found.state],
        "account": mask_tail(found.payee_account),
        "columns": [
            {"label": _("案号"), "kind": "text"},
            {"label": _("款项编号"), "kind": "text"},
            {"label": _("金额（元）"), "kind": "money"},
        ],
        "rows": [_item(item) for item in items],
        "hands": [
            {"step": _("提请"), "who": found.asked_by.user.name, "at": found.asked_at},
            {"step": _("批准"), "who": found.approved_by and found.approved_by.user.name, "at": found.approved_at},
            {"step": _("付款"), "who": found.sent_by and found.sent_by.user.name, "at": found.sent_at},
            {"step": _("银行办妥"), "who": found.bank_reference, "at": found.settled_at},
        ],
        "letters": gateway_queries.messages_about(found.symbol),
        "acts": _acts(found, actor),
    }
    return render(request, "funds/remittance.html", context)


def _item(item: Any) -> dict[str, Any]:
    if item.deposit:
        return {"id": item.pk, "cells": [item.deposit.case.number, item.deposit.number, item.amount]}
    case = item.payout.case.number if item.payout else _("不明款")
    receipt = item.payout.receipt if item.payout else item.receipt
    return {"id": item.pk, "cells": [case, receipt.number, item.amount]}


def _acts(row: Remittance, actor: Actor) -> list[dict[str, Any]]:
    state, acts = RemittanceState(row.state), []
    if state == RemittanceState.ASKED and policy.may(actor, Action.APPROVE_PAYOUT):
        acts.append(registers.act(_("批准"), "funds:approve_remittance", row.pk, kind="seal"))
    if state == RemittanceState.APPROVED and policy.may(actor, Action.SEND_PAYOUT):
        acts.append(registers.act(_("发送银行付款"), "funds:send_remittance", row.pk, kind="seal"))
    if state == RemittanceState.SETTLED and policy.may(actor, Action.SEND_PAYOUT):
        acts.append(registers.act(_("登记缴款票据"), "funds:remittance_number", row.pk))
    if state in (RemittanceState.ASKED, RemittanceState.APPROVED) and policy.may(actor, Action.RECONCILE):
        acts.append(registers.act(_("作废"), "funds:void_remittance", row.pk))
    return acts


def _facts(row: Remittance) -> list[tuple[Any, Any]]:
    return [
        (_("编号"), row.number),
        (_("种类"), row.get_kind_display()),
        (_("金额"), _("%(amount)s 元，%(count)s 笔") % {"amount": f"{row.amount:,.2f}", "count": row.count}),
        (_("收款账户"), f"{row.payee_name} {row.payee_bank} {mask_tail(row.payee_account)}"),
    ]


@require_http_methods(["GET", "POST"])
@allowed(Action.RECONCILE)
def fees(request: HttpRequest) -> HttpResponse:
    """Hand over the fees taken until a day."""
    actor = actor_of(request)
    form = RemitForm(acting.typed(request), initial={"until": clock.today()})

    def do() -> tuple[str, str]:
        row = remitting.ask_fees(**form.cleaned_data, actor=actor, at=clock.now())
        return reverse("funds:remittance", args=[row.pk]), _("已列出 %(count)s 笔，等局长批准。") % {"count": row.count}

    remark = _("截至日以前扣缴、还没有上缴的诉讼费用全部列入。")
    return acting.act(request, Sheet(_("诉讼费用上缴"), _("提请批准"), form, reverse(PAGE), remarks=[remark]), do)


@require_http_methods(["GET", "POST"])
@allowed(Action.RECONCILE)
def unclaimed(request: HttpRequest) -> HttpResponse:
    """Hand unidentified money whose notice ended to the treasury."""
    actor = actor_of(request)
    form = RemitUnclaimedForm(acting.typed(request), court_id=actor.court_id)

    def do() -> tuple[str, str]:
        row = remitting.ask_unclaimed(
            receipt_ids=[one.pk for one in form.cleaned_data["receipts"]],
            why=form.cleaned_data["why"],
            actor=actor,
            at=clock.now(),
        )
        return reverse("funds:remittance", args=[row.pk]), _("已列出 %(count)s 笔，等局长批准。") % {"count": row.count}

    return acting.act(request, Sheet(_("无主款上缴国库"), _("提请批准"), form, reverse(PAGE)), do)


@require_http_methods(["GET", "POST"])
@allowed(Action.RECONCILE)
def lapsed_deposits(request: HttpRequest) -> HttpResponse:
    """Hand deposits that nobody claimed in time to the treasury."""
    actor = actor_of(request)
    form = RemitDepositsForm(acting.typed(request), court_id=actor.court_id)

    def do() -> tuple[str, str]:
        row = remitting.ask_deposits(
            deposit_ids=[one.pk for one in form.cleaned_data["deposits"]],
            why=form.cleaned_data["why"],
            actor=actor,
            at=clock.now(),
        )
        return reverse("funds:remittance", args=[row.pk]), _("已列出 %(count)s 笔，等局长批准。") % {"count": row.count}

    remark = _("只列出领取期限已满的提存款。批准以前收款人仍可领取。")
    return acting.act(request, Sheet(_("提存期满上缴国库"), _("提请批准"), form, reverse(PAGE), remarks=[remark]), do)


@require_http_methods(["GET", "POST"])
@allowed(Action.APPROVE_PAYOUT)
def approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another person approves."""
    row, page = _one(request, pk), reverse("funds:remittance", args=[pk])
    form = ConfirmForm(acting.typed(request))

    def do() -> tuple[str, str]:
        remitting.approve(remittance_id=row.pk, actor=actor_of(request), at=clock.now(), key=acting.key(request))
        return page, _("已批准，交财务付款。")

    return acting.act(request, Sheet(_("批准上缴"), _("批准"), form, page, facts=_facts(row)), do)


@require_http_methods(["GET", "POST"])
@allowed(Action.SEND_PAYOUT)
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The payer sends it to the bank."""
    row, page = _one(request, pk), reverse("funds:remittance", args=[pk])
    form = ConfirmForm(acting.typed(request))
    remark = _("付款指令只发一次；银行没有答复时系统只查询，不重发。")

    def do() -> tuple[str, str]:
        remitting.send(remittance_id=row.pk, actor=actor_of(request), at=clock.now(), key=acting.key(request))
        return page, _("付款指令已发送银行。")

    return acting.act(request, Sheet(_("发送银行付款"), _("付款"), form, page, facts=_facts(row), remarks=[remark]), do)


@require_http_methods(["GET", "POST"])
@allowed(Action.RECONCILE)
def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take it back before it is sent."""
    row, page = _one(request, pk), reverse("funds:remittance", args=[pk])
    form = WhyForm(acting.typed(request), label=_("作废的原因"))

    def do() -> tuple[str, str]:
        remitting.void(
            remittance_id=row.pk,
            why=form.cleaned_data["why"],
            actor=actor_of(request),
            at=clock.now(),
            key=acting.key(request),
        )
        return page, _("已作废，可以重新列入上缴。")

    return acting.act(request, Sheet(_("作废"), _("作废"), form, page, facts=_facts(row)), do)


@require_http_methods(["GET", "POST"])
@allowed(Action.SEND_PAYOUT)
def number(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter the receipt of the treasury or the fiscal office."""
    row, page = _one(request, pk), reverse("funds:remittance", args=[pk])
    form = NumberForm(acting.typed(request), initial={"number": row.treasury_number, "on": row.treasury_on})

    def do() -> tuple[str, str]:
        remitting.enter_number(remittance_id=row.pk, **form.cleaned_data, actor=actor_of(request), at=clock.now())
        return page, _("缴款票据已登记。")

    return acting.act(request, Sheet(_("登记缴款票据"), _("登记"), form, page, facts=_facts(row)), do)


@require_http_methods(["GET", "POST"])
@allowed(Action.SEND_PAYOUT)
def payout_number(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Enter the treasury's receipt of a fine."""
    found = payout_of(request, pk)
    page = reverse("funds:payout", args=[found.pk])
    form = NumberForm(acting.typed(request), initial={"number": found.treasury_number, "on": found.treasury_on})

    def do() -> tuple[str, str]:
        treasuring.enter(payout_id=found.pk, **form.cleaned_data, actor=actor_of(request), at=clock.now())
        return page, _("缴款票据已登记。")

    facts = [(_("案号"), found.case.number), (_("金额"), _("%(amount)s 元") % {"amount": f"{found.amount:,.2f}"})]
    return acting.act(request, Sheet(_("登记缴款票据"), _("登记"), form, page, facts=facts), do)


@require_http_methods(["GET", "POST"])
@allowed(Action.ADMINISTER)
def outlets(request: HttpRequest) -> HttpResponse:
    """Where fees and fines go; entered by the administrator."""
    actor, page = actor_of(request), reverse("funds:outlets")
    form = OutletForm(acting.typed(request))
    main = MainAccount.objects.filter(court_id=actor.court_id).first()

    def do() -> tuple[str, str]:
        outlet_service.enter(**form.cleaned_data, actor=actor, at=clock.now())
        return page, _("上缴账户已登记。")

    facts = [] if main is None else [
        (_("财政"), f"{main.fiscal_holder} {main.fiscal_bank} {mask_tail(main.fiscal_number)}".strip() or "—"),
        (_("国库"), f"{main.treasury_holder} {main.treasury_bank} {mask_tail(main.treasury_number)}".strip() or "—"),
    ]  # fmt: skip
    return acting.act(request, Sheet(_("上缴账户"), _("登记"), form, page, facts=facts), do)
