"""A parked message waits for a person, who looks at it and lets it go on under its old key."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, policy
from accounts.actors import Actor
from accounts.roles import Action
from gateways.models import Message, MessageState
from gateways.services import queueing
from gateways.services.delivering import NotReceived
from kernel.refusals import Refusal

RETRIED = "gateway_message_retried"
acts.declare(RETRIED, _("重试外部消息"))


class NotParked(Refusal):
    """Only a parked message is let go on."""

    message = _("这条消息没有被搁置，无需重试。请刷新页面查看最新状态。")


def retry(*, message: Message, actor: Actor, at: datetime) -> None:
    """Let a parked message go on: asked again when it may have arrived, sent again when the outside says it did not.

    Raises NotParked, NotAllowed.
    """
    policy.require(actor, Action.RUN_GATEWAYS)
    with transaction.atomic():
        row = Message.objects.select_for_update(no_key=True).visible_to(actor).filter(pk=message.pk).first()
        if row is None or row.state != MessageState.PARKED:
            raise NotParked
        if row.last_error.startswith(NotReceived.code) and row.reply is None:
            row.sent_at = None
        row.state = MessageState.SENT if row.sent_at else MessageState.QUEUED
        row.attempts, row.next_attempt_at, row.claimed_until = 0, at, None
        row.save(update_fields=["state", "sent_at", "attempts", "next_attempt_at", "claimed_until"])
        audit.write(actor=actor, act=RETRIED, at=at, about=f"gateways.message:{row.pk}")
        transaction.on_commit(partial(queueing.enqueue, row.pk), robust=True)
