"""Taking an answer: once, in one transaction with what the room makes of it.

The message's row is locked first; the room's locks come after. When the room raises, everything rolls back, the answer
is kept on the open message, and it is handed over again later.
"""

import logging
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from accounts.actors import Actor
from gateways import channels, receiving, wire
from gateways.adapters.base import Answer, AnswerState
from gateways.models import OPEN, Direction, Message, MessageState
from gateways.services import claiming
from kernel import reading, writing
from kernel.refusals import Refusal

logger = logging.getLogger(__name__)

PARK_AFTER = 8  # failures of the message itself
PARK_UNREACHABLE_AFTER = 60  # failures while nobody listens: about nine hours
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=10)
_COLUMNS = ", ".join(map(str, claiming.ROW))
_OPEN = [state.value for state in OPEN]
_LOCK = f"""
    SELECT {_COLUMNS}
      FROM gateways_message AS message
      JOIN accounts_court AS court ON court.id = message.court_id
     WHERE message.id = %s AND message.state = ANY(%s)
       FOR NO KEY UPDATE OF message
"""
_MARK = f"""
    UPDATE gateways_message AS message
       SET state = %s, reply = COALESCE(%s, reply), reference = COALESCE(NULLIF(%s, ''), reference), answered_at = %s,
           next_attempt_at = NULL, claimed_until = NULL, last_error = '',
           sent_at = CASE direction WHEN 'OUT' THEN COALESCE(sent_at, %s) ELSE sent_at END
      FROM accounts_court AS court
     WHERE court.id = message.court_id AND message.id = %s AND message.state = ANY(%s)
 RETURNING {_COLUMNS}
"""
_CIPHER = Message._meta.get_field("reply").get_prep_value


def settle(*, message_id: UUID, answer: Answer, at: datetime) -> bool:
    """Mark the message with its final answer and let the room take it; False when it was taken before or failed."""
    try:
        with transaction.atomic():
            message = _marked(message_id, answer, at)
            if message is None:
                return False
            _hand_over(message, answer.reply, at)
        return True
    except Exception as error:  # the room's refusals and faults alike leave the message open
        logger.warning("message %s: the room did not take the answer: %s", message_id, type(error).__name__)
        fail(message_id=message_id, error=error, at=at, answer=answer)
        return False


def state_after(answer: Answer) -> MessageState:
    """The state of a message that was settled with an answer."""
    return MessageState.REFUSED if answer.state is AnswerState.REFUSED else MessageState.ANSWERED


def kept(message: Message) -> Answer:
    """The answer that stands on a message and that the room did not take before; of an incoming item: that it is here.

    Raises Unreadable.
    """
    if message.direction == Direction.IN:
        return Answer(AnswerState.DONE)
    refused = (message.reply or {}).get("status") == "REFUSED"
    state = AnswerState.REFUSED if refused else AnswerState.DONE
    return Answer(state, message.reply_object, message.reference)


def fail(*, message_id: UUID, error: Exception, at: datetime, answer: Answer | None = None, park: bool = False) -> None:
    """Count a failure and try again later, ever more slowly; park the message when it has failed too often."""
    with transaction.atomic():
        message = _lock(message_id)
        if message is None:
            return
        if answer is not None and answer.reply is not None:
            message.reply, message.reference = wire.to_plain(answer.reply), answer.reference[:60]
        message.attempts = min(message.attempts + 1, 30000)
        message.last_error = describe(error)
        message.claimed_until = None
        limit = PARK_UNREACHABLE_AFTER if getattr(error, "code", "") == "UNREACHABLE" else PARK_AFTER
        if park or message.is_parked or message.attempts >= limit:
            message.state, message.next_attempt_at = MessageState.PARKED, None
        else:
            message.next_attempt_at = at + pause_after(message.attempts)
        names = ("state", "reply", "reference", "attempts", "last_error", "next_attempt_at", "claimed_until")
        writing.change(message, *names)


def pause_after(failures: int) -> timedelta:
    """Five seconds after the first failure, doubling up to ten minutes."""
    return min(FIRST_PAUSE * 2 ** min(failures - 1, 10), LONGEST_PAUSE)


def describe(error: Exception) -> str:
    """One line for the page: a code and what was said, without the letter's content."""
    if isinstance(error, Refusal):
        return f"{error.code}: {error.text}"[:300]
    code = getattr(error, "code", "") or type(error).__name__
    said = str(error) if getattr(error, "code", "") else ""
    return f"{code}: {said}"[:300] if said else str(code)


def _lock(message_id: UUID) -> Message | None:
    rows = reading.answers(_LOCK, message_id, _OPEN)
    return claiming.message_of(rows[0]) if rows else None


def _marked(message_id: UUID, answer: Answer, at: datetime) -> Message | None:
    """The open message, locked and marked with its final answer."""
    reply = None if answer.reply is None else _CIPHER(wire.to_plain(answer.reply))
    state = state_after(answer).value
    rows = reading.answers(_MARK, state, reply, answer.reference[:60], at, at, message_id, _OPEN)
    return claiming.message_of(rows[0]) if rows else None


def _hand_over(message: Message, reply: Any, at: datetime) -> None:
    actor = Actor.system(message.court, channels.get(message.channel).actor_part)
    if message.direction == Direction.IN:
        incoming = receiving.INCOMING.get(message.channel)
        incoming.receive(message=message, item=message.payload_object, actor=actor, at=at)
        return
    receiver = receiving.find(message)
    if receiver is not None:
        receiver.receive(message=message, reply=reply, actor=actor, at=at)
