"""Deposit (提存): money whose payee does not take it, or whose owner did not answer a public notice, kept apart."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court, Post
from accounts.policy import scope
from accounts.roles import Action, Scope
from cases.models import Case, Decision, StoredFile
from funds.kinds.apart import BY_PUBLIC_NOTICE, DepositReason, DepositState
from funds.models.payouts import Payout
from funds.models.receipts import Receipt
from kernel.models import Keyed, Versioned
from kernel.money import ZERO, MoneyField


class DepositQuerySet(models.QuerySet["Deposit"]):
    def visible_to(self, actor: Actor | None) -> "DepositQuerySet":
        """Deposits of the court, or of the actor's own cases."""
        if actor is None or not actor.is_staff or (width := scope(actor, Action.SEE_FUNDS)) is None:
            return self.none()
        rows = self.filter(court_id=actor.court_id)
        return rows if width == Scope.COURT else rows.filter(case__in=Case.objects.visible_to(actor))

    def announced(self) -> "DepositQuerySet":
        """Deposits whose notice is a public one and that can still be claimed (法发〔2017〕6号第15条)."""
        return self.filter(state=DepositState.DEPOSITED, payout__isnull=False, reason__in=BY_PUBLIC_NOTICE)


class Deposit(Keyed, Versioned):
    """Money in DEPOSIT (yuan): of a payout that cannot be paid, or unidentified money after its public notice.

    Without a payout ``case`` is the case of the notice.

    ``fee`` is what the depositing cost the applicant; ``claim_by`` the last day on which the payee may claim,
    ``lapsed_at`` when it was found to be over.
    """

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    number = models.CharField(_("提存编号"), max_length=40)
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="deposits")
    payout = models.ForeignKey(Payout, models.PROTECT, null=True, related_name="deposits")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    reason = models.CharField(_("事由"), max_length=12, choices=DepositReason.choices)
    why = models.CharField(_("说明"), max_length=300)
    evidence = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+", verbose_name=_("证明材料"))
    amount = MoneyField(_("金额"))
    fee = MoneyField(_("提存费用"), default=ZERO)
    state = models.CharField(_("状态"), max_length=10, choices=DepositState.choices, default=DepositState.ASKED)
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    approved_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    from_at = models.DateTimeField(_("提存时间"), null=True)
    claim_by = models.DateField(_("领取期限"), null=True)
    lapsed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    end_why = models.CharField(max_length=300, blank=True)

    objects = DepositQuerySet.as_manager()

    class Meta:
        verbose_name = _("提存")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, fee__gte=0), name="deposit_positive"),
            models.UniqueConstraint(
                fields=["payout"], condition=Q(state__in=["ASKED", "DEPOSITED"]), name="one_deposit_of_payout"
            ),
            models.UniqueConstraint(
                fields=["receipt"],
                condition=Q(payout__isnull=True, state__in=["ASKED", "DEPOSITED"]),
                name="one_deposit_of_suspense",
            ),
        ]
        indexes = [
            models.Index(fields=["court", "state", "asked_at", "id"], name="deposit_list"),
            models.Index(fields=["case", "asked_at"], name="deposit_of_case"),
            models.Index(
                fields=["court", "claim_by"],
                name="deposit_to_lapse",
                condition=Q(state="DEPOSITED", lapsed_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def symbol(self) -> str:
        """How events name the deposit."""
        return f"funds.deposit:{self.pk}"
