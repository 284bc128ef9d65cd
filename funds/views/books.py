"""Statements as pages and workbooks: of a day, of a case; and the comparison with the bank."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import audit, policy
from accounts.access import allowed
from accounts.models import Court
from accounts.roles import Action, Scope
from accounts.sheets import workbook as make_workbook
from cases import access
from cases.views.answering import workbook
from funds import books, ledger, queries, shell
from funds.books import Book
from funds.forms.money import DayForm, ReconcileForm
from funds.kinds import AccountKind
from funds.models import Reconciliation
from funds.services import reconciling
from funds.views import acting, registers
from funds.views.acting import Sheet, actor_of
from funds.views.receipts import terms
from kernel import clock
from kernel.refusals import NotFound


@require_GET
@allowed(Action.RECONCILE, Action.SEND_PAYOUT, Action.APPROVE_PAYOUT)
def day(request: HttpRequest) -> HttpResponse:
    """What came and went at the bank on a day, the trial balance, and the comparisons with the bank."""
    actor, on = actor_of(request), _day(request)
    found = queries.equation(actor.court_id)
    sums = ledger.trial_balance(actor.court_id)
    context = {
        "tabs": registers.tabs(actor, "day"),
        "on": on,
        "before": on - timedelta(days=1),
        "after": on + timedelta(days=1) if on < clock.today() else None,
        "book": books.of_bank_day(actor.court_id, on, token=request.GET.get("page", "")),
        "equation": found,
        "terms": terms(found),
        "balances": [(AccountKind(kind).label, -total if kind == "BANK" else total) for kind, total in sums.items()],
        "comparisons": Reconciliation.objects.filter(court_id=actor.court_id).order_by("-on", "-at")[:10],
        "may": {
            "reconcile": policy.may(actor, Action.RECONCILE),
            "export": policy.may(actor, Action.EXPORT),
        },
    }
    return render(request, "funds/day.html", context)


@require_http_methods(["GET", "POST"])
@allowed(Action.RECONCILE, Action.SEND_PAYOUT, Action.APPROVE_PAYOUT)
def choose_day(request: HttpRequest) -> HttpResponse:
    """Choose the day to look at."""
    form = DayForm(acting.typed(request), initial={"on": clock.today()})

    def do() -> tuple[str, str]:
        return f"{reverse('funds:day')}?on={form.cleaned_data['on'].isoformat()}", ""

    return acting.act(request, Sheet(_("选日期"), _("看这一天"), form, reverse("funds:day")), do)


def _day(request: HttpRequest) -> date:
    form = DayForm(request.GET)
    return form.cleaned_data["on"] if form.is_valid() else clock.today()


@require_GET
@allowed(Action.EXPORT)
def day_sheet(request: HttpRequest) -> HttpResponse:
    """The statement of a day as a workbook; entered in the journal."""
    actor, on = actor_of(request), _day(request)
    if policy.scope(actor, Action.SEE_FUNDS) != Scope.COURT:
        raise NotFound()
    rows = [
        [
            row.at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
            str(AccountKind(row.source.kind).label),
            str(AccountKind(row.destination.kind).label),
            row.case.number if row.case else "",
            row.amount,
            row.remark,
        ]
        for row in books.of_day(actor.court_id, on)
    ]
    heads = [_("时间"), _("从"), _("到"), _("案号"), _("金额（元）"), _("摘要")]
    audit.write(actor=actor, act=shell.FUNDS_EXPORTED, at=clock.now(), on=on.isoformat(), rows=len(rows))
    return workbook(make_workbook(title=_("日记账"), heads=heads, rows=rows), f"shanzhi-funds-{on:%Y%m%d}.xlsx")


@require_http_methods(["GET", "POST"])
@allowed(Action.RECONCILE)
def reconcile(request: HttpRequest) -> HttpResponse:
    """Compare with the bank's own figure of a day; a difference of one fen stops payouts."""
    actor, page = actor_of(request), reverse("funds:day")
    form = ReconcileForm(acting.typed(request), initial={"on": clock.today()})
    remark = _("差一分钱也会停止本院付款，直到账实相符。")

    def do() -> tuple[str, str]:
        row = reconciling.reconcile(
            court=Court.objects.get(pk=actor.court_id),
            on=form.cleaned_data["on"],
            actor=actor,
            at=clock.now(),
            bank_closing=form.cleaned_data["closing"],
        )
        if row.agrees:
            return page, _("账实相符。")
        return page, _("账实不符，差 %(sum)s 元，已停止付款。") % {"sum": f"{row.difference:,.2f}"}

    return acting.act(request, Sheet(_("对账"), _("对账"), form, page, remarks=[remark]), do)


@require_GET
@allowed(Action.SEE_FUNDS)
def case(request: HttpRequest, number: str) -> HttpResponse:
    """The statement of a case: every movement of its account, oldest first."""
    actor = actor_of(request)
    found = access.case_for(actor, number, to=Action.SEE_FUNDS)
    context = {
        "case": found,
        "book": books.of_case(found, token=request.GET.get("page", "")),
        "in_funds": queries.in_funds(found),
        "paid_out": queries.paid_out(found),
        "may_export": policy.may(actor, Action.EXPORT),
    }
    return render(request, "funds/case.html", context)


@require_GET
@allowed(Action.EXPORT)
def case_sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The statement of a case as a workbook; entered in the journal."""
    actor = actor_of(request)
    found = access.case_for(actor, number, to=Action.SEE_FUNDS)
    heads = [_("时间"), _("对方科目"), _("存入（元）"), _("付出（元）"), _("余额（元）"), _("摘要")]
    rows = _book_rows(books.of_case(found, size=books.WHOLE))
    audit.write(actor=actor, act=shell.FUNDS_EXPORTED, at=clock.now(), about=found.symbol, rows=len(rows))
    return workbook(make_workbook(title=_("案款明细"), heads=heads, rows=rows), f"shanzhi-funds-{found.slug}.xlsx")


def _book_rows(book: Book) -> list[list[Any]]:
    return [
        [
            line.transfer.at.astimezone(clock.SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
            line.other,
            line.came or None,
            line.went or None,
            line.balance,
            line.transfer.remark,
        ]
        for line in book.lines
    ]
