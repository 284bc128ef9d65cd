"""How rooms take answers: each declares its receivers in ``receivers.py``; gateways never imports a room.

``receive`` runs once per answer, in one transaction with marking the message. ``still_wanted`` is asked just before a
message leaves: it only reads, takes no locks, and False cancels the message.
"""

from collections.abc import Callable
from dataclasses import dataclass

from gateways.models import Message
from kernel.registry import Registry


@dataclass(frozen=True)
class Receiver:
    """Takes the answers of one kind of letter: ``receive(*, message, reply, actor, at)``.

    ``about`` (``room.model``) tells rooms apart that share a kind, such as texts.
    """

    channel: str
    kind: str
    receive: Callable[..., None]
    still_wanted: Callable[[Message], bool] | None = None
    about: str = ""


@dataclass(frozen=True)
class Incoming:
    """Takes what a feed brings: ``receive(*, message, item, actor, at)``, once for each item's identity."""

    channel: str
    receive: Callable[..., None]


RECEIVERS: Registry[Receiver] = Registry(lambda row: f"{row.channel}/{row.kind}/{row.about}")
INCOMING: Registry[Incoming] = Registry(lambda row: row.channel)


def find(message: Message) -> Receiver | None:
    """The receiver for this message: the one of its ``about``, else the one for all, else None."""
    model = message.about.partition(":")[0]
    prefix = f"{message.channel}/{message.kind}/"
    return RECEIVERS.find(prefix + model) or RECEIVERS.find(prefix)
