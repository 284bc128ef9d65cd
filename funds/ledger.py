"""The only writer of transfers. A posting is one statement: the transfer and both balances, or nothing.

Accounts are locked before (``funds.locks``). Every kind but BANK is kept at zero or above by a CHECK of the database;
the refusal here only says so in words first. BANK runs the other way round: what the bank holds is minus its balance.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from funds import locks
from funds.kinds import AccountKind
from funds.models import Account, Command, Transfer
from kernel.keys import uuid7
from kernel.money import FEN, ZERO
from kernel.refusals import Refusal

_POST = """
    WITH moved AS (
        INSERT INTO funds_transfer (id, court_id, source_id, destination_id, amount, case_id, subject, command_id,
                                    at, value_on, reverses_id, remark)
        VALUES (%(id)s, %(court)s, %(source)s, %(destination)s, %(amount)s, %(case)s, %(subject)s, %(command)s,
                %(at)s, %(value_on)s, %(reverses)s, %(remark)s)
    )
    UPDATE funds_account
       SET balance = balance + CASE WHEN id = %(destination)s THEN %(amount)s ELSE -%(amount)s END
     WHERE id IN (%(source)s, %(destination)s)
    RETURNING id, balance
"""
_POST_ALL = """
    WITH moved AS (
        INSERT INTO funds_transfer (id, court_id, source_id, destination_id, amount, case_id, subject, command_id,
                                    at, value_on, remark)
        SELECT id, %(court)s, source, destination, amount, "case", subject, command, %(at)s, value_on, remark
          FROM unnest(%(ids)s::uuid[], %(sources)s::uuid[], %(destinations)s::uuid[], %(amounts)s::numeric[],
                      %(cases)s::uuid[], %(subjects)s::text[], %(commands)s::uuid[], %(days)s::date[],
                      %(remarks)s::text[])
               AS asked (id, source, destination, amount, "case", subject, command, value_on, remark)
    )
    UPDATE funds_account AS account
       SET balance = account.balance + change.amount
      FROM unnest(%(accounts)s::uuid[], %(changes)s::numeric[]) AS change (id, amount)
     WHERE account.id = change.id
    RETURNING account.id, account.balance
"""
_DERIVE = """
    WITH t AS MATERIALIZED (  -- once, whatever the planner believes of the number of accounts
        SELECT account, sum(amount) AS sum
          FROM (SELECT destination_id AS account, amount FROM funds_transfer WHERE court_id = %(court)s
                UNION ALL
                SELECT source_id, -amount FROM funds_transfer WHERE court_id = %(court)s) AS sides
         GROUP BY account
    )
    SELECT a.key, a.balance, COALESCE(t.sum, 0)
      FROM funds_account a
      LEFT JOIN t ON t.account = a.id
     WHERE a.court_id = %(court)s AND a.balance <> COALESCE(t.sum, 0)
     ORDER BY a.key
"""


class NotEnough(Refusal):
    """The source holds less than the amount."""

    message = _("%(account)s余额 %(balance)s 元，不足 %(amount)s 元。请刷新后核对。")


class AlreadyReversed(Refusal):
    """A transfer is reversed once."""

    message = _("这笔记账已经冲正过，不能再次冲正。")


class MonthClosed(Refusal):
    """Nothing counts on a day of a month that is closed any more."""

    message = _("%(month)s已月结，不能再按 %(day)s 记账。迟到的银行流水记在下一个未结的日子，来款日仍照银行的日子。")


class NotAPosting(ValueError):
    """An amount that is no positive sum of whole fen, or accounts of two courts: a fault of the program."""


@dataclass(frozen=True)
class Wrong:
    """An account whose balance does not follow from its transfers (yuan)."""

    key: str
    balance: Decimal
    derived: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One of several sums to be moved together (yuan); the accounts are locked, one object for each account."""

    source: Account
    destination: Account
    amount: Decimal
    command: Command
    value_on: date
    subject: str
    case_id: UUID | None = None
    remark: str = ""


def post(
    *,
    source: Account,
    destination: Account,
    amount: Decimal,
    command: Command,
    at: datetime,
    value_on: date,
    subject: str,
    case_id: UUID | None = None,
    remark: str = "",
    reverses: Transfer | None = None,
) -> Transfer:
    """Move ``amount`` yuan between two locked accounts of one court. Raises NotEnough, MonthClosed, NotLocked, NotAPosting."""
    locks.require((source, destination))
    _check(source, destination, amount, value_on)
    row = Transfer(
        id=uuid7(),
        court_id=source.court_id,
        source=source,
        destination=destination,
        amount=amount,
        case_id=case_id,
        subject=subject,
        command=command,
        at=at,
        value_on=value_on,
        reverses=reverses,
        remark=remark[:120],
    )
    _write(row)
    return row


def _check(source: Account, destination: Account, amount: Decimal, value_on: date) -> None:
    for account in (source, destination):
        if account.closed_until is not None and value_on <= account.closed_until:
            month = _("%(year)s年%(month)s月") % {"year": value_on.year, "month": value_on.month}
            raise MonthClosed(month=month, day=value_on.isoformat())
    if amount <= 0 or amount != amount.quantize(FEN) or source.court_id != destination.court_id:
        raise NotAPosting(f"{amount} from {source.key} to {destination.key}")
    if source.kind != AccountKind.BANK and source.balance < amount:
        label = AccountKind(source.kind).label
        raise NotEnough(account=label, balance=f"{source.balance:,.2f}", amount=f"{amount:,.2f}")


def post_all(postings: Sequence[Posting], *, at: datetime) -> None:
    """Move several sums between locked accounts of one court in one statement, or none. Raises what ``post`` raises."""
    held = {account.pk: account for row in postings for account in (row.source, row.destination)}
    locks.require(held.values())
    changes = dict.fromkeys(held, ZERO)
    for row in postings:
        _check(row.source, row.destination, row.amount, row.value_on)
        for account, change in ((row.source, -row.amount), (row.destination, row.amount)):
            account.balance += change
            changes[account.pk] += change
    values = {
        "court": postings[0].source.court_id,
        "at": at,
        "ids": [uuid7() for _row in postings],
        "sources": [row.source.pk for row in postings],
        "destinations": [row.destination.pk for row in postings],
        "amounts": [row.amount for row in postings],
        "cases": [row.case_id for row in postings],
        "subjects": [row.subject for row in postings],
        "commands": [row.command.pk for row in postings],
        "days": [row.value_on for row in postings],
        "remarks": [row.remark[:120] for row in postings],
        "accounts": list(changes),
        "changes": list(changes.values()),
    }
    with connection.cursor() as cursor:
        cursor.execute(_POST_ALL, values)
        for key, balance_now in cursor.fetchall():
            held[key].balance = balance_now


def _write(row: Transfer) -> None:
    values = {
        "id": row.pk,
        "court": row.court_id,
        "source": row.source_id,
        "destination": row.destination_id,
        "amount": row.amount,
        "case": row.case_id,
        "subject": row.subject,
        "command": row.command_id,
        "at": row.at,
        "value_on": row.value_on,
        "reverses": row.reverses_id,
        "remark": row.remark,
    }
    with connection.cursor() as cursor:
        cursor.execute(_POST, values)
        balances = dict(cursor.fetchall())
    row.source.balance, row.destination.balance = balances[row.source_id], balances[row.destination_id]
    row._state.adding = False


def reverse(*, transfer: Transfer, command: Command, at: datetime, value_on: date, remark: str = "") -> Transfer:
    """The opposite transfer, once; both accounts are locked here, in order. Raises AlreadyReversed, NotEnough."""
    held = locks.lock(transfer.source.key, transfer.destination.key)
    if Transfer.objects.filter(reverses=transfer).exists():
        raise AlreadyReversed()
    return post(
        source=held[transfer.destination.key],
        destination=held[transfer.source.key],
        amount=transfer.amount,
        command=command,
        at=at,
        value_on=value_on,
        subject=transfer.subject,
        case_id=transfer.case_id,
        remark=remark,
        reverses=transfer,
    )


def open_day(account: Account, wanted: date) -> date:
    """The day itself, or the first day after the last closed month when the day lies in a closed one."""
    closed = account.closed_until
    return wanted if closed is None or wanted > closed else closed + timedelta(days=1)


def key_of(kind: AccountKind, owner_id: UUID) -> str:
    """The key of a case's account (its case) or of a court's account (its court)."""
    return f"{AccountKind(kind).value}:{owner_id}"


def balance(key: str) -> Decimal:
    """The balance of an account (yuan); zero while it is not opened."""
    found = Account.objects.filter(key=key).values_list("balance", flat=True).first()
    return ZERO if found is None else found


def trial_balance(court_id: UUID) -> dict[AccountKind, Decimal]:
    """The sum of balances by kind (yuan); over all kinds it is zero, because every transfer leaves as it arrives."""
    sums = dict.fromkeys(AccountKind, ZERO)
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, sum(balance) FROM funds_account WHERE court_id = %s GROUP BY kind", [court_id])
        sums |= {AccountKind(kind): total for kind, total in cursor.fetchall()}
    return sums


def rederive(court_id: UUID) -> list[Wrong]:
    """The accounts of a court whose balance is not the sum of their transfers; empty when the books are whole."""
    with connection.cursor() as cursor:
        cursor.execute(_DERIVE, {"court": court_id})
        return [Wrong(key, cached, derived) for key, cached, derived in cursor.fetchall()]
