"""The only place that locks cases: by id, ``FOR NO KEY UPDATE``, before accounts and counters.

The mark of a lock lives in the transaction's own commit hooks, so that a rollback (also of a savepoint) forgets it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from accounts.models import Court, Post
from cases.models import Case, Matter
from kernel import reading
from kernel.reading import Columns, Values
from kernel.refusals import NotFound

_ROW = (Columns(Case, "held"), Columns(Court, "court"), Columns(Matter, "matter"), Columns(Post, "officer"))
_LOCK = f"""
    SELECT {", ".join(map(str, _ROW))}
      FROM cases_case AS held
      JOIN accounts_court AS court ON court.id = held.court_id
      JOIN cases_matter AS matter ON matter.id = held.matter_id
      LEFT JOIN accounts_post AS officer ON officer.id = held.officer_id
     WHERE held.id = ANY(%s::uuid[])
     ORDER BY held.id
       FOR NO KEY UPDATE OF held
"""


@dataclass(frozen=True)
class _Mark:
    case_id: UUID

    def __call__(self) -> None:
        """Nothing to do at commit: the mark only says that the lock is held."""


class NotLocked(RuntimeError):
    """An event was recorded on a case that this transaction has not locked: a fault of the program."""


def lock(case_id: UUID) -> Case:
    """The case, locked and read afresh; raises NotFound."""
    return lock_all([case_id])[0]


def lock_all(case_ids: Iterable[UUID]) -> list[Case]:
    """The cases, locked in the order of their ids; raises NotFound when one is missing."""
    wanted = sorted(set(case_ids))
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a case is locked in a transaction")
    known: dict[UUID, Any] = {}
    rows = [_case(values, known) for values in reading.answers(_LOCK, wanted)]
    if len(rows) != len(wanted):
        raise NotFound()
    for row in rows:
        mark(row)
    return rows


def _case(values: Values, known: dict[UUID, Any]) -> Case:
    case: Case
    case, case.court, case.matter, case.officer = reading.split(values, *_ROW, known=known)
    return case


def mark(case: Case) -> None:
    """Say that this transaction holds the case (a case just inserted is held by its insert)."""
    transaction.on_commit(_Mark(case.pk))


def is_locked(case_id: UUID) -> bool:
    """Whether this transaction holds the case."""
    return case_id in _held()


def require(*cases: Case) -> None:
    """Raise NotLocked unless this transaction holds every one of the cases."""
    held = _held()
    for case in cases:
        if case.pk not in held:
            raise NotLocked(case.number)


def _held() -> set[UUID]:
    if not connection.in_atomic_block:
        return set()
    return {entry[1].case_id for entry in connection.run_on_commit if isinstance(entry[1], _Mark)}
