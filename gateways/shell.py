"""The count beside “外部消息”: what is parked and waits for a person."""

from accounts import shell
from accounts.actors import Actor
from accounts.shell import Rows
from gateways.models import Message, MessageState


def parked(actor: Actor) -> Rows:
    """Parked messages of the court; all of them are past due."""
    found = Message.objects.visible_to(actor).filter(state=MessageState.PARKED)
    return Rows(found, found)


shell.COUNTS["gateways"] = parked
