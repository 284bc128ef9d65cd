"""The codes with which parties sign in. There are no accounts: a code by text message opens a session for one party."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Court
from kernel.models import Keyed


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
