"""A letter is queued once under its key, in the transaction of its act, and its secrets are cipher text."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.db import connection, transaction

from accounts.models import Court
from gateways import payloads, queries
from gateways.models import Message, MessageState
from gateways.services import delivering, sending
from gateways.simulators import Simulators
from tests.gateways.conftest import ACCOUNT, AT, Room, payment

Pay = Callable[..., Message]
pytestmark = pytest.mark.django_db


def test_the_same_letter_twice_is_one_message(pay: Pay) -> None:
    first, second = pay("payout:1"), pay("payout:1")
    assert second.pk == first.pk
    assert Message.objects.count() == 1


def test_another_amount_under_the_same_key_is_refused_and_changes_nothing(pay: Pay) -> None:
    first = pay("payout:1")
    with pytest.raises(sending.KeyReused) as refusal:
        pay("payout:1", amount="101.00")
    assert refusal.value.code == "key_reused"
    assert Message.objects.get().payload_object == first.payload_object == payment("100.00")


def test_another_court_cannot_take_over_a_key(pay: Pay) -> None:
    pay("payout:1")
    other = Court.objects.create(code="鲁1427", name="夏津县人民法院", short_name="夏津")
    with pytest.raises(sending.KeyReused):
        sending.send(
            court=other,
            channel="bank.payment",
            kind="pay",
            payload=payment(),
            key="payout:1",
            about="tests.act:payout:1",
            at=AT,
        )


def test_an_act_that_rolls_back_leaves_no_message(pay: Pay) -> None:
    with transaction.atomic():
        pay("payout:1")
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_a_payload_of_another_type_or_a_key_with_a_slash_is_a_fault_of_the_program(court: Court) -> None:
    text = payloads.Text(phone="13800000000", text="x")
    for key, payload in (("a/b", payment()), ("a", text)):
        with pytest.raises(TypeError):
            sending.send(
                court=court, channel="bank.payment", kind="pay", payload=payload, key=key, about="tests.act:1", at=AT
            )
    assert not Message.objects.exists()


def test_account_and_name_are_cipher_text_in_the_database(pay: Pay) -> None:
    message = pay("payout:1")
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload, tail FROM gateways_message WHERE id = %s", [message.pk])
        stored, tail = cursor.fetchone()
    assert ACCOUNT not in stored
    assert "靳" not in stored
    assert len(tail) == 43
    assert ACCOUNT[-4:] not in tail
    assert Message.objects.get().payload_object.amount == Decimal("100.00")


def test_a_queued_letter_can_be_withdrawn_twice_and_then_never_leaves(
    pay: Pay, outside: Simulators, room: Room
) -> None:
    message = pay("payout:1")
    sending.cancel(message=message, reason="案件已和解", at=AT)
    sending.cancel(message=message, reason="again", at=AT)
    delivering.drain(at=AT)
    message.refresh_from_db()
    assert (message.state, message.last_error) == (MessageState.CANCELLED, "案件已和解")
    assert outside.request("GET", "/bank/payments/payout%3A1").status == 404
    assert room.taken == []


def test_a_letter_that_has_left_cannot_be_withdrawn(pay: Pay, outside: Simulators, room: Room) -> None:
    message = pay("payout:1")
    delivering.deliver(message_id=message.pk, at=AT)
    with pytest.raises(sending.AlreadySent):
        sending.cancel(message=message, reason="too late", at=AT)
    message.refresh_from_db()
    assert message.state == MessageState.SENT


def test_what_was_sent_about_a_subject_is_found_in_order(pay: Pay) -> None:
    pay("payout:1")
    pay("payout:2")
    assert [row.key for row in queries.messages_about("tests.act:payout:1")] == ["payout:1"]
