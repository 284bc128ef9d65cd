"""Questions about messages."""

from accounts.models import Court
from gateways.models import Message, MessageQuerySet, MessageState


def messages_about(about: str) -> MessageQuerySet:
    """Everything sent about a subject, oldest first."""
    return Message.objects.filter(about=about).order_by("created_at", "pk")


def parked(court: Court) -> MessageQuerySet:
    """Messages of a court that wait for a person."""
    return Message.objects.filter(court=court, state=MessageState.PARKED)
