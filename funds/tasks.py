"""Tiny keyed tasks of the vault; each may run twice."""

from celery import shared_task

from accounts.actors import Actor
from accounts.models import Court
from funds.models import MainAccount, StatementImport
from funds.services import alarming, closing_month, identifying, lapsed, plan_sweeping, receiving, reconciling, settling
from kernel import clock


@shared_task
def book_lines(**_ignored: object) -> int:
    """Book the lines that are kept and not booked, then compare the files whose lines are all booked."""
    total = 0
    for court in _courts():
        actor = Actor.system(court, "bank")
        while booked := receiving.book_waiting(court=court, actor=actor, at=clock.now()):
            total += booked
        for imported in StatementImport.objects.filter(court=court, comparisons__isnull=True, closing__isnull=False):
            reconciling.after_import(imported=imported, actor=actor, at=clock.now())
    return total


@shared_task
def sweep_unidentified(**_ignored: object) -> int:
    """Let every court's duties about unidentified money agree with its receipts; how many receipts changed."""
    return sum(identifying.sweep(court=court, at=clock.now()) for court in _courts())


@shared_task
def sweep_books(**_ignored: object) -> int:
    """Open the rows of months that began, tell halts that began or ended and deposits that lapsed; how many."""
    at, sweeps = clock.now(), (closing_month.sweep, alarming.sweep, lapsed.sweep)
    return sum(sweep(court=court, at=at) for court in _courts() for sweep in sweeps)


@shared_task
def mark_unanswered(**_ignored: object) -> int:
    """Payouts that the bank has not answered say so."""
    return sum(settling.mark_unanswered(court=court, at=clock.now()) for court in _courts())


@shared_task
def sweep_plans(**_ignored: object) -> int:
    """Periods of distribution plans begin and run out, and what nobody can dispute is drafted; how many plans run."""
    return sum(plan_sweeping.run(court=court, at=clock.now()) for court in _courts())


@shared_task
def reconcile_all(**_ignored: object) -> int:
    """Derive every balance of every court anew from its transfers; how many courts differ."""
    rows = [
        reconciling.reconcile(court=court, on=clock.today(), actor=Actor.system(court, "clock"), at=clock.now())
        for court in _courts()
    ]
    return sum(not row.agrees for row in rows)


def _courts() -> list[Court]:
    return [main.court for main in MainAccount.objects.select_related("court").order_by("court__code")]
