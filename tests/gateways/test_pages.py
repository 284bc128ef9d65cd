"""Who sees which messages, what a page hides, and what a person may do with a parked one."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import AuditEntry, Court, Post, User
from accounts.roles import Role
from gateways import payloads
from gateways.models import Connection, Message, MessageState, Way
from gateways.services import delivering, parking, sending
from gateways.simulators import Simulators
from kernel import clock
from kernel.refusals import NotAllowed
from tests.gateways.conftest import ACCOUNT, AT, Room

Pay = Callable[..., Message]
As = Callable[[Role], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def as_(court: Court) -> As:
    """A browser signed in as a person in that role."""

    def sign_in(role: Role, at: Court = court) -> Client:
        user = User.objects.create_user(f"{role}-{at.code}", None, name="胡某", must_change_password=False)
        Post.objects.create(user=user, court=at, role=role, from_on=clock.today() - timedelta(days=9))
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def parked(pay: Pay) -> Message:
    message = pay("payout:1")
    Message.objects.filter(pk=message.pk).update(
        state=MessageState.PARKED, last_error="LOST: 500", sent_at=AT, next_attempt_at=None, attempts=8
    )
    message.refresh_from_db()
    return message


def text(court: Court, number: int, phone: str, words: str) -> Message:
    letter = payloads.Text(phone=phone, text=words)
    key = f"text:{number}"
    return sending.send(
        court=court, channel="sms", kind="text", payload=letter, key=key, about=f"tests.act:{number}", at=AT
    )


@pytest.mark.parametrize("page", ["messages", "sms", "channels"])
def test_a_stranger_is_sent_to_sign_in(page: str, court: Court) -> None:
    answer = Client().get(reverse(f"gateways:{page}"))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith(reverse("accounts:sign_in"))


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMINISTRATOR, 200),
        (Role.BUREAU_DIRECTOR, 200),
        (Role.EXECUTOR, 403),
        (Role.FINANCE_PAYER, 403),
        (Role.PRESIDENT, 403),
    ],
)
def test_only_the_administrator_and_the_director_see_messages(
    role: Role, status: int, as_: As, parked: Message
) -> None:
    client = as_(role)
    urls = [reverse("gateways:messages"), reverse("gateways:channels"), reverse("gateways:message", args=[parked.pk])]
    assert [client.get(url).status_code for url in urls] == [status, status, status]


def test_another_courts_message_looks_absent(as_: Callable[..., Client], parked: Message) -> None:
    other = Court.objects.create(code="鲁1427", name="夏津县人民法院", short_name="夏津")
    client = as_(Role.ADMINISTRATOR, at=other)
    assert client.get(reverse("gateways:message", args=[parked.pk])).status_code == 404
    assert "payout:1" not in client.get(reverse("gateways:messages")).content.decode()
    assert client.post(reverse("gateways:retry", args=[parked.pk])).status_code == 404
    parked.refresh_from_db()
    assert parked.state == MessageState.PARKED


def test_the_list_is_filtered_by_channel_state_and_key(as_: As, court: Court, parked: Message) -> None:
    text(court, 1, "13800000000", "您好")
    client, url = as_(Role.ADMINISTRATOR), reverse("gateways:messages")

    def shown(**filters: str) -> tuple[bool, bool]:
        page = client.get(url, filters).content.decode()
        return "payout:1" in page, "text:1</a>" in page

    assert shown() == (True, True)
    assert shown(channel="sms") == (False, True)
    assert shown(state="PARKED") == (True, False)
    assert client.get(url, {"key": "payout:1"}).content.decode().count('<tr id="row-') == 1
    assert client.get(url, {"state": "NOTHING"}).status_code == 200


def test_the_list_asks_the_database_as_often_for_many_as_for_few(
    as_: As, court: Court, pay: Pay, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        pay(f"payout:{number}")
    client = as_(Role.ADMINISTRATOR)
    client.get(reverse("gateways:messages"))
    with django_assert_max_num_queries(25):
        client.get(reverse("gateways:messages"))


def test_a_message_shows_what_it_is_and_hides_account_and_name(
    as_: As, pay: Pay, outside: Simulators, room: Room
) -> None:
    message = pay("payout:1", amount="1343497.70")
    delivering.drain(at=AT)
    page = as_(Role.ADMINISTRATOR).get(reverse("gateways:message", args=[message.pk])).content.decode()
    assert "1,343,497.70" in page
    assert f"{'*' * (len(ACCOUNT) - 4)}{ACCOUNT[-4:]}" in page
    assert ACCOUNT not in page
    assert "靳**" in page
    assert "靳某某" not in page


def test_a_parked_message_that_may_have_arrived_is_asked_about_again(as_: As, parked: Message) -> None:
    answer = as_(Role.BUREAU_DIRECTOR).post(reverse("gateways:retry", args=[parked.pk]))
    assert answer.status_code == 302
    parked.refresh_from_db()
    assert (parked.state, parked.attempts) == (MessageState.SENT, 0)
    assert parked.next_attempt_at is not None
    entry = AuditEntry.objects.get(act=parking.RETRIED)
    assert entry.about == f"gateways.message:{parked.pk}"


def test_a_parked_message_that_never_arrived_is_sent_again_under_its_key(
    as_: As, parked: Message, outside: Simulators, room: Room
) -> None:
    Message.objects.filter(pk=parked.pk).update(last_error="NOT_RECEIVED")
    as_(Role.ADMINISTRATOR).post(reverse("gateways:retry", args=[parked.pk]))
    parked.refresh_from_db()
    assert (parked.state, parked.sent_at) == (MessageState.QUEUED, None)
    delivering.drain(at=clock.now())
    assert [key for key, _ in room.taken] == ["payout:1"]


def test_what_is_not_parked_cannot_be_retried(as_: As, pay: Pay) -> None:
    message = pay("payout:1")
    answer = as_(Role.ADMINISTRATOR).post(reverse("gateways:retry", args=[message.pk]))
    assert answer.status_code == 409
    assert not AuditEntry.objects.filter(act=parking.RETRIED).exists()


def test_an_executor_cannot_retry(as_: As, parked: Message) -> None:
    assert as_(Role.EXECUTOR).post(reverse("gateways:retry", args=[parked.pk])).status_code == 403
    parked.refresh_from_db()
    assert parked.state == MessageState.PARKED
    actor = type("Nobody", (), {"roles": frozenset({Role.EXECUTOR}), "court_id": parked.court_id})()
    with pytest.raises(NotAllowed):
        parking.retry(message=parked, actor=actor, at=AT)


def test_in_the_demo_everyone_signed_in_reads_the_texts(as_: As, court: Court, settings: Settings) -> None:
    settings.DEMO = True
    text(court, 1, "13800001234", "验证码 482913，五分钟内有效。")
    text(court, 2, "13900005678", "您的案件已立案。")
    client, url = as_(Role.EXECUTOR), reverse("gateways:sms")
    page = client.get(url).content.decode()
    assert "13800001234" in page
    assert "482913" in page
    assert page.index("已立案") < page.index("482913")  # the newest first
    found = client.get(url, {"tail": "1234"}).content.decode()
    assert "482913" in found
    assert "13900005678" not in found
    assert "482913" not in client.get(url, {"tail": "12"}).content.decode()


def test_elsewhere_texts_are_for_few_and_codes_are_hidden(as_: As, court: Court, settings: Settings) -> None:
    settings.DEMO = False
    text(court, 1, "13800001234", "验证码 482913，五分钟内有效。")
    assert as_(Role.EXECUTOR).get(reverse("gateways:sms")).status_code == 403
    page = as_(Role.ADMINISTRATOR).get(reverse("gateways:sms")).content.decode()
    assert "482913" not in page
    assert "验证码 ******" in page
    assert "13800001234" not in page
    assert "*******1234" in page


def test_a_channel_goes_over_to_files_and_back(as_: As, court: Court, pay: Pay) -> None:
    client, url = as_(Role.ADMINISTRATOR), reverse("gateways:choose_way", args=["bank.payment"])
    assert client.post(url, {"way": "FILES"}).status_code == 302
    assert Connection.objects.get().way == Way.FILES
    message = pay("payout:1")
    assert delivering.deliver(message_id=message.pk, at=AT) == ""
    message.refresh_from_db()
    assert (message.state, message.next_attempt_at) == (MessageState.QUEUED, None)
    client.post(url, {"way": "NETWORK"})
    message.refresh_from_db()
    assert message.next_attempt_at is not None
    assert client.post(url, {"way": "PIGEON"}).status_code == 404


def test_the_director_cannot_change_a_channel(as_: As, court: Court) -> None:
    url = reverse("gateways:choose_way", args=["bank.payment"])
    assert as_(Role.BUREAU_DIRECTOR).post(url, {"way": "FILES"}).status_code == 403
    assert not Connection.objects.exists()


def test_the_channels_page_counts_what_waits(as_: As, court: Court, parked: Message, pay: Pay) -> None:
    pay("payout:2")
    page = as_(Role.ADMINISTRATOR).get(reverse("gateways:channels"))
    [row] = [row for row in page.context["rows"] if row["channel"].name == "bank.payment"]
    assert (row["queued"], row["sent"], row["parked"]) == (1, 0, 1)
