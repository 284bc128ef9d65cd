"""Remittances: collected fees to the fiscal account, money that nobody owns to the treasury. One instruction each."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court, Post
from accounts.policy import scope
from accounts.roles import Action, Scope
from funds.kinds.apart import RemittanceKind, RemittanceState
from funds.models.deposits import Deposit
from funds.models.payouts import Payout
from funds.models.receipts import Receipt
from kernel.encryption import EncryptedTextField
from kernel.models import Keyed, Versioned
from kernel.money import MoneyField


class RemittanceQuerySet(models.QuerySet["Remittance"]):
    def visible_to(self, actor: Actor | None) -> "RemittanceQuerySet":
        """Remittances of the court, for those who see all its money."""
        if actor is None or not actor.is_staff or scope(actor, Action.SEE_FUNDS) != Scope.COURT:
            return self.none()
        return self.filter(court_id=actor.court_id)


class Remittance(Keyed, Versioned):
    """Money handed over with its list (yuan): asked by one person, approved by another, sent by a third."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    number = models.CharField(_("编号"), max_length=40)
    kind = models.CharField(_("种类"), max_length=10, choices=RemittanceKind.choices)
    amount = MoneyField(_("金额"))
    count = models.PositiveIntegerField(_("笔数"))
    payee_name = models.CharField(_("收款户名"), max_length=120)
    payee_account = EncryptedTextField(_("收款账号"))
    payee_bank = models.CharField(_("收款银行"), max_length=120)
    why = models.CharField(_("依据"), max_length=300, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=RemittanceState.choices, default=RemittanceState.ASKED)
    instruction_key = models.CharField(max_length=60, unique=True)
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    bank_reference = models.CharField(_("银行流水号"), max_length=80, blank=True)
    treasury_number = models.CharField(_("缴款票据号"), max_length=60, blank=True)
    treasury_on = models.DateField(_("缴款日"), null=True)
    reason = models.CharField(_("原因"), max_length=300, blank=True)

    objects = RemittanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("上缴")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="remittance_positive")]
        indexes = [models.Index(fields=["court", "-asked_at", "-id"], name="remittance_list")]

    def __str__(self) -> str:
        return self.number

    @property
    def symbol(self) -> str:
        """How messages and the journal name the remittance."""
        return f"funds.remittance:{self.pk}"


class RemittanceItem(Keyed):
    """One fee, unidentified receipt or deposit of a remittance; dropped when the remittance ends without being paid."""

    remittance = models.ForeignKey(Remittance, models.PROTECT, related_name="items")
    payout = models.ForeignKey(Payout, models.PROTECT, null=True, related_name="remitted_in")
    receipt = models.ForeignKey(Receipt, models.PROTECT, null=True, related_name="remitted_in")
    deposit = models.ForeignKey(Deposit, models.PROTECT, null=True, related_name="remitted_in")
    amount = MoneyField(_("金额"))
    dropped = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("上缴明细")
        constraints = [
            models.UniqueConstraint(fields=["payout"], condition=Q(dropped=False), name="fee_remitted_once"),
            models.UniqueConstraint(fields=["receipt"], condition=Q(dropped=False), name="receipt_remitted_once"),
            models.UniqueConstraint(fields=["deposit"], condition=Q(dropped=False), name="deposit_remitted_once"),
        ]
