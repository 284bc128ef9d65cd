"""What must be true of the house at every moment, looked at in one snapshot while the workers go on, and what every evening.

Each check gives the rows that break it, by name. Those that the nightly proofs have are taken from there.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction

from accounts.models import Court
from cases.services import verifying
from funds.kinds import AT_BANK
from funds.kinds.apart import RemittanceState
from funds.kinds.batches import BatchState, BatchWay
from funds.models import Account, BatchItem, Payout, PayoutHalt, Remittance, StatementLine
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
           <> CASE WHEN r.state = 'REVERSED' OR r.source = 'DIVIDED' THEN 0 ELSE r.amount END
"""
_LEFT_ONCE = """
    SELECT x.name, x.state, x.amount, COALESCE(sum(CASE WHEN d.kind = 'BANK' THEN t.amount ELSE -t.amount END), 0)
      FROM (SELECT 'funds.payout:' || id AS name, state, amount FROM funds_payout WHERE payee_kind <> 'COURT'
            UNION ALL SELECT 'funds.remittance:' || id, state, amount FROM funds_remittance) x
      LEFT JOIN (funds_transfer t
                 JOIN funds_account s ON s.id = t.source_id JOIN funds_account d ON d.id = t.destination_id)
             ON t.subject = x.name AND (s.kind = 'BANK' OR d.kind = 'BANK')
     GROUP BY x.name, x.state, x.amount
    HAVING COALESCE(sum(CASE WHEN d.kind = 'BANK' THEN t.amount ELSE -t.amount END), 0)
           <> CASE WHEN x.state = 'SETTLED' THEN x.amount ELSE 0 END
"""
_NOT_OVERPAID = """
    SELECT r.number, r.state, r.amount, sum(p.amount)
      FROM funds_receipt r JOIN funds_payout p ON p.receipt_id = r.id
     WHERE p.state NOT IN ('VOID', 'RETURNED')
     GROUP BY r.id HAVING sum(p.amount) > CASE WHEN r.state IN ('REVERSED', 'DIVIDED') THEN 0 ELSE r.amount END
"""
_OWNED = """
    SELECT number, state, amount, reason FROM funds_receipt
     WHERE CASE WHEN state = 'SUSPENSE' THEN case_id IS NOT NULL OR reason = ''
                WHEN state IN ('MATCHED', 'CLAIMED', 'DIVIDED') THEN case_id IS NULL
                WHEN state = 'FUND' THEN case_id IS NOT NULL
                ELSE state <> 'REVERSED' END
"""
_COUNTED = """
    SELECT r.number, r.state, r.amount, COALESCE(sum(CASE WHEN p.revokes_id IS NULL THEN p.amount ELSE -p.amount END), 0)
      FROM funds_receipt r
      LEFT JOIN cases_performance p
             ON p.subject = 'funds.receipt:' || r.id OR p.subject LIKE 'funds.receipt:' || r.id || '.%%'
     GROUP BY r.id
    HAVING COALESCE(sum(CASE WHEN p.revokes_id IS NULL THEN p.amount ELSE -p.amount END), 0)
           <> CASE WHEN r.state NOT IN ('MATCHED', 'CLAIMED') THEN 0
                   WHEN EXISTS (SELECT FROM funds_plansource q WHERE q.receipt_id = r.id AND q.ended_at IS NULL) THEN 0
                   WHEN r.source <> 'DIVIDED' THEN r.amount
                   WHEN EXISTS (SELECT FROM funds_planpart q JOIN funds_planclaim c ON c.id = q.claim_id
                                 WHERE q.receipt_id = r.id AND c.in_debt) THEN r.amount
                   ELSE 0 END
"""
_DIVIDED_WHOLE = """
    SELECT 'plan ' || p.id, p.stage, p.pool,
           (SELECT COALESCE(sum(amount), 0) FROM funds_planpart q WHERE q.plan_id = p.id),
           (SELECT COALESCE(sum(amount), 0) FROM funds_plansource q WHERE q.plan_id = p.id AND q.ended_at IS NULL)
      FROM funds_distributionplan p
     WHERE p.stage <> 'DISCARDED'
       AND p.pool <> (SELECT COALESCE(sum(amount), 0) FROM funds_planpart q WHERE q.plan_id = p.id)
                   + (SELECT COALESCE(sum(amount), 0) FROM funds_plansource q WHERE q.plan_id = p.id AND q.ended_at IS NULL)
"""
_DIVIDED_PAYOUTS = """
    SELECT r.number, r.state, r.amount, p.state
      FROM funds_plansource q JOIN funds_receipt r ON r.id = q.receipt_id JOIN funds_payout p ON p.receipt_id = r.id
     WHERE q.ended_at IS NULL AND p.state NOT IN ('VOID', 'RETURNED')
"""
_ONE_WAY = """
    SELECT b.number, b.way, p.id, p.state
      FROM funds_paymentbatch b JOIN funds_batchitem i ON i.batch_id = b.id JOIN funds_payout p ON p.id = i.payout_id
     WHERE b.state = 'LEFT' AND i.out_at IS NULL
       AND ((b.way <> 'GATEWAY') = EXISTS (SELECT FROM gateways_message m WHERE m.key = p.instruction_key)
            OR p.state IN ('DRAFT', 'CONFIRMED', 'APPROVED', 'DEPOSITED'))
"""
_BATCH_TOTALS = """
    SELECT b.number, b.state, b.count, b.total, count(p.id), sum(p.amount)
      FROM funds_paymentbatch b JOIN funds_batchitem i ON i.batch_id = b.id AND i.out_at IS NULL
      JOIN funds_payout p ON p.id = i.payout_id
     GROUP BY b.id HAVING b.count <> count(p.id) OR b.total <> sum(p.amount)
"""
_GRANTED = """
    SELECT g.number, g.state, g.amount, COALESCE(sum(p.amount), 0)
      FROM funds_grant g LEFT JOIN funds_payout p ON p.grant_id = g.id AND p.state NOT IN ('VOID', 'RETURNED')
     GROUP BY g.id HAVING COALESCE(sum(p.amount), 0) > CASE WHEN g.state = 'APPROVED' THEN g.amount ELSE 0 END
"""
_REMITTED_ONCE = """
    SELECT m.number, m.state, m.amount, sum(i.amount), count(*) FILTER (WHERE p.state <> 'SETTLED' OR p.amount <> i.amount)
      FROM funds_remittance m JOIN funds_remittanceitem i ON i.remittance_id = m.id
      LEFT JOIN funds_payout p ON p.id = i.payout_id
     WHERE NOT i.dropped
     GROUP BY m.id
    HAVING sum(i.amount) <> m.amount OR count(*) FILTER (WHERE p.state <> 'SETTLED' OR p.amount <> i.amount) > 0
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
    "a plan gives and keeps what came": _DIVIDED_WHOLE,
    "what waits under a plan is paid by the plan alone": _DIVIDED_PAYOUTS,
    "a batch leaves by one way": _ONE_WAY,
    "a batch is the sum of its payouts": _BATCH_TOTALS,
    "a grant pays no more than was approved": _GRANTED,
    "a fee is handed over once": _REMITTED_ONCE,
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
        return [*_by_checks(court, AT_ANY_MOMENT), *by_statements(), *_below_zero(court), *_halts(court)]


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
    payouts = Payout.objects.filter(court=court, state__in=AT_BANK)
    remittances = Remittance.objects.filter(court=court, state=RemittanceState.SENT)
    return [
        *(f"{row.channel} {row.key} {row.state} {row.last_error}" for row in letters),
        *(f"line {row.bank_reference} {row.amount}" for row in lines),
        *(f"payout {row.pk} {row.state} {row.amount}" for row in payouts),
        *(f"remittance {row.number} {row.amount}" for row in remittances),
    ]


def left_as_a_file(court: Court) -> bool:
    """Whether payments that left in a file wait for the statement that tells of them."""
    left = BatchItem.objects.filter(out_at=None, batch__state=BatchState.LEFT).exclude(batch__way=BatchWay.GATEWAY)
    return left.filter(payout__court=court, payout__state__in=AT_BANK).exists()


def _by_checks(court: Court, checks: tuple[Check, ...]) -> Iterator[Violation]:
    at = clock.now()
    for check in checks:
        found = check.run(court, at)
        yield from (Violation(f"{check.name} {check.fault}", name) for name in found.named)
        if found.broken and not found.named:
            yield Violation(f"{check.name} {check.fault}", f"{found.broken} rows")


def by_statements() -> Iterator[Violation]:
    """The rows that the statements above find."""
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
