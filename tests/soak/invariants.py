"""What must be true of the house at every moment, looked at in one snapshot while the workers go on, and what every evening.

Each check gives the rows that break it, by name. Those that the nightly proofs have are taken from there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from accounts.models import Court
from cases.services import verifying
from funds.models import Account, Payout, PayoutHalt, StatementLine
from gateways.models import OPEN, Message
from insight.proofs import acts, duties, fen
from insight.proofs.checks import Check
from kernel import clock

AT_ANY_MOMENT = tuple(check for check in fen.CHECKS if check.name != "fen.lines")
_ONCE_BOOKED = """
    SELECT r.number, r.state, r.amount, COALESCE(sum(CASE WHEN s.kind = 'BANK' THEN t.amount ELSE -t.amount END), 0)
      FROM funds_receipt r
      LEFT JOIN (funds_transfer t
                 JOIN funds_account s ON s.id = t.source_id JOIN funds_account d ON d.id = t.destination_id)
             ON t.subject = 'funds.receipt:' || r.id AND (s.kind = 'BANK' OR d.kind = 'BANK')
     GROUP BY r.id
    HAVING COALESCE(sum(CASE WHEN s.kind = 'BANK' THEN t.amount ELSE -t.amount END), 0)
           <> CASE WHEN r.state = 'REVERSED' THEN 0 ELSE r.amount END
"""
_LEFT_ONCE = """
    SELECT 'payout ' || p.id, p.state, p.amount, COALESCE(sum(CASE WHEN d.kind = 'BANK' THEN t.amount ELSE -t.amount END), 0)
      FROM funds_payout p
      LEFT JOIN (funds_transfer t
                 JOIN funds_account s ON s.id = t.source_id JOIN funds_account d ON d.id = t.destination_id)
             ON t.subject = 'funds.payout:' || p.id AND (s.kind = 'BANK' OR d.kind = 'BANK')
     WHERE p.payee_kind <> 'COURT'
     GROUP BY p.id
    HAVING COALESCE(sum(CASE WHEN d.kind = 'BANK' THEN t.amount ELSE -t.amount END), 0)
           <> CASE WHEN p.state = 'SETTLED' THEN p.amount ELSE 0 END
"""
_NOT_OVERPAID = """
    SELECT r.number, r.state, r.amount, sum(p.amount)
      FROM funds_receipt r JOIN funds_payout p ON p.receipt_id = r.id
     WHERE p.state IN ('DRAFT', 'CONFIRMED', 'APPROVED', 'SENT', 'UNKNOWN', 'SETTLED')
     GROUP BY r.id HAVING sum(p.amount) > CASE WHEN r.state = 'REVERSED' THEN 0 ELSE r.amount END
"""
_OWNED = """
    SELECT number, state, amount, reason FROM funds_receipt
     WHERE CASE WHEN state = 'SUSPENSE' THEN case_id IS NOT NULL OR reason = ''
                WHEN state IN ('MATCHED', 'CLAIMED') THEN case_id IS NULL
                ELSE state <> 'REVERSED' END
"""
_COUNTED = """
    SELECT r.number, r.state, r.amount, COALESCE(sum(CASE WHEN p.revokes_id IS NULL THEN p.amount ELSE -p.amount END), 0)
      FROM funds_receipt r
      LEFT JOIN cases_performance p
             ON p.subject = 'funds.receipt:' || r.id OR p.subject LIKE 'funds.receipt:' || r.id || '.%%'
     GROUP BY r.id
    HAVING COALESCE(sum(CASE WHEN p.revokes_id IS NULL THEN p.amount ELSE -p.amount END), 0)
           <> CASE WHEN r.state IN ('MATCHED', 'CLAIMED') THEN r.amount ELSE 0 END
"""
_LINES = """
    SELECT l.bank_reference, l.state, l.amount, count(r.id)
      FROM funds_statementline l LEFT JOIN funds_receipt r ON r.line_id = l.id
     GROUP BY l.id HAVING count(r.id) <> CASE WHEN l.state = 'BOOKED' THEN 1 ELSE 0 END OR min(r.amount) <> l.amount
"""
_WHOLE_COMMANDS = "SELECT key, verb, at, result FROM funds_command WHERE result = '{}'::jsonb"
_BY_STATEMENT = {
    "a receipt came from the bank once": _ONCE_BOOKED,
    "a payout left for the bank once": _LEFT_ONCE,
    "a receipt pays no more than it brought": _NOT_OVERPAID,
    "a receipt has one owner": _OWNED,
    "a receipt counts once against the debt": _COUNTED,
    "a line of the bank is one receipt": _LINES,
    "a command is whole": _WHOLE_COMMANDS,
}


@dataclass(frozen=True)
class Violation:
    """The invariant that does not hold, and the row."""

    invariant: str
    row: str


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything as of one moment."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def at_this_moment(court: Court) -> list[Violation]:
    """What does not hold while the workers work."""
    with snapshot():
        return [*_by_checks(court, AT_ANY_MOMENT), *_by_statements(), *_below_zero(court), *_halts(court)]


def in_the_evening(court: Court) -> list[Violation]:
    """What does not hold when everything is quiet: chains, duties, and what should have found its end."""
    with snapshot():
        broken = verifying.verify(court=court).broken
        chains = [Violation("an event chain verifies", f"{row.case} {row.seq}: {row.what}") for row in broken]
        checks = (*acts.CHECKS, *duties.CHECKS, *fen.CHECKS)
        return [*chains, *_by_checks(court, checks), *_ended(court)]


def waiting(court: Court) -> list[str]:
    """What has not found its end yet: letters, lines and payouts at the bank."""
    letters = Message.objects.filter(court=court, state__in=OPEN)
    lines = StatementLine.objects.filter(court=court, state="NEW")
    payouts = Payout.objects.filter(court=court, state__in=["SENT", "UNKNOWN"])
    return [
        *(f"{row.channel} {row.key} {row.state} {row.last_error}" for row in letters),
        *(f"line {row.bank_reference} {row.amount}" for row in lines),
        *(f"payout {row.pk} {row.state} {row.amount}" for row in payouts),
    ]


def _by_checks(court: Court, checks: tuple[Check, ...]) -> Iterator[Violation]:
    at = clock.now()
    for check in checks:
        found = check.run(court, at)
        yield from (Violation(f"{check.name} {check.fault}", name) for name in found.named)
        if found.broken and not found.named:
            yield Violation(f"{check.name} {check.fault}", f"{found.broken} rows")


def _by_statements() -> Iterator[Violation]:
    for name, statement in _BY_STATEMENT.items():
        with connection.cursor() as cursor:
            cursor.execute(statement.replace("%%", "%"))
            yield from (Violation(name, " · ".join(map(str, row))) for row in cursor.fetchall())


def _below_zero(court: Court) -> Iterator[Violation]:
    rows = Account.objects.filter(court=court, balance__lt=0).exclude(kind="BANK")
    yield from (Violation("only the bank's account is below zero", f"{row.key} {row.balance}") for row in rows)


def _halts(court: Court) -> Iterator[Violation]:
    rows = PayoutHalt.objects.filter(court=court).select_related("opened_by")
    for row in rows:
        found = f"{row.difference} {row.opened_by.wrong_accounts} {row.opened_by.candidates}"
        yield Violation("no halt without a cause", found)


def _ended(court: Court) -> Iterator[Violation]:
    yield from (Violation("everything finds its end", row) for row in waiting(court))
