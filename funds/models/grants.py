"""Money kept apart for judicial relief and for rewards: what came in, from whom, and to whom it was granted."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court, Post
from accounts.policy import scope
from accounts.roles import Action, Scope
from cases.models import Case, Decision, Party
from funds.kinds import AccountKind
from funds.kinds.apart import FundSource, GrantState, Hardship, IntakeState
from funds.models.receipts import Receipt
from kernel.encryption import EncryptedTextField
from kernel.models import Keyed, Versioned
from kernel.money import ZERO, MoneyField

FUNDS = [(kind.value, kind.label) for kind in (AccountKind.RELIEF, AccountKind.REWARD)]


class FundMoney(Keyed):
    """A receipt that belongs to a fund and never to a case; one person books it there, another confirms."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    receipt = models.OneToOneField(Receipt, models.PROTECT, related_name="fund_money")
    fund = models.CharField(_("专项资金"), max_length=10, choices=FUNDS)
    source = models.CharField(_("来源"), max_length=10, choices=FundSource.choices)
    why = models.CharField(_("依据"), max_length=300)
    state = models.CharField(_("状态"), max_length=10, choices=IntakeState.choices, default=IntakeState.ASKED)
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decided_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("专项资金来款")
        indexes = [models.Index(fields=["court", "fund", "state", "-asked_at", "-id"], name="fund_money_list")]

    @property
    def symbol(self) -> str:
        """How the journal names the booking."""
        return f"funds.fundmoney:{self.pk}"


class GrantQuerySet(models.QuerySet["Grant"]):
    def visible_to(self, actor: Actor | None) -> "GrantQuerySet":
        """Grants of the court, or of the actor's own cases."""
        if actor is None or not actor.is_staff or (width := scope(actor, Action.SEE_FUNDS)) is None:
            return self.none()
        rows = self.filter(court_id=actor.court_id)
        return rows if width == Scope.COURT else rows.filter(case__in=Case.objects.visible_to(actor))


class Grant(Keyed, Versioned):
    """Relief for a person of a case, or a reward for a tip (yuan); paid from its fund by the normal road.

    ``wage``, ``unpaid`` and ``ceiling`` are the figures of AID-CAP as they stood. A reward's payee is no party, and confidential.
    """

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="grants")
    number = models.CharField(_("编号"), max_length=40)
    fund = models.CharField(_("专项资金"), max_length=10, choices=FUNDS)
    source = models.CharField(_("来源"), max_length=10, choices=FundSource.choices)
    payee = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    payee_name = models.CharField(_("收款户名"), max_length=120)
    payee_account = EncryptedTextField(_("收款账号"))
    payee_bank = models.CharField(_("收款银行"), max_length=120)
    hardship = models.CharField(_("救助类型"), max_length=14, choices=Hardship.choices, blank=True)
    again = models.BooleanField(_("再次救助"), default=False)
    wage = MoneyField(_("月平均工资"), default=ZERO)
    unpaid = MoneyField(_("尚未到位"), default=ZERO)
    ceiling = MoneyField(_("限额"), default=ZERO)
    recovered = MoneyField(_("因线索到位"), default=ZERO)
    why = models.CharField(_("事由"), max_length=500)
    amount = MoneyField(_("金额"))
    state = models.CharField(_("状态"), max_length=10, choices=GrantState.choices, default=GrantState.ASKED)
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("救助、悬赏")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="grant_positive"),
            models.CheckConstraint(
                condition=Q(fund="RELIEF", payee__isnull=False) | Q(fund="REWARD"), name="relief_names_its_person"
            ),
        ]
        indexes = [
            models.Index(fields=["court", "fund", "-asked_at", "-id"], name="grant_list"),
            models.Index(fields=["case", "asked_at"], name="grant_of_case"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def symbol(self) -> str:
        """How events name the grant."""
        return f"funds.grant:{self.pk}"
