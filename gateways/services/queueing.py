"""Tells a worker that a message waits. Losing this call loses nothing: the sweep finds the row."""

from collections.abc import Sequence
from uuid import UUID

from kernel import calling

FEW = 4
"""Up to so many messages a worker is called for each; more are found by one sweep, which fans them out."""


def enqueue(message_id: UUID) -> None:
    """Ask a worker to take one step of the message; by name, so that services do not import tasks."""
    calling.call("gateways.tasks.deliver", message_id=str(message_id))


def enqueue_all(message_ids: Sequence[UUID]) -> None:
    """Ask workers for one step of each message; for many, ask for one sweep."""
    if len(message_ids) > FEW:
        calling.call("gateways.tasks.sweep_messages")
        return
    for message_id in message_ids:
        enqueue(message_id)
