"""An objection to the execution: who objects to what, how it was ruled, and by whom (民诉236、238)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from cases.kinds import ObjectionKind, ObjectionOutcome
from kernel.models import Keyed


class Objection(Keyed):
    """What stands in a 执异 case; ``against`` is the execution, ``about`` the symbol of the contested paper, if it is one."""

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="objection")
    against = models.ForeignKey("cases.Case", models.PROTECT, related_name="objections")
    objector = models.ForeignKey("cases.Party", models.PROTECT, related_name="+", verbose_name=_("异议人"))
    kind = models.CharField(_("异议类型"), max_length=8, choices=ObjectionKind.choices)
    about = models.CharField(max_length=80, blank=True)
    contested = models.CharField(_("所针对的行为或者标的"), max_length=200)
    request = models.TextField(_("请求和理由"))
    received_on = models.DateField(_("收到日"))
    outcome = models.CharField(_("审查结果"), max_length=8, choices=ObjectionOutcome.choices, blank=True)
    reasons = models.TextField(_("裁定理由"), blank=True)
    order = models.TextField(_("裁定主文"), blank=True)
    panel = ArrayField(models.CharField(max_length=40), default=list, verbose_name=_("合议庭"))
    ruling = models.OneToOneField("cases.Document", models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("执行异议")
        ordering = ["received_on", "id"]

    @property
    def symbol(self) -> str:
        """How events name the objection."""
        return f"cases.objection:{self.pk}"
