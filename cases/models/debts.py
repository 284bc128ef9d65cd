"""Debt: the items of a judgment and the dated amounts that reduced them. It belongs to the matter."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cases.kinds import ItemNature, Liability, PerformanceSource
from kernel.append_only import AppendOnly
from kernel.models import Keyed, Versioned
from kernel.money import MoneyField


class JudgmentItem(Keyed, Versioned):
    """One operative item: who pays whom how much by when, and how several payers are liable."""

    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="items")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="items", verbose_name=_("裁判案件"))
    ordinal = models.PositiveSmallIntegerField(_("判项"))
    nature = models.CharField(_("性质"), max_length=20, choices=ItemNature.choices, default=ItemNature.PRINCIPAL)
    text = models.TextField(_("判项原文"), blank=True)
    payers = models.ManyToManyField(
        "cases.Party", through="cases.ItemPayer", related_name="owes", verbose_name=_("给付义务人")
    )
    payee = models.ForeignKey(
        "cases.Party", models.PROTECT, null=True, blank=True, related_name="is_owed", verbose_name=_("权利人")
    )
    amount = MoneyField(_("金额"))
    due_on = models.DateField(_("履行期最后一日"), null=True, blank=True)
    liability = models.CharField(_("责任形式"), max_length=13, choices=Liability.choices, default=Liability.JOINT)
    called_on = models.DateField(_("补充责任启动日"), null=True, blank=True)

    class Meta:
        verbose_name = _("判项")
        ordering = ["case", "ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["case", "ordinal"], name="item_ordinal_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="item_amount_positive"),
        ]

    @property
    def symbol(self) -> str:
        """How events and the account of the debt name the item."""
        return f"cases.judgment_item:{self.pk}"

    @property
    def liability_text(self) -> str:
        """连带, 按份 or 补充 where there is more than one payer."""
        several = len(self.payers.all()) > 1
        return str(Liability(self.liability).label) if several else ""


class ItemPayer(Keyed):
    """One payer of an item: his share of a several debt (yuan), or that he answers after the others and up to how much."""

    item = models.ForeignKey(JudgmentItem, models.PROTECT, related_name="sides")
    party = models.ForeignKey("cases.Party", models.PROTECT, related_name="+")
    share = MoneyField(_("份额或限额"), null=True, blank=True)
    later = models.BooleanField(_("补充承担"), default=False)

    class Meta:
        verbose_name = _("给付义务人")
        ordering = ["later", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "party"], name="item_payer_once"),
            models.CheckConstraint(condition=Q(share__isnull=True) | Q(share__gt=0), name="item_share_positive"),
        ]


class Performance(Keyed, AppendOnly):
    """A dated amount that reduced the debt. Revoking is a second row that names the first."""

    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="performances")
    on = models.DateField(_("履行日"))
    amount = MoneyField(_("金额"))
    source = models.CharField(_("来源"), max_length=12, choices=PerformanceSource.choices)
    subject = models.CharField(max_length=80)
    payer = models.ForeignKey("cases.Party", models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    revokes = models.OneToOneField("self", models.PROTECT, null=True, related_name="revoked_by")

    class Meta:
        verbose_name = _("履行")
        ordering = ["on", "recorded_at"]
        indexes = [
            models.Index(fields=["matter", "on"]),
            models.Index(fields=["subject"], name="performance_of_subject", opclasses=["varchar_pattern_ops"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "subject"], condition=Q(revokes__isnull=True), name="performance_once_per_source"
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="performance_positive"),
        ]
