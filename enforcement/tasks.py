"""The roof's own tasks: signs of life."""

from celery import shared_task
from celery.signals import beat_init

from enforcement import health


@shared_task
def beat_alive(**_ignored: object) -> None:
    """Beat sent it and a worker ran it: both are alive."""
    health.mark(health.BEAT_KEY)
    health.mark(health.WORKER_KEY)


@beat_init.connect
def say_so_at_once(**_ignored: object) -> None:
    """The first sign of life does not wait for the first interval."""
    beat_alive.delay()
