"""The ledger: a posting beside its row operations one by one, the fewest statements, and django-hordak; one hot account.

Every measured operation is one committed transaction on the same PostgreSQL. Batches of the sides take turns, so that a
busy moment of the machine falls on all of them; the figure is the median batch.
"""

import multiprocessing
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from decimal import Decimal
from functools import partial

from django.db import OperationalError, connection, connections, transaction

from accounts.models import Court
from benchmarks import vault
from benchmarks.beside import Figures, Peer, figure, medians, rate
from funds import ledger, locks
from funds.kinds import AccountKind
from funds.models import Account, Command
from funds.services import opening
from kernel import clock
from kernel.keys import uuid7

BATCHES = 5
CONNECTIONS, SECONDS = 8, 4.0
AMOUNT = Decimal("0.01")

_LOCK = "SELECT id, balance FROM funds_account WHERE id IN (%s, %s) ORDER BY key FOR NO KEY UPDATE"
_INSERT = (
    "INSERT INTO funds_transfer (id, court_id, source_id, destination_id, amount, case_id, subject, command_id, at,"
    " value_on, reverses_id, remark) VALUES (%s, %s, %s, %s, %s, NULL, %s, %s, %s, %s, NULL, '')"
)
_LESS = "UPDATE funds_account SET balance = balance - %s WHERE id = %s"
_MORE = "UPDATE funds_account SET balance = balance + %s WHERE id = %s"
_FEWEST = """
    WITH held AS (
        SELECT id FROM funds_account WHERE id IN (%(source)s, %(destination)s) ORDER BY key FOR NO KEY UPDATE
    ), moved AS (
        INSERT INTO funds_transfer (id, court_id, source_id, destination_id, amount, subject, command_id, at, value_on,
                                    remark)
        SELECT %(id)s, %(court)s, %(source)s, %(destination)s, %(amount)s, %(subject)s, %(command)s, %(at)s, %(on)s, ''
          FROM held HAVING count(*) = 2
    )
    UPDATE funds_account
       SET balance = balance + CASE WHEN id = %(destination)s THEN %(amount)s ELSE -%(amount)s END
     WHERE id IN (SELECT id FROM held)
    RETURNING balance
"""


def measure() -> Figures:
    """Every figure of a posting."""
    court = vault.court()
    opening.court_accounts(court)
    pair = Pair(court)
    sides: list[Callable[[], float]] = [partial(rate, act) for act in (pair.post, pair.one_by_one, pair.fewest)]
    with Peer() as peer:
        if peer is not None:
            sides.append(peer.rate)
        post, raw, fewest, *beside = medians(*sides, batches=BATCHES)
    found = {"ledger_post_vs_raw": figure(post, raw), "ledger_post_vs_fewest": figure(post, fewest)}
    if beside:
        found["ledger_post_vs_hordak"] = figure(post, beside[0])
    return found | hot_account()


class Pair:
    """Two accounts of a court and a command to post under."""

    def __init__(self, court: Court) -> None:
        self.court, self.at, self.on = court, clock.now(), clock.today()
        self.keys = [ledger.key_of(kind, court.pk) for kind in (AccountKind.BANK, AccountKind.RELIEF)]
        self.bank, self.relief = (Account.objects.get(key=key) for key in self.keys)
        key = f"bench:{uuid7()}"
        self.command = Command.objects.create(court=court, key=key, verb="bench", input_digest="", at=self.at)

    def post(self) -> None:
        """Lock and post, as every act of money does."""
        with transaction.atomic():
            held = locks.lock(*self.keys)
            ledger.post(
                source=held[self.keys[0]],
                destination=held[self.keys[1]],
                amount=AMOUNT,
                command=self.command,
                at=self.at,
                value_on=self.on,
                subject="bench:1",
            )

    def one_by_one(self) -> None:
        """Lock, insert and two updates, sent one by one on a cursor."""
        ends = [self.bank.pk, self.relief.pk]
        row = [uuid7(), self.court.pk, *ends, AMOUNT, "bench:1", self.command.pk, self.at, self.on]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_LOCK, ends)
            cursor.fetchall()
            cursor.execute(_INSERT, row)
            cursor.execute(_LESS, [AMOUNT, self.bank.pk])
            cursor.execute(_MORE, [AMOUNT, self.relief.pk])

    def fewest(self) -> None:
        """Everything, the locks included, in one statement on a bare cursor that commits by itself."""
        values = {
            "id": uuid7(),
            "court": self.court.pk,
            "source": self.bank.pk,
            "destination": self.relief.pk,
            "amount": AMOUNT,
            "subject": "bench:1",
            "command": self.command.pk,
            "at": self.at,
            "on": self.on,
        }
        with connection.cursor() as cursor:
            cursor.execute(_FEWEST, values)


def hot_account() -> Figures:
    """Eight processes that post between the same two accounts, beside one; a deadlock would be counted."""
    alone, crowded, deadlocks = 0.0, 0.0, 0
    for count in (1, CONNECTIONS):
        connections.close_all()
        with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("fork")) as pool:
            done = list(pool.map(_posts, [SECONDS] * count))
        alone, crowded = crowded, sum(posts for posts, _failed in done) / SECONDS
        deadlocks += sum(failed for _posts, failed in done)
    return {
        "hot_account_eight": figure(crowded, alone),
        "hot_account_deadlocks": figure(deadlocks, None, unit="deadlocks", digits=0),
    }


def _posts(seconds: float) -> tuple[int, int]:
    """Posts and deadlocks of one process on a connection of its own."""
    pair = Pair(vault.court())
    done = failed = 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            pair.post()
            done += 1
        except OperationalError:
            failed += 1
    connections.close_all()
    return done, failed
