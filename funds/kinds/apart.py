"""Words of what is kept apart from the cases' money: deposits, relief and rewards, remittances, months, small sales."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DepositReason(models.TextChoices):
    """Why the payee does not take the money (FUND-DEPOSIT, 法发〔2017〕6号第14条)."""

    REFUSES = "REFUSES", _("无正当理由拒绝领取")
    MISSING = "MISSING", _("下落不明")
    NO_HEIR = "NO_HEIR", _("死亡未确定继承人，或者丧失行为能力未确定监护人")
    UNREACHABLE = "UNREACHABLE", _("按所留联系方式无法通知")
    OTHER = "OTHER", _("其他依法应当提存的情形")


BY_PUBLIC_NOTICE = frozenset({DepositReason.MISSING, DepositReason.NO_HEIR, DepositReason.UNREACHABLE})
"""Reasons for which the notice of the deposit is a public one."""


class DepositState(models.TextChoices):
    """Where a deposit stands."""

    ASKED = "ASKED", _("待审批")
    DEPOSITED = "DEPOSITED", _("提存中")
    CLAIMED = "CLAIMED", _("已领取")
    HANDED = "HANDED", _("期满上缴国库")
    DROPPED = "DROPPED", _("未批准")


class FundSource(models.TextChoices):
    """Where money for relief and rewards came from (AID-FIELDS, RWD-INS)."""

    FISCAL = "FISCAL", _("财政")
    INSURANCE = "INSURANCE", _("保险")
    DONATION = "DONATION", _("捐助")
    APPLICANT = "APPLICANT", _("申请执行人预交")


class IntakeState(models.TextChoices):
    """Where the booking of money into a fund stands."""

    ASKED = "ASKED", _("待复核")
    CONFIRMED = "CONFIRMED", _("已入专项")
    REFUSED = "REFUSED", _("复核不通过")


class Hardship(models.TextChoices):
    """What kind of claim relief is asked for (AID-COND, 法发〔2016〕16号第1条、第3条)."""

    SUPPORT = "SUPPORT", _("追索赡养费、扶养费、抚育费")
    INJURY = "INJURY", _("交通事故等人身损害无法获赔")
    CRIME_VICTIM = "CRIME_VICTIM", _("刑事案件被害人及其近亲属")
    OTHER = "OTHER", _("其他生活急迫困难")


class GrantState(models.TextChoices):
    """Where a grant of relief or of a reward stands; whether it is paid is said by its payouts."""

    ASKED = "ASKED", _("待审批")
    APPROVED = "APPROVED", _("已批准")
    DROPPED = "DROPPED", _("未批准")


class RemittanceKind(models.TextChoices):
    """What the court hands over: collected fees to the fiscal account, money that nobody owns to the treasury."""

    FEES = "FEES", _("诉讼费用上缴财政")
    UNCLAIMED = "UNCLAIMED", _("无主款上缴国库")
    DEPOSITS = "DEPOSITS", _("提存期满上缴国库")


class RemittanceState(models.TextChoices):
    """Where a remittance stands."""

    ASKED = "ASKED", _("待审批")
    APPROVED = "APPROVED", _("待付款")
    SENT = "SENT", _("银行处理中")
    SETTLED = "SETTLED", _("已上缴")
    RETURNED = "RETURNED", _("已退回")
    VOID = "VOID", _("已作废")


class MonthState(models.TextChoices):
    """Where the closing of a month stands."""

    OPEN = "OPEN", _("未月结")
    PREPARED = "PREPARED", _("待确认")
    CONFIRMED = "CONFIRMED", _("已月结")


class SaleState(models.TextChoices):
    """Where a small sale in kind stands."""

    AGREED = "AGREED", _("待变卖")
    SOLD = "SOLD", _("已变卖")
