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
from kernel.refusals import Refusal

logger = logging.getLogger(__name__)

PARK_AFTER = 8  # failures of the message itself
PARK_UNREACHABLE_AFTER = 60  # failures while nobody listens: about nine hours
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(minutes=10)
_CHANGING = (
    "state",
    "reply",
    "reference",
    "attempts",
    "last_error",
    "next_attempt_at",
    "claimed_until",
    "sent_at",
    "answered_at",
)


def settle(*, message_id: UUID, answer: Answer, at: datetime) -> bool:
    """Mark the message with its final answer and let the room take it; False when it was taken before or failed."""
    try:
        with transaction.atomic():
            message = _lock(message_id)
            if message is None:
                return False
            _mark(message, answer, at)
            _hand_over(message, answer.reply, at)
        return True
    except Exception as error:  # the room's refusals and faults alike leave the message open
        logger.warning("message %s: the room did not take the answer: %s", message_id, type(error).__name__)
        fail(message_id=message_id, error=error, at=at, answer=answer)
        return False


def take_in(*, message_id: UUID, at: datetime) -> bool:
    """Let the room take an incoming item, or an answer that it did not take before."""
    message = Message.objects.filter(pk=message_id, state__in=OPEN).first()
    if message is None:
        return False
    if message.direction == Direction.IN:
        return settle(message_id=message_id, answer=Answer(AnswerState.DONE), at=at)
    try:
        reply = message.reply_object
    except wire.Unreadable as error:
        fail(message_id=message_id, error=error, at=at)
        return False
    refused = (message.reply or {}).get("status") == "REFUSED"
    state = AnswerState.REFUSED if refused else AnswerState.DONE
    return settle(message_id=message_id, answer=Answer(state, reply, message.reference), at=at)


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
        message.save(update_fields=_CHANGING)


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
    rows = Message.objects.select_for_update(of=("self",), no_key=True).select_related("court")
    return rows.filter(pk=message_id, state__in=OPEN).first()


def _mark(message: Message, answer: Answer, at: datetime) -> None:
    refused = answer.state is AnswerState.REFUSED
    message.state = MessageState.REFUSED if refused else MessageState.ANSWERED
    if answer.reply is not None:
        message.reply = wire.to_plain(answer.reply)
    message.reference = answer.reference[:60] or message.reference
    message.answered_at, message.next_attempt_at, message.claimed_until = at, None, None
    message.sent_at = message.sent_at or (at if message.direction == Direction.OUT else None)
    message.last_error = ""
    message.save(update_fields=_CHANGING)


def _hand_over(message: Message, reply: Any, at: datetime) -> None:
    actor = Actor.system(message.court, channels.get(message.channel).actor_part)
    if message.direction == Direction.IN:
        incoming = receiving.INCOMING.get(message.channel)
        incoming.receive(message=message, item=message.payload_object, actor=actor, at=at)
        return
    receiver = receiving.find(message)
    if receiver is not None:
        receiver.receive(message=message, reply=reply, actor=actor, at=at)
