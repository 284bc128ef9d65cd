"""Tiny keyed tasks; all of them may run twice or late."""

from typing import Any
from uuid import UUID

from celery import shared_task

from gateways.services import delivering, feeds, sweeping
from kernel import clock


@shared_task
def deliver(*, message_id: str, **_: Any) -> str:
    """One step of one message: send it, ask about it, or hand its answer to the room."""
    return delivering.deliver(message_id=UUID(message_id), at=clock.now())


@shared_task
def take_feed(*, channel: str, court_code: str, **_: Any) -> int:
    """Read a court's feeds of a channel."""
    return feeds.take(channel=channel, court_code=court_code, at=clock.now())


@shared_task
def sweep_messages(**_: Any) -> int:
    """Claim what is due, in bounded batches, and fan it out."""
    due = sweeping.claim(at=clock.now())
    for message_id in due.messages:
        deliver.delay(message_id=str(message_id))
    for channel, court_code in due.feeds:
        take_feed.delay(channel=channel, court_code=court_code)
    return len(due.messages) + len(due.feeds)
