"""FreezeOrder: what was asked of the bank; Measure: what is in force on one asset, from–to, with its rank."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assets.models.inquiries import Asset
from cases.periods import Period, PeriodQuerySet
from kernel.models import Keyed
from kernel.money import MoneyField


class OrderState(models.TextChoices):
    """Where an order to the bank stands."""

    ASKED = "ASKED", _("待审批")
    ORDERED = "ORDERED", _("已发送，待反馈")
    EFFECTIVE = "EFFECTIVE", _("已冻结")
    REFUSED = "REFUSED", _("未能冻结")
    RELEASING = "RELEASING", _("解除中")
    RELEASED = "RELEASED", _("已解除")
    LAPSED = "LAPSED", _("已失效")
    DROPPED = "DROPPED", _("未获批准")


class FreezeOrder(Keyed):
    """A freeze of a debtor's deposits up to a limit. One order may control several accounts."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="freeze_orders")
    party = models.ForeignKey("cases.Party", models.PROTECT, related_name="+")
    limit = MoneyField(_("冻结限额"))
    state = models.CharField(_("状态"), max_length=10, choices=OrderState.choices)
    term_end = models.DateField(_("请求冻结至"))
    ordered_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    frozen = MoneyField(_("实际冻结"), null=True)
    refusal = models.CharField(max_length=200, blank=True)
    decision = models.ForeignKey("cases.Decision", models.PROTECT, null=True, related_name="+")
    ruling = models.CharField(_("裁定书号"), max_length=60, blank=True)
    renewals = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("冻结")
        constraints = [models.CheckConstraint(condition=Q(limit__gt=0), name="freeze_limit_positive")]
        indexes = [models.Index(fields=["case", "state"])]

    @property
    def symbol(self) -> str:
        """How events and messages name the order."""
        return f"assets.freeze_order:{self.pk}"

    @property
    def key(self) -> str:
        """The key of the order at the bank, for ever the same."""
        return f"freeze:{self.pk}"


class MeasureQuerySet(PeriodQuerySet):
    def holding(self) -> "MeasureQuerySet":
        """First-rank measures that are not ended: what counts as held (a waiting one does not, trap 4)."""
        return self.filter(ended_on__isnull=True, from_on__isnull=False, rank=1)


class Measure(Period):
    """A freeze in force on one asset. ``last_day`` is the day that the bank's answer named (FRZ-END-DATE)."""

    order = models.ForeignKey(FreezeOrder, models.PROTECT, related_name="measures")
    asset = models.ForeignKey(Asset, models.PROTECT, related_name="measures")
    held = MoneyField(_("冻结金额"))
    rank = models.PositiveSmallIntegerField(_("顺位"), default=1)

    objects = MeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("措施")
        indexes = [
            models.Index(fields=["last_day"], name="measure_expiring", condition=Q(ended_on__isnull=True)),
            models.Index(fields=["case", "ended_on"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["order", "asset"], condition=Q(ended_on__isnull=True), name="measure_once")
        ]

    @property
    def symbol(self) -> str:
        """How events name the measure."""
        return f"assets.measure:{self.pk}"

    @property
    def is_waiting(self) -> bool:
        """A waiting measure runs no term and holds nothing."""
        return self.rank > 1


class Levy(Keyed):
    """An order to move frozen money to the case's own account; the money itself arrives as a receipt."""

    order = models.ForeignKey(FreezeOrder, models.PROTECT, related_name="levies")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="levies")
    amount = MoneyField(_("扣划金额"))
    state = models.CharField(max_length=10, choices=OrderState.choices, default=OrderState.ASKED)
    decision = models.ForeignKey("cases.Decision", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("扣划")

    @property
    def symbol(self) -> str:
        """How events and messages name the levy."""
        return f"assets.levy:{self.pk}"
