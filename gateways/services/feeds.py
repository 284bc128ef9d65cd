"""Feeds that are polled: every item becomes one incoming message by its identity, in the transaction that moves the
cursor; the room takes each by itself, so that one bad item does not hold up the rest."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import Court
from gateways import channels, receiving, wire
from gateways.adapters import ways
from gateways.adapters.base import Batch, GatewayError, Item
from gateways.models import Connection, Direction, FeedCursor, Message, Way
from gateways.services import answering, queueing
from kernel import encryption

PAUSE = timedelta(seconds=5)
LEASE = timedelta(seconds=90)
PAGES = 20  # of one reading


def subscribe(*, court: Court, channel: str, source: str, at: datetime) -> FeedCursor:
    """Poll a feed for a court from now on; ``source`` is the account it is asked for. Again: nothing changes."""
    if not channels.get(channel).incoming:
        raise channels.UnknownKind(f"{channel} is not a feed")
    feed, _ = FeedCursor.objects.get_or_create(
        court=court,
        channel=channel,
        source_digest=encryption.digest(source),
        defaults={"source": source, "next_poll_at": at},
    )
    return feed


def take(*, channel: str, court_code: str, at: datetime) -> int:
    """Read the court's feeds of a channel; how many new items were filed."""
    rows = FeedCursor.objects.filter(channel=channel, court__code=court_code)
    return sum(_take(feed_id, at) for feed_id in rows.values_list("pk", flat=True))


def take_all(*, at: datetime, court: Court | None = None) -> int:
    """Read every feed at once, due or not (used without a worker); how many new items were filed."""
    rows = FeedCursor.objects.filter(Q(attempts=0) | Q(next_poll_at__lte=at))
    return sum(_take(pk, at) for pk in (rows.filter(court=court) if court else rows).values_list("pk", flat=True))


def file_items(*, court: Court, channel: str, items: Sequence[Item], at: datetime) -> list[UUID]:
    """Incoming messages for items that were not there before; call inside a transaction."""
    kind = channels.get(channel).kinds[0]
    rows = [
        Message(
            court=court,
            direction=Direction.IN,
            channel=channel,
            kind=kind.name,
            key=item.key,
            payload=wire.to_plain(item.content),
            next_attempt_at=at,
            created_at=at,
        )
        for item in items
    ]
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    ids = [row.pk for row in rows]
    new = list(Message.objects.filter(pk__in=ids).order_by("created_at", "pk").values_list("pk", flat=True))
    for pk in new:
        transaction.on_commit(partial(queueing.enqueue, pk), robust=True)
    return new


def due(at: datetime) -> "QuerySet[FeedCursor]":
    """Feeds to be read now, in courts that reach them over the network, for rooms that take them."""
    by_file = Connection.objects.filter(way=Way.FILES).values_list("court_id", "channel")
    excluded = Q(pk__in=[])
    for court_id, channel in by_file:
        excluded |= Q(court_id=court_id, channel=channel)
    taken = [row.channel for row in receiving.INCOMING]
    return FeedCursor.objects.filter(next_poll_at__lte=at, channel__in=taken).exclude(excluded)


def _take(feed_id: UUID, at: datetime) -> int:
    feed = _claim(feed_id, at)
    if feed is None:
        return 0
    total, cursor = 0, feed.cursor
    for _ in range(PAGES):
        try:
            batch = ways.adapter().take(feed.channel, feed.source, cursor)
        except GatewayError as error:
            _fail(feed, error, at)
            return total
        total += _file(feed, batch, at)
        cursor = batch.cursor
        if not batch.full:
            break
    FeedCursor.objects.filter(pk=feed.pk).update(claimed_until=None)
    return total


def _claim(feed_id: UUID, at: datetime) -> FeedCursor | None:
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lte=at)
    with transaction.atomic():
        rows = FeedCursor.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
        feed = rows.select_related("court").filter(free, pk=feed_id).first()
        if feed is None or feed.channel not in receiving.INCOMING:
            return None
        feed.claimed_until = at + LEASE
        feed.save(update_fields=["claimed_until"])
    return feed


def _file(feed: FeedCursor, batch: Batch, at: datetime) -> int:
    with transaction.atomic():
        new = file_items(court=feed.court, channel=feed.channel, items=batch.items, at=at)
        FeedCursor.objects.filter(pk=feed.pk).update(
            cursor=batch.cursor,
            next_poll_at=at + PAUSE,
            taken_at=at,
            attempts=0,
            last_error="",
        )
    return len(new)


def _fail(feed: FeedCursor, error: GatewayError, at: datetime) -> None:
    failures = feed.attempts + 1
    FeedCursor.objects.filter(pk=feed.pk).update(
        attempts=min(failures, 30000),
        last_error=answering.describe(error),
        next_poll_at=at + answering.pause_after(failures),
        claimed_until=None,
    )
