"""Papers of money that is kept apart: the approval and the notice of a deposit, the approval of a grant."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from cases import queries
from cases.declaring import PAPERS, PaperKind
from cases.models import Case, Decision, DecisionStep, Document, Party
from cases.papermaking import paper, wording
from funds.kinds import AccountKind
from funds.kinds.apart import BY_PUBLIC_NOTICE
from funds.models import Deposit, Grant, MonthClosing, SmallSale
from funds.services import closing_month, depositing, relieving, selling
from kernel import clock


def _deposit(subject: str) -> Deposit:
    rows = Deposit.objects.select_related("receipt", "payout__payee", "asked_by__user", "decision", "evidence")
    return rows.get(pk=subject.partition(":")[2])


def _deposit_approval(*, case: Case, subject: str, at: datetime, **_more: Any) -> dict[str, Any]:
    deposit = _deposit(subject)
    payee = deposit.payout.payee_name if deposit.payout else "权利人不明"
    return paper.sheet(
        paper.form(
            [
                [("案号", case.number), ("提存编号", deposit.number)],
                [("款项编号", deposit.receipt.number), ("到账日期", wording.day(deposit.receipt.received_on))],
                [("收款人", payee), ("事由", str(deposit.get_reason_display()))],
                [("提存金额", wording.sum_of(deposit.amount))],
                [
                    ("提存费用", wording.yuan(deposit.fee)),
                    ("证明材料", deposit.evidence.name if deposit.evidence else "—"),
                ],
                [("情况说明", deposit.why)],
                *[[cell] for cell in _opinions(deposit.asked_by.user.name, deposit.asked_at, deposit.decision)],
            ]
        ),
        court=case.court,
        amount=str(deposit.amount),
    )


def _opinions(asker: str, asked_at: datetime, decision: Decision | None, *, asks: str = "承办人意见") -> list[Any]:
    """Who asked and who approved, in order, with their words and days."""
    found = [paper.cell(asks, "提请审批。", height=2, sign=True, name=asker, day=wording.day(asked_at))]
    for step in DecisionStep.objects.filter(decision=decision, act="APPROVED").order_by("at", "id"):
        label, words = f"{Role(step.tier_role).label}意见", step.opinion or "同意。"
        found.append(paper.cell(label, words, height=2, sign=True, name=step.actor_name, day=wording.day(step.at)))
    return found


def _deposit_notice(*, case: Case, subject: str, at: datetime, **_more: Any) -> dict[str, Any]:
    deposit = _deposit(subject)
    assert deposit.claim_by is not None
    public = deposit.reason in BY_PUBLIC_NOTICE
    payee = deposit.payout.payee_name if deposit.payout else ""
    return paper.sheet(
        paper.to(payee),
        paper.para(
            "本院在执行",
            case.number,
            "一案中，应付给",
            payee,
            "的款项",
            wording.sum_of(deposit.amount),
            "，因",
            str(deposit.get_reason_display()),
            "，经批准，本院已于",
            wording.day(at),
            "将该款提存。",
        ),
        paper.para(
            "请于",
            wording.day(deposit.claim_by),
            "前，携带身份证明和本人银行账户资料到本院领取。逾期不领取的，依照《中华人民共和国民法典》",
            wording.article(574),
            "第二款的规定办理。",
        ),
        paper.para("特此", "公告" if public else "通知", "。"),
        paper.closing(),
        court=case.court,
        heading="提存公告" if public else "提存通知书",
        amount=str(deposit.amount),
    )


def _to_payee(document: Document) -> Sequence[tuple[Party | None, str]]:
    deposit = _deposit(document.subject)
    if deposit.payout is None or deposit.payout.payee is None:
        return ()
    return wording.recipients([deposit.payout.payee])


def _grant_approval(*, case: Case, subject: str, at: datetime, **_more: Any) -> dict[str, Any]:
    rows = Grant.objects.select_related("asked_by__user", "decision")
    grant = rows.get(pk=subject.partition(":")[2])
    relief = grant.fund == AccountKind.RELIEF
    lines: list[Any] = [
        [("案号", case.number), ("编号", grant.number)],
        [("资金", str(grant.get_fund_display())), ("来源", str(grant.get_source_display()))],
    ]
    if relief:
        lines += [
            [("救助对象", grant.payee_name), ("救助类型", str(grant.get_hardship_display()))],
            [("月平均工资", wording.yuan(grant.wage)), ("尚未到位金额", wording.yuan(grant.unpaid))],
            [("救助限额", wording.yuan(grant.ceiling)), ("再次救助", "是" if grant.again else "否")],
        ]
    else:
        lines += [[("举报人", "保密"), ("因线索到位金额", wording.yuan(grant.recovered))]]
    return paper.sheet(
        paper.form(
            [
                *lines,
                [("金额", wording.sum_of(grant.amount))],
                [("事由", grant.why)],
                *[[cell] for cell in _opinions(grant.asked_by.user.name, grant.asked_at, grant.decision)],
            ]
        ),
        court=case.court,
        heading="司法救助金发放审批表" if relief else "悬赏金发放审批表",
        amount=str(grant.amount),
    )


def _offset_certificate(*, case: Case, subject: str, at: datetime, **_more: Any) -> dict[str, Any]:
    """抵缴凭证: what was sold, for how much, and what is still owed."""
    sale = SmallSale.objects.select_related("owner", "receipt").get(pk=subject.partition(":")[2])
    assert sale.amount is not None
    assert sale.receipt is not None
    left = queries.debt(case.matter, clock.day_of(at)).total
    return paper.sheet(
        paper.to(sale.owner.name),
        paper.para(
            wording.you([sale.owner]),
            "于",
            wording.day(sale.consent_on),
            "同意变卖下列物品抵缴",
            case.number,
            "一案的款项，现已变卖：",
        ),
        paper.table(
            ("物品", "数量", "单价估值（元）"),
            [[row["name"], str(row["count"]), f"{Decimal(row['estimate']):,.2f}"] for row in sale.items],
            widths=[3, 1, 2],
            right=(1, 2),
        ),
        paper.lines(
            ("变卖价款", wording.sum_of(sale.amount)),
            ("买受人", sale.buyer),
            ("款项编号", sale.receipt.number),
            ("抵缴后尚欠", wording.yuan(left)),
        ),
        paper.para("上述价款已全部抵缴，特发此凭证。"),
        paper.closing(),
        court=case.court,
        amount=str(sale.amount),
    )


def _to_owner(document: Document) -> Sequence[tuple[Party | None, str]]:
    sale = SmallSale.objects.select_related("owner").get(pk=document.subject.partition(":")[2])
    return wording.recipients([sale.owner])


def _month_sheet(*, case: Case, subject: str, at: datetime, **_more: Any) -> dict[str, Any]:
    """月度对账表: balances, the bank's figure, receipts and payouts, open items by age, who drew up and who confirmed."""
    row = MonthClosing.objects.select_related("prepared_by__user", "decision").get(pk=subject.partition(":")[2])
    kept = row.figures
    asker = row.prepared_by.user.name if row.prepared_by else ""
    return paper.sheet(
        paper.lines(
            ("月份", closing_month.label(row.month)),
            ("银行余额", f"{_sum(kept['bank_closing'])}（{kept['bank_on'] or '本月无收付'}）"),
            ("未缴存现金", _sum(kept["cash_in_hand"])),
            ("本月来款", f"{kept['receipts']['count']}笔　{_sum(kept['receipts']['amount'])}"),
            ("本月发放", f"{kept['payouts']['count']}笔　{_sum(kept['payouts']['amount'])}"),
        ),
        paper.head("一、科目余额"),
        paper.table(
            ("科目", "余额（元）"),
            [[str(kind.label), f"{Decimal(kept['balances'].get(kind, '0')):,.2f}"] for kind in AccountKind],
            widths=[3, 2],
            right=(1,),
        ),
        paper.head("二、月末未付清来款"),
        paper.table(
            ("账龄", "笔数", "金额（元）"),
            [
                [AGES[place], str(one["count"]), f"{Decimal(one['amount']):,.2f}"]
                for place, one in enumerate(kept["open"])
            ],
            widths=[3, 1, 2],
            right=(1, 2),
        ),
        paper.form([[cell] for cell in _opinions(asker, row.prepared_at or at, row.decision, asks="财务意见")]),
        court=case.court,
        month=row.month.isoformat(),
    )


AGES = ("1天以内", "1至3天", "3至5天", "5至10天", "10至15天", "15至30天", "30天以上")


def _sum(amount: str) -> str:
    return wording.yuan(Decimal(amount)) if amount else "—"


PAPERS.declare(
    PaperKind(
        kind=selling.PAPER,
        title=_("抵缴凭证"),
        template=paper.TEMPLATE,
        data=_offset_certificate,
        to=_to_owner,
        manual=False,
        article="法发〔2017〕6号第8条",
    ),
    PaperKind(
        kind=closing_month.PAPER,
        title=_("月度对账表"),
        template=paper.TEMPLATE,
        data=_month_sheet,
        manual=False,
        article="法发〔2017〕6号第3条",
    ),
    PaperKind(
        kind=depositing.APPROVAL,
        title=_("案款提存审批表"),
        template=paper.TEMPLATE,
        data=_deposit_approval,
        manual=False,
        article="法发〔2017〕6号第15条",
    ),
    PaperKind(
        kind=depositing.NOTICE,
        title=_("提存通知书"),
        template=paper.TEMPLATE,
        data=_deposit_notice,
        to=_to_payee,
        manual=False,
        article="法发〔2017〕6号第15条",
    ),
    PaperKind(
        kind=relieving.PAPER,
        title=_("专项资金发放审批表"),
        template=paper.TEMPLATE,
        data=_grant_approval,
        manual=False,
        article="法发〔2016〕16号",
    ),
)
