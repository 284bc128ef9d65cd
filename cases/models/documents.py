"""Document: a paper made from a template or received, numbered, signed, served; and the file store."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Court, Post
from kernel.append_only import AppendOnly
from kernel.models import Keyed


class StoredFile(Keyed, AppendOnly):
    """A file by its SHA-256; the bytes lie in FILES_DIR and never change."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    stored_at = models.DateTimeField()
    stored_by = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("文件")
        indexes = [models.Index(fields=["court", "sha256"])]


class Document(Keyed):
    """A paper of a case. ``data`` is what the template was filled with, frozen when it was issued."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80, blank=True)
    ordinal = models.PositiveSmallIntegerField()
    number = models.CharField(_("文号"), max_length=60)
    title = models.CharField(_("文书名称"), max_length=80)
    data = models.JSONField(default=dict)
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    signed_by = models.CharField(_("签发人"), max_length=60, blank=True)
    decision = models.ForeignKey("cases.Decision", models.PROTECT, null=True, related_name="documents")
    word = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    pdf = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    render_error = models.CharField(max_length=300, blank=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("文书")
        ordering = ["-issued_at"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind", "ordinal"], name="document_ordinal_once"),
        ]
        indexes = [
            models.Index(fields=["issued_at"], name="document_unrendered", condition=Q(pdf__isnull=True)),
            models.Index(fields=["case", "-issued_at"], name="document_of_case"),
        ]

    @property
    def symbol(self) -> str:
        """How events name the document."""
        return f"cases.document:{self.pk}"


class ServiceMethod(models.TextChoices):
    """How a paper is served (民诉87–95)."""

    DIRECT = "DIRECT", _("直接送达")
    ELECTRONIC = "ELECTRONIC", _("电子送达")
    POST = "POST", _("邮寄送达")
    LEFT = "LEFT", _("留置送达")
    ENTRUSTED = "ENTRUSTED", _("委托送达")
    ANNOUNCED = "ANNOUNCED", _("公告送达")
    GATEWAY = "GATEWAY", _("网络协助执行")


class Service(Keyed):
    """One paper to one recipient: sent, then served on a day; never deleted."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="services")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="services")
    party = models.ForeignKey("cases.Party", models.PROTECT, null=True, related_name="+")
    recipient = models.CharField(_("受送达人"), max_length=80)
    method = models.CharField(_("送达方式"), max_length=12, choices=ServiceMethod.choices, blank=True)
    sent_at = models.DateTimeField(null=True)
    served_on = models.DateField(_("送达日"), null=True)
    proof = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("回证"))
    recorded_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("送达")
        constraints = [models.UniqueConstraint(fields=["document", "recipient"], name="served_once_each")]

    @property
    def symbol(self) -> str:
        """How events name the service."""
        return f"cases.service:{self.pk}"
