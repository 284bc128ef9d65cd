"""Notes and attachments, notices to parties, and a court's own figures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Court, Post
from kernel import clock
from kernel.append_only import AppendOnly
from kernel.models import Keyed


class Note(Keyed):
    """A working note of staff (contact, visit, thought); never shown to parties."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="notes")
    text = models.TextField(_("内容"))
    kind = models.CharField(_("类型"), max_length=12, default="NOTE")
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("笔记")
        ordering = ["-at"]


class Attachment(Keyed):
    """A file of the dossier: evidence, photographs, scanned papers."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="attachments")
    file = models.ForeignKey("cases.StoredFile", models.PROTECT, related_name="+")
    title = models.CharField(_("名称"), max_length=100)
    volume = models.CharField(_("卷"), max_length=8, default="MAIN", choices=[("MAIN", _("正卷")), ("SIDE", _("副卷"))])
    by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("附件")
        ordering = ["at"]


class Notice(Keyed):
    """What a party is told of an event, once per channel; delivered through a gateway."""

    event = models.ForeignKey("cases.Event", models.PROTECT, related_name="notices")
    party = models.ForeignKey("cases.Party", models.PROTECT, related_name="notices")
    channel = models.CharField(max_length=10, default="sms")
    text = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("通知")
        constraints = [models.UniqueConstraint(fields=["event", "party", "channel"], name="notice_once")]


class RuleOverride(Keyed, AppendOnly):
    """A figure that a court sets for itself within what the law allows (see law/rules.py).

    Written once: a later figure takes its place from its own day on; of two for one day, the one that was set last.
    """

    court = models.ForeignKey(Court, models.PROTECT, related_name="rule_overrides")
    rule = models.CharField(_("规则"), max_length=40)
    value = models.CharField(_("本院数值"), max_length=40)
    from_on = models.DateField(_("自何日起"))
    until_on = models.DateField(null=True, blank=True)
    why = models.CharField(_("依据"), max_length=200)
    set_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("本院规则")
        indexes = [models.Index(fields=["court", "rule", "from_on", "set_at"], name="override_of_court")]
