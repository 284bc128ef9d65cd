"""The nightly tasks of the room."""

from datetime import timedelta

from celery import shared_task

from insight.services import invariants, snapshots
from kernel import clock


@shared_task
def take_snapshots(**_ignored: object) -> int:
    """Keep the figures of the day that has ended, for every court."""
    return snapshots.take_all(on=clock.today() - timedelta(days=1), at=clock.now())


@shared_task
def prove_invariants(**_ignored: object) -> int:
    """Prove the three invariants of every court; how many do not hold."""
    return sum(not proof.holds for proof in invariants.prove_all(at=clock.now()))
