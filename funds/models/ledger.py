"""The ledger: accounts with guarded balances, transfers that nothing changes, commands that run once."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Court
from cases.models import Case
from funds.kinds import AccountKind
from kernel.append_only import AppendOnly
from kernel.models import Keyed
from kernel.money import ZERO, MoneyField


class MainAccount(Keyed):
    """The court's account for case funds at its bank; the numbers of the cases begin with ``sub_prefix``."""

    court = models.OneToOneField(Court, models.PROTECT, related_name="main_account")
    number = models.CharField(_("账号"), max_length=34)
    bank = models.CharField(_("开户行"), max_length=60)
    holder = models.CharField(_("户名"), max_length=80)
    sub_prefix = models.CharField(_("案款账号前缀"), max_length=16)
    treasury_holder = models.CharField(_("国库收款户名"), max_length=80, blank=True)
    treasury_number = models.CharField(_("国库收款账号"), max_length=34, blank=True)
    treasury_bank = models.CharField(_("国库收款银行"), max_length=60, blank=True)
    fiscal_holder = models.CharField(_("财政收款户名"), max_length=80, blank=True)
    fiscal_number = models.CharField(_("财政收款账号"), max_length=34, blank=True)
    fiscal_bank = models.CharField(_("财政收款银行"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("案款专户")
        constraints = [
            models.UniqueConstraint(fields=["number"], name="main_account_once"),
            models.UniqueConstraint(fields=["sub_prefix"], name="sub_prefix_once"),
            models.CheckConstraint(condition=Q(sub_prefix__regex=r"^[0-9]{4,16}$"), name="sub_prefix_digits"),
        ]


class Account(Keyed):
    """One account of the ledger: of a case (key CASE:<case>) or of the court (key <KIND>:<court>).

    ``closed_until`` stands on the bank's account: the last day of the last month that is closed.
    """

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    kind = models.CharField(_("科目"), max_length=10, choices=AccountKind.choices)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=60, unique=True)
    balance = MoneyField(_("余额"), default=ZERO)
    closed_until = models.DateField(null=True)

    class Meta:
        verbose_name = _("账户")
        constraints = [
            models.CheckConstraint(condition=Q(kind="BANK") | Q(balance__gte=0), name="account_never_below_zero"),
            models.CheckConstraint(
                condition=Q(kind="CASE", case__isnull=False) | ~Q(kind="CASE") & Q(case__isnull=True),
                name="account_case_by_kind",
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(kind="CASE"), name="one_case_one_account"),
            models.UniqueConstraint(fields=["court", "kind"], condition=~Q(kind="CASE"), name="one_kind_one_account"),
        ]
        indexes = [models.Index(fields=["court", "kind"], name="account_of_court")]

    def __str__(self) -> str:
        return self.key


class SubAccount(Keyed):
    """The number under which the bank knows a case; it ends in two check digits (ISO 7064, mod 97)."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, related_name="sub_account")
    number = models.CharField(_("案款账号"), max_length=34, unique=True)
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name = _("案款账号")

    def __str__(self) -> str:
        return self.number


class Command(Keyed):
    """One money command: the same key with the same inputs gives the first result for ever."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    verb = models.CharField(max_length=40)
    input_digest = models.CharField(max_length=64)
    result = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("指令")
        constraints = [models.UniqueConstraint(fields=["court", "key"], name="command_once")]


class Transfer(Keyed, AppendOnly):
    """Money from a source to a destination, positive (yuan). Corrected only by an opposite transfer.

    ``at`` is the moment of booking, ``value_on`` the day on which it counts at the bank. Written by ``funds/ledger.py`` alone.
    """

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    source = models.ForeignKey(Account, models.PROTECT, related_name="outgoing", db_index=False)
    destination = models.ForeignKey(Account, models.PROTECT, related_name="incoming", db_index=False)
    amount = MoneyField(_("金额"))
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+", db_index=False)
    subject = models.CharField(max_length=80)
    command = models.ForeignKey(Command, models.PROTECT, related_name="transfers")
    at = models.DateTimeField()
    value_on = models.DateField()
    reverses = models.OneToOneField("self", models.PROTECT, null=True, related_name="reversed_by")
    remark = models.CharField(_("摘要"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("记账")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="transfer_positive"),
            models.CheckConstraint(condition=~Q(source=F("destination")), name="transfer_between_two"),
        ]
        indexes = [
            models.Index(fields=["source", "value_on"], name="transfer_out"),
            models.Index(fields=["destination", "value_on"], name="transfer_in"),
            models.Index(fields=["court", "value_on", "id"], name="transfer_of_day"),
            models.Index(fields=["case", "at"], name="transfer_of_case", condition=Q(case__isnull=False)),
        ]
