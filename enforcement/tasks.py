"""The roof's own tasks: signs of life."""

from celery import shared_task

from enforcement import health


@shared_task
def beat_alive(**_ignored: object) -> None:
    """Beat sent it and a worker ran it: both are alive."""
    health.mark(health.BEAT_KEY)
    health.mark(health.WORKER_KEY)
