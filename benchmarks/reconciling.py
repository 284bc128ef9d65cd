"""Comparing a court's ledger of 1,000,000 transfers: every balance derived anew, beside the bare sum in SQL."""

import io
import time
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction

from accounts.actors import Actor
from accounts.models import Court
from benchmarks import court as courts
from benchmarks import loading
from benchmarks.beside import Figures, figure
from funds import ledger
from funds.kinds import AccountKind
from funds.models import Account, Command
from funds.services import opening, reconciling
from kernel import clock
from kernel.keys import uuid7

TRANSFERS, CASES, BATCH, FIRST = 1_000_000, 1_000, 100_000, 1
CODE, NAME = "晋1098", "百万笔人民法院"
COLUMNS = "id, court_id, source_id, destination_id, amount, subject, command_id, at, value_on, remark"
_SUM = """
    SELECT account, sum(amount)
      FROM (SELECT destination_id AS account, amount FROM funds_transfer WHERE court_id = %s
            UNION ALL
            SELECT source_id, -amount FROM funds_transfer WHERE court_id = %s) AS sides
     GROUP BY account
"""


def measure() -> Figures:
    """Seconds of the comparison, and of the bare sum."""
    court = courts.make(CODE, NAME).court
    load(court)
    begun = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(_SUM, [court.pk, court.pk])
        cursor.fetchall()
    bare = time.perf_counter() - begun
    begun = time.perf_counter()
    row = reconciling.reconcile(
        court=court, on=clock.today(), actor=Actor.system(court, "clock"), at=clock.now(), bank_closing=None
    )
    spent = time.perf_counter() - begun
    if not row.agrees:
        raise RuntimeError(f"the ledger that was loaded does not agree: {row.difference}")
    return {"reconcile_1m": figure(spent, bare, unit="s", digits=2)}


def load(court: Court) -> None:
    """BANK → CASE, one yuan each, a thousand for each case; the balances follow from them."""
    made, at = courts.make(CODE, NAME), clock.now()
    loading.cases(court=court, officer=made.judge, count=CASES, first=FIRST, at=at)
    opening.court_accounts(court)
    each = Decimal(TRANSFERS // CASES)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM cases_case WHERE court_id = %s", [court.pk])
        cases = [key for (key,) in cursor.fetchall()]
    accounts = [
        Account(court=court, kind=AccountKind.CASE, case_id=key, key=ledger.key_of(AccountKind.CASE, key), balance=each)
        for key in cases
    ]
    Account.objects.bulk_create(accounts)
    bank = Account.objects.get(key=ledger.key_of(AccountKind.BANK, court.pk))
    Account.objects.filter(pk=bank.pk).update(balance=-each * CASES)
    command = Command.objects.create(court=court, key=f"bench:{uuid7()}", verb="bench", input_digest="", at=at)
    with transaction.atomic(), connection.cursor() as cursor:
        kept = _taken_off()
        for start in range(0, TRANSFERS, BATCH):
            lines = io.StringIO("".join(_lines(court, bank, accounts, command.pk, range(start, start + BATCH))))
            cursor.copy_expert(f"COPY funds_transfer ({COLUMNS}) FROM STDIN", lines)
        for again in kept:
            cursor.execute(again)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE funds_transfer")


def _lines(court: Court, bank: Account, accounts: list[Account], command: UUID, places: range) -> Iterator[str]:
    moment, day = clock.now().isoformat(), (clock.today() - timedelta(days=1)).isoformat()
    for place in places:
        to = accounts[place % CASES].pk
        yield f"{UUID(int=place + 1)}\t{court.pk}\t{bank.pk}\t{to}\t1.00\tbench:1\t{command}\t{moment}\t{day}\t\n"


def _taken_off() -> list[str]:
    """Take foreign keys and plain indexes off the transfers for the load; the statements that put them on again."""
    again = []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = 'funds_transfer'::regclass AND contype = 'f'"
        )
        for name, told in cursor.fetchall():
            cursor.execute(f'ALTER TABLE funds_transfer DROP CONSTRAINT "{name}"')
            again.append(f'ALTER TABLE funds_transfer ADD CONSTRAINT "{name}" {told} NOT VALID')
        cursor.execute(
            "SELECT indexrelid::regclass, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indrelid = 'funds_transfer'::regclass AND NOT indisunique"
        )
        for name, told in cursor.fetchall():
            cursor.execute(f"DROP INDEX {name}")
            again.append(told)
    return again
