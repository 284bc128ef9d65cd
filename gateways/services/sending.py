"""The outbox: a message is written in the transaction of the act it belongs to and leaves after commit.

One key is one letter for ever. Neither verb waits for a message's lock, so both may be called under a case's lock while
an answer to the same message is being taken (which locks the message first, the case then).
"""

import re
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import Court
from gateways import channels, wire
from gateways.models import Message, MessageState
from gateways.services import queueing
from kernel import encryption
from kernel.refusals import Refusal

_KEY = re.compile(r"[\w.:\-]{1,120}", re.ASCII)


class KeyReused(Refusal):
    """The key already belongs to a message with another content."""

    message = _("编号 %(key)s 已用于另一条外部消息，内容不同。请刷新后重新办理。")


class AlreadySent(Refusal):
    """The message has left, or is leaving at this moment."""

    message = _("消息已经发出，不能撤回。请等待对方答复后再办理。")


def send(
    *, court: Court, channel: str, kind: str, payload: Any, key: str, about: str, at: datetime, check: str = ""
) -> Message:
    """Queue a letter under its key; the same letter twice is one message. Raises KeyReused."""
    row = channels.get(channel).kind(kind)
    if not isinstance(payload, row.payload) or not _KEY.fullmatch(key):
        raise TypeError(f"{channel}/{kind} takes {row.payload.__name__} under a plain key")
    message = Message(
        court=court,
        channel=channel,
        kind=kind,
        key=key,
        about=about,
        condition=check,
        payload=wire.to_plain(payload),
        tail=encryption.tail_digest(getattr(payload, row.tail_of)) if row.tail_of else "",
        next_attempt_at=at,
        created_at=at,
    )
    with transaction.atomic():
        Message.objects.bulk_create([message], ignore_conflicts=True)
        stored = Message.objects.select_related("court").get(channel=channel, key=key)
        if stored.pk == message.pk:
            transaction.on_commit(partial(queueing.enqueue, message.pk), robust=True)
        elif not _same(stored, message):
            raise KeyReused(key=key)
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
