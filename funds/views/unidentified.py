"""Unidentified money: what waits, whose it may be and why, and the claims that a second person confirms."""

from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policy
from accounts.access import allowed
from accounts.actors import Actor
from accounts.roles import Action
from cases import access
from cases.queries import rulebook
from funds import ages
from funds.forms.money import ClaimForm, ConfirmForm, WhyForm
from funds.kinds import ClaimState, ReceiptState
from funds.models import Claim, PayerClaim, Receipt
from funds.services import claiming, identifying, noticing, payer_claims, reversing, suggesting
from funds.views import acting
from funds.views.acting import Sheet, actor_of, receipt_of
from kernel import clock, paging
from kernel.money import ZERO
from kernel.refusals import NotFound
from kernel.templatetags import dates
from kernel.templatetags.countdowns import countdown

PAGE = "funds:unidentified"
SAID = 20  # claims of payers on the page
TALLEST = 44  # pixels of the highest bar of the ageing board
ORDER = ("received_at", "id")


@require_GET
@allowed(Action.CLAIM_MONEY, Action.CONFIRM_CLAIM)
def unidentified(request: HttpRequest) -> HttpResponse:
    """The oldest first; beside the list the chosen one with its suggestions, and the claims to confirm."""
    actor, at = actor_of(request), clock.now()
    rows = Receipt.objects.visible_to(actor).filter(state=ReceiptState.SUSPENSE).select_related("hint", "court")
    page = paging.page(rows, order=ORDER, token=request.GET.get("page", ""))
    chosen = _chosen(request, page)
    claims = Claim.objects.visible_to(actor).filter(state=ClaimState.ASKED)
    context = {
        "page": page,
        "rows": _rows(list(page.rows), at),
        "total": rows.aggregate(total=Sum("amount"))["total"] or ZERO,
        "chosen": chosen,
        "suggestions": suggesting.suggest(chosen, actor=actor, at=at) if chosen else [],
        "claims": claims.select_related("receipt", "case", "asked_by__user").order_by("asked_at"),
        "payer_claims": _payer_claims(actor),
        "buckets": _buckets(ages.of_unidentified(actor, at=at)),
        "may_see_rules": policy.may(actor, Action.RECONCILE) or policy.may(actor, Action.CONFIRM_CLAIM),
        "may_notice": policy.may(actor, Action.REGISTER_RECEIPT) or policy.may(actor, Action.CONFIRM_CLAIM),
        "may": {
            "claim": policy.may(actor, Action.CLAIM_MONEY),
            "confirm_claim": policy.may(actor, Action.CONFIRM_CLAIM),
        },
    }
    return render(request, "funds/unidentified.html", context)


def _payer_claims(actor: Actor) -> list[dict[str, Any]]:
    """What payers said and nobody has answered, the oldest first, each with how many receipts may be meant."""
    rows = list(PayerClaim.objects.visible_to(actor).open().select_related("case").order_by("made_at")[:SAID])
    fits = payer_claims.count_fitting(rows)
    return [{"claim": row, "fits": fits[row.pk]} for row in rows]


def _buckets(found: list[ages.Bucket]) -> list[dict[str, Any]]:
    """The ageing board: every receipt in exactly one column."""
    highest = max((row.amount for row in found), default=ZERO) or Decimal(1)
    return [
        {
            "label": row.label,
            "count": row.count,
            "value": f"{row.amount / 10_000:,.2f}",
            "share": max(2, round(row.amount / highest * TALLEST)) if row.count else 0,
            "state": "past" if row.late and row.count else "",
        }
        for row in found
    ]


def _chosen(request: HttpRequest, page: paging.Page) -> Receipt | None:
    wanted = request.GET.get("receipt", "")
    found = next((row for row in page.rows if str(row.pk) == wanted), None)
    return found or next(iter(page.rows), None)


def _rows(receipts: list[Receipt], at: datetime) -> list[dict[str, Any]]:
    """Each with its limit: to find the case, or, once the public was told, until the last day of the notice."""
    if not receipts:
        return []
    rules, told = rulebook(receipts[0].court, clock.day_of(at)), noticing.until_of(receipts)
    return [
        {
            "receipt": receipt,
            "noticed": receipt.pk in told,
            "left": countdown(
                clock.end_of(told.get(receipt.pk) or identifying.last_day(receipt, rules=rules)),
                at,
                opened=receipt.received_at,
            ),
        }
        for receipt in receipts
    ]


@require_http_methods(["GET", "POST"])
@allowed(Action.CLAIM_MONEY)
def claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say whose it is; a receipt of a case is re-booked the same way."""
    actor, receipt = actor_of(request), receipt_of(request, pk)
    form = ClaimForm(
        acting.typed(request),
        initial={"number": request.GET.get("case", "")},
        matched_by_itself=receipt.state == ReceiptState.MATCHED,
    )
    page = _back(actor, receipt)

    def do() -> tuple[str, str]:
        case = access.case_for(actor, form.cleaned_data["number"])
        found = suggesting.suggest(receipt, actor=actor, at=clock.now())
        reasons = next((row.reasons_for for row in found if row.case.pk == case.pk), [])
        claiming.ask(
            receipt_id=receipt.pk,
            case_id=case.pk,
            why=form.cleaned_data["why"],
            reasons=reasons,
            switch_off=form.cleaned_data.get("switch_off", False),
            actor=actor,
            at=clock.now(),
        )
        return page, _("已提出认领，等第二人复核。")

    title = _("改记到别的案件") if receipt.case_id else _("认领到案件")
    return acting.act(request, Sheet(title, _("提出认领"), form, page, facts=facts_of(receipt)), do)


def facts_of(receipt: Receipt) -> list[tuple[Any, Any]]:
    """What stands about a receipt, above the fields of an act."""
    return [
        (_("款项编号"), receipt.number),
        (_("金额"), _("%(amount)s 元") % {"amount": f"{receipt.amount:,.2f}"}),
        (_("付款人"), receipt.payer_name or "—"),
        (_("附言"), receipt.remark or "—"),
        (_("到账日"), dates.full_day_text(receipt.received_on)),
    ]


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_CLAIM)
def confirm_claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The second person confirms."""
    actor, found = actor_of(request), _claim(request, pk)
    facts = [
        *facts_of(found.receipt),
        (_("认领到"), found.case.number),
        (_("提出人"), found.asked_by.user.name if found.asked_by else "—"),
        (_("依据"), found.why),
    ]
    if found.switch_off and found.receipt.case:
        words = _("以后不再自动匹配此付款人到 %(number)s")
        facts.append((_("同时停用"), words % {"number": found.receipt.case.number}))
    sheet = Sheet(_("复核认领"), _("复核通过，入案"), ConfirmForm(acting.typed(request)), reverse(PAGE), facts=facts)

    def do() -> tuple[str, str]:
        receipt = claiming.confirm(claim_id=found.pk, actor=actor, at=clock.now(), key=acting.key(request))
        return reverse("funds:receipt", args=[receipt.pk]), _("已入案，发放方案已拟好。")

    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_CLAIM)
def refuse_claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The second person does not confirm."""
    actor, found = actor_of(request), _claim(request, pk)
    form = WhyForm(acting.typed(request), label=_("不通过的理由"))

    def do() -> tuple[str, str]:
        claiming.refuse(claim_id=found.pk, opinion=form.cleaned_data["why"], actor=actor, at=clock.now())
        return reverse(PAGE), _("认领未通过，款项仍在不明款。")

    sheet = Sheet(_("认领不通过"), _("不通过"), form, reverse(PAGE), facts=facts_of(found.receipt))
    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_CLAIM)
def reverse_receipt(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Reverse a receipt that was booked by mistake."""
    actor, receipt = actor_of(request), receipt_of(request, pk)
    form, page = WhyForm(acting.typed(request), label=_("冲正的原因")), reverse("funds:receipt", args=[receipt.pk])

    def do() -> tuple[str, str]:
        reversing.reverse(
            receipt_id=receipt.pk,
            why=form.cleaned_data["why"],
            actor=actor,
            at=clock.now(),
            key=acting.key(request),
        )
        return page, _("已冲正，欠款恢复。")

    remark = _("冲正记一笔相反的账，原账保留；债务随之恢复。")
    return acting.act(request, Sheet(_("冲正"), _("冲正"), form, page, facts=facts_of(receipt), remarks=[remark]), do)


def _claim(request: HttpRequest, pk: UUID) -> Claim:
    rows = Claim.objects.visible_to(actor_of(request)).select_related("receipt__case", "case", "asked_by__user")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def _back(actor: Actor, receipt: Receipt) -> str:
    return reverse("funds:receipt", args=[receipt.pk]) if receipt.case_id else reverse(PAGE)
