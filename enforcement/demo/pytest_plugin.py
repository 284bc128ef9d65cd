"""Tests run on a real PostgreSQL and Valkey that start before the settings are read and vanish at the end.

Loaded by `-p enforcement.demo.pytest_plugin`. Servers named by DATABASE_URL or REDIS_URL are used instead when set.
The tests connect as `owner`, which may create the test databases; DATABASE_APP_URL is the role of web and workers, for
tests that prove what it is refused. Each parallel worker has its own Valkey database.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from enforcement.demo.children import Child, stop
from enforcement.demo.postgres import Cluster
from enforcement.demo.refused import CannotStart
from enforcement.demo.valkey import Store

_ROOT = Path(__file__).resolve().parents[2]
_TEST_KEYS = {
    "SECRET_KEY": "the tests keep no secrets",
    "FIELD_KEYS": "dGVzdHMga2VlcCBubyBzZWNyZXRzIGF0IGFsbCAtLSE=",
    "LOOKUP_KEY": "746573747320686176652061206669786564206c6f6f6b2d7570206b65792121",
    "CLOCK_MOVABLE": "1",
    "FONTS_DIR": str(_ROOT / "var" / "fonts"),
}


class _Servers:
    """The throw-away servers of one test session."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="sz-"))  # short: a socket's path has at most 107 bytes
        self.children: list[Child] = []

    def start(self) -> None:
        sockets = self.folder / "s"
        sockets.mkdir(mode=0o700)
        (self.folder / "var" / "static").mkdir(parents=True)
        os.environ["VAR_DIR"] = str(self.folder / "var")
        os.environ.setdefault("STATIC_ROOT", str(self.folder / "var" / "static"))
        if "DATABASE_URL" not in os.environ:
            cluster = Cluster(data=self.folder / "pg", sockets=sockets, log=self.folder / "postgres.log", durable=False)
            self.children.append(cluster.start())
            os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"] = cluster.url("owner")
            os.environ["DATABASE_APP_URL"] = cluster.url("app")
        os.environ.setdefault("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])
        if "REDIS_URL" not in os.environ:
            store = Store(data=self.folder / "valkey", sockets=sockets, log=self.folder / "valkey.log", durable=False)
            self.children.append(store.start())
            os.environ["REDIS_URL"] = store.url()
            os.environ["TEST_VALKEY_PER_WORKER"] = "1"

    def stop(self) -> None:
        while self.children:
            stop(self.children.pop())
        shutil.rmtree(self.folder, ignore_errors=True)


_running: list[_Servers] = []


def _own_valkey_database() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker and os.environ.get("TEST_VALKEY_PER_WORKER"):
        address = os.environ["REDIS_URL"].partition("?")[0]
        os.environ["REDIS_URL"] = f"{address}?db={int(worker.removeprefix('gw')) + 1}"


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None, None, None]:
    """Start the servers before pytest-django reads the settings (a wrapper runs before every plain hook)."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        _own_valkey_database()
    else:
        for name, value in _TEST_KEYS.items():
            os.environ.setdefault(name, value)
        servers = _Servers()
        _running.append(servers)
        try:
            servers.start()
        except CannotStart as refusal:
            servers.stop()
            raise pytest.UsageError(str(refusal)) from refusal
        except BaseException:
            servers.stop()
            raise
    return (yield)


def pytest_unconfigure() -> None:
    """Stop the servers of this session, when it started them."""
    while _running:
        _running.pop().stop()
