"""A court, an outside world in this process, and a room that writes down what it is handed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Court
from gateways import payloads, simulators
from gateways.adapters import in_process
from gateways.models import Message
from gateways.receiving import INCOMING, RECEIVERS, Incoming, Receiver
from gateways.services import sending
from gateways.simulators import bank

AT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
ACCOUNT = "6222020405000012345"


@dataclass
class Room:
    """What the owning room was handed, in order; it refuses as often as told."""

    taken: list[tuple[str, Any]] = field(default_factory=list)
    refuses: int = 0
    wanted: bool = True

    def receive(self, *, message: Message, reply: Any = None, item: Any = None, actor: Any, at: datetime) -> None:
        assert actor.kind == "system"
        if self.refuses:
            self.refuses -= 1
            raise RuntimeError("the room is not ready")
        self.taken.append((message.key, reply if item is None else item))

    def still_wanted(self, message: Message) -> bool:
        return self.wanted


@pytest.fixture
def court(db: None) -> Court:
    return Court.objects.get_or_create(code="晋1031", defaults={"name": "隰县人民法院", "short_name": "隰县"})[0]


@pytest.fixture(autouse=True)
def no_other_rooms() -> Iterator[None]:
    """The receivers of the real rooms are set aside: these tests are about carrying, not about cases."""
    receivers, incoming = list(RECEIVERS), list(INCOMING)
    for receiver in receivers:
        RECEIVERS.remove(f"{receiver.channel}/{receiver.kind}/{receiver.about}")
    for feed in incoming:
        INCOMING.remove(feed.channel)
    yield
    RECEIVERS.declare(*receivers)
    INCOMING.declare(*incoming)


@pytest.fixture
def outside() -> Iterator[simulators.Simulators]:
    with in_process.connected(simulators.make_app(seed=1)) as app:
        app.request("POST", "/bank/accounts", {"account": bank.COURT_ACCOUNT, "opening_balance": "1000000.00"})
        yield app


@pytest.fixture
def room() -> Iterator[Room]:
    """Takes the answers about ``tests.act`` and every credit."""
    room = Room()
    kinds = (
        ("bank.payment", "pay"),
        ("bank.freeze", "freeze"),
        ("bank.freeze", "renew"),
        ("registry.deposit", "inquiry"),
        ("list.centre", "put"),
        ("list.centre", "remove"),
        ("sms", "text"),
    )
    rows = [Receiver(*kind, receive=room.receive, still_wanted=room.still_wanted, about="tests.act") for kind in kinds]
    RECEIVERS.declare(*rows)
    INCOMING.declare(Incoming("bank.credit", receive=room.receive))
    yield room
    for row in rows:
        RECEIVERS.remove(f"{row.channel}/{row.kind}/{row.about}")
    INCOMING.remove("bank.credit")


@pytest.fixture
def pay(court: Court) -> Callable[..., Message]:
    """Queue a payment: ``pay("payout:1")``."""

    def queue(key: str, amount: str = "100.00", at: datetime = AT) -> Message:
        return sending.send(
            court=court,
            channel="bank.payment",
            kind="pay",
            payload=payment(amount),
            key=key,
            about=f"tests.act:{key}",
            at=at,
        )

    return queue


def payment(amount: str = "100.00") -> payloads.Payment:
    """A payment of a modest sum to 靳某某."""
    return payloads.Payment(amount=Decimal(amount), payee_name="靳某某", payee_account=ACCOUNT, remark="案款")
