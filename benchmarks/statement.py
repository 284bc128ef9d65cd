"""A statement of 10,000 lines: read, kept, matched, booked and drafted, beside COPY of the rows that this wrote."""

import io
import time

from django.db import connection, transaction

from accounts.actors import Actor
from accounts.roles import Role
from benchmarks import court as courts
from benchmarks import vault
from benchmarks.beside import Figures, figure
from funds.models import Receipt
from funds.services import importing, receiving
from kernel import clock

LINES, CASES, FIRST = 10_000, 2_000, 10_001
LONGEST = 100.0
"""Seconds after which a slow machine stops, and the figure says how many lines it is of."""
HEAD = "交易日期,交易时间,收入,支出,余额,对方户名,对方账号,附言,流水号"
TABLES = (
    "funds_statementline",
    "funds_command",
    "funds_receipt",
    "funds_transfer",
    "funds_payout",
    "cases_performance",
    "cases_event",
    "cases_duty",
    "cases_notice",
    "gateways_message",
)


def measure() -> Figures:
    """Lines a second from the file to the drafts, and of the COPY."""
    main, cases = vault.main_account(), vault.cases(CASES, first=FIRST)
    before = _rows()
    content = _file(main.number, cases)
    registrar = courts.actor(vault.CODE, vault.NAME, Role.FINANCE_REGISTRAR)
    begun = time.perf_counter()
    row = importing.take(court=main.court, name="流水.csv", content=content, actor=registrar, at=clock.now())
    bank, done = Actor.system(main.court, "bank"), 0
    while done < LINES and time.perf_counter() - begun < LONGEST:
        done += receiving.book_waiting(court=main.court, actor=bank, at=clock.now(), import_id=row.pk)
    spent = time.perf_counter() - begun
    booked = Receipt.objects.filter(line__imported=row, case__isnull=False, payouts__isnull=False).distinct().count()
    if booked != done:
        raise RuntimeError(f"{booked} of {done} lines have a receipt with drafts")
    name = "import_10k" if done == LINES else f"import_{done}_of_10k"
    return {name: figure(done / spent, done / _copied(before), unit="lines/s")}


def _file(account: str, cases: list[tuple[str, str]]) -> bytes:
    day = clock.today().isoformat()
    rows = [f"账号：{account},币种：人民币", HEAD]
    for place in range(LINES):
        number, payer = cases[place % CASES]
        rows.append(f"{day},09:00:00,88.00,,{88 * (place + 1)}.00,{payer},6228480000{place:05d},{number},L{place}")
    return "\n".join(rows).encode("gb18030")


def _rows() -> dict[str, set[str]]:
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT ctid::text FROM {table}")
            found[table] = {key for (key,) in cursor.fetchall()}
    return found


def _copied(before: dict[str, set[str]]) -> float:
    """Seconds that COPY takes for the rows that the import wrote, into tables with the same columns and indexes."""
    spent = 0.0
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"CREATE TEMP TABLE again_{table} (LIKE {table} INCLUDING ALL) ON COMMIT DROP")
            lines = io.StringIO()
            cursor.execute(f"CREATE TEMP TABLE old_{table} (at tid) ON COMMIT DROP")
            cursor.copy_expert(f"COPY old_{table} FROM STDIN", io.StringIO("".join(f"{at}\n" for at in before[table])))
            rows = f"SELECT * FROM {table} WHERE ctid NOT IN (SELECT at FROM old_{table})"
            cursor.copy_expert(f"COPY ({rows}) TO STDOUT", lines)
            lines.seek(0)
            begun = time.perf_counter()
            cursor.copy_expert(f"COPY again_{table} FROM STDIN", lines)
            spent += time.perf_counter() - begun
    return spent
