"""Statements of the ledger: of a case, of a day, of an account. Each line says where the money came from and went."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from cases.models import Case
from funds import ledger
from funds.kinds import AccountKind
from funds.models import Account, Transfer
from kernel import paging
from kernel.money import ZERO

PAGE, WHOLE = 100, 1_000_000
"""Lines on a page; and of a workbook, which has them all."""


@dataclass(frozen=True)
class Line:
    """One transfer as a statement shows it; ``balance`` is the running balance of the account it is read from (yuan)."""

    transfer: Transfer
    came: Decimal
    went: Decimal
    balance: Decimal
    other: str


ORDER = ("at", "id")
EMPTY = paging.Page(rows=(), next="", previous="", count=0, capped=False)


@dataclass(frozen=True)
class Book:
    """The movements of an account in a span (yuan): what it held before, what came and went, and the lines to be shown.

    ``page`` is the part of them that the lines are.
    """

    opening: Decimal
    came: Decimal = ZERO
    went: Decimal = ZERO
    lines: tuple[Line, ...] = ()
    page: paging.Page = EMPTY

    @property
    def closing(self) -> Decimal:
        """What the account holds at the end."""
        return self.opening + self.came - self.went


def of_case(case: Case, *, token: str = "", size: int = PAGE) -> Book:
    """A page of the movements of the case's own account, oldest first."""
    account = Account.objects.filter(key=ledger.key_of(AccountKind.CASE, case.pk)).first()
    return _book(account, ZERO, _of(account), token, size) if account else Book(ZERO)


def of_bank_day(court_id: UUID, on: date, *, token: str = "", size: int = PAGE) -> Book:
    """A page of what came to and left the court's bank account on a day, as the ledger has it."""
    account = Account.objects.filter(key=ledger.key_of(AccountKind.BANK, court_id)).first()
    if account is None:
        return Book(ZERO)
    since = _sums(_of(account).filter(value_on__gte=on), account)  # backwards from now: the days before may be many
    return _book(account, -account.balance - since.came + since.went, _of(account).filter(value_on=on), token, size)


def of_day(court_id: UUID, on: date) -> "QuerySet[Transfer]":
    """Every transfer of a court that counts on a day."""
    rows = Transfer.objects.filter(court_id=court_id, value_on=on)
    return rows.select_related("source", "destination", "case").order_by("at", "id")


def _of(account: Account) -> "QuerySet[Transfer]":
    rows = Transfer.objects.filter(Q(source=account) | Q(destination=account))
    return rows.select_related("source", "destination", "case")


@dataclass(frozen=True)
class _Sums:
    came: Decimal
    went: Decimal


def _sums(rows: "QuerySet[Transfer]", account: Account) -> _Sums:
    """What came and what went (yuan), added up by the database.

    The bank's account runs the other way round: what leaves it in the ledger came to the bank.
    """
    found = rows.order_by().aggregate(
        into=Sum("amount", filter=Q(destination=account)), out=Sum("amount", filter=Q(source=account))
    )
    into, out = found["into"] or ZERO, found["out"] or ZERO
    return _Sums(out, into) if account.kind == AccountKind.BANK else _Sums(into, out)


def _book(account: Account, opening: Decimal, rows: "QuerySet[Transfer]", token: str, size: int) -> Book:
    page = paging.page(rows, order=ORDER, token=token, size=size)
    whole = _sums(rows, account)
    lines = tuple(_lines(account, opening + _moved_before(rows, account, page), page.rows))
    return Book(opening, whole.came, whole.went, lines, page)


def _moved_before(rows: "QuerySet[Transfer]", account: Account, page: paging.Page) -> Decimal:
    """By how much the rows before a page changed the balance."""
    if not page.previous:
        return ZERO
    first = page.rows[0]
    earlier = _sums(rows.filter(Q(at__lt=first.at) | Q(at=first.at, id__lt=first.pk)), account)
    return earlier.came - earlier.went


def _lines(account: Account, balance: Decimal, rows: Iterable[Transfer]) -> Iterator[Line]:
    turned = account.kind == AccountKind.BANK
    for row in rows:
        into = (row.destination_id == account.pk) != turned
        other = row.source if row.destination_id == account.pk else row.destination
        balance += row.amount if into else -row.amount
        yield Line(
            transfer=row,
            came=row.amount if into else ZERO,
            went=ZERO if into else row.amount,
            balance=balance,
            other=str(AccountKind(other.kind).label),
        )
