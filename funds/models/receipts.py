"""Receipt: money that came, owned by a case or waiting in suspense with a reason. Claim: whose it is said to be."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court, Post
from accounts.policy import scope
from accounts.roles import Action, Scope
from cases.models import Case, Party
from funds.kinds import ClaimState, DonorKind, ReceiptSource, ReceiptState, SuspenseReason
from funds.models.statements import StatementLine
from kernel.encryption import EncryptedTextField
from kernel.models import Keyed, Versioned
from kernel.money import MoneyField


class ReceiptQuerySet(models.QuerySet["Receipt"]):
    def visible_to(self, actor: Actor | None) -> "ReceiptQuerySet":
        """Receipts of the court; narrower scopes see those of their own cases and, to claim it, unidentified money."""
        if actor is None or not actor.is_staff or (width := scope(actor, Action.SEE_FUNDS)) is None:
            return self.none()
        rows = self.filter(court_id=actor.court_id)
        if width == Scope.COURT:
            return rows
        mine = Q(case__in=Case.objects.visible_to(actor))
        if scope(actor, Action.CLAIM_MONEY) is not None:
            mine |= Q(state=ReceiptState.SUSPENSE)
        return rows.filter(mine)

    def owned(self) -> "ReceiptQuerySet":
        """Receipts that belong to a case."""
        return self.filter(state__in=[ReceiptState.MATCHED, ReceiptState.CLAIMED])


class Receipt(Keyed, Versioned):
    """Money that came in (yuan). ``received_on`` is the day that counts for the debt: the day of the levy for a levy.

    ``split`` is the proposal by law, line by line, as it stood when the money was booked. ``paid_at`` is set when every
    fen of it has left, ``deposited_at`` when what has not left is deposited.
    """

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="receipts")
    number = models.CharField(_("款项编号"), max_length=40)
    source = models.CharField(_("来源"), max_length=8, choices=ReceiptSource.choices)
    line = models.OneToOneField(StatementLine, models.PROTECT, null=True, related_name="receipt")
    deposit_line = models.ForeignKey(StatementLine, models.PROTECT, null=True, related_name="cash_receipts")
    amount = MoneyField(_("金额"))
    payer_name = models.CharField(_("付款人"), max_length=120, blank=True)
    payer_account = EncryptedTextField(_("付款账号"), blank=True)
    payer_bank = models.CharField(_("付款银行"), max_length=120, blank=True)
    payer = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    on_behalf = models.BooleanField(_("代缴"), default=False)
    donor_kind = models.CharField(_("代付人"), max_length=10, choices=DonorKind.choices, blank=True)
    donor_note = models.CharField(_("廉政审批"), max_length=300, blank=True)
    relation = models.CharField(_("与被执行人的关系"), max_length=20, blank=True)
    remark = models.CharField(_("附言"), max_length=300, blank=True)
    received_on = models.DateField(_("到账日"))
    received_at = models.DateTimeField(_("到账时间"))
    state = models.CharField(_("状态"), max_length=10, choices=ReceiptState.choices)
    reason = models.CharField(_("不明原因"), max_length=16, choices=SuspenseReason.choices, blank=True)
    hint = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    split = models.JSONField(default=dict)
    registered_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=_("登记人"))
    second_officer = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name=_("共同收款人"))
    booked_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    deposited_at = models.DateTimeField(null=True)

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        verbose_name = _("来款")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="receipt_positive"),
            models.CheckConstraint(
                condition=Q(state__in=["MATCHED", "CLAIMED"], case__isnull=False)
                | Q(state="SUSPENSE", case__isnull=True) & ~Q(reason="")
                | Q(state="REVERSED")
                | Q(state="DIVIDED", case__isnull=False)
                | Q(state__in=["FUND", "DEPOSITED", "TREASURY"], case__isnull=True),
                name="receipt_owned_or_explained",
            ),
        ]
        indexes = [
            models.Index(
                fields=["court", "received_at", "id"],
                name="receipt_unpaid",
                condition=Q(paid_at__isnull=True, state__in=["MATCHED", "CLAIMED"]),
            ),
            models.Index(fields=["court", "received_at", "id"], name="receipt_suspense", condition=Q(state="SUSPENSE")),
            models.Index(fields=["court", "-received_at", "-id"], name="receipt_recent"),
            models.Index(fields=["case", "received_at"], name="receipt_of_case"),
            models.Index(fields=["court", "payer_name"], name="receipt_of_payer"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def symbol(self) -> str:
        """How events name the receipt."""
        return f"funds.receipt:{self.pk}"


class ClaimQuerySet(models.QuerySet["Claim"]):
    def visible_to(self, actor: Actor | None) -> "ClaimQuerySet":
        """Claims of receipts that the actor may see."""
        return self.filter(receipt__in=Receipt.objects.visible_to(actor))


class Claim(Keyed):
    """Somebody says whose a receipt is; a second person confirms. Re-booking to another case goes the same way."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="claims")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    why = models.CharField(_("依据"), max_length=300)
    reasons = models.JSONField(default=list)
    switch_off = models.BooleanField(_("停用此付款人的自动匹配"), default=False)
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.ASKED)
    asked_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    opinion = models.CharField(max_length=300, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("认领")
        constraints = [
            models.UniqueConstraint(fields=["receipt"], condition=Q(state="ASKED"), name="one_open_claim"),
        ]
        indexes = [models.Index(fields=["court", "asked_at"], name="claim_open", condition=Q(state="ASKED"))]

    @property
    def symbol(self) -> str:
        """How events name the claim."""
        return f"funds.claim:{self.pk}"
