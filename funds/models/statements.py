"""What the bank says: imported files with their control totals, and every line once whatever way it came."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Court, Post
from funds.kinds import LineState
from funds.models.ledger import MainAccount
from kernel.encryption import EncryptedTextField
from kernel.models import Keyed
from kernel.money import MoneyField


class StatementImport(Keyed):
    """One statement file: what was read, accepted, rejected and ignored; the same file is kept once."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    main = models.ForeignKey(MainAccount, models.PROTECT, related_name="imports")
    name = models.CharField(_("文件名"), max_length=200)
    sha256 = models.CharField(max_length=64)
    bank = models.CharField(max_length=10)
    kind = models.CharField(max_length=10)
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    opening = MoneyField(null=True)
    closing = MoneyField(null=True)
    control = models.JSONField(default=dict)
    rejected = models.JSONField(default=list)
    ignored = models.JSONField(default=list)
    warnings = models.JSONField(default=list)
    lines_new = models.PositiveIntegerField(default=0)
    lines_known = models.PositiveIntegerField(default=0)
    imported_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("流水文件")
        constraints = [models.UniqueConstraint(fields=["court", "sha256"], name="statement_file_once")]
        indexes = [models.Index(fields=["court", "-at"], name="import_recent")]

    @property
    def symbol(self) -> str:
        """How the journal names the import."""
        return f"funds.import:{self.pk}"

    @property
    def bookable(self) -> bool:
        """Advices (camt.054) and intraday reports (camt.052) are read and never booked."""
        return self.kind == "STATEMENT"


class StatementLine(Keyed):
    """One movement of the court's account as the bank told it; ``identity`` is the same in every file and in the push."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    main = models.ForeignKey(MainAccount, models.PROTECT, related_name="lines")
    imported = models.ForeignKey(StatementImport, models.PROTECT, null=True, related_name="lines")
    identity = models.CharField(max_length=64)
    ordinal = models.PositiveIntegerField(default=0)
    direction = models.CharField(max_length=3, choices=[("IN", _("收入")), ("OUT", _("支出"))])
    amount = MoneyField(_("金额"))
    balance = MoneyField(null=True)
    booked_on = models.DateField(_("记账日"))
    booked_at = models.DateTimeField(null=True)
    traded_on = models.DateField(null=True)
    counterparty_name = models.CharField(_("对方户名"), max_length=120, blank=True)
    counterparty_account = EncryptedTextField(_("对方账号"), blank=True)
    counterparty_bank = models.CharField(_("对方开户行"), max_length=120, blank=True)
    remark = models.CharField(_("附言"), max_length=300, blank=True)
    sub_account = models.CharField(_("案款账号"), max_length=64, blank=True)
    bank_reference = models.CharField(_("银行流水号"), max_length=80, blank=True)
    kind = models.CharField(max_length=10, blank=True)
    instruction_key = models.CharField(max_length=120, blank=True)
    state = models.CharField(max_length=12, choices=LineState.choices, default=LineState.NEW)
    taken_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField()

    class Meta:
        verbose_name = _("银行流水")
        constraints = [
            models.UniqueConstraint(fields=["main", "identity"], name="line_once"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="line_positive"),
        ]
        indexes = [
            models.Index(fields=["court", "booked_on"], name="line_of_day"),
            models.Index(fields=["taken_at", "ordinal"], name="line_waiting", condition=Q(state="NEW")),
        ]

    @property
    def is_in(self) -> bool:
        """Whether the money came to the court."""
        return self.direction == "IN"
