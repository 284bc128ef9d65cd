"""Sweeps and workers that run at the same moment, on real connections."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, connections

from accounts.models import Court
from gateways import payloads, tasks
from gateways.adapters import ways
from gateways.adapters.base import Answer, AnswerState, Parcel
from gateways.models import FeedCursor, Message, MessageState
from gateways.receiving import RECEIVERS, Receiver
from gateways.services import answering, delivering, feeds, queueing, sending, sweeping
from kernel import clock
from tests.gateways.conftest import AT, Room, payment

Pay = Callable[..., Message]
LATER = AT + timedelta(minutes=10)


@pytest.fixture(autouse=True)
def no_worker(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """Nobody listens to the queue here; what was announced is written down."""
    announced: list[UUID] = []
    monkeypatch.setattr(queueing, "enqueue", announced.append)
    return announced


@pytest.fixture
def together() -> Iterator[Callable[..., list[Any]]]:
    """Run calls at the same moment, each on a connection of its own."""

    def run(*calls: Callable[[], Any]) -> list[Any]:
        gate = threading.Barrier(len(calls))

        def one(call: Callable[[], Any]) -> Any:
            try:
                gate.wait(10)
                return call()
            finally:
                connections.close_all()

        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(one, calls))

    yield run
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_claim_every_message_once(pay: Pay, together: Callable[..., list[Any]]) -> None:
    keys = {pay(f"payout:{number}").pk for number in range(40)}
    found = together(*[lambda: sweeping.claim(at=AT).messages for _ in range(4)])
    claimed = [key for keys_of_one in found for key in keys_of_one]
    assert len(claimed) == 40
    assert set(claimed) == keys
    assert sweeping.claim(at=AT).messages == ()
    assert set(sweeping.claim(at=AT + sweeping.FANNED_OUT).messages) == keys


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_one_message_send_it_once(pay: Pay, room: Room, together: Callable[..., list[Any]]) -> None:
    sent: list[str] = []

    class Counting:
        def send(self, parcel: Parcel) -> Answer:
            sent.append(parcel.key)
            return Answer(AnswerState.DONE, payloads.PaymentReply(status="SETTLED"))

    message = pay("payout:1")
    with ways.replaced(Counting()):  # type: ignore[arg-type]
        states = together(*[lambda: delivering.deliver(message_id=message.pk, at=AT) for _ in range(4)])
    assert sent == ["payout:1"]
    assert sorted(states) == ["", "", "", "ANSWERED"]
    assert len(room.taken) == 1


@pytest.mark.django_db(transaction=True)
def test_one_answer_that_arrives_on_two_ways_at_once_is_taken_once(
    pay: Pay, room: Room, together: Callable[..., list[Any]]
) -> None:
    message = pay("payout:1")
    answer = Answer(AnswerState.DONE, payloads.PaymentReply(status="SETTLED"))
    taken = together(*[lambda: answering.settle(message_id=message.pk, answer=answer, at=AT) for _ in range(4)])
    assert sorted(taken) == [False, False, False, True]
    assert len(room.taken) == 1


@pytest.mark.django_db(transaction=True)
def test_one_act_sent_twice_at_once_is_one_message(pay: Pay, together: Callable[..., list[Any]]) -> None:
    found = together(*[lambda: pay("payout:1").pk for _ in range(4)])
    assert len(set(found)) == 1
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_readers_of_one_feed_ask_the_bank_once(
    court: Court, room: Room, together: Callable[..., list[Any]]
) -> None:
    asked: list[str] = []
    gate = threading.Event()

    class Slow:
        def take(self, channel: str, source: str, cursor: str) -> Any:
            asked.append(cursor)
            gate.wait(0.3)
            raise delivering.NotReceived("nothing")

    feeds.subscribe(court=court, channel="bank.credit", source="1", at=AT)
    with ways.replaced(Slow()):  # type: ignore[arg-type]
        together(*[lambda: feeds.take(channel="bank.credit", court_code=court.code, at=AT) for _ in range(3)])
    assert asked == [""]
    assert FeedCursor.objects.get().attempts == 1


@pytest.mark.django_db(transaction=True)
def test_what_the_room_wrote_rolls_back_with_its_refusal(court: Court) -> None:
    def write_and_refuse(**_: Any) -> None:
        Court.objects.create(code="废1", name="废", short_name="废")
        raise RuntimeError("after writing")

    RECEIVERS.declare(Receiver("sms", "text", receive=write_and_refuse, about="tests.refusing"))
    try:
        message = sending.send(
            court=court,
            channel="sms",
            kind="text",
            payload=payloads.Text(phone="13800000000", text="您好"),
            key="text:1",
            about="tests.refusing:1",
            at=AT,
        )
        answer = Answer(AnswerState.DONE, payloads.TextReply(status="SENT"))
        assert answering.settle(message_id=message.pk, answer=answer, at=AT) is False
    finally:
        RECEIVERS.remove("sms/text/tests.refusing")
    assert not Court.objects.filter(code="废1").exists()
    message.refresh_from_db()
    assert (message.state, message.attempts, message.answered_at) == (MessageState.QUEUED, 1, None)


@pytest.mark.django_db(transaction=True)
def test_a_worker_is_told_after_commit_and_only_then(pay: Pay, no_worker: list[UUID]) -> None:
    message = pay("payout:1")
    assert no_worker == [message.pk]
    pay("payout:1")
    assert no_worker == [message.pk]


@pytest.mark.django_db
def test_a_sweep_takes_at_most_a_batch_and_the_oldest_first(pay: Pay) -> None:
    late, early = pay("payout:1", at=AT), pay("payout:2", at=AT - timedelta(hours=1))
    assert sweeping.claim(at=AT, batch=1).messages == (early.pk,)
    assert sweeping.claim(at=AT, batch=5).messages == (late.pk,)


@pytest.mark.django_db
def test_a_sweep_leaves_what_is_finished_parked_or_not_due(pay: Pay) -> None:
    for number, state in enumerate(("ANSWERED", "REFUSED", "PARKED", "CANCELLED")):
        message = pay(f"payout:{number}")
        Message.objects.filter(pk=message.pk).update(state=state)
    pay("payout:later", at=LATER)
    assert sweeping.claim(at=AT).messages == ()


@pytest.mark.django_db
def test_the_sweep_task_fans_out_messages_and_feeds(
    court: Court, pay: Pay, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[dict[str, str]] = []
    monkeypatch.setattr(tasks.deliver, "delay", lambda **facts: sent.append(facts))
    monkeypatch.setattr(tasks.take_feed, "delay", lambda **facts: sent.append(facts))
    now = clock.now()
    message = pay("payout:1", at=now)
    feeds.subscribe(court=court, channel="bank.credit", source="1", at=now)
    assert tasks.sweep_messages() == 2
    assert sent == [{"message_id": str(message.pk)}, {"channel": "bank.credit", "court_code": "晋1031"}]
    assert tasks.sweep_messages() == 0


@pytest.mark.django_db
def test_the_delivery_task_takes_one_step_with_the_clock(pay: Pay, room: Room) -> None:
    message = pay("payout:1")
    assert tasks.deliver(message_id=str(message.pk), unknown_later_argument=1) == "QUEUED"
    message.refresh_from_db()
    assert message.last_error.startswith("UNREACHABLE")
    assert payment() == message.payload_object
