"""Payout: one receipt, one payee, one instruction for ever; the payee's account as it stood; what holds it back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court, Post
from accounts.policy import scope
from accounts.roles import Action, Scope
from cases.models import Case, Decision, Party
from funds.kinds import FUND_KINDS, AccountKind, HoldReason, PayeeKind, PayoutState
from funds.models.grants import Grant
from funds.models.receipts import Receipt
from kernel.encryption import EncryptedTextField
from kernel.models import Keyed, Versioned
from kernel.money import MoneyField


class PayeeAccountQuerySet(models.QuerySet["PayeeAccount"]):
    def visible_to(self, actor: Actor | None) -> "PayeeAccountQuerySet":
        """Accounts of parties of the cases that the actor may see."""
        if actor is None or not actor.is_staff or scope(actor, Action.SEE_FUNDS) is None:
            return self.none()
        rows = self.filter(court_id=actor.court_id)
        if scope(actor, Action.SEE_FUNDS) == Scope.COURT:
            return rows
        return rows.filter(party__participations__case__in=Case.objects.visible_to(actor)).distinct()

    def usable(self) -> "PayeeAccountQuerySet":
        """Confirmed and not replaced."""
        return self.filter(confirmed_at__isnull=False, ended_at__isnull=True)


class PayeeAccount(Keyed):
    """Where a party wants its money; entered by one person, confirmed by another, replaced and never changed."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, related_name="payee_accounts")
    bank = models.CharField(_("开户行"), max_length=80)
    account = EncryptedTextField(_("账号"))
    tail = models.CharField(max_length=4)
    holder = models.CharField(_("户名"), max_length=80)
    why_other = models.CharField(_("付给他人的依据"), max_length=200, blank=True)
    entered_by = models.CharField(max_length=80)
    entered_user = models.UUIDField(null=True)
    entered_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=80, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = PayeeAccountQuerySet.as_manager()

    class Meta:
        verbose_name = _("收款账户")
        constraints = [
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(confirmed_at__isnull=False, ended_at__isnull=True),
                name="one_payee_account_in_use",
            )
        ]

    @property
    def symbol(self) -> str:
        """How the journal names the account."""
        return f"funds.payeeaccount:{self.pk}"


class PayoutQuerySet(models.QuerySet["Payout"]):
    def visible_to(self, actor: Actor | None) -> "PayoutQuerySet":
        """Payouts of the court, or of the actor's own cases."""
        if actor is None or not actor.is_staff or (width := scope(actor, Action.SEE_FUNDS)) is None:
            return self.none()
        rows = self.filter(court_id=actor.court_id)
        return rows if width == Scope.COURT else rows.filter(case__in=Case.objects.visible_to(actor))

    def of_cases(self) -> "PayoutQuerySet":
        """Payouts of the cases' own money; grants of relief and rewards are none."""
        return self.exclude(drawn_from__in=FUND_KINDS)

    def in_deposit(self) -> "PayoutQuerySet":
        """Payouts whose money lies in DEPOSIT: nobody takes it, or it came back there from the bank."""
        back = Q(drawn_from=AccountKind.DEPOSIT, state__in=[PayoutState.DRAFT, PayoutState.RETURNED])
        return self.filter(Q(state=PayoutState.DEPOSITED) | back, replaced_by__isnull=True)


class Payout(Keyed, Versioned):
    """Money of one receipt to one payee (yuan). Nothing but ``funds/services/paying.py`` assigns ``state``.

    ``parts`` says which part of the debt it pays. The payee's account is copied at confirmation. ``drawn_from`` is the account
    that the money leaves and returns to: the case's, or what is kept apart (a deposit, a fund).
    """

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="payouts")
    case = models.ForeignKey(Case, models.PROTECT, related_name="payouts")
    payee_kind = models.CharField(_("收款方"), max_length=8, choices=PayeeKind.choices)
    payee = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    payee_name = models.CharField(_("收款户名"), max_length=120)
    payee_account = EncryptedTextField(_("收款账号"), blank=True)
    payee_bank = models.CharField(_("收款银行"), max_length=120, blank=True)
    drawn_from = models.CharField(max_length=10, choices=AccountKind.choices, default=AccountKind.CASE)
    grant = models.ForeignKey(Grant, models.PROTECT, null=True, related_name="payouts")
    amount = MoneyField(_("金额"))
    parts = models.JSONField(default=dict)
    state = models.CharField(_("状态"), max_length=10, choices=PayoutState.choices, default=PayoutState.DRAFT)
    instruction_key = models.CharField(max_length=60, unique=True)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="payouts")
    drafted_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    bank_reference = models.CharField(_("银行流水号"), max_length=80, blank=True)
    treasury_number = models.CharField(_("缴款票据号"), max_length=60, blank=True)
    treasury_on = models.DateField(_("缴款日"), null=True)
    reason = models.CharField(_("原因"), max_length=300, blank=True)

    objects = PayoutQuerySet.as_manager()

    class Meta:
        verbose_name = _("发放")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payout_positive"),
            models.CheckConstraint(
                condition=Q(payee_kind="PARTY", payee__isnull=False) | ~Q(payee_kind="PARTY"),
                name="payout_names_its_party",
            ),
        ]
        indexes = [
            models.Index(
                fields=["court", "state", "drafted_at", "id"],
                name="payout_open",
                condition=~Q(state__in=["SETTLED", "VOID"]),
            ),
            models.Index(fields=["court", "-drafted_at", "-id"], name="payout_recent"),
            models.Index(fields=["case", "drafted_at"], name="payout_of_case"),
        ]

    @property
    def shown_name(self) -> str:
        """The payee as pages and papers name it: an informer is confidential (RWD-ORDER, 法释〔2017〕8号第23条)."""
        if self.payee_kind == PayeeKind.REWARD:
            return str(_("举报人（保密）"))
        return self.payee_name or str(self.get_payee_kind_display())

    @property
    def is_mere_draft(self) -> bool:
        """Whether nothing was set aside or kept apart for it."""
        return self.state == PayoutState.DRAFT and self.drawn_from == AccountKind.CASE

    @property
    def symbol(self) -> str:
        """How events and messages name the payout."""
        return f"funds.payout:{self.pk}"


class Hold(Keyed):
    """A receipt whose payout is delayed for a reason, with approval, until a review; ended, never deleted."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="holds")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    reason = models.CharField(_("事由"), max_length=16, choices=HoldReason.choices)
    why = models.CharField(_("说明"), max_length=300, blank=True)
    review_on = models.DateField(_("复查日"))
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    from_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_why = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("延缓发放")
        constraints = [
            models.UniqueConstraint(
                fields=["receipt"],
                condition=Q(from_at__isnull=False, ended_at__isnull=True),
                name="one_hold_in_force",
            )
        ]

    @property
    def symbol(self) -> str:
        """How events name the hold."""
        return f"funds.hold:{self.pk}"
