"""Payouts: the list with batches, and the page of one with the hands it went through."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import policy
from accounts.access import allowed
from accounts.actors import Actor
from accounts.roles import Action
from cases.models import Document
from cases.views.answering import chip
from funds import relays
from funds.forms.money import ConfirmForm, ReaddressForm, WhyForm
from funds.kinds import AT_BANK, GRANT_KINDS, PayeeKind, PayoutState
from funds.kinds.batches import BatchState
from funds.models import BatchItem, PaymentBatch, Payout, Receipt
from funds.services import batching, mending, payees, paying
from funds.services.paying import PAPER
from funds.services.splitting import part_label
from funds.views import acting
from funds.views.acting import Sheet, actor_of, payout_of
from funds.views.receipts import row_of
from gateways import queries as gateway_queries
from kernel import clock, paging
from kernel.refusals import BadInput, Refusal
from kernel.text import mask_tail

S = PayoutState
BEFORE_BANK = (S.DRAFT, S.CONFIRMED, S.APPROVED)
SHOWS: dict[str, tuple[str, ...]] = {
    "draft": (S.DRAFT,),
    "confirmed": (S.CONFIRMED,),
    "approved": (S.APPROVED,),
    "bank": AT_BANK,
    "returned": (S.RETURNED,),
    "settled": (S.SETTLED,),
}
MARKS = {
    S.DRAFT: "idle",
    S.CONFIRMED: "running",
    S.APPROVED: "running",
    S.SENT: "running",
    S.UNKNOWN: "near",
    S.SETTLED: "done",
    S.RETURNED: "past",
    S.DEPOSITED: "held",
    S.VOID: "closed",
}


@require_GET
@allowed(Action.SEE_FUNDS)
def payouts(request: HttpRequest) -> HttpResponse:
    """Payouts by where they stand; the ones of the actor's own step can be picked for a batch."""
    return render(request, "funds/payouts.html", _list(request))


def _list(request: HttpRequest, refusal: Refusal | None = None) -> dict[str, Any]:
    actor = actor_of(request)
    show = request.GET.get("show") or request.POST.get("show") or _own_step(actor)
    rows = Payout.objects.visible_to(actor).select_related("case", "receipt", "payee")
    rows = rows.filter(state__in=SHOWS[show]) if show in SHOWS else rows
    if show == "returned":
        rows = rows.filter(replaced_by__isnull=True)
    page = paging.page(rows, order=("-drafted_at", "-id"), token=request.GET.get("page", ""))
    in_batches = _batches_of(page.rows)
    return {
        "page": page,
        "rows": [{"payout": row, "mark": MARKS[S(row.state)], "batch": in_batches.get(row.pk)} for row in page.rows],
        "sums": [{"label": _("本页合计"), "amount": sum((row.amount for row in page.rows), Decimal("0.00"))}],
        "chips": _chips(request, show),
        "show": show,
        "batch": _batch(actor, show),
        "once": acting.once_key(request),
        "refusal": refusal,
    }


def _batches_of(rows: Sequence[Payout]) -> dict[UUID, PaymentBatch]:
    """The batch that each payout is in."""
    items = BatchItem.objects.filter(payout__in=[row.pk for row in rows], out_at__isnull=True).select_related("batch")
    return {item.payout_id: item.batch for item in items}


def _own_step(actor: Actor) -> str:
    if policy.may(actor, Action.SEND_PAYOUT):
        return "approved"
    if policy.may(actor, Action.CONFIRM_PAYOUT):
        return "draft"
    return "confirmed" if policy.may(actor, Action.APPROVE_PAYOUT) else "all"


def _chips(request: HttpRequest, show: str) -> list[dict[str, Any]]:
    words = {
        "draft": _("待确认"),
        "confirmed": _("待审批"),
        "approved": _("待付款"),
        "bank": _("银行处理中"),
        "returned": _("已退回"),
        "settled": _("已到账"),
        "all": _("全部"),
    }
    return [chip(request, word, show == name, show=name) for name, word in words.items()]


def _batch(actor: Actor, show: str) -> list[dict[str, Any]]:
    if show == "draft" and policy.may(actor, Action.CONFIRM_PAYOUT):
        return [{"label": _("确认发放方案"), "formaction": reverse("funds:confirm_batch")}]
    if show == "approved" and policy.may(actor, Action.SEND_PAYOUT):
        return [
            {"label": _("出付款批"), "formaction": reverse("funds:batch_make")},
            {"label": _("直接发送银行"), "formaction": reverse("funds:send_batch")},
        ]
    return []


@require_POST
@allowed(Action.CONFIRM_PAYOUT)
def confirm_batch(request: HttpRequest) -> HttpResponse:
    """The executor confirms what is picked, all or none."""
    return _act_on_picked(request, lambda ids, key: paying.confirm(
        payout_ids=ids, actor=actor_of(request), at=clock.now(), key=key
    ), _("已确认 %(count)s 笔，提请审批。"))  # fmt: skip


@require_POST
@allowed(Action.SEND_PAYOUT)
def make_batch(request: HttpRequest) -> HttpResponse:
    """Finance puts what is picked together in a payment batch, all or none."""
    try:
        made = batching.make(
            payout_ids=picked(request), title="", actor=actor_of(request), at=clock.now(), key=acting.key(request)
        )
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return render(request, "funds/payouts.html", _list(request, refusal), status=refusal.status)
    facts = {"number": made.number, "count": made.count}
    sentence = _("已出付款批 %(number)s，共 %(count)s 笔，等保管人放行。") % facts
    return acting.go(request, reverse("funds:batch", args=[made.pk]), sentence)


@require_POST
@allowed(Action.SEND_PAYOUT)
def send_batch(request: HttpRequest) -> HttpResponse:
    """Finance sends what is picked, all or none."""
    return _act_on_picked(request, lambda ids, key: paying.send(
        payout_ids=ids, actor=actor_of(request), at=clock.now(), key=key
    ), _("已将 %(count)s 笔付款指令发送银行。"))  # fmt: skip


def _act_on_picked(request: HttpRequest, do: Any, sentence: str) -> HttpResponse:
    try:
        done = do(picked(request), acting.key(request))
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return render(request, "funds/payouts.html", _list(request, refusal), status=refusal.status)
    return acting.go(request, reverse("funds:payouts"), sentence % {"count": len(done)})


def picked(request: HttpRequest) -> Sequence[UUID]:
    """The keys of the rows that were picked. Raises BadInput."""
    try:
        return [UUID(one) for one in request.POST.getlist("pick")]
    except ValueError as error:
        raise BadInput(reason=_("请重新选择要办理的发放。")) from error


@require_GET
@allowed(Action.SEE_FUNDS)
def payout(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One payout: parts, payee, the hands it went through, the letters to the bank."""
    actor, found, at = actor_of(request), payout_of(request, pk), clock.now()
    relay = relays.relay(_with_case(found), at=at) if found.receipt.case_id else None
    following, batch = Payout.objects.filter(replaces=found).first(), _batches_of([found]).get(found.pk)
    in_open_batch = batch is not None and batch.state in batching.OPEN
    context = {
        "payout": found,
        "mark": MARKS[S(found.state)],
        "lines": [{"label": part_label(part), "amount": Decimal(amount)} for part, amount in found.parts.items()],
        "hands": _hands(found),
        "account": mask_tail(found.payee_account),
        "following": following,
        "letters": gateway_queries.messages_about(found.symbol),
        "papers": Document.objects.filter(kind=PAPER, subject=found.symbol).order_by("-issued_at"),
        "acts": _release(batch, actor) if in_open_batch else _acts(found, actor, following),
        "batch": batch,
        "relay": relay,
        "row": row_of(relay, at) if relay else None,
        "warning": payees.cooling(found.payee, at) if found.state in BEFORE_BANK else "",
    }
    return render(request, "funds/payout.html", context)


def _with_case(found: Payout) -> Receipt:
    """The receipt of the payout, knowing its case."""
    receipt = found.receipt
    if receipt.case_id == found.case_id:
        receipt.case = found.case
    return receipt


def _hands(found: Payout) -> list[dict[str, Any]]:
    """Who did what when; registrar, confirmer, approver and payer."""
    registrar = found.receipt.registered_by.user.name if found.receipt.registered_by else _("银行推送")
    rows: list[tuple[str, Any, Any]] = [
        (_("收款登记"), registrar, found.receipt.booked_at),
        (_("承办确认"), found.confirmed_by and found.confirmed_by.user.name, found.confirmed_at),
        (_("审批"), found.approved_by and found.approved_by.user.name, found.approved_at),
        (_("付款"), found.sent_by and found.sent_by.user.name, found.sent_at),
        (_("银行办妥"), found.bank_reference, found.settled_at),
    ]
    return [{"step": step, "who": who or "", "at": at} for step, who, at in rows]


def _release(batch: PaymentBatch | None, actor: Actor) -> list[dict[str, Any]]:
    """The keeper comes here from the inbox; while a payout waits in a batch, only the batch is acted upon."""
    if batch is None or batch.state != BatchState.MADE or not policy.may(actor, Action.RELEASE_BATCH):
        return []
    url = reverse("funds:batch_release", args=[batch.pk])
    return [{"label": _("放行付款批"), "url": url, "panel": True, "kind": "seal"}]


def _acts(found: Payout, actor: Actor, following: Payout | None) -> list[dict[str, Any]]:
    """What the actor may do with the payout now."""
    state, acts = S(found.state), []
    if policy.may(actor, Action.CONFIRM_PAYOUT):
        if state == S.DRAFT:
            acts.append(("funds:confirm_receipt", _("确认发放方案"), "seal"))
            if found.payee_kind in (PayeeKind.PAYER, *GRANT_KINDS):
                acts.append(("funds:readdress", _("登记退款账户"), ""))
        if state in (S.DRAFT, S.APPROVED) and found.payee_kind == PayeeKind.PARTY and found.drawn_from == "CASE":
            acts.append(("funds:deposit", _("提存"), ""))
        if state == S.CONFIRMED and found.decision and found.decision.state != "ASKED":
            acts.append(("funds:resubmit", _("重新提请"), "seal"))
        if state == S.RETURNED and following is None:
            acts.append(("funds:replace", _("重新发放"), "seal"))
        if state in (S.DRAFT, S.CONFIRMED, S.APPROVED, S.SENT) or (
            found.payee_kind == PayeeKind.COURT and state == S.SETTLED
        ):
            acts.append(("funds:void", _("作废"), ""))
    if policy.may(actor, Action.SEND_PAYOUT) and state == S.SETTLED and found.payee_kind == PayeeKind.TREASURY:
        acts.append(("funds:treasury_number", _("登记缴款票据"), ""))
    if policy.may(actor, Action.SEND_PAYOUT) and state == S.APPROVED:
        acts.append(("funds:send", _("发送银行付款"), "seal"))
    keys = {"funds:confirm_receipt": found.receipt_id}
    return [
        {"label": label, "url": reverse(name, args=[keys.get(name, found.pk)]), "panel": True, "kind": kind}
        for name, label, kind in acts
    ]


def _facts(found: Payout) -> list[tuple[Any, Any]]:
    return [
        (_("案号"), found.case.number),
        (_("收款人"), found.shown_name),
        (_("收款账户"), f"{found.payee_bank or '—'} {mask_tail(found.payee_account)}"),
        (_("金额"), _("%(amount)s 元") % {"amount": f"{found.amount:,.2f}"}),
    ]


def _page(found: Payout) -> str:
    return reverse("funds:payout", args=[found.pk])


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_PAYOUT)
def confirm(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Confirm one payout."""
    found = payout_of(request, pk)
    form, warning = ConfirmForm(acting.typed(request)), payees.cooling(found.payee, clock.now())
    remarks = [warning] if warning else []
    sheet = Sheet(_("确认发放"), _("确认，提请审批"), form, _page(found), facts=_facts(found), remarks=remarks)

    def do() -> tuple[str, str]:
        paying.confirm(payout_ids=[found.pk], actor=actor_of(request), at=clock.now(), key=acting.key(request))
        return _page(found), _("已确认，提请审批。")

    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@allowed(Action.SEND_PAYOUT)
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send one payout to the bank."""
    found = payout_of(request, pk)
    remark = _("付款指令只发一次；银行没有答复时系统只查询，不重发。")
    form = ConfirmForm(acting.typed(request))
    sheet = Sheet(_("发送银行付款"), _("付款"), form, _page(found), facts=_facts(found), remarks=[remark])

    def do() -> tuple[str, str]:
        paying.send(payout_ids=[found.pk], actor=actor_of(request), at=clock.now(), key=acting.key(request))
        return _page(found), _("付款指令已发送银行。")

    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_PAYOUT)
def void(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a payout back."""
    found = payout_of(request, pk)
    form = WhyForm(acting.typed(request), label=_("作废的原因"))

    def do() -> tuple[str, str]:
        mending.void(
            payout_id=found.pk,
            why=form.cleaned_data["why"],
            actor=actor_of(request),
            at=clock.now(),
            key=acting.key(request),
        )
        return _page(found), _("已作废，款项回到案件账户。")

    return acting.act(request, Sheet(_("作废"), _("作废"), form, _page(found), facts=_facts(found)), do)


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_PAYOUT)
def replace(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Pay a returned sum anew, to the account as it is now."""
    found = payout_of(request, pk)
    facts = [*_facts(found), (_("退回原因"), found.reason)]
    remark = _("按当事人现在的收款账户重拟；账户有误请先登记新账户并由另一人核对。")
    form = ConfirmForm(acting.typed(request))

    def do() -> tuple[str, str]:
        new = mending.replace(payout_id=found.pk, actor=actor_of(request), at=clock.now())
        return _page(new), _("已重拟发放，请确认。")

    sheet = Sheet(_("重新发放"), _("重新拟发放"), form, _page(found), facts=facts, remarks=[remark])
    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_PAYOUT)
def resubmit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask again after a return."""
    found = payout_of(request, pk)
    form = WhyForm(acting.typed(request), label=_("修改说明"), required=False)

    def do() -> tuple[str, str]:
        mending.resubmit(payout_id=found.pk, why=form.cleaned_data["why"], actor=actor_of(request), at=clock.now())
        return _page(found), _("已重新提请审批。")

    return acting.act(request, Sheet(_("重新提请"), _("提请审批"), form, _page(found), facts=_facts(found)), do)


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_PAYOUT)
def readdress(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Where a refund goes."""
    found = payout_of(request, pk)
    form = ReaddressForm(
        acting.typed(request), initial={"holder": "" if found.payee_kind == PayeeKind.REWARD else found.payee_name}
    )

    def do() -> tuple[str, str]:
        mending.readdress(payout_id=found.pk, **form.cleaned_data, actor=actor_of(request), at=clock.now())
        return _page(found), _("退款账户已登记。")

    return acting.act(request, Sheet(_("登记退款账户"), _("保存"), form, _page(found), facts=_facts(found)), do)
