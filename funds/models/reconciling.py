"""The daily comparison with the bank, and what a difference of one fen does: it stops the payouts of the court."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Court
from funds.models.statements import StatementImport
from kernel.models import Keyed
from kernel.money import MoneyField


class Reconciliation(Keyed):
    """One comparison: the bank's closing balance of a day, the ledger's, cash not yet handed in, and what differs (yuan)."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    on = models.DateField(_("对账日"))
    bank_closing = MoneyField(_("银行余额"), null=True)
    ledger_closing = MoneyField(_("账面余额"))
    cash_in_hand = MoneyField(_("未缴存现金"))
    difference = MoneyField(_("差额"))
    wrong_accounts = models.JSONField(default=list)
    candidates = models.JSONField(default=list)
    imported = models.ForeignKey(StatementImport, models.PROTECT, null=True, related_name="comparisons")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("对账")
        indexes = [models.Index(fields=["court", "-on", "-at"], name="reconciliation_recent")]

    @property
    def agrees(self) -> bool:
        """Whether bank and ledger agree to the fen and every balance follows from the transfers."""
        return self.difference == 0 and not self.wrong_accounts


class PayoutHalt(Keyed):
    """While it lasts, the court sends no money. Opened by a difference, ended when the books agree again."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(Reconciliation, models.PROTECT, related_name="+")
    difference = MoneyField(_("差额"))
    from_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Reconciliation, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("停付")
        constraints = [
            models.UniqueConstraint(fields=["court"], condition=Q(ended_at__isnull=True), name="one_halt_in_force")
        ]
