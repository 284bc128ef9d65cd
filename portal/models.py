"""The codes with which parties sign in, and what they write to the court.

There are no accounts: a code by text message opens a session for one party.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court, Post
from cases.kinds import ObjectionKind
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


class SubmissionKind(models.TextChoices):
    """What a party hands in on the phone besides coming forward."""

    HURRY = "HURRY", _("催办")
    OBJECTION = "OBJECTION", _("执行异议")


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def visible_to(self, actor: Actor | None) -> "SubmissionQuerySet":
        """Those of the cases that the actor sees."""
        return self.filter(case__in=Case.objects.visible_to(actor))

    def waiting(self) -> "SubmissionQuerySet":
        """Those that nobody has answered."""
        return self.filter(answered_at__isnull=True)


class Submission(Keyed):
    """What a party handed in: a hurrying that the officer answers, or an objection that the filing clerk takes up.

    ``contested`` and ``sort`` (conduct or title) are an objection's; ``opened`` is the case that was made of it.
    """

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="submissions")
    party = models.ForeignKey("cases.Party", models.PROTECT, related_name="+")
    kind = models.CharField(_("种类"), max_length=10, choices=SubmissionKind.choices)
    sort = models.CharField(_("异议类型"), max_length=10, choices=ObjectionKind.choices, blank=True)
    contested = models.CharField(_("所针对的行为或者标的"), max_length=200, blank=True)
    words = models.CharField(_("说明"), max_length=2000, blank=True)
    made_at = models.DateTimeField()
    answer = models.CharField(_("答复"), max_length=300, blank=True)
    answered_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    opened = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("当事人提交")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "party", "kind"],
                condition=models.Q(answered_at__isnull=True),
                name="submission_open_once",
            )
        ]
        indexes = [models.Index(fields=["case", "party", "kind", "-made_at"], name="submission_of_case")]

    @property
    def symbol(self) -> str:
        """How events and duties name it."""
        return f"portal.submission:{self.pk}"
