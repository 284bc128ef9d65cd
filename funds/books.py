"""Statements of the ledger: of a case, of a day, of an account. Each line says where the money came from and went."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from cases.models import Case
from funds import ledger
from funds.kinds import AccountKind
from funds.models import Account, Transfer
from kernel.money import ZERO


@dataclass(frozen=True)
class Line:
    """One transfer as a statement shows it; ``balance`` is the running balance of the account it is read from (yuan)."""

    transfer: Transfer
    came: Decimal
    went: Decimal
    balance: Decimal
    other: str


@dataclass(frozen=True)
class Book:
    """The movements of an account with what it held before and after (yuan)."""

    opening: Decimal
    lines: tuple[Line, ...]

    @property
    def closing(self) -> Decimal:
        """What the account holds at the end."""
        return self.lines[-1].balance if self.lines else self.opening

    @property
    def came(self) -> Decimal:
        """The sum of what came."""
        return sum((line.came for line in self.lines), ZERO)

    @property
    def went(self) -> Decimal:
        """The sum of what went."""
        return sum((line.went for line in self.lines), ZERO)


def of_case(case: Case) -> Book:
    """Every movement of the case's own account, oldest first."""
    account = Account.objects.filter(key=ledger.key_of(AccountKind.CASE, case.pk)).first()
    if account is None:
        return Book(ZERO, ())
    return _book(account, ZERO, _of(account).order_by("at", "id"))


def of_bank_day(court_id: UUID, on: date) -> Book:
    """What came to and left the court's bank account on a day, as the ledger has it."""
    account = Account.objects.filter(key=ledger.key_of(AccountKind.BANK, court_id)).first()
    if account is None:
        return Book(ZERO, ())
    before = -_sum(_of(account).filter(value_on__lt=on), account)
    return _book(account, before, _of(account).filter(value_on=on).order_by("at", "id"))


def of_day(court_id: UUID, on: date) -> "QuerySet[Transfer]":
    """Every transfer of a court that counts on a day."""
    rows = Transfer.objects.filter(court_id=court_id, value_on=on)
    return rows.select_related("source", "destination", "case").order_by("at", "id")


def _of(account: Account) -> "QuerySet[Transfer]":
    rows = Transfer.objects.filter(Q(source=account) | Q(destination=account))
    return rows.select_related("source", "destination", "case")


def _sum(rows: "QuerySet[Transfer]", account: Account) -> Decimal:
    """What came into an account less what left it (yuan), added up by the database."""
    sums = rows.order_by().aggregate(
        came=Sum("amount", filter=Q(destination=account)), went=Sum("amount", filter=Q(source=account))
    )
    return (sums["came"] or ZERO) - (sums["went"] or ZERO)


def _book(account: Account, opening: Decimal, rows: Iterable[Transfer]) -> Book:
    """The bank's account runs the other way round: what leaves it in the ledger came to the bank."""
    turned = account.kind == AccountKind.BANK
    lines, balance = [], opening
    for row in rows:
        into = (row.destination_id == account.pk) != turned
        other = row.source if row.destination_id == account.pk else row.destination
        balance += row.amount if into else -row.amount
        lines.append(
            Line(
                transfer=row,
                came=row.amount if into else ZERO,
                went=ZERO if into else row.amount,
                balance=balance,
                other=str(AccountKind(other.kind).label),
            )
        )
    return Book(opening, tuple(lines))
