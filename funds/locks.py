"""The only place that locks accounts of the ledger: by key, ``FOR NO KEY UPDATE``, after cases and before counters.

An account is locked before the transfer is inserted: the foreign key's own share lock would otherwise be taken first,
in every session, and two postings would wait for each other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from funds.models import Account

_LOCK = """
    SELECT key, id, court_id, kind, case_id, balance, closed_until
      FROM funds_account
     WHERE key = ANY(%s)
     ORDER BY key
       FOR NO KEY UPDATE
"""


@dataclass(frozen=True)
class _Mark:
    account_id: UUID

    def __call__(self) -> None:
        """Nothing to do at commit: the mark only says that the lock is held, and a rollback forgets it."""


class NotLocked(RuntimeError):
    """A posting on an account that this transaction does not hold: a fault of the program."""


def lock(*keys: str) -> dict[str, Account]:
    """The accounts by key, locked in the order of their keys and read afresh; KeyError when one is missing."""
    wanted = sorted(set(keys))
    if not connection.in_atomic_block:
        raise NotLocked(", ".join(wanted))
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [wanted])
        found = {row[0]: _account(row) for row in cursor.fetchall()}
    if len(found) != len(wanted):
        raise KeyError(", ".join(key for key in wanted if key not in found))
    for account in found.values():
        transaction.on_commit(_Mark(account.pk))
    return found


def _account(row: tuple[Any, ...]) -> Account:
    """The locked row as a model; by hand, because this is the hottest query of the house."""
    key, pk, court_id, kind, case_id, balance, closed_until = row
    account = Account(
        id=pk, court_id=court_id, kind=kind, case_id=case_id, key=key, balance=balance, closed_until=closed_until
    )
    account._state.adding = False
    return account


def require(accounts: Iterable[Account]) -> None:
    """Raise NotLocked unless this transaction holds the accounts."""
    held = {entry[1].account_id for entry in connection.run_on_commit if isinstance(entry[1], _Mark)}
    for account in accounts:
        if account.pk not in held or not connection.in_atomic_block:
            raise NotLocked(account.key)
