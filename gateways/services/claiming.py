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

from accounts.models import Court
from gateways import channels, receiving
from gateways.models import MOVING, OPEN, Direction, Message, MessageState, Way
from kernel import reading, writing
from kernel.reading import Columns

LEASE = timedelta(seconds=90)  # longer than the longest call to the outside
BEHIND_ANOTHER = timedelta(seconds=10)
ROW = (Columns(Message, "message"), Columns(Court, "court"))
_FREE = f"""
    SELECT {", ".join(map(str, ROW))},
           EXISTS (SELECT FROM gateways_connection AS connection
                    WHERE connection.court_id = message.court_id AND connection.channel = message.channel
                      AND connection.way = %s)
      FROM gateways_message AS message
      JOIN accounts_court AS court ON court.id = message.court_id
     WHERE message.id = %s AND message.state = ANY(%s)
       AND (message.claimed_until IS NULL OR message.claimed_until <= %s)
       FOR NO KEY UPDATE OF message SKIP LOCKED
"""


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
        rows = reading.answers(_FREE, Way.FILES.value, message_id, [state.value for state in MOVING], at)
        if not rows:
            return None
        message, by_file = message_of(rows[0]), rows[0][-1]
        if _waits(message, at, by_file=by_file):
            return None
        step = _step(message)
        message.claimed_until = at + LEASE
        message.next_attempt_at = at + LEASE
        if step is Step.SEND:
            message.state, message.sent_at = MessageState.SENT, at
        writing.change(message, "claimed_until", "next_attempt_at", "state", "sent_at")
    return Claim(message, step)


def message_of(values: reading.Values) -> Message:
    """The message of an answer that begins with the columns of ``ROW``, with its court."""
    message: Message
    message, message.court = reading.split(values, *ROW)
    return message


def _step(message: Message) -> Step:
    if message.direction == Direction.IN or message.reply is not None:
        return Step.HAND
    return Step.SEND if message.state == MessageState.QUEUED else Step.ASK


def _waits(message: Message, at: datetime, *, by_file: bool) -> bool:
    """Rows that are not to leave now: withdrawn, carried by file, or behind an earlier one about the same thing."""
    if message.direction == Direction.IN or message.reply is not None:
        return False
    if by_file:
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
        writing.change(message, "state", "answered_at", "last_error", "next_attempt_at")
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


def _is_behind_another(message: Message) -> bool:
    if not channels.get(message.channel).in_order or not message.about:
        return False
    earlier = Q(created_at__lt=message.created_at) | Q(created_at=message.created_at, pk__lt=message.pk)
    same = Message.objects.filter(about=message.about, court=message.court_id, channel=message.channel)
    return same.filter(earlier, state__in=OPEN).exists()


def _put_off(message: Message, until: datetime | None) -> None:
    message.next_attempt_at = until
    writing.change(message, "next_attempt_at")
