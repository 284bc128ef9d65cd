"""The only writer of transfers. A posting is one statement: the transfer and both balances, or nothing.

Accounts are locked before (``funds.locks``). Every kind but BANK is kept at zero or above by a CHECK of the database;
the refusal here only says so in words first. BANK runs the other way round: what the bank holds is minus its balance.
"""

from dataclasses import dataclass
from datetime import date, datetime
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
_DERIVE = """
    SELECT a.key, a.balance, COALESCE(t.sum, 0)
      FROM funds_account a
      LEFT JOIN (SELECT account, sum(amount) AS sum
                   FROM (SELECT destination_id AS account, amount FROM funds_transfer WHERE court_id = %(court)s
                         UNION ALL
                         SELECT source_id, -amount FROM funds_transfer WHERE court_id = %(court)s) AS sides
                  GROUP BY account) AS t ON t.account = a.id
     WHERE a.court_id = %(court)s AND a.balance <> COALESCE(t.sum, 0)
     ORDER BY a.key
"""


class NotEnough(Refusal):
    """The source holds less than the amount."""

    message = _("%(account)s余额 %(balance)s 元，不足 %(amount)s 元。请刷新后核对。")


class AlreadyReversed(Refusal):
    """A transfer is reversed once."""

    message = _("这笔记账已经冲正过，不能再次冲正。")


class NotAPosting(ValueError):
    """An amount that is no positive sum of whole fen, or accounts of two courts: a fault of the program."""


@dataclass(frozen=True)
class Wrong:
    """An account whose balance does not follow from its transfers (yuan)."""

    key: str
    balance: Decimal
    derived: Decimal


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
    """Move ``amount`` yuan between two locked accounts of one court. Raises NotEnough, NotLocked, NotAPosting."""
    locks.require((source, destination))
    if amount <= 0 or amount != amount.quantize(FEN) or source.court_id != destination.court_id:
        raise NotAPosting(f"{amount} from {source.key} to {destination.key}")
    if source.kind != AccountKind.BANK and source.balance < amount:
        label = AccountKind(source.kind).label
        raise NotEnough(account=label, balance=f"{source.balance:,.2f}", amount=f"{amount:,.2f}")
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
