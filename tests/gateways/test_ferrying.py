"""Letters cross an air gap in files: out, answered, in; what cannot be taken is listed and changes nothing."""

import csv
import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Court
from gateways.models import Connection, Message, MessageState, Way
from gateways.services import delivering, ferrying, sending, sweeping
from gateways.simulators import Simulators
from tests.gateways.conftest import ACCOUNT, AT, Room

Pay = Callable[..., Message]
pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
SETTLED = {"status": "SETTLED", "bank_reference": "R1", "amount": "100.00"}


@pytest.fixture
def by_file(court: Court) -> Court:
    for channel in ("bank.payment", "bank.credit"):
        Connection.objects.create(court=court, channel=channel, way=Way.FILES)
    return court


def bring(folder: Path, *rows: Any) -> Path:
    (folder / "in").mkdir(parents=True, exist_ok=True)
    path = folder / "in" / "answers.jsonl"
    path.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), encoding="utf-8")
    return path


def test_a_letter_goes_out_and_its_answer_comes_in(by_file: Court, pay: Pay, room: Room, tmp_path: Path) -> None:
    message = pay("payout:1")
    exported = ferrying.export(court=by_file, folder=tmp_path, at=AT)
    assert exported.count == 1
    assert exported.path is not None
    [row] = [json.loads(line) for line in exported.path.read_text(encoding="utf-8").splitlines()]
    assert (row["channel"], row["kind"], row["key"]) == ("bank.payment", "pay", "payout:1")
    assert row["payload"]["payee_account"] == ACCOUNT
    assert exported.path.stat().st_mode & 0o077 == 0
    message.refresh_from_db()
    assert (message.state, message.sent_at) == (MessageState.SENT, AT)

    bring(
        tmp_path, {"channel": "bank.payment", "key": "payout:1", "state": "DONE", "reply": SETTLED, "reference": "R1"}
    )
    [done] = ferrying.take_files(court=by_file, folder=tmp_path, at=LATER)
    assert (done.read, done.taken, done.repeated, done.wrong, done.sheet) == (1, 1, 0, 0, None)
    message.refresh_from_db()
    assert (message.state, message.answered_at, message.reference) == (MessageState.ANSWERED, LATER, "R1")
    [(key, reply)] = room.taken
    assert (key, reply.status, reply.amount) == ("payout:1", "SETTLED", Decimal("100.00"))
    assert [path.name for path in (tmp_path / "done").iterdir()] == ["answers.jsonl"]


def test_what_went_out_is_not_exported_again_and_never_leaves_by_network(
    by_file: Court, pay: Pay, outside: Simulators, room: Room, tmp_path: Path
) -> None:
    message = pay("payout:1")
    delivering.deliver(message_id=message.pk, at=AT)
    assert outside.request("GET", "/bank/payments/payout%3A1").status == 404
    assert ferrying.export(court=by_file, folder=tmp_path, at=AT).count == 1
    assert ferrying.export(court=by_file, folder=tmp_path, at=LATER) == ferrying.Exported(None, 0)
    assert sweeping.claim(at=LATER).messages == ()
    with pytest.raises(sending.AlreadySent):
        sending.cancel(message=message, reason="", at=LATER)


def test_what_is_no_longer_wanted_is_not_exported(by_file: Court, pay: Pay, room: Room, tmp_path: Path) -> None:
    message = pay("payout:1")
    room.wanted = False
    assert ferrying.export(court=by_file, folder=tmp_path, at=AT) == ferrying.Exported(None, 0)
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.CANCELLED, "NOT_WANTED")


def test_other_channels_and_other_courts_stay_at_home(by_file: Court, pay: Pay, tmp_path: Path) -> None:
    other = Court.objects.create(code="鲁1427", name="夏津县人民法院", short_name="夏津")
    message = pay("payout:1")
    Message.objects.filter(pk=message.pk).update(court=other)
    assert ferrying.export(court=by_file, folder=tmp_path, at=AT).count == 0
    assert not (tmp_path / "out").exists()


def test_the_same_answer_twice_is_counted_as_repeated(by_file: Court, pay: Pay, room: Room, tmp_path: Path) -> None:
    pay("payout:1")
    ferrying.export(court=by_file, folder=tmp_path, at=AT)
    answer = {"channel": "bank.payment", "key": "payout:1", "state": "DONE", "reply": SETTLED}
    bring(tmp_path, answer, answer)
    [done] = ferrying.take_files(court=by_file, folder=tmp_path, at=LATER)
    assert (done.read, done.taken, done.repeated, done.wrong) == (2, 1, 1, 0)
    assert len(room.taken) == 1


def test_lines_that_cannot_be_taken_are_listed_with_the_reason(
    by_file: Court, pay: Pay, room: Room, tmp_path: Path
) -> None:
    message = pay("payout:1")
    ferrying.export(court=by_file, folder=tmp_path, at=AT)
    good = {
        "channel": "bank.payment",
        "key": "payout:1",
        "state": "DONE",
        "reply": {"status": "SETTLED", "amount": 1.5},
    }
    bring(
        tmp_path,
        "{broken",
        "[]",
        "",
        {"channel": "moon", "key": "x"},
        {"channel": "bank.payment", "key": "payout:none", "state": "DONE", "reply": SETTLED},
        {"channel": "bank.payment", "key": "payout:1", "state": "MAYBE", "reply": SETTLED},
        good,
    )
    [done] = ferrying.take_files(court=by_file, folder=tmp_path, at=LATER)
    assert (done.read, done.taken, done.repeated, done.wrong) == (6, 0, 0, 6)
    assert done.sheet is not None
    table = list(csv.reader(StringIO(done.sheet.read_text(encoding="utf-8-sig"))))
    assert table[0] == ["行号", "通道", "编号", "问题"]
    assert [(row[0], row[3]) for row in table[1:6]] == [
        ("1", "不是 JSON"),
        ("2", "不是 JSON 对象"),
        ("4", "没有这个通道"),
        ("5", "没有这个编号的消息"),
        ("6", "state 只能是 DONE 或 REFUSED"),
    ]
    assert table[6][:3] == ["7", "bank.payment", "payout:1"]
    message.refresh_from_db()
    assert (message.state, message.reply) == (MessageState.SENT, None)
    assert room.taken == []


def test_an_answer_that_the_room_refuses_is_kept_listed_and_handed_over_later(
    by_file: Court, pay: Pay, room: Room, tmp_path: Path
) -> None:
    message = pay("payout:1")
    ferrying.export(court=by_file, folder=tmp_path, at=AT)
    room.refuses = 1
    bring(tmp_path, {"channel": "bank.payment", "key": "payout:1", "state": "DONE", "reply": SETTLED})
    [done] = ferrying.take_files(court=by_file, folder=tmp_path, at=LATER)
    assert done.wrong == 1
    assert delivering.drain(at=LATER + timedelta(hours=1)) == 1
    message.refresh_from_db()
    assert message.state == MessageState.ANSWERED
    assert len(room.taken) == 1


def test_incoming_lines_come_by_file_once(by_file: Court, room: Room, tmp_path: Path) -> None:
    item = {"account": "1410", "booked_on": "2026-11-22", "amount": "36200.00", "bank_reference": "B7"}
    row = {"channel": "bank.credit", "key": "B7", "item": item}
    bring(tmp_path, row, row, {"channel": "bank.credit", "item": item})
    [done] = ferrying.take_files(court=by_file, folder=tmp_path, at=AT)
    assert (done.taken, done.repeated, done.wrong) == (1, 1, 1)
    delivering.drain(at=AT)
    [(_, line)] = room.taken
    assert (line.amount, line.bank_reference) == (Decimal("36200.00"), "B7")


def test_the_commands_print_their_totals(by_file: Court, pay: Pay, room: Room, tmp_path: Path) -> None:
    pay("payout:1")
    said = StringIO()
    call_command("gateway_export", court="晋1031", folder=tmp_path, stdout=said)
    bring(tmp_path, {"channel": "bank.payment", "key": "payout:1", "state": "DONE", "reply": SETTLED}, "x")
    call_command("gateway_import", court="晋1031", folder=tmp_path, stdout=said)
    assert "导出 1 条" in said.getvalue()
    assert "answers.jsonl：读 2，收 1，重复 0，错误 1" in said.getvalue()
    with pytest.raises(CommandError, match="晋9999"):
        call_command("gateway_export", court="晋9999", folder=tmp_path)
