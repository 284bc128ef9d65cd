"""Payment batches: the list, the page of one with its totals and hands, and the acts of the three persons of finance."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policy
from accounts.access import allowed
from accounts.actors import Actor
from accounts.roles import Action
from cases.views.answering import chip
from funds.forms.batches import ReportForm, WayForm
from funds.forms.money import ConfirmForm, WhyForm
from funds.kinds import PayoutState
from funds.kinds.batches import BatchState
from funds.models import PaymentBatch
from funds.services import batching, handing, payees, reporting
from funds.views import acting
from funds.views.acting import Sheet, actor_of
from funds.views.payouts import MARKS
from kernel import clock, paging
from kernel.refusals import NotFound, Refusal

SEES = (Action.SEND_PAYOUT, Action.RELEASE_BATCH, Action.RECONCILE, Action.APPROVE_PAYOUT)
STATES = {
    BatchState.MADE: "near",
    BatchState.RELEASED: "running",
    BatchState.LEFT: "done",
    BatchState.CANCELLED: "closed",
}
SHOWS = {"open": batching.OPEN, "left": (BatchState.LEFT,), "cancelled": (BatchState.CANCELLED,)}


def batch_of(request: HttpRequest, pk: UUID) -> PaymentBatch:
    """A batch that the actor may see. Raises NotFound."""
    rows = PaymentBatch.objects.visible_to(actor_of(request)).select_related(
        "court", "made_by__user", "released_by__user", "sent_by__user", "cancelled_by__user"
    )
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return found


def page_of(batch: PaymentBatch) -> str:
    """The address of a batch."""
    return reverse("funds:batch", args=[batch.pk])


@require_GET
@allowed(*SEES)
def batches(request: HttpRequest) -> HttpResponse:
    """The batches, the latest first, each with how far it is."""
    actor, show = actor_of(request), request.GET.get("show", "all")
    rows = PaymentBatch.objects.visible_to(actor).select_related("made_by__user", "sent_by__user")
    rows = rows.filter(state__in=SHOWS[show]) if show in SHOWS else rows
    in_it = Q(items__out_at__isnull=True)
    rows = rows.annotate(
        settled=Count("items", filter=in_it & Q(items__payout__state=PayoutState.SETTLED)),
        returned=Count("items", filter=in_it & Q(items__payout__state=PayoutState.RETURNED)),
        unknown=Count("items", filter=in_it & Q(items__payout__state=PayoutState.UNKNOWN)),
    )
    page = paging.page(rows, order=("-made_at", "-id"), token=request.GET.get("page", ""))
    words = {"all": _("全部"), "open": _("未发出"), "left": _("已发出"), "cancelled": _("已撤销")}
    context = {
        "page": page,
        "rows": [{"batch": row, "mark": STATES[BatchState(row.state)]} for row in page.rows],
        "chips": [chip(request, word, show == name, show=name) for name, word in words.items()],
        "sums": [{"label": _("本页合计"), "amount": sum((row.total for row in page.rows), Decimal("0.00"))}],
        "may_send": policy.may(actor, Action.SEND_PAYOUT),
        "may_report": policy.may(actor, Action.RECONCILE),
    }
    return render(request, "funds/batches.html", context)


@require_GET
@allowed(*SEES)
def batch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One batch: totals in figures and capitals, the hands it went through, every payout, the ceremony."""
    return show_batch(request, batch_of(request, pk))


def show_batch(request: HttpRequest, found: PaymentBatch, refusal: Refusal | None = None) -> HttpResponse:
    """The page of a batch, perhaps with what was refused on it."""
    actor, at = actor_of(request), clock.now()
    is_open = found.state in batching.OPEN
    rows = handing.sheet_of(found)
    payee_ids = [row["payout"].payee_id for row in rows if row["payout"].payee_id]
    warnings = payees.coolings(payee_ids, at=at) if is_open else {}
    for row in rows:
        row["mark"] = MARKS[PayoutState(row["payout"].state)]
        row["warning"] = warnings.get(row["payout"].payee_id, "")
    left = found.state == BatchState.LEFT
    may_pay = policy.may(actor, Action.SEND_PAYOUT)
    context = {
        "batch": found,
        "mark": STATES[BatchState(found.state)],
        "rows": rows,
        "progress": batching.progress(found),
        "signed": sum(row["item"].handed_at is not None for row in rows),
        "hands": _hands(found),
        "acts": _acts(found, actor),
        "photos": found.photos.filter(struck_at__isnull=True).select_related("file"),
        "reports": found.reports.select_related("taken_by__user").order_by("at"),
        "may_pay": may_pay,
        "may_take_out": may_pay and is_open and found.count > 1,
        "pick": may_pay and left and any(row["item"].handed_at is None for row in rows),
        "sign_acts": [{"label": _("本人已签领"), "formaction": reverse("funds:batch_sign", args=[found.pk])}],
        "has_file": left and found.way != "GATEWAY",
        "refusal": refusal,
    }
    return render(request, "funds/batch.html", context, status=refusal.status if refusal else 200)


def _hands(found: PaymentBatch) -> list[dict[str, Any]]:
    steps = [
        (_("出批"), found.made_by, found.made_at),
        (_("放行"), found.released_by, found.released_at),
        (_("付款"), found.sent_by, found.sent_at),
    ]
    if found.cancelled_by:
        steps = [*(step for step in steps if step[2]), (_("撤销"), found.cancelled_by, found.cancelled_at)]
    return [{"step": step, "who": post.user.name if post else "", "at": at} for step, post, at in steps]


def _acts(found: PaymentBatch, actor: Actor) -> list[dict[str, Any]]:
    acts: list[tuple[str, str, str, str]] = []
    pays = policy.may(actor, Action.SEND_PAYOUT)
    if found.state == BatchState.MADE and policy.may(actor, Action.RELEASE_BATCH):
        acts.append(("funds:batch_release", _("放行"), "seal", "circle-check"))
    if found.state == BatchState.RELEASED and pays:
        acts.append(("funds:batch_send", _("付款"), "seal", "bank"))
    if found.state != BatchState.CANCELLED and pays:
        acts.append(("funds:ceremony", _("集中发放安排"), "", "users"))
    if found.state in batching.OPEN and pays:
        acts.append(("funds:batch_cancel", _("撤销"), "", "x"))
    return [
        {"label": label, "url": reverse(name, args=[found.pk]), "panel": True, "kind": kind, "icon": icon}
        for name, label, kind, icon in acts
    ]


def _facts(found: PaymentBatch) -> list[tuple[Any, Any]]:
    return [
        (_("批号"), found.number),
        (_("笔数"), _("%(count)s 笔") % {"count": found.count}),
        (_("合计"), _("%(amount)s 元") % {"amount": f"{found.total:,.2f}"}),
        (_("出批"), found.made_by.user.name),
    ]


def _panel(
    request: HttpRequest, found: PaymentBatch, words: tuple[str, str], do: Callable[[], object], done: str, **more: Any
) -> HttpResponse:
    """One act on a batch in the side panel."""
    form = more.pop("form", None) or ConfirmForm(acting.typed(request))
    sheet = Sheet(words[0], words[1], form, page_of(found), note=found.number, facts=_facts(found), **more)

    def act() -> tuple[str, str]:
        do()
        return page_of(found), done

    return acting.act(request, sheet, act)


@require_http_methods(["GET", "POST"])
@allowed(Action.RELEASE_BATCH)
def release(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The keeper lets the batch go."""
    found = batch_of(request, pk)
    remark = _("请核对笔数与合计，并逐笔核对收款账户。放行后由付款人员发出，放行人与付款人不能是同一人。")
    return _panel(
        request,
        found,
        (_("放行付款批"), _("核对无误，放行")),
        lambda: batching.release(batch_id=found.pk, actor=actor_of(request), at=clock.now()),
        _("已放行，等付款。"),
        remarks=[remark],
    )


@require_http_methods(["GET", "POST"])
@allowed(Action.SEND_PAYOUT)
def send(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the batch by the way that is chosen, once."""
    found, form = batch_of(request, pk), WayForm(acting.typed(request))
    remark = _("一批只能以一种方式付款一次。文件导出后内容固定，再次下载仍是同一文件，不会产生第二条指令。")
    return _panel(
        request,
        found,
        (_("付款"), _("付款")),
        lambda: batching.send(
            batch_id=found.pk,
            way=form.cleaned_data["way"],
            actor=actor_of(request),
            at=clock.now(),
            key=acting.key(request),
        ),
        _("已发出。银行流水到后逐笔结清。"),
        form=form,
        remarks=[remark],
    )


@require_http_methods(["GET", "POST"])
@allowed(Action.SEND_PAYOUT)
def cancel(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Dissolve a batch that has not left."""
    found, form = batch_of(request, pk), WhyForm(acting.typed(request), label=_("撤销的原因"))
    return _panel(
        request,
        found,
        (_("撤销付款批"), _("撤销")),
        lambda: batching.cancel(
            batch_id=found.pk, why=form.cleaned_data["why"], actor=actor_of(request), at=clock.now()
        ),
        _("已撤销，各笔发放回到待付款。"),
        form=form,
    )


@require_http_methods(["GET", "POST"])
@allowed(Action.SEND_PAYOUT)
def take_out(request: HttpRequest, pk: UUID, payout: UUID) -> HttpResponse:
    """Take one payout out of a batch that has not left."""
    found = batch_of(request, pk)
    item = found.items.filter(payout=payout, out_at__isnull=True).select_related("payout__case").first()
    if item is None:
        raise NotFound()
    remark = f"{item.payout.payee_name}　{item.payout.amount:,.2f}　{item.payout.case.number}"
    return _panel(
        request,
        found,
        (_("从付款批撤出"), _("撤出")),
        lambda: batching.take_out(batch_id=found.pk, payout_id=payout, actor=actor_of(request), at=clock.now()),
        _("已撤出，这笔发放回到待付款。"),
        remarks=[remark],
    )


@require_GET
@allowed(Action.SEND_PAYOUT)
def file(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The file as it left, byte for byte."""
    name, content = batching.read_file(batch_id=pk, actor=actor_of(request), at=clock.now())
    headers = {
        "Content-Disposition": content_disposition_header(True, name),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    kind = "text/csv; charset=utf-8" if name.endswith(".csv") else "application/xml"
    return HttpResponse(content, content_type=kind, headers=headers)


@require_http_methods(["GET", "POST"])
@allowed(Action.RECONCILE)
def report(request: HttpRequest) -> HttpResponse:
    """Take a status report of the bank."""
    form = ReportForm(acting.typed(request), request.FILES if request.method == "POST" else None)
    remark = _("银行拒绝的付款退回案件账户；已受理的等银行流水结清。")
    page = reverse("funds:batches")
    sheet = Sheet(_("导入银行回执"), _("导入"), form, page, remarks=[remark], multipart=True)

    def do() -> tuple[str, str]:
        sent = form.cleaned_data["file"]
        row = reporting.take(name=sent.name, content=sent.read(), actor=actor_of(request), at=clock.now())
        counts = {"accepted": row.accepted, "rejected": row.rejected}
        return page_of(row.batch), _("回执已导入：受理 %(accepted)s 笔，拒绝 %(rejected)s 笔。") % counts

    return acting.act(request, sheet, do)
