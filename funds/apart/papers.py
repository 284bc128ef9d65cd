"""Papers of money that is kept apart: the approval and the notice of a deposit, the approval of a grant."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from cases.declaring import PAPERS, PaperKind
from cases.models import Case, Decision, DecisionStep, Document, Party
from cases.papermaking import paper, wording
from funds.kinds import AccountKind
from funds.kinds_apart import BY_PUBLIC_NOTICE
from funds.models import Deposit, Grant
from funds.services import depositing, relieving


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


def _opinions(asker: str, asked_at: datetime, decision: Decision | None) -> list[Any]:
    """Who asked and who approved, in order, with their words and days."""
    found = [paper.cell("承办人意见", "提请审批。", height=2, sign=True, name=asker, day=wording.day(asked_at))]
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
            "本院在执行", case.number, "一案中，应付给", payee, "的款项", wording.sum_of(deposit.amount), "，因"
        ),
        paper.para(str(deposit.get_reason_display()), "，经批准，本院已于", wording.day(at), "将该款提存。"),
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


PAPERS.declare(
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
