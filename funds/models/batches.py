"""Payment batch: approved payouts that leave the house together, once and by one way; and the ceremony of handing over."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court, Post
from accounts.policy import scope
from accounts.roles import Action, Scope
from cases.models import StoredFile
from funds.kinds.batches import BankWord, BatchState, BatchWay
from funds.models.payouts import Payout
from kernel.append_only import AppendOnly
from kernel.encryption import EncryptedTextField
from kernel.models import Keyed, Versioned
from kernel.money import MoneyField


class PaymentBatchQuerySet(models.QuerySet["PaymentBatch"]):
    def visible_to(self, actor: Actor | None) -> "PaymentBatchQuerySet":
        """Batches of the court, for those who see the money of the whole court."""
        if actor is None or not actor.is_staff or scope(actor, Action.SEE_FUNDS) != Scope.COURT:
            return self.none()
        return self.filter(court_id=actor.court_id)


class PaymentBatch(Keyed, Versioned):
    """Approved payouts that one person puts together, another releases, and the first one sends (P-06, P-10).

    ``count`` and ``total`` (yuan) are those of its items. It leaves by one way only.
    """

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    number = models.CharField(_("批号"), max_length=20)
    title = models.CharField(_("名称"), max_length=80, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=BatchState.choices, default=BatchState.MADE)
    way = models.CharField(_("付款方式"), max_length=8, choices=BatchWay.choices, blank=True)
    count = models.PositiveIntegerField(_("笔数"))
    total = MoneyField(_("合计"))
    made_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    released_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    cancelled_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    why = models.CharField(_("撤销原因"), max_length=300, blank=True)
    ceremony_on = models.DateField(_("集中发放日"), null=True)
    ceremony_place = models.CharField(_("集中发放地点"), max_length=120, blank=True)

    objects = PaymentBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("付款批")
        constraints = [
            models.UniqueConstraint(fields=["court", "number"], name="batch_number_once"),
            models.CheckConstraint(
                condition=Q(state="LEFT", sent_at__isnull=False) & ~Q(way="")
                | ~Q(state="LEFT") & Q(sent_at__isnull=True, way=""),
                name="batch_left_by_a_way",
            ),
        ]
        indexes = [
            models.Index(fields=["court", "-made_at", "-id"], name="batch_recent"),
            models.Index(fields=["court", "made_at"], name="batch_open", condition=Q(state__in=["MADE", "RELEASED"])),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def symbol(self) -> str:
        """How events and the journal name the batch."""
        return f"funds.batch:{self.pk}"


class BatchItem(Keyed):
    """One payout of a batch. A payout is in one batch for ever, unless it was taken out before the batch left.

    ``handed_at`` says that the payee signed for it at the ceremony; ``signer`` is who signed, ``agency`` on what ground
    when that was not the payee.
    """

    batch = models.ForeignKey(PaymentBatch, models.PROTECT, related_name="items")
    payout = models.ForeignKey(Payout, models.PROTECT, related_name="batch_items")
    ordinal = models.PositiveIntegerField(_("序号"))
    out_at = models.DateTimeField(null=True)
    bank_word = models.CharField(_("银行回执"), max_length=10, choices=BankWord.choices, blank=True)
    bank_note = models.CharField(max_length=200, blank=True)
    handed_at = models.DateTimeField(_("签领时间"), null=True)
    handed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    signer = models.CharField(_("签领人"), max_length=80, blank=True)
    agency = models.CharField(_("代领依据"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("付款批明细")
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["payout"], condition=Q(out_at__isnull=True), name="payout_in_one_batch"),
            models.UniqueConstraint(fields=["batch", "ordinal"], name="batch_ordinal_once"),
        ]


class BatchFile(Keyed, AppendOnly):
    """The one file of instructions that a batch left as, byte for byte; encrypted, for it holds the payees' accounts."""

    batch = models.OneToOneField(PaymentBatch, models.PROTECT, related_name="file")
    name = models.CharField(max_length=80)
    sha256 = models.CharField(max_length=64)
    text = EncryptedTextField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("付款文件")


class BatchPhoto(Keyed):
    """A photograph of the ceremony; struck through, never deleted."""

    batch = models.ForeignKey(PaymentBatch, models.PROTECT, related_name="photos")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    caption = models.CharField(_("说明"), max_length=100, blank=True)
    by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("集中发放照片")
        ordering = ["at"]


class StatusReport(Keyed):
    """A status report of the bank on a file of payments (pain.002), taken once."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    batch = models.ForeignKey(PaymentBatch, models.PROTECT, related_name="reports")
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    accepted = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    unknown = models.PositiveIntegerField(default=0)
    taken_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("银行回执文件")
        constraints = [models.UniqueConstraint(fields=["court", "sha256"], name="report_file_once")]
        indexes = [models.Index(fields=["batch", "at"], name="report_of_batch")]
