"""Tells a worker that a message waits. Losing this call loses nothing: the sweep finds the row."""

from uuid import UUID

from celery import current_app


def enqueue(message_id: UUID) -> None:
    """Ask a worker to take one step of the message; by name, so that services do not import tasks."""
    current_app.send_task("gateways.tasks.deliver", kwargs={"message_id": str(message_id)}, retry=False)
