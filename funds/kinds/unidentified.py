"""Words of finding a case for money: what a payer said, and where a public notice stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PayerClaimState(models.TextChoices):
    """Where a payer's own claim stands. PARKED: looked at, the money has not come; a matching line wakes it."""

    WAITING = "WAITING", _("待核对")
    PARKED = "PARKED", _("等款到账")
    FOUND = "FOUND", _("已找到")
    ANSWERED = "ANSWERED", _("已答复")


class NoticeState(models.TextChoices):
    """Where a public notice stands."""

    ASKED = "ASKED", _("待批准")
    PUBLISHED = "PUBLISHED", _("已公告")
