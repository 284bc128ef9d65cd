"""Tests run on a real PostgreSQL and Valkey that start before the settings are read and vanish at the end.

Loaded by `-p enforcement.demo.pytest_plugin`. Servers named by DATABASE_URL or REDIS_URL are used instead when set.
The tests connect as `owner`, which may create the test databases; DATABASE_APP_URL is the role of web and workers, for
tests that prove what it is refused. Each parallel worker has its own Valkey database.
"""

import os
from collections.abc import Generator

import pytest

from enforcement.demo.refused import CannotStart
from enforcement.demo.template import Template
from enforcement.demo.throwaway import Servers

_running: list[Servers] = []


def _own_valkey_database() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if os.environ.get("TEST_VALKEY_PER_WORKER"):
        address = os.environ["REDIS_URL"].partition("?")[0]
        os.environ["REDIS_URL"] = f"{address}?db={int(worker.removeprefix('gw')) + 1}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Start the servers before pytest-django reads the settings (a wrapper runs before every plain hook)."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        _own_valkey_database()
    else:
        servers = Servers(template=Template())
        try:
            servers.start()
        except CannotStart as refusal:
            raise pytest.UsageError(str(refusal)) from refusal
        _running.append(servers)
    try:
        return (yield)
    except BaseException:
        pytest_unconfigure()  # pytest itself does not come so far when the settings cannot be loaded
        raise


def pytest_unconfigure() -> None:
    """Stop the servers of this session, when it started them."""
    while _running:
        _running.pop().stop()
