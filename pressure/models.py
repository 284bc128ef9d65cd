"""The ladder: credit warnings, consumption limits, listings, sanctions. All are periods: from–to, ended, never deleted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.models.decisions import DecisionState
from cases.periods import Period
from kernel.money import MoneyField
from law import consumption, listing

RETURNED = (DecisionState.SENT_BACK, DecisionState.WITHDRAWN)


class CreditWarning(Period):
    """失信预警与履行宽限期: before any penalty the debtor is warned and given time. ``last_day`` ends the grace."""

    party = models.ForeignKey("cases.Party", models.PROTECT, related_name="+")
    warned_at = models.DateTimeField()

    class Meta:
        verbose_name = _("失信预警")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "party"], condition=Q(ended_on__isnull=True), name="warning_open_once"
            )
        ]

    @property
    def symbol(self) -> str:
        """How events name the warning."""
        return f"pressure.warning:{self.pk}"


class LimitedRole(models.TextChoices):
    """Whose consumption is limited (限规3②)."""

    DEBTOR = consumption.Role.DEBTOR.value, _("被执行人")
    LEGAL_REPRESENTATIVE = consumption.Role.LEGAL_REPRESENTATIVE.value, _("法定代表人")
    PRINCIPAL_OFFICER = consumption.Role.PRINCIPAL_OFFICER.value, _("主要负责人")
    DIRECTLY_RESPONSIBLE = consumption.Role.DIRECTLY_RESPONSIBLE.value, _("影响债务履行的直接责任人员")
    ACTUAL_CONTROLLER = consumption.Role.ACTUAL_CONTROLLER.value, _("实际控制人")


class ConsumptionLimit(Period):
    """限制消费. No last day: it ends when it is lifted."""

    party = models.ForeignKey("cases.Party", models.PROTECT, related_name="+")
    role = models.CharField(_("对象"), max_length=24, choices=LimitedRole.choices, default=LimitedRole.DEBTOR)

    class Meta:
        verbose_name = _("限制消费")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "party"], condition=Q(ended_on__isnull=True), name="limit_open_once"
            )
        ]

    @property
    def symbol(self) -> str:
        """How events and messages name the limit."""
        return f"pressure.limit:{self.pk}"


class ListingState(models.TextChoices):
    """Where a listing stands."""

    DECIDED = "DECIDED", _("已决定，宽限中，未公布")
    PUBLISHED = "PUBLISHED", _("已公布")
    REMOVED = "REMOVED", _("已删除")
    NEVER_PUBLISHED = "NEVER_PUBLISHED", _("未公布即撤销")


def ground_choices() -> list[tuple[int, str]]:
    """The six grounds of 法释〔2017〕7号1."""
    return [(ground.value, ground.label) for ground in listing.Ground]


class Listing(Period):
    """纳入失信名单. Decided first, published after service and grace; ``last_day`` only for grounds two to six."""

    party = models.ForeignKey("cases.Party", models.PROTECT, related_name="+")
    ground = models.PositiveSmallIntegerField(_("纳入事由"), choices=ground_choices)
    decided_on = models.DateField(_("决定日"))
    grace_until = models.DateField(_("公布宽限期至"))
    state = models.CharField(_("状态"), max_length=16, choices=ListingState.choices, default=ListingState.DECIDED)
    published_on = models.DateField(_("公布日"), null=True)
    remove_by = models.DateField(_("应删除期限"), null=True)

    class Meta:
        verbose_name = _("失信名单")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "party"], condition=Q(ended_on__isnull=True), name="listing_open_once"
            )
        ]

    @property
    def symbol(self) -> str:
        """How events and messages name the listing."""
        return f"pressure.listing:{self.pk}"


class SanctionKind(models.TextChoices):
    """Fine or detention (民诉118)."""

    FINE = "FINE", _("罚款")
    DETENTION = "DETENTION", _("拘留")


class SanctionState(models.TextChoices):
    """Where a sanction stands."""

    ASKED = "ASKED", _("待批准")
    DECIDED = "DECIDED", _("已决定")
    CARRIED_OUT = "CARRIED_OUT", _("执行中")
    ENDED = "ENDED", _("已结束")
    DROPPED = "DROPPED", _("未获批准")


class Sanction(Period):
    """A fine (yuan) or a detention (whole days), decided by the president, with a 司惩 case of its own."""

    party = models.ForeignKey("cases.Party", models.PROTECT, null=True, related_name="+")
    person = models.CharField(_("被制裁人"), max_length=60)
    kind = models.CharField(_("种类"), max_length=12, choices=SanctionKind.choices)
    amount = MoneyField(_("罚款金额"), null=True)
    days = models.PositiveSmallIntegerField(_("拘留天数"), null=True)
    conduct = models.CharField(_("妨害执行的行为"), max_length=200)
    state = models.CharField(max_length=12, choices=SanctionState.choices, default=SanctionState.ASKED)
    sanction_case = models.OneToOneField("cases.Case", models.PROTECT, null=True, related_name="sanction")
    detained_at = models.DateTimeField(null=True)
    family_told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("司法制裁")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="FINE", amount__gt=0, days__isnull=True)
                | Q(kind="DETENTION", days__gt=0, amount__isnull=True),
                name="sanction_has_its_measure",
            )
        ]

    @property
    def symbol(self) -> str:
        """How events name the sanction."""
        return f"pressure.sanction:{self.pk}"

    @property
    def standing(self) -> SanctionState:
        """The state as it is: what the president sent back, or the asker withdrew, is dropped."""
        returned = self.decision is not None and self.decision.state in RETURNED
        return SanctionState.DROPPED if self.state == SanctionState.ASKED and returned else SanctionState(self.state)
