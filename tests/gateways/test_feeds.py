"""What comes in by a feed becomes one message by its identity and is handed to the room once."""

from datetime import timedelta
from decimal import Decimal

import pytest

from accounts.models import Court
from gateways import channels, payloads
from gateways.adapters import ways
from gateways.adapters.base import Batch, Item, Unreachable
from gateways.models import Direction, FeedCursor, Message, MessageState
from gateways.receiving import INCOMING, Incoming
from gateways.services import answering, delivering, feeds
from gateways.simulators import Simulators
from gateways.simulators.bank import COURT_ACCOUNT
from tests.gateways.conftest import AT, Room

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(minutes=10)


def pay_in(outside: Simulators, amount: str) -> None:
    body = {"to_sub_account": f"{COURT_ACCOUNT}0001", "amount": amount, "payer_name": "王某军", "remark": "还款"}
    assert outside.request("POST", "/bank/pay-in", body).status == 201


def subscribe(court: Court) -> FeedCursor:
    return feeds.subscribe(court=court, channel="bank.credit", source=COURT_ACCOUNT, at=AT)


def test_subscribing_twice_is_one_feed(court: Court) -> None:
    assert subscribe(court).pk == subscribe(court).pk
    assert FeedCursor.objects.count() == 1
    with pytest.raises(channels.UnknownKind):
        feeds.subscribe(court=court, channel="sms", source="", at=AT)


def test_credits_are_handed_to_the_room_once(court: Court, outside: Simulators, room: Room) -> None:
    subscribe(court)
    pay_in(outside, "1343497.70")
    delivering.drain(at=AT)
    delivering.drain(at=LATER)
    [(_, line)] = room.taken
    assert isinstance(line, payloads.CreditLine)
    assert (line.amount, line.counterparty_name, line.kind) == (Decimal("1343497.70"), "王某军", "CREDIT")
    message = Message.objects.get(channel="bank.credit")
    assert (message.direction, message.state, message.answered_at) == (Direction.IN, MessageState.ANSWERED, AT)


def test_a_line_that_the_bank_announces_twice_is_one_message(court: Court, outside: Simulators, room: Room) -> None:
    subscribe(court)
    outside.request("POST", "/control/force", {"fault": "duplicate_credit", "operation": "credit", "times": 1})
    pay_in(outside, "500.00")
    pay_in(outside, "500.00")
    delivering.drain(at=AT)
    assert Message.objects.filter(channel="bank.credit").count() == 2
    assert len(room.taken) == 2
    assert len({key for key, _ in room.taken}) == 2


def test_one_line_that_the_room_refuses_does_not_hold_up_the_next(
    court: Court, outside: Simulators, room: Room
) -> None:
    subscribe(court)
    room.refuses = 1
    pay_in(outside, "1.00")
    pay_in(outside, "2.00")
    delivering.drain(at=AT)
    assert [line.amount for _, line in room.taken] == [Decimal("2.00")]
    assert FeedCursor.objects.get().cursor == "2"
    delivering.drain(at=LATER)
    assert sorted(line.amount for _, line in room.taken) == [Decimal("1.00"), Decimal("2.00")]


def test_a_line_that_the_room_never_takes_is_parked(court: Court, outside: Simulators, room: Room) -> None:
    subscribe(court)
    room.refuses = 99
    pay_in(outside, "1.00")
    for hour in range(answering.PARK_AFTER + 1):
        delivering.drain(at=AT + timedelta(hours=hour))
    message = Message.objects.get()
    assert (message.state, message.last_error, message.attempts) == ("PARKED", "RuntimeError", answering.PARK_AFTER)


def test_a_feed_that_cannot_be_reached_keeps_its_place_and_says_so(court: Court, room: Room) -> None:
    class Down:
        def take(self, channel: str, source: str, cursor: str) -> Batch:
            raise Unreachable("down")

    feed = subscribe(court)
    with ways.replaced(Down()):  # type: ignore[arg-type]
        assert feeds.take(channel="bank.credit", court_code=court.code, at=AT) == 0
    feed.refresh_from_db()
    assert (feed.cursor, feed.attempts, feed.last_error) == ("", 1, "UNREACHABLE: down")
    assert feed.next_poll_at == AT + timedelta(seconds=5)
    assert feed.claimed_until is None


def test_a_full_page_is_followed_by_the_next(court: Court, room: Room) -> None:
    asked = []

    class Pages:
        def take(self, channel: str, source: str, cursor: str) -> Batch:
            asked.append((source, cursor))
            number = int(cursor or 0) + 1
            return Batch([Item(f"line:{number}", line(number))], str(number), full=number < 3)

    subscribe(court)
    with ways.replaced(Pages()):  # type: ignore[arg-type]
        assert feeds.take(channel="bank.credit", court_code=court.code, at=AT) == 3
    assert asked == [(COURT_ACCOUNT, ""), (COURT_ACCOUNT, "1"), (COURT_ACCOUNT, "2")]
    assert FeedCursor.objects.get().cursor == "3"


def line(number: int) -> payloads.CreditLine:
    return payloads.CreditLine(
        account=COURT_ACCOUNT, booked_on=AT.date(), amount=Decimal(number), bank_reference=f"R{number}"
    )


def test_a_payment_that_came_back_arrives_as_a_return_and_not_as_a_credit(
    court: Court, outside: Simulators, room: Room
) -> None:
    returned: list[payloads.CreditLine] = []
    INCOMING.declare(Incoming("bank.return", receive=lambda *, item, **_: returned.append(item)))
    subscribe(court)
    feeds.subscribe(court=court, channel="bank.return", source=COURT_ACCOUNT, at=AT)
    outside.request("POST", "/control/force", {"fault": "returned", "operation": "payment", "times": 1})
    order = {"instruction_key": "payout:9", "amount": "10.00", "payee_name": "靳某某", "payee_account": "6222"}
    assert outside.request("POST", "/bank/payments", order).status == 202
    outside.request("GET", "/bank/payments/payout:9")
    delivering.drain(at=AT)
    INCOMING.remove("bank.return")
    assert [(item.kind, item.instruction_key, item.amount) for item in returned] == [
        ("RETURN", "payout:9", Decimal("10.00"))
    ]
    assert room.taken == []
