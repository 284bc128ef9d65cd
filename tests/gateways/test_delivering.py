"""Letters arrive once and their answers are taken once, whatever the outside does."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from accounts.models import Court
from gateways import payloads
from gateways.adapters import ways
from gateways.adapters.base import Answer, AnswerState, Batch, Parcel, Unreachable
from gateways.models import Message, MessageState
from gateways.services import answering, delivering, sending
from gateways.simulators import Simulators
from tests.gateways.conftest import AT, Room

Pay = Callable[..., Message]
pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


def force(outside: Simulators, fault: str, operation: str, times: int = 1) -> None:
    body = {"fault": fault, "operation": operation, "times": times}
    assert outside.request("POST", "/control/force", body).status == 200


def orders(outside: Simulators) -> int:
    """How many payment orders the bank has carried out."""
    return int(outside.request("GET", "/bank/balance").json()["count"])


def test_a_payment_is_sent_asked_about_and_settled_once(pay: Pay, outside: Simulators, room: Room) -> None:
    message = pay("payout:1")
    assert delivering.drain(at=AT) == 1
    message.refresh_from_db()
    assert message.state == MessageState.ANSWERED
    assert message.answered_at == AT
    assert message.reference == message.reply_object.bank_reference != ""
    [(key, reply)] = room.taken
    assert (key, reply.status, reply.amount) == ("payout:1", "SETTLED", Decimal("100.00"))
    assert delivering.drain(at=LATER) == 0
    assert len(room.taken) == 1


@pytest.mark.parametrize("fault", ["lost_500", "lost_drop", "lost_timeout"])
def test_a_lost_answer_is_asked_for_and_the_payment_not_sent_again(
    fault: str, pay: Pay, outside: Simulators, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []
    request = outside.__call__

    def count(environ: dict, start: Callable[..., object]) -> object:
        if environ["REQUEST_METHOD"] == "POST":
            sent.append(environ["PATH_INFO"])
        return request(environ, start)

    monkeypatch.setattr(type(outside), "__call__", lambda self, environ, start: count(environ, start))
    force(outside, fault, "payment")
    message = pay("payout:1")
    delivering.deliver(message_id=message.pk, at=AT)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.SENT, 1)
    assert message.last_error.startswith("LOST")
    delivering.drain(at=LATER)
    message.refresh_from_db()
    assert message.state == MessageState.ANSWERED
    assert sent == ["/bank/payments"]
    assert [key for key, _ in room.taken] == ["payout:1"]


def test_a_worker_that_dies_after_marking_leaves_a_payment_that_is_asked_about(
    pay: Pay, outside: Simulators, room: Room
) -> None:
    message = pay("payout:1")

    class Dies(KeyboardInterrupt):
        pass

    class Dying:
        def send(self, parcel: Parcel) -> Answer:
            raise Dies

    with ways.replaced(Dying()), pytest.raises(Dies):  # type: ignore[arg-type]
        delivering.deliver(message_id=message.pk, at=AT)
    assert delivering.deliver(message_id=message.pk, at=AT) == ""  # the lease holds
    delivering.deliver(message_id=message.pk, at=LATER)
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.SENT, "NOT_RECEIVED")
    assert outside.request("GET", "/bank/payments/payout%3A1").status == 404


def test_a_payment_that_the_bank_never_received_is_parked_and_not_sent_again(
    pay: Pay, outside: Simulators, room: Room
) -> None:
    message = pay("payout:1")
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, sent_at=AT)
    for hour in range(answering.PARK_AFTER):
        delivering.deliver(message_id=message.pk, at=AT + timedelta(hours=hour))
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.PARKED, "NOT_RECEIVED")
    assert outside.request("GET", "/bank/payments/payout%3A1").status == 404


def test_an_inquiry_that_was_never_received_is_sent_again_under_its_key(
    court: Court, outside: Simulators, room: Room
) -> None:
    message = inquire(court)
    Message.objects.filter(pk=message.pk).update(state=MessageState.SENT, sent_at=AT)
    delivering.deliver(message_id=message.pk, at=AT)
    message.refresh_from_db()
    assert (message.state, message.sent_at) == (MessageState.QUEUED, None)
    delivering.drain(at=LATER)
    assert [key for key, _ in room.taken] == ["inquiry:1"]


def test_a_service_that_is_down_is_tried_again_ever_more_slowly(pay: Pay, outside: Simulators, room: Room) -> None:
    force(outside, "down", "payment", times=2)
    message = pay("payout:1")
    pauses = []
    for hour in range(2):
        now = AT + timedelta(hours=hour)
        delivering.deliver(message_id=message.pk, at=now)
        message.refresh_from_db()
        assert (message.state, message.sent_at) == (MessageState.QUEUED, None)
        pauses.append((message.next_attempt_at - now).total_seconds())
    assert pauses == [5.0, 10.0]
    assert delivering.drain(at=AT + timedelta(hours=2)) == 1
    assert answering.pause_after(20) == timedelta(minutes=10)


def test_without_an_address_the_letter_waits_and_says_so(pay: Pay, room: Room) -> None:
    class Nobody:
        def send(self, parcel: Parcel) -> Answer:
            raise Unreachable("nobody")

    message = pay("payout:1")
    with ways.replaced(Nobody()):  # type: ignore[arg-type]
        delivering.deliver(message_id=message.pk, at=AT)
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.QUEUED, "UNREACHABLE: nobody")


def test_a_pending_answer_counts_no_failure_and_is_asked_for_more_slowly_with_age(pay: Pay, room: Room) -> None:
    class Slow:
        def send(self, parcel: Parcel) -> Answer:
            return Answer(AnswerState.PENDING, reference="R1")

        def ask(self, parcel: Parcel) -> Answer:
            return Answer(AnswerState.PENDING)

        def take(self, channel: str, source: str, cursor: str) -> Batch:
            return Batch((), cursor)

    message = pay("payout:1")
    with ways.replaced(Slow()):
        delivering.deliver(message_id=message.pk, at=AT)
        delivering.deliver(message_id=message.pk, at=LATER)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.reference) == (MessageState.SENT, 0, "R1")
    assert message.next_attempt_at == LATER + timedelta(minutes=6)


def test_a_refusal_is_an_answer_and_reaches_the_room_once(pay: Pay, outside: Simulators, room: Room) -> None:
    force(outside, "refused", "payment")
    message = pay("payout:1")
    delivering.drain(at=AT)
    message.refresh_from_db()
    assert message.state == MessageState.REFUSED
    [(_, reply)] = room.taken
    assert reply.status == "REFUSED"
    assert reply.reason != ""


def test_an_answer_that_comes_twice_is_taken_once(pay: Pay, room: Room) -> None:
    message = pay("payout:1")
    answer = Answer(AnswerState.DONE, payloads.PaymentReply(status="SETTLED", bank_reference="R1"), "R1")
    assert answering.settle(message_id=message.pk, answer=answer, at=AT) is True
    assert answering.settle(message_id=message.pk, answer=answer, at=LATER) is False
    message.refresh_from_db()
    assert message.answered_at == AT
    assert len(room.taken) == 1


def test_an_answer_that_the_room_did_not_take_is_kept_and_handed_over_again_without_asking(
    pay: Pay, outside: Simulators, room: Room
) -> None:
    room.refuses = 1
    message = pay("payout:1")
    delivering.drain(at=AT)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == (MessageState.SENT, 1, "RuntimeError")
    assert message.reply_object.status == "SETTLED"
    assert message.answered_at is None
    outside.request("POST", "/control/reset")
    delivering.deliver(message_id=message.pk, at=LATER)
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.ANSWERED, "")
    assert [reply.status for _, reply in room.taken] == ["SETTLED"]


def test_a_letter_whose_answer_the_room_never_takes_is_parked(pay: Pay, outside: Simulators, room: Room) -> None:
    room.refuses = 99
    message = pay("payout:1")
    for hour in range(answering.PARK_AFTER + 2):
        delivering.deliver(message_id=message.pk, at=AT + timedelta(hours=hour))
    message.refresh_from_db()
    assert (message.state, message.attempts) == (MessageState.PARKED, answering.PARK_AFTER)
    assert message.next_attempt_at is None
    assert room.taken == []


def test_a_letter_that_the_outside_cannot_read_is_parked_at_once(court: Court, outside: Simulators, room: Room) -> None:
    text = payloads.Text(phone="not a phone", text="您好")
    message = sending.send(
        court=court, channel="sms", kind="text", payload=text, key="notice:1", about="tests.act:1", at=AT
    )
    delivering.deliver(message_id=message.pk, at=AT)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.sent_at) == (MessageState.PARKED, 1, None)
    assert message.last_error.startswith("REJECTED: 400")


def test_what_is_no_longer_wanted_is_withdrawn_before_it_leaves(pay: Pay, outside: Simulators, room: Room) -> None:
    message = pay("payout:1")
    room.wanted = False
    delivering.deliver(message_id=message.pk, at=AT)
    message.refresh_from_db()
    assert (message.state, message.last_error, message.sent_at) == (MessageState.CANCELLED, "NOT_WANTED", None)
    assert outside.request("GET", "/bank/payments/payout%3A1").status == 404


def test_a_check_that_raises_counts_as_a_failure_and_nothing_leaves(
    pay: Pay, outside: Simulators, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = pay("payout:1")
    monkeypatch.delattr(Room, "wanted")
    del room.wanted
    delivering.deliver(message_id=message.pk, at=AT)
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.QUEUED, "CHECK_FAILED: AttributeError")
    assert message.next_attempt_at == AT + answering.FIRST_PAUSE
    assert outside.request("GET", "/bank/payments/payout%3A1").status == 404


def test_a_fault_of_the_adapter_is_counted_and_the_payment_asked_about(pay: Pay, room: Room) -> None:
    class Broken:
        def send(self, parcel: Parcel) -> Answer:
            raise AttributeError("a fault of ours")

    message = pay("payout:1")
    with ways.replaced(Broken()):  # type: ignore[arg-type]
        delivering.deliver(message_id=message.pk, at=AT)
    message.refresh_from_db()
    assert (message.state, message.attempts, message.last_error) == (MessageState.SENT, 1, "AttributeError")


def test_a_freeze_and_its_renewal_leave_one_after_the_other(court: Court, outside: Simulators, room: Room) -> None:
    order = payloads.FreezeOrder(
        debtor_name="张三",
        id_number="142630198001011234",
        limit=Decimal("200000.00"),
        term_end=date(2027, 11, 21),
        ruling="（2026）晋1031执1号",
    )
    renewal = payloads.FreezeRenewal(
        freeze_key="freeze:1", term_end=date(2028, 11, 21), ruling="（2026）晋1031执1号之一"
    )
    common = {"court": court, "channel": "bank.freeze", "about": "tests.act:measure", "at": AT}
    first = sending.send(kind="freeze", payload=order, key="freeze:1", **common)
    second = sending.send(kind="renew", payload=renewal, key="renew:1", **common)
    assert delivering.deliver(message_id=second.pk, at=AT) == ""
    delivering.drain(at=AT)
    delivering.drain(at=LATER)
    assert [key for key, _ in room.taken] == ["freeze:1", "renew:1"]
    first.refresh_from_db()
    assert first.reply_object.status == "DONE"
    assert all(control.end == date(2027, 11, 21) for control in first.reply_object.controls)
    assert Message.objects.get(pk=second.pk).reply_object.status in {"DONE", "REFUSED"}


def test_a_listing_is_put_and_withdrawn(court: Court, outside: Simulators, room: Room) -> None:
    put = payloads.ListingPut(
        list="DISHONEST", name="张三", id_number="142630198001011234", case_number="（2026）晋1031执1号"
    )
    common = {"court": court, "channel": "list.centre", "about": "tests.act:listing", "at": AT}
    sending.send(kind="put", payload=put, key="listing:1", **common)
    delivering.drain(at=AT)
    remove = payloads.ListingRemove(listing_key="listing:1", reason="履行完毕")
    sending.send(kind="remove", payload=remove, key="removal:1", **common)
    delivering.drain(at=LATER)
    assert [(key, reply.status) for key, reply in room.taken] == [
        ("listing:1", "PUBLISHED"),
        ("removal:1", "WITHDRAWN"),
    ]


def inquire(court: Court) -> Message:
    return sending.send(
        court=court,
        channel="registry.deposit",
        kind="inquiry",
        payload=payloads.Inquiry(name="张三", id_number="142630198001011234"),
        key="inquiry:1",
        about="tests.act:inquiry",
        at=AT,
    )


def test_findings_come_back_as_they_were_given(court: Court, outside: Simulators, room: Room) -> None:
    found = [{"account": "6228000000000000001", "balance": "36200.00", "bank": "农行"}]
    fixture = {"channel": "deposit", "id_number": "142630198001011234", "findings": found}
    assert outside.request("POST", "/registries/fixtures", fixture).status == 201
    inquire(court)
    delivering.drain(at=AT)
    [(_, reply)] = room.taken
    assert [finding["balance"] for finding in reply.findings] == ["36200.00"]


def test_every_kind_of_letter_has_an_address_and_an_answer(court: Court, outside: Simulators) -> None:
    person = {"name": "张三", "id_number": "142630198001011234"}
    letters = [
        ("partner.push", "push", payloads.PartnerPush(partner="railway", **person)),
        ("police.request", "request", payloads.PoliceRequest(request="LOCATE", **person, details={"note": "x"})),
        ("sms", "text", payloads.Text(phone="13800000000", text="您好")),
        ("registry.vehicle", "inquiry", payloads.Inquiry(**person)),
        ("registry.social_security", "inquiry", payloads.Inquiry(**person)),
    ]
    for number, (channel, kind, payload) in enumerate(letters):
        about = f"tests.other:{number}"
        sending.send(court=court, channel=channel, kind=kind, payload=payload, key=f"k:{number}", about=about, at=AT)
    assert delivering.drain(at=AT) == len(letters)
    statuses = [row.reply_object.status for row in Message.objects.order_by("created_at", "key")]
    assert statuses == ["RECEIVED", "ANSWERED", "SENT", "ANSWERED", "ANSWERED"]
