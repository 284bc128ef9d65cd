"""Words of payment batches: where one stands, how it leaves the house, what the bank said of a payment."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class BatchState(models.TextChoices):
    """Where a payment batch stands; how far its payouts are is read from them."""

    MADE = "MADE", _("待放行")
    RELEASED = "RELEASED", _("待付款")
    LEFT = "LEFT", _("已发出")
    CANCELLED = "CANCELLED", _("已撤销")


class BatchWay(models.TextChoices):
    """How a batch left the house: by one way only, and a file of one form only, so that nothing is paid twice."""

    GATEWAY = "GATEWAY", _("银企直连")
    PAIN_03 = "PAIN_03", _("ISO 20022 文件 pain.001.001.03")
    PAIN_09 = "PAIN_09", _("ISO 20022 文件 pain.001.001.09")
    CSV = "CSV", _("批量代付表 CSV")


class BankWord(models.TextChoices):
    """What a status report of the bank said of one payment of a file; only the statement settles it."""

    ACCEPTED = "ACCEPTED", _("银行已受理")
    PENDING = "PENDING", _("银行待处理")
    REJECTED = "REJECTED", _("银行拒绝")
