"""One step of one message: it is sent, asked about, or its answer is handed to the room. No step spans the outside call
in a database transaction, and what may have arrived is asked about, never sent again by itself where money moves."""

import logging
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts.models import Court
from gateways import channels, wire
from gateways.adapters import ways
from gateways.adapters.base import Answer, AnswerState, GatewayError, KeyKnown, Parcel, Rejected, Unreachable
from gateways.models import MOVING, Message, MessageState
from gateways.services import answering, feeds
from gateways.services.claiming import CheckFailed, Claim, Step, claim

logger = logging.getLogger(__name__)

ASK_SOONEST = timedelta(seconds=2)
ASK_LATEST = timedelta(minutes=10)
ROUNDS = 12  # of drain: enough for an act whose answer sends another message


class NotReceived(GatewayError):
    """The outside says that it never received the letter."""

    code = "NOT_RECEIVED"


def deliver(*, message_id: UUID, at: datetime) -> str:
    """Take the message's next step; the state it is in afterwards, or the empty text when nothing was done."""
    try:
        claimed = claim(message_id=message_id, at=at)
    except CheckFailed as error:
        logger.exception("message %s: the check before sending failed", message_id)
        answering.fail(message_id=message_id, error=error, at=at)
        return ""
    if claimed is None:
        return ""
    known = _hand(claimed, at) if claimed.step is Step.HAND else _call(claimed, at)
    return str(known or Message.objects.values_list("state", flat=True).get(pk=message_id))


def drain(*, at: datetime, court: Court | None = None) -> int:
    """Deliver in this process, without a worker, until nothing moves; how many messages were finished."""
    finished = 0
    for _ in range(ROUNDS):
        taken = feeds.take_all(at=at, court=court)
        open_now = Q(attempts=0) | Q(next_attempt_at__lte=at)
        rows = Message.objects.filter(open_now, state__in=MOVING).order_by("created_at", "pk")
        ids = list((rows.filter(court=court) if court else rows).values_list("pk", flat=True))
        states = [deliver(message_id=message_id, at=at) for message_id in ids]
        done = sum(state in {MessageState.ANSWERED, MessageState.REFUSED} for state in states)
        finished += done
        if not done and not taken and MessageState.SENT not in states:
            break
    return finished


def _hand(claimed: Claim, at: datetime) -> MessageState | None:
    """Let the room take what is here already; the state when it did."""
    try:
        answer = answering.kept(claimed.message)
    except wire.Unreadable as error:
        answering.fail(message_id=claimed.message.pk, error=error, at=at)
        return None
    return _settle(claimed.message, answer, at)


def _settle(message: Message, answer: Answer, at: datetime) -> MessageState | None:
    done = answering.settle(message_id=message.pk, answer=answer, at=at)
    return answering.state_after(answer) if done else None


def _call(claimed: Claim, at: datetime) -> MessageState | None:
    """Send or ask; the state when that was answered and taken."""
    message, step = claimed.message, claimed.step
    try:
        parcel = Parcel(message.channel, message.kind, message.key, message.payload_object)
        way = ways.adapter()
        answer = way.send(parcel) if step is Step.SEND else way.ask(parcel)
    except (Unreachable, Rejected) as error:
        if step is Step.SEND and not isinstance(error, KeyKnown):
            _take_back(message.pk)
        answering.fail(message_id=message.pk, error=error, at=at, park=isinstance(error, Rejected))
    except Exception as error:  # a fault of ours must not keep one message going round for ever
        if not isinstance(error, GatewayError):
            logger.exception("message %s: the adapter failed", message.pk)
        answering.fail(message_id=message.pk, error=error, at=at)
    else:
        return _take(claimed, answer, at)
    return None


def _take(claimed: Claim, answer: Answer, at: datetime) -> MessageState | None:
    message = claimed.message
    if answer.state in {AnswerState.DONE, AnswerState.REFUSED}:
        return _settle(message, answer, at)
    if answer.state is AnswerState.PENDING:
        _ask_later(message, answer, at)
    else:
        if channels.get(message.channel).resend:
            _take_back(message.pk)
        answering.fail(message_id=message.pk, error=NotReceived(), at=at)
    return None


def _ask_later(message: Message, answer: Answer, at: datetime) -> None:
    """Received, not answered: ask again after a tenth of its age, between two seconds and ten minutes."""
    pause = min(max((at - (message.sent_at or at)) / 10, ASK_SOONEST), ASK_LATEST)
    Message.objects.filter(pk=message.pk, state=MessageState.SENT).update(
        next_attempt_at=at + pause,
        claimed_until=None,
        attempts=0,
        last_error="",
        reference=answer.reference[:60] or message.reference,
    )


def _take_back(message_id: UUID) -> None:
    """It certainly did not arrive: it waits to be sent again under the same key."""
    with transaction.atomic():
        rows = Message.objects.select_for_update(no_key=True).filter(pk=message_id, state=MessageState.SENT)
        for row in rows:
            row.state, row.sent_at = MessageState.QUEUED, None
            row.save(update_fields=["state", "sent_at"])
