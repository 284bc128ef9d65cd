"""Carrying letters by file across an air gap: what is queued goes out, answers and incoming items come in.

A letter is written to the file before it is marked SENT, so a broken export is exported again under the same keys.
Every answer is taken by itself; lines that cannot be taken are listed in a sheet and change nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Court
from gateways import channels, wire
from gateways.adapters import files
from gateways.adapters.base import Answer, AnswerState, Item
from gateways.models import Connection, Direction, FeedCursor, Message, MessageState, Way
from gateways.services import answering, claiming, feeds
from kernel import canonical

EXPORT_BATCH = 5000
FINAL = {"DONE": AnswerState.DONE, "REFUSED": AnswerState.REFUSED}


class Untakable(ValueError):
    """This line of an incoming file cannot be taken; the sentence says why."""


@dataclass(frozen=True)
class Exported:
    """What one export wrote."""

    path: Path | None
    count: int


@dataclass(frozen=True)
class Imported:
    """Control totals of one file: read = taken + repeated + wrong."""

    path: Path
    read: int
    taken: int
    repeated: int
    wrong: int
    sheet: Path | None


def export(*, court: Court, folder: Path, at: datetime) -> Exported:
    """Write what waits on the court's file channels to ``folder/out`` and mark it SENT."""
    names = Connection.objects.filter(court=court, way=Way.FILES).values_list("channel", flat=True)
    with transaction.atomic():
        rows = Message.objects.filter(court=court, channel__in=list(names), state=MessageState.QUEUED)
        waiting = rows.filter(direction=Direction.OUT, reply__isnull=True).order_by("created_at", "pk")
        locked = list(waiting.select_for_update(skip_locked=True, no_key=True)[:EXPORT_BATCH])
        letters = [row for row in locked if _may_leave(row, at)]
        if not letters:
            return Exported(None, 0)
        stamp = canonical.moment(at).replace(":", "").replace("-", "")
        name = f"{court.code}-{stamp}.jsonl"
        path = files.write_letters(folder / "out", name, (_letter(row) for row in letters))
        Message.objects.filter(pk__in=[row.pk for row in letters]).update(
            state=MessageState.SENT, sent_at=at, next_attempt_at=None, claimed_until=None, last_error=""
        )
    return Exported(path, len(letters))


def take_files(*, court: Court, folder: Path, at: datetime) -> Iterator[Imported]:
    """Read every file of ``folder/in``; each is moved to ``folder/done`` when it has been read to its end."""
    for path in files.waiting(folder / "in"):
        yield _take_file(court, path, folder / "done", at)


def _may_leave(message: Message, at: datetime) -> bool:
    try:
        return claiming.may_leave(message=message, at=at)
    except claiming.CheckFailed as error:
        answering.fail(message_id=message.pk, error=error, at=at)
        return False


def _letter(message: Message) -> dict[str, Any]:
    return {
        "channel": message.channel,
        "kind": message.kind,
        "key": message.key,
        "created_at": canonical.moment(message.created_at),
        "payload": message.payload,
    }


def _take_file(court: Court, path: Path, done: Path, at: datetime) -> Imported:
    read = taken = repeated = 0
    wrong: list[files.Wrong] = []
    for line in files.lines(path):
        read += 1
        content = line.content or {}
        try:
            fresh = _take_line(court, line, at)
        except Untakable as problem:
            name, key = str(content.get("channel", "")), str(content.get("key", ""))
            wrong.append(files.Wrong(line.number, name, key, str(problem)))
        else:
            taken, repeated = taken + fresh, repeated + (not fresh)
    sheet = files.put_away(path, wrong, done)
    return Imported(path, read, taken, repeated, len(wrong), sheet)


def _take_line(court: Court, line: files.Line, at: datetime) -> bool:
    if line.content is None:
        raise Untakable(line.problem)
    try:
        channel = channels.get(str(line.content.get("channel")))
    except channels.UnknownKind:
        raise Untakable(_("没有这个通道")) from None
    take = _take_item if channel.incoming else _take_answer
    return take(court, channel, line.content, at)


def _take_answer(court: Court, channel: channels.Channel, content: dict[str, Any], at: datetime) -> bool:
    message = Message.objects.filter(court=court, channel=channel.name, key=str(content.get("key"))).first()
    if message is None:
        raise Untakable(_("没有这个编号的消息"))
    if message.state in {MessageState.ANSWERED, MessageState.REFUSED}:
        return False
    if message.state == MessageState.CANCELLED:
        raise Untakable(_("消息已撤回"))
    answer = _answer(message, content)
    if answering.settle(message_id=message.pk, answer=answer, at=at):
        return True
    message.refresh_from_db()
    raise Untakable(_("已保存答复，业务未能接收：%(error)s") % {"error": message.last_error})


def _answer(message: Message, content: dict[str, Any]) -> Answer:
    state, reply_type = FINAL.get(str(content.get("state"))), message.kind_row.reply
    if state is None or reply_type is None:
        raise Untakable(_("state 只能是 DONE 或 REFUSED"))
    try:
        reply = wire.from_plain(reply_type, content.get("reply") or {})
    except wire.Unreadable as error:
        raise Untakable(_("答复内容无法读取：%(error)s") % {"error": error}) from None
    return Answer(state, reply, str(content.get("reference", "")))


def _take_item(court: Court, channel: channels.Channel, content: dict[str, Any], at: datetime) -> bool:
    key = str(content.get("key") or "")
    if not key or len(key) > 120:
        raise Untakable(_("缺少编号"))
    try:
        item = Item(key, wire.from_plain(channel.kinds[0].payload, content.get("item") or {}))
    except wire.Unreadable as error:
        raise Untakable(_("来件内容无法读取：%(error)s") % {"error": error}) from None
    with transaction.atomic():
        new = feeds.file_items(court=court, channel=channel.name, items=[item], at=at)
    FeedCursor.objects.filter(court=court, channel=channel.name).update(taken_at=at)
    return bool(new)
