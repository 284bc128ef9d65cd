"""The ledger: a posting beside its row operations one by one, beside django-hordak, and the whole act of a receipt.

Every measured operation is one committed transaction on the same PostgreSQL. Batches of the two sides take turns, so
that a busy moment of the machine falls on both; the figure is the median batch.
"""

import importlib.util
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import connection, transaction

from accounts.actors import Actor
from accounts.models import Court
from cases.models import Case
from funds import ledger, locks
from funds.kinds import AccountKind
from funds.models import Account, Command, MainAccount
from funds.services import opening, receiving
from gateways.payloads import CreditLine
from kernel import clock
from kernel.keys import uuid7
from tests import factories
from tests.cast import Cast

BATCHES, POSTINGS, RECEIPTS = 7, 150, 40
AMOUNT = Decimal("0.01")
Figures = dict[str, dict[str, Any]]

_LOCK = "SELECT id, balance FROM funds_account WHERE id IN (%s, %s) ORDER BY key FOR NO KEY UPDATE"
_INSERT = (
    "INSERT INTO funds_transfer (id, court_id, source_id, destination_id, amount, case_id, subject, command_id, at,"
    " value_on, reverses_id, remark) VALUES (%s, %s, %s, %s, %s, NULL, %s, %s, %s, %s, NULL, '')"
)
_LESS = "UPDATE funds_account SET balance = balance - %s WHERE id = %s"
_MORE = "UPDATE funds_account SET balance = balance + %s WHERE id = %s"


class Bench(Cast):
    """A court of its own, so that the other parts keep theirs."""

    @cached_property
    def xixian(self) -> Court:
        made, _new = Court.objects.get_or_create(
            code="晋1099", defaults={"name": "测速人民法院", "short_name": "测速法院"}
        )
        return made


def measure() -> Figures:
    """Every figure of the ledger."""
    cast = Bench()
    opening.court_accounts(cast.xixian)
    peer = hordak()
    found = ledger_post_vs_raw(cast)
    found |= ledger_post_vs_hordak(found["ledger_post_vs_raw"]["value"], peer)
    return found | receipt_booking(cast, peer)


def ledger_post_vs_raw(cast: Cast) -> Figures:
    """Postings a second: lock and post, beside lock, insert and two updates sent one by one on a cursor."""
    court, at, on = cast.xixian, clock.now(), clock.today()
    keys = [ledger.key_of(kind, court.pk) for kind in (AccountKind.BANK, AccountKind.RELIEF)]
    bank, relief = (Account.objects.get(key=key) for key in keys)
    command = Command.objects.create(court=court, key=f"bench:{uuid7()}", verb="bench", input_digest="", at=at)

    def ours() -> None:
        with transaction.atomic():
            held = locks.lock(*keys)
            ledger.post(
                source=held[keys[0]],
                destination=held[keys[1]],
                amount=AMOUNT,
                command=command,
                at=at,
                value_on=on,
                subject="bench:1",
            )

    def raw() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_LOCK, [bank.pk, relief.pk])
            cursor.fetchall()
            row = [uuid7(), court.pk, bank.pk, relief.pk, AMOUNT, "bench:1", command.pk, at, on]
            cursor.execute(_INSERT, row)
            cursor.execute(_LESS, [AMOUNT, bank.pk])
            cursor.execute(_MORE, [AMOUNT, relief.pk])

    post, beside = _take_turns(ours, raw)
    return {"ledger_post_vs_raw": _figure(post, beside)}


def ledger_post_vs_hordak(post: float, peer: float | None) -> Figures:
    """Postings a second beside django-hordak's transfer_to on the same PostgreSQL; left out when it is not installed."""
    if peer is None:
        print("ledger_post_vs_hordak left out: django-hordak is not installed (requirements-bench.txt)")
        return {}
    return {"ledger_post_vs_hordak": _figure(post, peer)}


def receipt_booking(cast: Cast, peer: float | None) -> Figures:
    """Receipts a second: line, match, transfer, debt, event, duties, notices and drafts, each in one transaction."""
    case, main, bank = _case_with_account(cast)
    items = iter([_credit(main, case, number) for number in range(RECEIPTS * 3)])

    def book() -> None:
        line = receiving.keep_pushed(main=main, item=next(items), at=clock.now())
        receiving.book(line=line, actor=bank, at=clock.now())

    rates = [_rate(book, RECEIPTS) for _batch in range(3)]
    return {"receipt_booking": _figure(statistics.median(rates), peer, unit="receipts/s")}


def _case_with_account(cast: Cast) -> tuple[Case, MainAccount, Actor]:
    court, at = cast.xixian, clock.now()
    main = opening.open_court(
        court=court,
        number="1410990001000001",
        bank="中国农业银行",
        holder="测速人民法院执行款专户",
        sub_prefix="62210399",
        actor=cast.actor(cast.administrator, clock.today()),
        at=at,
    )
    case = factories.execution_case(cast, amount="90000000.00", at=at, seed=901)
    return case, main, Actor.system(court, "bank")


def _credit(main: MainAccount, case: Case, number: int) -> CreditLine:
    return CreditLine(
        account=main.number,
        sub_account=opening.open_for(case, at=clock.now()).number,
        booked_on=clock.today(),
        amount=Decimal("10.00"),
        bank_reference=f"B{uuid7().hex}{number}",
        counterparty_name="某环保科技公司",
    )


def hordak() -> float | None:
    """Transfers a second of django-hordak, in a process and database of its own on the same server."""
    if importlib.util.find_spec("hordak") is None:
        return None
    name = f"bench_peer_{os.getpid()}"
    connection.close()
    _execute(f'CREATE DATABASE "{name}"')
    try:
        words = [sys.executable, "-m", "benchmarks.peer", name, str(BATCHES), str(POSTINGS)]
        done = subprocess.run(words, check=True, capture_output=True, text=True)
        return float(json.loads(done.stdout.splitlines()[-1])["transfers_per_second"])
    finally:
        _execute(f'DROP DATABASE IF EXISTS "{name}"')


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _take_turns(one: Callable[[], None], other: Callable[[], None]) -> tuple[float, float]:
    pairs = [(_rate(one, POSTINGS), _rate(other, POSTINGS)) for _batch in range(BATCHES)]
    return statistics.median(pair[0] for pair in pairs), statistics.median(pair[1] for pair in pairs)


def _rate(act: Callable[[], None], times: int) -> float:
    begun = time.perf_counter()
    for _time in range(times):
        act()
    return times / (time.perf_counter() - begun)


def _figure(value: float, against: float | None, unit: str = "posts/s") -> dict[str, Any]:
    return {
        "value": round(value, 1),
        "unit": unit,
        "against": None if against is None else round(against, 1),
        "ratio": None if against is None else round(value / against, 3),
    }
