"""The ceremony of a batch: day and place, the sheet to sign, vouchers, the list as a workbook, signatures, photographs."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import audit
from accounts.access import allowed
from accounts.roles import Action
from accounts.sheets import workbook as make_workbook
from cases.services import files
from cases.views.answering import workbook
from funds import shell
from funds.forms.batches import CeremonyForm, PhotoForm, SignForm
from funds.kinds.batches import BatchState
from funds.models import BatchPhoto, PaymentBatch
from funds.services import handing
from funds.views import acting
from funds.views.acting import Sheet, actor_of
from funds.views.batches import SEES, batch_of, page_of, show_batch
from kernel import clock
from kernel.refusals import BadInput, NotFound, Refusal


@require_http_methods(["GET", "POST"])
@allowed(Action.SEND_PAYOUT)
def arrange(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Set the day and place."""
    found = batch_of(request, pk)
    initial = {"on": found.ceremony_on or clock.today(), "place": found.ceremony_place}
    form = CeremonyForm(acting.typed(request), initial=initial)

    def do() -> tuple[str, str]:
        handing.convene(batch_id=found.pk, **form.cleaned_data, actor=actor_of(request), at=clock.now())
        return page_of(found), _("集中发放已安排，可以打印签领表和凭证。")

    return acting.act(request, Sheet(_("集中发放安排"), _("保存"), form, page_of(found), note=found.number), do)


@require_GET
@allowed(*SEES)
def sign_sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list to sign, for the printer."""
    found = _printable(request, pk)
    return render(request, "funds/batch_sign_sheet.html", _paper(found))


@require_GET
@allowed(*SEES)
def vouchers(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A voucher for every payout, for the printer."""
    found = _printable(request, pk)
    return render(request, "funds/batch_vouchers.html", _paper(found))


def _printable(request: HttpRequest, pk: UUID) -> PaymentBatch:
    found = batch_of(request, pk)
    if found.state == BatchState.CANCELLED:
        raise NotFound()
    return found


def _paper(found: PaymentBatch) -> dict[str, Any]:
    return {"batch": found, "rows": handing.sheet_of(found), "court_name": found.court.name}


@require_GET
@allowed(Action.EXPORT)
def sheet(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The list of the batch as a workbook; entered in the journal."""
    found = batch_of(request, pk)
    heads = [
        _("序号"), _("案号"), _("款项编号"), _("收款人"), _("账号"), _("开户行"), _("金额（元）"), _("状态"), _("签领人"),
        _("签领时间"),
    ]  # fmt: skip
    rows = [_line(row) for row in handing.sheet_of(found)]
    rows.append([_("合计"), "", "", _("%(count)s 笔") % {"count": found.count}, "", "", found.total, "", "", ""])
    audit.write(actor=actor_of(request), act=shell.FUNDS_EXPORTED, at=clock.now(), about=found.symbol, rows=found.count)
    return workbook(make_workbook(title=_("发放名册"), heads=heads, rows=rows), f"shanzhi-{found.number}.xlsx")


def _line(row: dict[str, Any]) -> list[Any]:
    payout, item = row["payout"], row["item"]
    signed = item.handed_at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M") if item.handed_at else ""
    return [
        row["place"],
        payout.case.number if payout.case else "",
        payout.receipt.number,
        payout.payee_name,
        row["account"],
        payout.payee_bank,
        payout.amount,
        payout.get_state_display(),
        item.signer,
        signed,
    ]


@require_POST
@allowed(Action.SEND_PAYOUT)
def sign(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The picked payees signed themselves, all or none."""
    found = batch_of(request, pk)
    try:
        try:
            ids = [UUID(one) for one in request.POST.getlist("pick")]
        except ValueError as error:
            raise BadInput(reason=_("请重新选择签领的发放。")) from error
        items = handing.sign(batch_id=found.pk, item_ids=ids, actor=actor_of(request), at=clock.now())
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return show_batch(request, found, refusal)
    return acting.go(request, page_of(found), _("已登记签领 %(count)s 笔。") % {"count": len(items)})


@require_http_methods(["GET", "POST"])
@allowed(Action.SEND_PAYOUT)
def sign_one(request: HttpRequest, pk: UUID, item: UUID) -> HttpResponse:
    """One payout is signed for, by the payee or by somebody else on a ground."""
    found = batch_of(request, pk)
    row = found.items.filter(pk=item, out_at__isnull=True).select_related("payout__case").first()
    if row is None:
        raise NotFound()
    form = SignForm(acting.typed(request), initial={"signer": row.payout.payee_name})
    facts = [
        (_("收款人"), row.payout.payee_name),
        (_("金额"), _("%(amount)s 元") % {"amount": f"{row.payout.amount:,.2f}"}),
    ]

    def do() -> tuple[str, str]:
        handing.sign(batch_id=found.pk, item_ids=[row.pk], actor=actor_of(request), at=clock.now(), **form.cleaned_data)
        return page_of(found), _("已登记签领。")

    return acting.act(request, Sheet(_("登记签领"), _("已签领"), form, page_of(found), facts=facts), do)


@require_http_methods(["GET", "POST"])
@allowed(Action.SEND_PAYOUT)
def add_photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep a photograph."""
    found = batch_of(request, pk)
    form = PhotoForm(acting.typed(request), request.FILES if request.method == "POST" else None)

    def do() -> tuple[str, str]:
        sent = form.cleaned_data["file"]
        if sent.size > settings.UPLOAD_LIMIT:
            mega = 1024 * 1024
            raise files.FileTooLarge(
                name=sent.name, size=f"{sent.size / mega:.1f}", limit=settings.UPLOAD_LIMIT // mega
            )
        handing.photograph(
            batch_id=found.pk,
            name=sent.name,
            content=sent.read(),
            caption=form.cleaned_data["caption"],
            actor=actor_of(request),
            at=clock.now(),
        )
        return page_of(found), _("照片已保存。")

    panel = Sheet(_("上传照片"), _("上传"), form, page_of(found), note=found.number, multipart=True)
    return acting.act(request, panel, do)


@require_GET
@allowed(*SEES)
def photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A photograph of the ceremony."""
    rows = BatchPhoto.objects.filter(batch__in=PaymentBatch.objects.visible_to(actor_of(request)))
    found = rows.filter(pk=pk, struck_at__isnull=True).select_related("file").first()
    if found is None:
        raise NotFound()
    headers = {
        "Content-Disposition": content_disposition_header(False, found.file.name),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(files.read(found.file), content_type=found.file.media_type, headers=headers)


@require_POST
@allowed(Action.SEND_PAYOUT)
def strike_photo(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a photograph off the page."""
    found = handing.strike_photo(photo_id=pk, actor=actor_of(request), at=clock.now())
    return acting.go(request, reverse("funds:batch", args=[found.pk]), _("照片已撤下。"))
