"""What takes seconds, minutes or hours in a court takes tenths of a second here, so that a soak sees the ends of things.

Set in the runner before it forks; nothing else of the product is changed.
"""

from datetime import timedelta

from enforcement.celery import app
from funds.services import settling
from gateways.adapters import ways
from gateways.adapters.http import HttpTransport
from gateways.adapters.outside import OutsideAdapter
from gateways.services import answering, claiming, delivering, feeds, sweeping

CALL = 1.2  # seconds; the longest call to the outside
LEASE = timedelta(seconds=2.5)  # longer than that, as in the product
AT_THE_BANK = {
    "late_seconds": 1.0,
    "settle_seconds": 0.2,
    "timeout_seconds": 0.3,
    "again_seconds": 0.7,
    "overtaken_seconds": 1.0,
}
BEAT = {
    "gateways.tasks.sweep_messages": 0.5,
    "funds.tasks.book_lines": 1.0,
    "funds.tasks.mark_unanswered": 1.0,
    "funds.tasks.reconcile_all": 3.0,
    "funds.tasks.sweep_plans": 2.0,
    "cases.tasks.sweep_duties": 3.0,
}


def squeeze(outside: str) -> None:
    """Shorten leases, pauses, patience and the beat's intervals; every letter goes to the bank at this address."""
    claiming.LEASE = feeds.LEASE = LEASE
    claiming.BEHIND_ANOTHER = feeds.PAUSE = delivering.ASK_SOONEST = timedelta(seconds=0.3)
    sweeping.FANNED_OUT = LEASE
    answering.FIRST_PAUSE, answering.LONGEST_PAUSE = timedelta(seconds=0.2), timedelta(seconds=2)
    settling.PATIENCE = timedelta(seconds=1)
    ways._replacements.append(OutsideAdapter(HttpTransport(outside, timeout=CALL)))
    app.conf.beat_schedule = {
        task: {"task": task, "schedule": every, "options": {"expires": every}} for task, every in BEAT.items()
    }
