"""Typed letters become plain JSON and come back; what cannot be read is refused by name; pages see masked lines."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from gateways import channels, masking, payloads, problems, wire
from gateways.adapters.routes import ROUTES
from gateways.checks import check_receivers
from gateways.receiving import INCOMING, RECEIVERS, Incoming, Receiver


def test_a_letter_survives_the_journey() -> None:
    control = payloads.Control(bank="农行", account="6228", frozen_amount=Decimal("36200.00"), end=date(2027, 11, 21))
    reply = payloads.FreezeReply(
        status="DONE",
        at=datetime(2026, 11, 22, 3, 0, tzinfo=UTC),
        limit=Decimal("200000.00"),
        frozen_amount=Decimal("36200.00"),
        controls=(control,),
    )
    plain = wire.to_plain(reply)
    assert plain["limit"] == "200000.00"
    assert plain["at"] == "2026-11-22T03:00:00.000000Z"
    assert "end" not in plain
    assert wire.from_plain(payloads.FreezeReply, plain) == reply


@pytest.mark.parametrize(
    "amount", [1.5, "1.005", "NaN", "Infinity", "一元", None, True, [1]], ids=lambda value: str(value)
)
def test_an_amount_that_is_none_is_refused(amount: object) -> None:
    line = {"account": "1", "booked_on": "2026-11-22", "bank_reference": "R", "amount": amount}
    with pytest.raises(wire.Unreadable):
        wire.from_plain(payloads.CreditLine, line)


@pytest.mark.parametrize(
    ("name", "value"),
    [("status", 3), ("at", "yesterday"), ("controls", {}), ("controls", ["x"]), ("end", "2026-13-01")],
)
def test_a_reply_of_the_wrong_shape_is_refused(name: str, value: object) -> None:
    with pytest.raises(wire.Unreadable):
        wire.from_plain(payloads.FreezeReply, {"status": "DONE", name: value})


def test_unknown_names_are_ignored_and_a_moment_without_a_zone_is_utc() -> None:
    reply = wire.from_plain(payloads.TextReply, {"status": "SENT", "at": "2026-11-22T03:00:00", "more": [1]})
    assert reply == payloads.TextReply(status="SENT", at=datetime(2026, 11, 22, 3, 0, tzinfo=UTC))


def test_every_outgoing_kind_has_an_address_and_a_reply_with_a_status() -> None:
    kinds = [(channel.name, kind) for channel in channels.outgoing() for kind in channel.kinds]
    assert {(name, kind.name) for name, kind in kinds} == set(ROUTES)
    for _, kind in kinds:
        assert kind.reply is not None
        assert kind.reply(status="REFUSED").status == "REFUSED"


def test_every_field_of_every_letter_has_a_label() -> None:
    types = {kind.payload for channel in channels.CHANNELS.values() for kind in channel.kinds}
    types |= {kind.reply for channel in channels.outgoing() for kind in channel.kinds if kind.reply}
    names = {name for letter in types for name in letter.__dataclass_fields__}
    assert names - set(masking.LABELS) == set()


def test_identity_numbers_accounts_and_names_are_hidden() -> None:
    order = payloads.FreezeOrder(
        debtor_name="王某军",
        id_number="142630198001011234",
        limit=Decimal("200000.00"),
        term_end=date(2027, 11, 21),
        ruling="（2026）晋1031执1号",
        account="6228480000000001234",
    )
    shown = {str(line.label): str(line.value) for line in masking.lines(order)}
    assert shown == {
        "被执行人": "王**",
        "证件号码": "**************1234",
        "限额": "200000.00",
        "期限至": "2027-11-21",
        "裁定书文号": "（2026）晋1031执1号",
        "账户": "***************1234",
    }


def test_codes_in_free_text_are_hidden_and_findings_only_counted() -> None:
    assert masking.masked_text("验证码 482913，第123号") == "验证码 ******，第123号"
    reply = payloads.InquiryReply(status="ANSWERED", findings=({"account": "6228"}, {"account": "6229"}))
    assert [(str(line.label), str(line.value)) for line in masking.lines(reply)] == [
        ("结果", "已反馈"),
        ("查询结果", "2 项"),
    ]


def test_a_receiver_of_an_unknown_kind_or_feed_is_found_when_django_starts() -> None:
    wrong, feed = Receiver("sms", "fax", receive=print), Incoming("sms", receive=print)
    before = {error.id for error in check_receivers(None)}
    RECEIVERS.declare(wrong)
    INCOMING.declare(feed)
    try:
        found = {error.id for error in check_receivers(None)}
    finally:
        RECEIVERS.remove("sms/fax/")
        INCOMING.remove("sms")
    assert before == set()
    assert found == {"gateways.E001", "gateways.E002"}


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        ("", ""),
        ("NOT_RECEIVED", "对方称没有收到这条消息"),
        ("UNREACHABLE: 503", "对方系统连接不上，将自动重试（503）"),
        ("funds_remain: 案款尚未发完。", "案款尚未发完。"),
        ("ValidationError", "系统未能接收答复，请联系管理员（ValidationError）"),
        ("案件已和解", "案件已和解"),
    ],
)
def test_a_problem_is_told_in_words(error: str, sentence: str) -> None:
    assert problems.sentence(error) == sentence
