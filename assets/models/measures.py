"""FreezeOrder: what was asked of the bank; Measure: what is in force on one asset, from–to, with its rank."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assets.models.inquiries import Asset
from cases.models import Decision
from cases.models.decisions import DecisionState
from cases.periods import Period, PeriodQuerySet
from kernel.models import Keyed
from kernel.money import MoneyField

RETURNED = (DecisionState.SENT_BACK, DecisionState.WITHDRAWN)


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


IN_HAND = (OrderState.ORDERED, OrderState.EFFECTIVE, OrderState.RELEASING)


def _dropped(state: str, decision: Decision | None) -> bool:
    """Whether what was asked came back: the answer is the decision's; nothing of ours repeats it."""
    return state == OrderState.ASKED and decision is not None and decision.state in RETURNED


class FreezeOrderQuerySet(models.QuerySet["FreezeOrder"]):
    def asked(self) -> "FreezeOrderQuerySet":
        """Orders that wait for the judge."""
        return self.filter(state=OrderState.ASKED, decision__state=DecisionState.ASKED)

    def live(self) -> "FreezeOrderQuerySet":
        """Orders that hold something or may come to: asked, sent, in force, being released."""
        return self.filter(Q(state__in=IN_HAND) | Q(state=OrderState.ASKED, decision__state=DecisionState.ASKED))


class FreezeOrder(Keyed):
    """A freeze of a debtor's deposits up to a limit. One order may control several accounts.

    ``case`` carries it: the preservation case at first, the execution case once there is one (保规17). ``preservation``
    names its origin for ever.
    """

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
    preservation = models.ForeignKey("assets.Preservation", models.PROTECT, null=True, related_name="orders")

    objects = FreezeOrderQuerySet.as_manager()

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

    @property
    def standing(self) -> OrderState:
        """The state as it is: what the judge sent back, or the asker withdrew, is dropped."""
        return OrderState.DROPPED if _dropped(self.state, self.decision) else OrderState(self.state)


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


class LevyQuerySet(models.QuerySet["Levy"]):
    def on_the_way(self) -> "LevyQuerySet":
        """Levies that wait for the judge or for the bank."""
        return self.filter(Q(state=OrderState.ORDERED) | Q(state=OrderState.ASKED, decision__state=DecisionState.ASKED))


class Levy(Keyed):
    """An order to move frozen money to the case's own account; the money itself arrives as a receipt."""

    order = models.ForeignKey(FreezeOrder, models.PROTECT, related_name="levies")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="levies")
    amount = MoneyField(_("扣划金额"))
    state = models.CharField(max_length=10, choices=OrderState.choices, default=OrderState.ASKED)
    decision = models.ForeignKey("cases.Decision", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=200, blank=True)

    objects = LevyQuerySet.as_manager()

    class Meta:
        verbose_name = _("扣划")

    @property
    def symbol(self) -> str:
        """How events and messages name the levy."""
        return f"assets.levy:{self.pk}"

    @property
    def standing(self) -> OrderState:
        """The state as it is, by the decision when that was sent back or withdrawn."""
        return OrderState.DROPPED if _dropped(self.state, self.decision) else OrderState(self.state)

    @property
    def word(self) -> str:
        """The state in the words of a levy."""
        words = {OrderState.EFFECTIVE: _("已扣划"), OrderState.REFUSED: _("未能扣划")}
        return str(words.get(self.standing, self.standing.label))
