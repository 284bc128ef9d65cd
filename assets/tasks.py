"""Tiny keyed tasks of the assets room."""

from uuid import UUID

from celery import shared_task

from assets import queries
from assets.services import freezing, lapsing, taking_over
from kernel import clock

BATCH = 500


@shared_task
def lapse_freeze(*, order_id: str, **_ignored: object) -> bool:
    """Record that a freeze has lapsed, once."""
    return lapsing.lapse(order_id=UUID(order_id), at=clock.now())


@shared_task
def take_over_freeze(*, order_id: str, **_ignored: object) -> bool:
    """Let the execution case take a preservation's freeze over, once."""
    return taking_over.take_over(order_id=UUID(order_id), at=clock.now())


@shared_task
def withdraw_freeze(*, order_id: str, **_ignored: object) -> bool:
    """End an order that never left, once."""
    return freezing.withdraw_unsent(order_id=UUID(order_id), at=clock.now())


@shared_task
def sweep_freezes(**_ignored: object) -> int:
    """Queue every freeze whose last day has passed, that belongs to an execution case now, or that never left."""
    found = 0
    for task, keys in (
        (lapse_freeze, queries.lapsed(clock.today())),
        (take_over_freeze, queries.to_take_over()),
        (withdraw_freeze, queries.unsent()),
    ):
        for key in keys[:BATCH]:
            task.delay(order_id=str(key))
            found += 1
    return found
