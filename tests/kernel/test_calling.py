"""An act that is done does not look failed because the broker is away."""

import time
from collections.abc import Iterator

import pytest
from celery import Celery, current_app

from enforcement.celery import app
from kernel import calling


@pytest.fixture
def broker_away() -> Iterator[None]:
    before = current_app._get_current_object()
    away = Celery("away", broker="redis+socket:///nowhere/valkey.sock")
    away.conf.broker_transport_options = app.conf.broker_transport_options
    away.set_current()
    yield
    before.set_current()


def test_a_call_without_a_broker_is_a_line_in_the_log_at_once(
    broker_away: None, caplog: pytest.LogCaptureFixture
) -> None:
    began = time.monotonic()
    calling.call("gateways.tasks.deliver", message_id="1")
    assert time.monotonic() - began < 1.5  # the library by itself waits for six seconds, and for every call
    assert "gateways.tasks.deliver was not called" in caplog.text
