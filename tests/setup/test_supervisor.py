"""`make demo` as a person meets it: it starts, refuses a second one, stops, and survives being killed."""

import json
import os
import signal
import stat
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import psycopg2
import pytest

from enforcement.backups import connection_words
from enforcement.demo import environment
from enforcement.demo.children import wait_until
from tests.setup.conftest import Instance

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks for processes in /proc")


def address(instance: Instance) -> str:
    """Where the owner finds the instance's database."""
    return environment.read(instance.var / "run" / "demo.env")["DATABASE_OWNER_URL"]


def sql(instance: Instance, statement: str) -> list[tuple[object, ...]]:
    """A statement as the owner of the instance's database."""
    with closing(psycopg2.connect(**connection_words(address(instance)))) as link, link, link.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.whole
def test_the_whole_product_starts_survives_a_kill_and_stops(instance: Instance) -> None:
    """One test, because a start costs seconds: a cold start, a kill, a warm start, an orderly end."""
    instance.ready()
    assert instance.output().startswith(f"ready: http://127.0.0.1:{instance.port}/\n")
    with urlopen(f"http://127.0.0.1:{instance.port}/healthz") as reply:
        health = json.load(reply)
    assert [health[part] for part in ("database", "broker", "worker", "beat")] == [True] * 4
    assert set(instance.running()) >= {"postgres", "valkey", "simulators", "web", "worker", "beat"}

    neighbour = instance.run(VAR_DIR=str(instance.var.with_name("neighbour")))
    assert (neighbour.returncode, neighbour.stdout) == (1, "")
    assert neighbour.stderr == f"Port {instance.port} is taken: choose another, such as `make demo PORT=8001`.\n"

    asking = "from django.db import connection as c; print(c.settings_dict['USER'])"
    assert instance.run("manage", "shell", "-v", "0", "-c", asking).stdout == "app\n"

    assert instance.end(signal.SIGKILL) == -signal.SIGKILL
    assert wait_until(lambda: instance.processes() == [], seconds=15), instance.processes()

    instance.ready()
    assert instance.end(signal.SIGTERM) == 0
    assert instance.output().endswith("stopping\n")
    assert instance.processes() == []


def test_a_second_instance_is_refused_in_one_line(instance: Instance) -> None:
    first = instance.ready("servers").process
    second = instance.run()
    assert (second.returncode, second.stdout) == (3, "")
    holder = f"process {first.pid}, http://127.0.0.1:{instance.port}/"
    assert second.stderr == f"Already running: {holder}. Stop it first, or set VAR_DIR.\n"
    assert instance.end(signal.SIGINT) == 0
    assert instance.processes() == []


def test_after_a_kill_the_next_start_has_the_data_and_the_keys(instance: Instance) -> None:
    instance.ready("servers")
    sql(instance, "CREATE TABLE kept AS SELECT 1343497.70 AS paid")
    keys = (instance.var / "secrets.env").read_bytes()
    instance.end(signal.SIGKILL)
    instance.ready("servers")  # at once: it waits for what the first start left
    assert [str(row[0]) for row in sql(instance, "SELECT paid FROM kept")] == ["1343497.70"]
    assert (instance.var / "secrets.env").read_bytes() == keys


@pytest.mark.parametrize("victim", ["postgres", "valkey"])
def test_a_child_that_dies_stops_everything_and_shows_its_log(instance: Instance, victim: str) -> None:
    started = instance.ready("servers")
    os.kill(started.running()[victim], signal.SIGKILL)
    assert started.process.wait(20) == 1
    assert f"{victim} died (exit -9); the end of {instance.var}/log/{victim}.log:\n" in instance.output()
    assert instance.processes() == []


def test_what_belongs_to_an_instance_is_closed_to_other_users(instance: Instance) -> None:
    instance.ready("servers")
    assert mode(instance.var / "secrets.env") == mode(instance.var / "run" / "demo.env") == 0o600
    assert mode(instance.var / "run") == mode(instance.var / "postgres") == 0o700


def test_a_data_folder_too_deep_for_a_socket_still_works(instance: Instance) -> None:
    instance.var = instance.var / ("deep" * 20) / ("deeper" * 5)
    instance.ready("servers")
    assert sql(instance, "SELECT current_user") == [("owner",)]
    short = parse_qs(urlsplit(address(instance)).query)["host"][0]
    assert short.startswith("/tmp/shanzhi-")
    assert mode(Path(short)) == 0o700
    assert instance.end(signal.SIGTERM) == 0
    assert not Path(short).exists()


def test_a_port_that_is_no_port_is_refused(instance: Instance) -> None:
    refused = instance.run(PORT="eighty")
    assert (refused.returncode, refused.stderr) == (1, "PORT must be a number from 1 to 65535, not 'eighty'.\n")


def test_half_an_outside_database_is_refused(instance: Instance) -> None:
    refused = instance.run(DATABASE_URL="postgresql://app@/court")
    assert refused.returncode == 1
    assert refused.stderr == "Set both DATABASE_URL (role app) and DATABASE_OWNER_URL (role owner), or neither.\n"
    assert instance.processes() == []
