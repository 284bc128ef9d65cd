"""Inquiry to a registry, its findings, and the assets that the court knows of."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gateways.fields import EncryptedJSONField
from kernel.encryption import EncryptedTextField
from kernel.models import Keyed
from kernel.money import MoneyField
from law import freezing


class Channel(models.TextChoices):
    """The registries of the network inquiry; the last two tell of income, not of property."""

    DEPOSIT = "registry.deposit", _("存款")
    VEHICLE = "registry.vehicle", _("车辆")
    REAL_ESTATE = "registry.real_estate", _("不动产")
    EQUITY = "registry.equity", _("股权")
    SECURITIES = "registry.securities", _("证券")
    TAX = "registry.tax", _("税务")
    SOCIAL_SECURITY = "registry.social_security", _("社保")


class InquiryState(models.TextChoices):
    """Whether the registry has answered."""

    SENT = "SENT", _("已发出")
    ANSWERED = "ANSWERED", _("已反馈")
    REFUSED = "REFUSED", _("未受理")


class AssetKind(models.TextChoices):
    """What is held; each kind has its own longest term (解释485)."""

    DEPOSIT = freezing.Kind.DEPOSIT.value, _("存款")
    MOVABLE = freezing.Kind.MOVABLE.value, _("动产")
    IMMOVABLE = freezing.Kind.IMMOVABLE.value, _("不动产")
    RIGHT = freezing.Kind.RIGHT.value, _("其他财产权")


class Inquiry(Keyed):
    """One question about one debtor to one registry, in one round."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="inquiries")
    party = models.ForeignKey("cases.Party", models.PROTECT, related_name="+")
    channel = models.CharField(_("渠道"), max_length=24, choices=Channel.choices)
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    state = models.CharField(_("状态"), max_length=10, choices=InquiryState.choices, default=InquiryState.SENT)
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    nudged_at = models.DateTimeField(_("催办时间"), null=True)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("网络查询")
        constraints = [
            models.UniqueConstraint(fields=["case", "party", "channel", "round"], name="inquiry_once_a_round")
        ]
        indexes = [models.Index(fields=["case", "state"])]

    @property
    def symbol(self) -> str:
        """How events and messages name the inquiry."""
        return f"assets.inquiry:{self.pk}"


class FindingQuerySet(models.QuerySet["Finding"]):
    def property(self) -> "FindingQuerySet":
        """Findings of property; what tax and social security know is income and has no kind."""
        return self.exclude(kind="")


class Finding(Keyed):
    """What a registry answered about one property or income; details are encrypted, the label is masked."""

    inquiry = models.ForeignKey(Inquiry, models.PROTECT, related_name="findings")
    ordinal = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=AssetKind.choices, blank=True)
    label = models.CharField(_("财产"), max_length=120)
    value = MoneyField(_("金额或估值"), null=True)
    details = EncryptedJSONField(blank=True)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = _("反馈财产")
        constraints = [models.UniqueConstraint(fields=["inquiry", "ordinal"], name="finding_once")]


class Asset(Keyed):
    """A property of a party, known from a finding, a clue or a bank's answer."""

    matter = models.ForeignKey("cases.Matter", models.PROTECT, related_name="assets")
    party = models.ForeignKey("cases.Party", models.PROTECT, related_name="assets")
    kind = models.CharField(_("类型"), max_length=12, choices=AssetKind.choices)
    label = models.CharField(_("财产"), max_length=120)
    number = EncryptedTextField(_("账号、车牌、证号"), blank=True)
    number_digest = models.CharField(max_length=43, blank=True)
    value = MoneyField(_("估值"), null=True)
    known_at = models.DateTimeField()

    class Meta:
        verbose_name = _("财产")
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "party", "number_digest"],
                condition=~models.Q(number_digest=""),
                name="asset_once_in_matter",
            )
        ]
