"""The count beside “外部消息”: what is parked and waits for a person."""

from accounts import shell
from accounts.actors import Actor
from accounts.shell import Count
from gateways.models import Message, MessageState


def parked(actor: Actor) -> Count:
    """Parked messages of the court; all of them are past due."""
    found = Message.objects.visible_to(actor).filter(state=MessageState.PARKED)[: shell.CAP].count()
    return Count(found, found)


shell.COUNTS["gateways"] = parked
