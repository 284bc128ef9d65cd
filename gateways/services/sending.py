"""The outbox: a message is written in the transaction of the act it belongs to and leaves after commit.

One key is one letter for ever. Neither verb waits for a message's lock, so both may be called under a case's lock while
an answer to the same message is being taken (which locks the message first, the case then).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Court
from gateways import channels, wire
from gateways.models import Message, MessageState
from gateways.services import queueing
from kernel import encryption, writing
from kernel.refusals import Refusal

_KEY = re.compile(r"[\w.:\-]{1,120}", re.ASCII)


class KeyReused(Refusal):
    """The key already belongs to a message with another content."""

    message = _("编号 %(key)s 已用于另一条外部消息，内容不同。请刷新后重新办理。")


class AlreadySent(Refusal):
    """The message has left, or is leaving at this moment."""

    message = _("消息已经发出，不能撤回。请等待对方答复后再办理。")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter to be queued: to whom, of which kind, under which key, about what; ``check`` is asked before it leaves."""

    court: Court
    channel: str
    kind: str
    payload: Any
    key: str
    about: str
    check: str = ""


def send(
    *, court: Court, channel: str, kind: str, payload: Any, key: str, about: str, at: datetime, check: str = ""
) -> Message:
    """Queue a letter under its key; the same letter twice is one message. Raises KeyReused."""
    letter = Letter(court=court, channel=channel, kind=kind, payload=payload, key=key, about=about, check=check)
    return send_all([letter], at=at)[0]


def send_all(letters: Sequence[Letter], *, at: datetime) -> list[Message]:
    """Queue several letters with one insert; each under its own key as by ``send``. Raises KeyReused."""
    if not letters:
        return []
    messages = [_message(letter, at) for letter in letters]
    with transaction.atomic(savepoint=False):
        new = writing.insert(messages, once=True)
        if new:
            transaction.on_commit(partial(queueing.enqueue_all, list(new)), robust=True)
    return [message if message.pk in new else _first(message) for message in messages]


def _message(letter: Letter, at: datetime) -> Message:
    row = channels.get(letter.channel).kind(letter.kind)
    if not isinstance(letter.payload, row.payload) or not _KEY.fullmatch(letter.key):
        raise TypeError(f"{letter.channel}/{letter.kind} takes {row.payload.__name__} under a plain key")
    return Message(
        court=letter.court,
        channel=letter.channel,
        kind=letter.kind,
        key=letter.key,
        about=letter.about,
        condition=letter.check,
        payload=wire.to_plain(letter.payload),
        tail=encryption.tail_digest(getattr(letter.payload, row.tail_of)) if row.tail_of else "",
        next_attempt_at=at,
        created_at=at,
    )


def _first(asked: Message) -> Message:
    """The message that stands under the key already. Raises KeyReused when its content is another."""
    stored = Message.objects.select_related("court").get(channel=asked.channel, key=asked.key)
    if not _same(stored, asked):
        raise KeyReused(key=asked.key)
    return stored


def cancel(*, message: Message, reason: str, at: datetime) -> None:
    """Withdraw a letter that has not left; a second time changes nothing. Raises AlreadySent."""
    with transaction.atomic():
        row = Message.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=message.pk).first()
        if row is not None and row.state == MessageState.CANCELLED:
            return
        if row is None or row.sent_at is not None or row.state not in {MessageState.QUEUED, MessageState.PARKED}:
            raise AlreadySent
        row.state, row.last_error, row.next_attempt_at = MessageState.CANCELLED, reason[:300], None
        row.answered_at = at
        row.save(update_fields=["state", "last_error", "next_attempt_at", "answered_at"])


def _same(stored: Message, asked: Message) -> bool:
    names = ("court_id", "kind", "about", "payload")
    return all(getattr(stored, name) == getattr(asked, name) for name in names)
