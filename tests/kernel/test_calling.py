"""An act that is done does not look failed because the broker is away."""

from collections.abc import Iterator

import pytest
from celery import Celery, current_app

from kernel import calling


@pytest.fixture
def broker_away() -> Iterator[None]:
    before = current_app._get_current_object()
    away = Celery("away", broker="redis+socket:///nowhere/valkey.sock")
    away.conf.broker_transport_options = {"max_retries": 1, "interval_start": 0}
    away.set_current()
    yield
    before.set_current()


def test_a_call_without_a_broker_is_a_line_in_the_log(broker_away: None, caplog: pytest.LogCaptureFixture) -> None:
    calling.call("gateways.tasks.deliver", message_id="1")
    assert "gateways.tasks.deliver was not called" in caplog.text
