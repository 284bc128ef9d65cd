"""The month's books as pages: the months, one with its figures and what is still to do, the balances as of a day."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policy
from accounts.access import allowed
from accounts.roles import Action
from cases.models import Document
from funds import months as books
from funds.forms.money import DayForm, WhyForm
from funds.kinds import AccountKind
from funds.kinds.apart import MonthState
from funds.models import Account, MonthClosing
from funds.relays import BUCKETS, Column
from funds.services import closing_month
from funds.views import acting, registers
from funds.views.acting import Sheet, actor_of
from funds.views.receipts import columns as ageing_columns
from funds.views.registers import Register
from kernel import clock, paging
from kernel.refusals import NotFound
from kernel.templatetags import dates
from kernel.templatetags.countdowns import countdown

MARKS = {"OPEN": "idle", "PREPARED": "running", "CONFIRMED": "done"}
SEES = (Action.RECONCILE, Action.SEND_PAYOUT, Action.APPROVE_PAYOUT)
HOLDS = {
    AccountKind.BANK: gettext_lazy("银行账户里的钱，与银行日终余额核对"),
    AccountKind.CASE: gettext_lazy("已入案、还没有确认发放的款"),
    AccountKind.SUSPENSE: gettext_lazy("还不知道属于哪个案件的款"),
    AccountKind.PAYABLE: gettext_lazy("已确认、银行还没有付出的案款"),
    AccountKind.FEES: gettext_lazy("已扣缴、还没有上缴财政的诉讼费用"),
    AccountKind.TREASURY: gettext_lazy("已确认、还没有缴入国库的罚没款和无主款"),
    AccountKind.REFUND: gettext_lazy("待退还付款人的余款"),
    AccountKind.DEPOSIT: gettext_lazy("收款人拒领、下落不明等，经批准提存"),
    AccountKind.RELIEF: gettext_lazy("司法救助专项，不属于任何案件"),
    AccountKind.REWARD: gettext_lazy("悬赏专项，不属于任何案件"),
    AccountKind.GRANTS: gettext_lazy("已批准、银行还没有付出的救助金和悬赏金"),
}


@require_GET
@allowed(*SEES)
def balances(request: HttpRequest) -> HttpResponse:
    """The trial balance as of a day, and today the accounts of the cases that hold money."""
    actor = actor_of(request)
    registers.require_court(actor)
    on = _day(request)
    sums = books.trial_balance_at(actor.court_id, on)
    columns = [{"label": _("科目"), "kind": "two"}, {"label": _("余额（元）"), "kind": "money"}]
    rows = [
        {"id": kind.value, "cells": [{"one": str(kind.label), "two": HOLDS[kind]}, _as_seen(kind, total)]}
        for kind, total in sums.items()
    ]
    cases = _cases(actor.court_id)
    page = paging.page(cases, order=("-balance", "id"), token=request.GET.get("page", ""))
    found = Register(
        name="balances",
        title=_("科目余额"),
        note=_("截至 %(day)s；各科目合计为零") % {"day": dates.full_day_text(on)},
        columns=[{"label": _("案件账户"), "kind": "case"}, {"label": _("余额（元）"), "kind": "money"}],
        rows=[_case_row(row) for row in page.rows],
        page=page,
        acts=[registers.act(_("选日期"), "funds:choose_balances", icon="calendar")],
        extra={"blocks": [{"title": "", "columns": columns, "rows": rows, "empty": ""}]},
        empty=_("现在没有案件账户有余额。"),
        two=False,
    )
    return registers.show(request, found)


def _as_seen(kind: AccountKind, total: Decimal) -> Decimal:
    """The bank's account runs the other way round."""
    return -total if kind == AccountKind.BANK else total


def _cases(court_id: UUID) -> Any:
    rows = Account.objects.filter(court_id=court_id, kind=AccountKind.CASE, balance__gt=0)
    return rows.select_related("case")


def _case_row(row: Account) -> dict[str, Any]:
    assert row.case is not None
    url = reverse("funds:case", args=[row.case.slug])
    return {"id": row.pk, "cells": [{"number": row.case.number, "url": url}, row.balance]}


def _day(request: HttpRequest) -> date:
    form = DayForm(request.GET)
    return form.cleaned_data["on"] if form.is_valid() else clock.today()


@require_http_methods(["GET", "POST"])
@allowed(*SEES)
def choose_balances(request: HttpRequest) -> HttpResponse:
    """Choose the day of the balances."""
    form = DayForm(acting.typed(request), initial={"on": clock.today()})

    def do() -> tuple[str, str]:
        return f"{reverse('funds:balances')}?on={form.cleaned_data['on'].isoformat()}", ""

    return acting.act(request, Sheet(_("选日期"), _("看这一天"), form, reverse("funds:balances")), do)


def balances_sheet(request: HttpRequest) -> HttpResponse:
    """The trial balance as a workbook."""
    on = _day(request)
    sums = books.trial_balance_at(actor_of(request).court_id, on)
    table = [[str(kind.label), _as_seen(kind, total), on.isoformat()] for kind, total in sums.items()]
    return registers.export(request, "balances", _("科目余额"), [_("科目"), _("余额（元）"), _("截至")], table)


@require_GET
@allowed(*SEES)
def months(request: HttpRequest) -> HttpResponse:
    """Every month with its state and, while it is open, the last day to close it."""
    actor, at = actor_of(request), clock.now()
    registers.require_court(actor)
    rows = MonthClosing.objects.filter(court_id=actor.court_id)
    page = paging.page(rows, order=("-month", "id"), token=request.GET.get("page", ""), size=24)
    found = Register(
        name="months",
        title=_("月结"),
        note=_("财务与执行机构每月核对（法发〔2017〕6号第3条）"),
        columns=[
            {"label": _("月份"), "kind": "link"},
            {"label": _("状态"), "kind": "state"},
            {"label": _("月结期限"), "kind": "left"},
            {"label": _("银行余额（元）"), "kind": "money"},
            {"label": _("来款（元）"), "kind": "sums"},
            {"label": _("发放（元）"), "kind": "sums"},
        ],
        rows=[_month_row(row, at) for row in page.rows],
        page=page,
        empty=_("还没有需要月结的月份。有来款后，每月初自动列出。"),
    )
    return registers.show(request, found)


def _month_row(row: MonthClosing, at: datetime) -> dict[str, Any]:
    kept = row.figures
    left = countdown(clock.end_of(row.close_by), at) if row.state != MonthState.CONFIRMED else None
    return {
        "id": row.pk,
        "cells": [
            {"label": _month_label(row.month), "url": reverse("funds:month", args=[row.pk])},
            registers.state(row.get_state_display(), MARKS[row.state]),
            left,
            Decimal(kept["balances"]["BANK"]) if kept else None,
            _tally(kept["receipts"]) if kept else None,
            _tally(kept["payouts"]) if kept else None,
        ],
    }


def _month_label(month: date) -> str:
    return _("%(year)s年%(month)s月") % {"year": month.year, "month": month.month}


def _tally(kept: dict[str, Any]) -> dict[str, str]:
    return {"one": f"{Decimal(kept['amount']):,.2f}", "two": _("%(count)s 笔") % {"count": kept["count"]}}


def months_sheet(request: HttpRequest) -> HttpResponse:
    """The months as a workbook."""
    heads = [
        _("月份"),
        _("状态"),
        _("银行余额"),
        _("来款笔数"),
        _("来款金额"),
        _("发放笔数"),
        _("发放金额"),
        _("账实不符次数"),
    ]
    rows = MonthClosing.objects.filter(court_id=actor_of(request).court_id).order_by("-month")
    return registers.export(request, "months", _("月结登记簿"), heads, [_month_line(row) for row in rows])


def _month_line(row: MonthClosing) -> list[Any]:
    kept = row.figures
    head: list[Any] = [f"{row.month:%Y-%m}", str(row.get_state_display())]
    if not kept:
        return [*head, *[None] * 6]
    came, paid = kept["receipts"], kept["payouts"]
    return [
        *head,
        Decimal(kept["balances"]["BANK"]),
        came["count"],
        Decimal(came["amount"]),
        paid["count"],
        Decimal(paid["amount"]),
        kept["differences"],
    ]


def _one(request: HttpRequest, pk: UUID) -> MonthClosing:
    actor = actor_of(request)
    registers.require_court(actor)
    rows = MonthClosing.objects.select_related("prepared_by__user", "confirmed_by__user", "decision", "case")
    found = rows.filter(pk=pk, court_id=actor.court_id).first()
    if found is None:
        raise NotFound()
    return found


@require_GET
@allowed(*SEES)
def month(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One month: what is still to do, the figures as they were kept or as they stand, who drew up and who confirmed."""
    row, actor = _one(request, pk), actor_of(request)
    kept = row.figures or books.figures(row.court_id, row.month)
    waits = row.decision is not None and row.decision.state == "ASKED"
    over = clock.today() > books.last_day(row.month)
    may = policy.may(actor, Action.RECONCILE) and over and not waits and row.state != MonthState.CONFIRMED
    context = {
        "row": row,
        "title": _month_label(row.month),
        "mark": MARKS[row.state],
        "tabs": registers.tabs(actor, "months"),
        "conditions": [] if row.state == MonthState.CONFIRMED else closing_month.conditions(row),
        "balances": [(kind.label, Decimal(kept["balances"].get(kind, "0"))) for kind in AccountKind],
        "receipts": _tally(kept["receipts"]),
        "payouts": _tally(kept["payouts"]),
        "bank_closing": Decimal(kept["bank_closing"]) if kept["bank_closing"] else None,
        "bank_on": dates.full_day_text(date.fromisoformat(kept["bank_on"])) if kept["bank_on"] else "",
        "ages": ageing_columns(_ages(kept)),
        "papers": Document.objects.filter(case=row.case, subject=row.symbol).order_by("-issued_at"),
        "acts": [registers.act(_("提请月结"), "funds:prepare_month", row.pk, kind="seal")] if may else [],
        "over": over,
        "waits": waits,
    }
    return render(request, "funds/month.html", context)


def _ages(kept: dict[str, Any]) -> list[Column]:
    """The open receipts at the end of the month, as the ageing board shows them."""
    found = []
    for place, one in enumerate(kept["open"]):
        low, high = (BUCKETS[place - 1] if place else 0), BUCKETS[place]
        words = {"low": low, "high": high}
        label = _("%(low)s 天以上") % words if high is None else _("%(low)s–%(high)s 天") % words
        found.append(Column(label, one["count"], Decimal(one["amount"]), high is None or high > 3))
    return found


@require_http_methods(["GET", "POST"])
@allowed(Action.RECONCILE)
def prepare(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draw the month up and ask the director."""
    row, page = _one(request, pk), reverse("funds:month", args=[pk])
    form = WhyForm(acting.typed(request), label=_("说明"), required=False)
    kept = books.figures(row.court_id, row.month)
    facts = [
        (_("月份"), _month_label(row.month)),
        (_("银行余额"), _("%(amount)s 元") % {"amount": f"{Decimal(kept['balances']['BANK']):,.2f}"}),
        (_("来款"), "　".join(_tally(kept["receipts"]).values())),
        (_("发放"), "　".join(_tally(kept["payouts"]).values())),
    ]
    remark = _("确认后不再按当月的日子记账；迟到的银行流水记在下一个未结的日子，来款日不变。")

    def do() -> tuple[str, str]:
        why = form.cleaned_data["why"]
        closing_month.prepare(closing_id=row.pk, why=why, actor=actor_of(request), at=clock.now())
        return page, _("已提请执行局长确认月结。")

    return acting.act(request, Sheet(_("提请月结"), _("提请确认"), form, page, facts=facts, remarks=[remark]), do)
