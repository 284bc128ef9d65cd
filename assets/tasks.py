"""Tiny keyed tasks of the assets room."""

from uuid import UUID

from celery import shared_task

from assets.models import Measure
from assets.services import releasing
from kernel import clock


@shared_task
def lapse_freeze(*, order_id: str, **_ignored: object) -> bool:
    """Record that a freeze has lapsed, once."""
    return releasing.lapse(order_id=UUID(order_id), at=clock.now())


@shared_task
def sweep_freezes(**_ignored: object) -> int:
    """Queue every freeze whose last day has passed."""
    rows = Measure.objects.holding().filter(last_day__lt=clock.today()).values_list("order_id", flat=True)
    found = sorted(set(rows[:500]))
    for order_id in found:
        lapse_freeze.delay(order_id=str(order_id))
    return len(found)
