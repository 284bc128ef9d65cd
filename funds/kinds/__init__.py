"""Words of the vault: kinds of account, states of receipts, claims and payouts. Symbols are stored, labels are shown."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountKind(models.TextChoices):
    """What an account of the ledger holds. BANK mirrors the bank; every other kind is never below zero."""

    BANK = "BANK", _("银行专户")
    CASE = "CASE", _("案件账户")
    SUSPENSE = "SUSPENSE", _("不明款")
    PAYABLE = "PAYABLE", _("应付案款")
    FEES = "FEES", _("待缴诉讼费用")
    TREASURY = "TREASURY", _("待缴国库")
    REFUND = "REFUND", _("待退余款")
    DEPOSIT = "DEPOSIT", _("提存")
    RELIEF = "RELIEF", _("司法救助金")
    REWARD = "REWARD", _("悬赏金")
    GRANTS = "GRANTS", _("待付救助、悬赏")


COURT_KINDS = tuple(kind for kind in AccountKind if kind != AccountKind.CASE)


class LineState(models.TextChoices):
    """What became of a line of the bank."""

    NEW = "NEW", _("待入账")
    BOOKED = "BOOKED", _("已入账")
    PAYMENT = "PAYMENT", _("本院付款")
    RETURNED = "RETURNED", _("退汇")
    HANDED_IN = "HANDED_IN", _("现金缴存")
    UNEXPLAINED = "UNEXPLAINED", _("待查")


class ReceiptSource(models.TextChoices):
    """How money came to the court."""

    BANK = "BANK", _("银行转入")
    LEVY = "LEVY", _("网络扣划")
    CASH = "CASH", _("现金")
    OPENING = "OPENING", _("期初余额")
    DIVIDED = "DIVIDED", _("分配所得")


class ReceiptState(models.TextChoices):
    """Where a receipt stands."""

    MATCHED = "MATCHED", _("已入案")
    SUSPENSE = "SUSPENSE", _("不明款")
    CLAIMED = "CLAIMED", _("认领入案")
    REVERSED = "REVERSED", _("已冲正")
    DIVIDED = "DIVIDED", _("已分配")
    FUND = "FUND", _("专项资金")
    DEPOSITED = "DEPOSITED", _("已提存")
    TREASURY = "TREASURY", _("上缴国库")


NOT_OF_CASES = (ReceiptState.REVERSED, ReceiptState.FUND, ReceiptState.DEPOSITED, ReceiptState.TREASURY)
"""States of a receipt that no case can claim: taken back, of a fund, deposited, handed to the treasury."""


class DonorKind(models.TextChoices):
    """Who paid for the debtor, when it was not the debtor (FUND-3RD-PAYER). STAFF_VOLUNTARY needs the ethics approval."""

    ON_BEHALF = "ON_BEHALF", _("他人代付")
    STAFF_VOLUNTARY = "STAFF", _("干警自愿")


class SuspenseReason(models.TextChoices):
    """Why money could not be booked to a case by itself."""

    NO_REFERENCE = "NO_REFERENCE", _("未写案号或案款账号")
    WRONG_CHECK = "WRONG_CHECK", _("案款账号校验位不符")
    UNKNOWN_NUMBER = "UNKNOWN_NUMBER", _("没有这个案号或案款账号")
    AMBIGUOUS = "AMBIGUOUS", _("同时写了几个案件")
    CASE_CLOSED = "CASE_CLOSED", _("案件已结，且没有在执行的关联案件")
    OPENING = "OPENING", _("期初余额，尚未分到案件")
    RULE_OFF = "RULE_OFF", _("此付款人的自动匹配已停用")


class ClaimState(models.TextChoices):
    """Where a claim stands."""

    ASKED = "ASKED", _("待复核")
    CONFIRMED = "CONFIRMED", _("已入案")
    REFUSED = "REFUSED", _("复核不通过")


class PayeeKind(models.TextChoices):
    """Who receives a payout, and so in which account its money waits."""

    PARTY = "PARTY", _("当事人")
    COURT = "COURT", _("本院诉讼费用")
    TREASURY = "TREASURY", _("国库")
    PAYER = "PAYER", _("退还付款人")
    RELIEF = "RELIEF", _("救助对象")
    REWARD = "REWARD", _("悬赏举报人")


RESERVES = {
    PayeeKind.PARTY: AccountKind.PAYABLE,
    PayeeKind.COURT: AccountKind.FEES,
    PayeeKind.TREASURY: AccountKind.TREASURY,
    PayeeKind.PAYER: AccountKind.REFUND,
    PayeeKind.RELIEF: AccountKind.GRANTS,
    PayeeKind.REWARD: AccountKind.GRANTS,
}
GRANT_KINDS = (PayeeKind.RELIEF, PayeeKind.REWARD)
"""Payees of money that never belonged to a case: no part of its recovery."""
FUND_KINDS = (AccountKind.RELIEF, AccountKind.REWARD)
"""Accounts that grants are drawn from."""


class PayoutState(models.TextChoices):
    """Where a payout stands."""

    DRAFT = "DRAFT", _("待承办确认")
    CONFIRMED = "CONFIRMED", _("待审批")
    APPROVED = "APPROVED", _("待付款")
    SENT = "SENT", _("银行处理中")
    UNKNOWN = "UNKNOWN", _("银行未答复")
    SETTLED = "SETTLED", _("已到账")
    RETURNED = "RETURNED", _("已退回")
    DEPOSITED = "DEPOSITED", _("已提存")
    VOID = "VOID", _("已作废")


S = PayoutState
RESERVED = (S.CONFIRMED, S.APPROVED, S.SENT, S.UNKNOWN)
"""States in which the money waits outside the case account."""
LIVE = (S.DRAFT, *RESERVED, S.SETTLED, S.DEPOSITED)
"""States in which a payout takes up a part of its receipt."""
AT_BANK = (S.SENT, S.UNKNOWN)


class HoldReason(models.TextChoices):
    """Why a payout is delayed (FUND-DELAY, 法发〔2017〕6号第10条)."""

    DISTRIBUTION = "DISTRIBUTION", _("需要进行案款分配")
    FROZEN_ELSEWHERE = "FROZEN_ELSEWHERE", _("申请执行人在他案被保全或涉罪")
    PAYEE_ABSENT = "PAYEE_ABSENT", _("申请执行人经通知未领取")
    STAYED = "STAYED", _("案件中止或暂缓执行")
    OTHER = "OTHER", _("其他正当理由")
