"""Papers of the vault: the approval of a payout, with the split line by line and the amount in capitals."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from cases.declaring import PAPERS, PaperKind
from cases.models import Case, DecisionStep
from cases.papermaking import paper, wording
from funds.models import Payout, Receipt
from funds.services.paying import PAPER
from funds.services.splitting import part_label

SPLIT_HEAD = ("项目", "金额（元）")


def _approval(*, case: Case, subject: str, at: datetime, **_more: Any) -> dict[str, Any]:
    rows = Payout.objects.select_related("receipt", "confirmed_by__user", "decision")
    payout = rows.get(pk=subject.partition(":")[2])
    receipt = payout.receipt
    parties = {"claiming": wording.names(wording.claiming(case)), "owing": wording.names(wording.owing(case))}
    return paper.sheet(
        paper.form(
            [
                [("案号", case.number), ("案由", case.cause)],
                [("申请执行人", parties["claiming"]), ("被执行人", parties["owing"])],
                [("款项编号", receipt.number), ("到账日期", wording.day(receipt.received_on))],
                [("付款人", _payer(receipt)), ("到账金额", wording.yuan(receipt.amount))],
                [("收款人", payout.shown_name), ("开户行", payout.payee_bank or "—")],
                [("收款账号", paper.secret(payout.payee_account)), ("代缴", "是" if receipt.on_behalf else "否")],
                [("发放金额", wording.sum_of(payout.amount))],
            ]
        ),
        paper.table(
            SPLIT_HEAD,
            [[part_label(part), f"{Decimal(amount):,.2f}"] for part, amount in payout.parts.items()],
            widths=[3, 2],
            right=(1,),
            total=["合计", f"{payout.amount:,.2f}"],
        ),
        paper.form([_opinion(step) for step in _steps(payout)]),
        court=case.court,
        amount=str(payout.amount),
    )


def _payer(receipt: Receipt) -> str:
    return receipt.payer_name or "—"


def _steps(payout: Payout) -> list[tuple[str, str, str, str]]:
    """Who confirmed and who approved, in order, with their words and days."""
    found = []
    if payout.confirmed_by and payout.confirmed_at:
        found.append(
            ("承办人意见", "已核算，同意发放。", payout.confirmed_by.user.name, wording.day(payout.confirmed_at))
        )
    steps = DecisionStep.objects.filter(decision=payout.decision, act="APPROVED").order_by("at", "id")
    for step in steps:
        label = f"{Role(step.tier_role).label}意见"
        found.append((label, step.opinion or "同意。", step.actor_name, wording.day(step.at)))
    return found


def _opinion(step: tuple[str, str, str, str]) -> Any:
    label, words, name, day = step
    return paper.cell(label, words, height=2, sign=True, name=name, day=day)


PAPERS.declare(
    PaperKind(
        kind=PAPER,
        title=_("案款发放审批表"),
        template=paper.TEMPLATE,
        data=_approval,
        manual=False,
        article="法发〔2017〕6号第10条",
    ),
)
