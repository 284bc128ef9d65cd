"""Over a real socket: every way in which an answer can fail to come is sorted rightly."""

import json
import socket
import threading
from collections.abc import Iterator
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

from gateways import simulators
from gateways.adapters.base import AnswerState, Garbled, KeyKnown, Lost, Parcel, Rejected, Unreachable
from gateways.adapters.http import HttpTransport
from gateways.adapters.outside import OutsideAdapter
from gateways.simulators.bank import COURT_ACCOUNT
from tests.gateways.conftest import payment


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Tests say nothing."""


class Server(WSGIServer):
    def handle_error(self, *_: object) -> None:
        """A dropped connection is part of the test."""


@pytest.fixture
def world() -> Iterator[tuple[simulators.Simulators, OutsideAdapter]]:
    app = simulators.make_app(seed=1)
    app.request("POST", "/bank/accounts", {"account": COURT_ACCOUNT, "opening_balance": "1000.00"})
    with make_server("127.0.0.1", 0, app, server_class=Server, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield app, OutsideAdapter(HttpTransport(f"http://127.0.0.1:{server.server_port}/", timeout=2))
        server.shutdown()
        thread.join()


def parcel(key: str = "payout:1", amount: str = "100.00") -> Parcel:
    return Parcel("bank.payment", "pay", key, payment(amount))


def test_a_payment_is_sent_and_its_answer_asked_for(world: tuple[simulators.Simulators, OutsideAdapter]) -> None:
    _, adapter = world
    assert adapter.send(parcel()).state is AnswerState.PENDING
    answer = adapter.ask(parcel())
    assert (answer.state, answer.reply.status) == (AnswerState.DONE, "SETTLED")
    assert answer.reference == answer.reply.bank_reference
    assert adapter.ask(parcel("payout:none")).state is AnswerState.UNKNOWN


def test_the_same_key_with_another_amount_is_known_and_a_bad_letter_rejected(
    world: tuple[simulators.Simulators, OutsideAdapter],
) -> None:
    _, adapter = world
    adapter.send(parcel())
    with pytest.raises(KeyKnown):
        adapter.send(parcel(amount="101.00"))
    with pytest.raises(Rejected) as refusal:
        adapter.send(parcel(key="payout:2", amount="0.00"))
    assert not isinstance(refusal.value, KeyKnown)


@pytest.mark.parametrize(
    ("fault", "error"), [("lost_500", Lost), ("lost_drop", Lost), ("lost_timeout", Lost), ("down", Unreachable)]
)
def test_each_fault_of_the_wire_is_sorted(
    fault: str, error: type[Exception], world: tuple[simulators.Simulators, OutsideAdapter]
) -> None:
    app, adapter = world
    app.request("POST", "/control/force", {"fault": fault, "operation": "payment", "times": 1})
    with pytest.raises(error):
        adapter.send(parcel())
    arrived = app.request("GET", "/bank/payments/payout:1").status == 200
    assert arrived is (error is Lost)


def test_a_port_where_nobody_listens_is_unreachable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with pytest.raises(Unreachable):
        OutsideAdapter(HttpTransport(f"http://127.0.0.1:{port}", timeout=2)).send(parcel())


def test_an_outside_that_never_answers_is_a_lost_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(Lost):
            HttpTransport(address, timeout=0.2).call("GET", "/")


def test_an_answer_that_is_no_json_is_garbled() -> None:
    def app(environ: dict, start_response: object) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/html")])  # type: ignore[operator]
        return [b"<html>"]

    with make_server("127.0.0.1", 0, app, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        with pytest.raises(Garbled):
            HttpTransport(f"http://127.0.0.1:{server.server_port}", timeout=2).call("GET", "/")
        thread.join()


def test_chinese_travels_unharmed(world: tuple[simulators.Simulators, OutsideAdapter]) -> None:
    app, adapter = world
    adapter.send(parcel())
    statement = app.request("GET", "/bank/statement", query={"format": "camt053"}).content.decode()
    assert "靳某某" in statement
    assert json.dumps("靳某某") not in statement
