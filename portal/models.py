"""The codes with which parties sign in, and what they write to the court.

There are no accounts: a code by text message opens a session for one party.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court, Post
from cases.models import Case
from kernel.encryption import EncryptedTextField
from kernel.models import Keyed
from kernel.money import MoneyField


class SignInCode(Keyed):
    """A six-digit code, kept as a keyed digest, good for five minutes and five tries."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    party = models.ForeignKey("cases.Party", models.CASCADE, related_name="+")
    digest = models.CharField(max_length=43)
    sent_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("登录验证码")
        indexes = [models.Index(fields=["party", "-sent_at"])]


class ApproachKind(models.TextChoices):
    """What a defendant or debtor who comes forward wants."""

    PAY = "PAY", _("我要还款")
    MEDIATE = "MEDIATE", _("我要调解")


class ApproachQuerySet(models.QuerySet["Approach"]):
    def visible_to(self, actor: Actor | None) -> "ApproachQuerySet":
        """Those of the cases that the actor sees."""
        return self.filter(case__in=Case.objects.visible_to(actor))


class Approach(Keyed):
    """主动联系: a party on the owing side offers to pay or to mediate, before or after judgment; the officer answers."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="approaches")
    party = models.ForeignKey("cases.Party", models.PROTECT, related_name="+")
    kind = models.CharField(_("意愿"), max_length=8, choices=ApproachKind.choices)
    amount = MoneyField(_("愿意先付"), null=True)
    words = models.CharField(_("说明"), max_length=300, blank=True)
    phone = EncryptedTextField(_("联系电话"), blank=True)
    made_at = models.DateTimeField()
    answer = models.CharField(_("答复"), max_length=300, blank=True)
    answered_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = ApproachQuerySet.as_manager()

    class Meta:
        verbose_name = _("主动联系")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "party"], condition=models.Q(answered_at__isnull=True), name="approach_open_once"
            )
        ]
        indexes = [models.Index(fields=["case", "-made_at"], name="approach_of_case")]

    @property
    def symbol(self) -> str:
        """How events and duties name the approach."""
        return f"portal.approach:{self.pk}"
