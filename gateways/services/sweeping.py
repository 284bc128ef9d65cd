"""What is due is claimed in bounded batches and then fanned out; two sweeps at once never claim one row twice."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from gateways.models import FeedCursor, Message
from gateways.services import feeds

BATCH = 500
FANNED_OUT = timedelta(seconds=30)  # a lost task is noticed after this


@dataclass(frozen=True)
class Due:
    """What one sweep claimed: messages by key, feeds by channel and court."""

    messages: tuple[UUID, ...]
    feeds: tuple[tuple[str, str], ...]


def claim(*, at: datetime, batch: int = BATCH) -> Due:
    """Claim at most a batch of due messages and due feeds."""
    return Due(_messages(at, batch), _feeds(at, batch))


def _messages(at: datetime, batch: int) -> tuple[UUID, ...]:
    with transaction.atomic():
        rows = Message.objects.moving().filter(next_attempt_at__lte=at).order_by("next_attempt_at")
        ids = tuple(rows.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True)[:batch])
        Message.objects.filter(pk__in=ids).update(next_attempt_at=at + FANNED_OUT)
    return ids


def _feeds(at: datetime, batch: int) -> tuple[tuple[str, str], ...]:
    with transaction.atomic():
        rows = feeds.due(at).order_by("next_poll_at").select_related("court")
        claimed = list(rows.select_for_update(of=("self",), skip_locked=True, no_key=True)[:batch])
        FeedCursor.objects.filter(pk__in=[feed.pk for feed in claimed]).update(next_poll_at=at + FANNED_OUT)
    return tuple(sorted({(feed.channel, feed.court.code) for feed in claimed}))
