"""Who may work on a message now: one worker at a time, for at most a lease; never across the call to the outside.

Before a letter leaves it is marked SENT. A worker that dies from then on leaves a row that is asked about, not sent
again. The marks are committed before the call, so two workers cannot both send.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from gateways import channels, receiving
from gateways.models import MOVING, OPEN, Connection, Direction, Message, MessageState, Way

LEASE = timedelta(seconds=90)  # longer than the longest call to the outside
BEHIND_ANOTHER = timedelta(seconds=10)


class CheckFailed(Exception):
    """The room's check before sending raised; the message stays where it is."""

    code = "CHECK_FAILED"


class Step(Enum):
    """What is to be done with a claimed message."""

    SEND = "SEND"
    ASK = "ASK"
    HAND = "HAND"  # the answer (or the incoming item) is here, the room has not taken it


@dataclass(frozen=True)
class Claim:
    """A message that this worker alone works on until the lease ends."""

    message: Message
    step: Step


def claim(*, message_id: UUID, at: datetime) -> Claim | None:
    """The message with its next step, or None when there is nothing to do or someone else does it."""
    with transaction.atomic():
        free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
        rows = Message.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
        message = rows.select_related("court").filter(free, pk=message_id, state__in=MOVING).first()
        if message is None or _waits(message, at):
            return None
        step = _step(message)
        message.claimed_until = at + LEASE
        message.next_attempt_at = at + LEASE
        if step is Step.SEND:
            message.state, message.sent_at = MessageState.SENT, at
        message.save(update_fields=["claimed_until", "next_attempt_at", "state", "sent_at"])
    return Claim(message, step)


def _step(message: Message) -> Step:
    if message.direction == Direction.IN or message.reply is not None:
        return Step.HAND
    return Step.SEND if message.state == MessageState.QUEUED else Step.ASK


def _waits(message: Message, at: datetime) -> bool:
    """Rows that are not to leave now: withdrawn, carried by file, or behind an earlier one about the same thing."""
    if message.direction == Direction.IN or message.reply is not None:
        return False
    if _goes_by_file(message):
        _put_off(message, None)
        return True
    return message.state == MessageState.QUEUED and not may_leave(message=message, at=at)


def may_leave(*, message: Message, at: datetime) -> bool:
    """Whether a queued message, locked by the caller, may leave now; what is no longer wanted is cancelled here.

    Raises CheckFailed.
    """
    if not _still_wanted(message):
        message.state, message.answered_at = MessageState.CANCELLED, at
        message.last_error = "NOT_WANTED"
        message.next_attempt_at = None
        message.save(update_fields=["state", "answered_at", "last_error", "next_attempt_at"])
        return False
    if _is_behind_another(message):
        _put_off(message, at + BEHIND_ANOTHER)
        return False
    return True


def _still_wanted(message: Message) -> bool:
    receiver = receiving.find(message)
    if receiver is None or receiver.still_wanted is None:
        return True
    try:
        return receiver.still_wanted(message)
    except Exception as error:
        raise CheckFailed(type(error).__name__) from error


def _goes_by_file(message: Message) -> bool:
    return Connection.objects.filter(court=message.court_id, channel=message.channel, way=Way.FILES).exists()


def _is_behind_another(message: Message) -> bool:
    if not channels.get(message.channel).in_order or not message.about:
        return False
    earlier = Q(created_at__lt=message.created_at) | Q(created_at=message.created_at, pk__lt=message.pk)
    same = Message.objects.filter(about=message.about, court=message.court_id, channel=message.channel)
    return same.filter(earlier, state__in=OPEN).exists()


def _put_off(message: Message, until: datetime | None) -> None:
    message.next_attempt_at = until
    message.save(update_fields=["next_attempt_at"])
