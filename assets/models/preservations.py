"""Preservation: the application, its security, the ruling, and the case that carries it out."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assets.models.measures import RETURNED
from kernel.models import Keyed
from kernel.money import MoneyField
from law import preservation


class PreservationStage(models.TextChoices):
    """When it was asked for; security and limits of time depend on it."""

    PRE_SUIT = preservation.Stage.PRE_SUIT.value, _("诉前保全")
    IN_SUIT = preservation.Stage.IN_SUIT.value, _("诉讼保全")
    PRE_EXECUTION = preservation.Stage.PRE_EXECUTION.value, _("执前保全")


class PreservationState(models.TextChoices):
    """Where an application stands."""

    APPLIED = "APPLIED", _("待裁定")
    RULED = "RULED", _("已裁定")
    SENT_BACK = "SENT_BACK", _("已退回")
    LIFTED = "LIFTED", _("已解除")


class SecurityForm(models.TextChoices):
    """What the applicant gave as security (保规6–8)."""

    NONE = "", _("未提供")
    PROPERTY = preservation.SecurityForm.PROPERTY.value, _("财产担保")
    GUARANTEE = preservation.SecurityForm.GUARANTEE.value, _("保证人担保")
    LIABILITY_INSURANCE = preservation.SecurityForm.LIABILITY_INSURANCE.value, _("保全责任保险")
    INDEPENDENT_GUARANTEE = preservation.SecurityForm.INDEPENDENT_GUARANTEE.value, _("独立保函")


class Exemption(models.TextChoices):
    """Claims in which security during the suit may be waived (保规9)."""

    NONE = "", _("无")
    SUPPORT_OR_INJURY = (
        preservation.Exemption.SUPPORT_OR_INJURY.value,
        _("抚养费、医疗费、劳动报酬、工伤、交通事故人身损害"),
    )
    DOMESTIC_VIOLENCE = preservation.Exemption.DOMESTIC_VIOLENCE.value, _("家庭暴力且经济困难的婚姻家庭案件")
    PUBLIC_INTEREST = preservation.Exemption.PUBLIC_INTEREST.value, _("公益诉讼涉损害赔偿")
    BRAVE_CONDUCT = preservation.Exemption.BRAVE_CONDUCT.value, _("见义勇为者追偿")
    CLEAR_CASE = preservation.Exemption.CLEAR_CASE.value, _("事实清楚、权利义务明确、错误可能性小")
    FINANCIAL_INSTITUTION = preservation.Exemption.FINANCIAL_INSTITUTION.value, _("持牌金融机构")


class Preservation(Keyed):
    """An application to preserve property up to an amount."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="preservations")
    carried_out_in = models.OneToOneField(
        "cases.Case", models.PROTECT, null=True, related_name="preservation", verbose_name=_("保全执行案件")
    )
    applicant = models.ForeignKey("cases.Party", models.PROTECT, related_name="+", verbose_name=_("申请人"))
    against = models.ForeignKey("cases.Party", models.PROTECT, related_name="+", verbose_name=_("被申请人"))
    stage = models.CharField(_("类型"), max_length=16, choices=PreservationStage.choices)
    amount = MoneyField(_("请求保全金额"))
    urgent = models.BooleanField(_("情况紧急"), default=False)
    security_form = models.CharField(_("担保方式"), max_length=24, choices=SecurityForm.choices, blank=True)
    security = MoneyField(_("担保金额"), default=0)
    exemption = models.CharField(_("免担保情形"), max_length=24, choices=Exemption.choices, blank=True)
    applied_at = models.DateTimeField(_("申请时间"))
    state = models.CharField(_("状态"), max_length=10, choices=PreservationState.choices)
    ruled_at = models.DateTimeField(null=True)
    lifted_at = models.DateTimeField(null=True)
    fee = MoneyField(_("保全费"), null=True)
    decision = models.ForeignKey("cases.Decision", models.PROTECT, null=True, related_name="+")
    sued_in = models.ForeignKey(
        "cases.Case", models.PROTECT, null=True, related_name="+", verbose_name=_("随后起诉的案件")
    )

    class Meta:
        verbose_name = _("财产保全")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="preservation_amount_positive"),
            models.UniqueConstraint(fields=["case", "against"], condition=Q(state="APPLIED"), name="applied_once"),
        ]

    @property
    def symbol(self) -> str:
        """How events name the preservation."""
        return f"assets.preservation:{self.pk}"

    @property
    def standing(self) -> PreservationState:
        """The state as it is: an application that the judge returned, or the clerk withdrew, is sent back."""
        returned = self.decision is not None and self.decision.state in RETURNED
        return (
            PreservationState.SENT_BACK
            if self.state == PreservationState.APPLIED and returned
            else PreservationState(self.state)
        )

    @property
    def is_pre_suit(self) -> bool:
        """Asked for before suing: full security, and thirty days to sue."""
        return self.stage == PreservationStage.PRE_SUIT
