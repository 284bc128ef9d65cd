"""The desk of unidentified money: what payers said, rules that are switched off, notices to the public, the QR code."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policy
from accounts.access import allowed
from accounts.actors import Actor
from accounts.models import Court
from accounts.roles import Action
from cases import access
from cases.models import Case
from cases.services import files
from cases.views.answering import chip
from funds.forms.money import WhyForm
from funds.forms.unidentified import AnswerForm, NoticeForm
from funds.models import PayerClaim, PayerExclusion, PublicNotice
from funds.services import excluding, noticing, payer_claims, paylinks
from funds.views import acting
from funds.views.acting import Sheet, actor_of
from kernel import clock, paging
from kernel.refusals import NotFound
from kernel.templatetags import dates

UNIDENTIFIED = "funds:unidentified"


@require_http_methods(["GET", "POST"])
@allowed(Action.CLAIM_MONEY)
def payer_claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    """What a payer said, what may be its money, and the answer: it is this one, it has not come, or another answer."""
    actor, claim = actor_of(request), _payer_claim(actor_of(request), pk)
    form, page = AnswerForm(acting.typed(request)), f"{reverse(UNIDENTIFIED)}?show=payers"

    def do() -> tuple[str, str]:
        typed = form.cleaned_data
        wait = typed["outcome"] == AnswerForm.WAIT
        payer_claims.answer(claim_id=claim.pk, words=typed["words"], wait=wait, actor=actor, at=clock.now())
        return page, _("已记下，有同额来款到账时再提醒。") if wait else _("已答复。")

    facts = _said(claim)
    sheet = Sheet(_("付款人申报"), _("记下"), form, page, facts=facts, remarks=_candidates(claim))
    return acting.act(request, sheet, do)


def _said(claim: PayerClaim) -> list[tuple[Any, Any]]:
    rows: list[tuple[Any, Any]] = [
        (_("本案"), claim.case.number),
        (_("付款日"), dates.full_day_text(claim.paid_on)),
        (_("金额"), _("%(amount)s 元") % {"amount": f"{claim.amount:,.2f}"}),
        (_("付款人"), claim.payer_name),
        (_("账号后四位"), claim.account_tail or "—"),
        (_("联系电话"), claim.phone or "—"),
    ]
    return [*rows, (_("说明"), claim.words)] if claim.words else rows


def _candidates(claim: PayerClaim) -> list[str]:
    """The receipts that may be meant, in words; claiming them is done on the receipt's own panel."""
    found = list(payer_claims.receipts_for(claim)[:3])
    if not found:
        return [_("没有同额、日期相近的不明款。")]
    words = _("不明款 %(number)s：%(payer)s，%(day)s 到账，%(agrees)s。请在该笔款上认领。")
    return [
        words
        % {
            "number": row.number,
            "payer": row.payer_name or "—",
            "day": dates.full_day_text(row.received_on),
            "agrees": "，".join([*payer_claims.compare(claim, row)[0]]),
        }
        for row in found
    ]


@require_GET
@allowed(Action.CLAIM_MONEY)
def payer_file(request: HttpRequest, pk: UUID) -> FileResponse:
    """The picture that a payer gave."""
    claim = _payer_claim(actor_of(request), pk)
    if claim.file is None:
        raise NotFound()
    return FileResponse(
        iter([files.read(claim.file)]), content_type=claim.file.media_type, as_attachment=True, filename=claim.file.name
    )


def _payer_claim(actor: Actor, pk: UUID) -> PayerClaim:
    found = PayerClaim.objects.visible_to(actor).select_related("case", "file").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


@require_GET
@allowed(Action.CONFIRM_CLAIM, Action.RECONCILE)
def exclusions(request: HttpRequest) -> HttpResponse:
    """Payers whose money is not matched by itself, the latest first."""
    actor, show = actor_of(request), request.GET.get("show", "")
    rows = PayerExclusion.objects.visible_to(actor)
    rows = rows.filter(ended_at__isnull=False) if show == "ended" else rows.in_force()
    rows = rows.select_related("case", "receipt", "asked_by__user", "confirmed_by__user", "ended_by__user")
    page = paging.page(rows, order=("-from_at", "-id"), token=request.GET.get("page", ""))
    words = {"": _("停用中"), "ended": _("已恢复")}
    context = {
        "page": page,
        "chips": [chip(request, word, show == name, show=name) for name, word in words.items()],
        "may_end": policy.may(actor, Action.CONFIRM_CLAIM),
    }
    return render(request, "funds/exclusions.html", context)


@require_http_methods(["GET", "POST"])
@allowed(Action.CONFIRM_CLAIM)
def end_exclusion(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Match the payer's money by itself again."""
    actor = actor_of(request)
    row = PayerExclusion.objects.visible_to(actor).select_related("case").filter(pk=pk).first()
    if row is None:
        raise NotFound()
    form, page = WhyForm(acting.typed(request), label=_("恢复的原因")), reverse("funds:exclusions")

    def do() -> tuple[str, str]:
        excluding.end(rule_id=row.pk, why=form.cleaned_data["why"], actor=actor, at=clock.now())
        return page, _("已恢复自动匹配。")

    facts = [
        (_("付款人"), row.payer),
        (_("本案"), row.case.number if row.case else _("全部案件")),
        (_("停用原因"), row.why),
    ]
    return acting.act(request, Sheet(_("恢复自动匹配"), _("恢复"), form, page, facts=facts), do)


@require_GET
@allowed(Action.REGISTER_RECEIPT, Action.CONFIRM_CLAIM)
def notices(request: HttpRequest) -> HttpResponse:
    """Public notices of the court, the latest first, and how many receipts wait for one."""
    actor, at = actor_of(request), clock.now()
    rows = PublicNotice.objects.visible_to(actor).select_related("decision", "asked_by__user")
    page = paging.page(rows, order=("-asked_at", "-id"), token=request.GET.get("page", ""))
    due = noticing.due(Court.objects.get(pk=actor.court_id), at=at)
    context = {
        "page": page,
        "rows": [_notice_row(row, at) for row in page.rows],
        "due": due,
        "due_total": sum((row.amount for row in due), start=0),
        "may_ask": policy.may(actor, Action.REGISTER_RECEIPT),
    }
    return render(request, "funds/notices.html", context)


def _notice_row(row: PublicNotice, at: datetime) -> dict[str, Any]:
    if row.state == "PUBLISHED" and row.until_on:
        running = row.runs_on(clock.day_of(at))
        words = _("公告中，截止 %(day)s") if running else _("%(day)s 期满")
        return {
            "notice": row,
            "state": "running" if running else "done",
            "word": words % {"day": dates.full_day_text(row.until_on)},
        }
    word = row.decision.get_state_display() if row.decision else row.get_state_display()
    return {
        "notice": row,
        "state": "held" if row.decision and row.decision.state == "ASKED" else "closed",
        "word": word,
    }


@require_http_methods(["GET", "POST"])
@allowed(Action.REGISTER_RECEIPT)
def new_notice(request: HttpRequest) -> HttpResponse:
    """Choose receipts past their limit and ask the director to publish them."""
    actor, at = actor_of(request), clock.now()
    due = noticing.due(Court.objects.get(pk=actor.court_id), at=at)
    form, page = NoticeForm(acting.typed(request), receipts=due), reverse("funds:notices")

    def do() -> tuple[str, str]:
        typed = form.cleaned_data
        noticing.ask(receipt_ids=typed["receipts"], why=typed["why"], actor=actor, at=at)
        return page, _("已报局长审批，批准后即公告。")

    remark = _("公告只写到账日、打码的付款人和金额，不写账号和附言。")
    return acting.act(request, Sheet(_("公告认领不明款"), _("报请公告"), form, page, remarks=[remark]), do)


@require_GET
@allowed(Action.REGISTER_RECEIPT, Action.CONFIRM_CLAIM)
def notice(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One notice with what became of its receipts."""
    actor, at = actor_of(request), clock.now()
    rows = PublicNotice.objects.visible_to(actor).select_related("decision", "asked_by__user", "case")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound()
    items = list(found.items.select_related("receipt__case").order_by("ordinal"))
    left = [item for item in items if item.receipt.state == "SUSPENSE"]
    context = {
        **_notice_row(found, at),
        "items": items,
        "left": len(left),
        "left_total": sum((item.amount for item in left), start=0),
        "public_url": reverse("open:notice", args=[found.pk]) if found.runs_on(clock.day_of(at)) else "",
    }
    return render(request, "funds/notice.html", context)


@require_http_methods(["GET", "POST"])
@allowed(Action.SEE_FUNDS)
def replace_link(request: HttpRequest, number: str) -> HttpResponse:
    """Replace the QR code of a case; papers with the old one lead to a page that says so."""
    actor = actor_of(request)
    case: Case = access.case_for(actor, number, Action.SEE_FUNDS)
    form, page = WhyForm(acting.typed(request), label=_("更换的原因")), reverse("funds:case", args=[case.slug])

    def do() -> tuple[str, str]:
        paylinks.replace(case_id=case.pk, why=form.cleaned_data["why"], actor=actor, at=clock.now())
        return page, _("已更换，之后的文书印新二维码。")

    remark = _("旧二维码立即失效，扫码的人会看到“已停用”。案款账号不变。")
    return acting.act(request, Sheet(_("更换付款二维码"), _("更换"), form, page, remarks=[remark]), do)
