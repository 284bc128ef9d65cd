"""The throw-away servers that every test runs on."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg2
import pytest
import redis

from enforcement.demo import throwaway
from enforcement.demo.throwaway import Servers

own_cluster = pytest.mark.skipif("DATABASE_APP_URL" not in os.environ, reason="an outside database is in use")


@pytest.fixture
def cursor_of_app() -> Iterator["psycopg2.extensions.cursor"]:
    with closing(psycopg2.connect(os.environ["DATABASE_APP_URL"])) as connection:
        connection.autocommit = True
        yield connection.cursor()


@own_cluster
def test_the_role_of_web_and_workers_cannot_create_tables(cursor_of_app: "psycopg2.extensions.cursor") -> None:
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cursor_of_app.execute("CREATE TABLE mine (id int)")
    cursor_of_app.execute("SELECT to_regclass('public.mine')")
    assert cursor_of_app.fetchone() == (None,)


@own_cluster
def test_neither_role_is_a_superuser_and_only_the_owner_makes_databases(
    cursor_of_app: "psycopg2.extensions.cursor",
) -> None:
    cursor_of_app.execute(
        "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles"
        " WHERE rolname IN ('app', 'owner') ORDER BY 1"
    )
    assert cursor_of_app.fetchall() == [("app", False, False, False), ("owner", False, True, False)]


@own_cluster
def test_the_database_opens_no_port_and_its_socket_no_other_user_reaches() -> None:
    folder = parse_qs(urlsplit(os.environ["DATABASE_APP_URL"]).query)["host"][0]
    assert os.stat(folder).st_mode & 0o077 == 0
    with closing(psycopg2.connect(os.environ["DATABASE_APP_URL"])) as connection, connection.cursor() as cursor:
        cursor.execute("SHOW listen_addresses")
        assert cursor.fetchone() == ("",)


@own_cluster
def test_chinese_letters_are_letters_to_the_database(cursor_of_app: "psycopg2.extensions.cursor") -> None:
    cursor_of_app.execute("SELECT '张三丰' ~ '^[[:alpha:]]+$', lower('ÀÉ'), to_tsvector('simple', '隰县，夏津')::text")
    assert cursor_of_app.fetchone() == (True, "àé", "'夏津':2 '隰县':1")


def test_servers_that_the_environment_names_are_not_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    named = {name: os.environ[name] for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "VAR_DIR")}
    for name, value in named.items():
        monkeypatch.setenv(name, value)  # so that it is put back afterwards
    servers = Servers()
    servers.start()
    assert servers.children == []
    assert os.environ["DATABASE_URL"] == named["DATABASE_URL"]
    assert os.environ["REDIS_URL"] == named["REDIS_URL"]
    servers.stop()
    assert not servers.folder.exists()


def test_a_command_beside_throw_away_servers_gives_its_exit_code(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "VAR_DIR"):
        monkeypatch.setenv(name, os.environ[name])
    assert throwaway.main([sys.executable, "-c", "raise SystemExit(7)"]) == 7


def test_what_a_killed_session_left_is_swept_away(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "VAR_DIR"):
        monkeypatch.setenv(name, os.environ[name])
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    living, killed = Servers(), Servers()
    (killed.folder / "owner").write_text(f"{os.getpid()} another start")
    living.start()
    assert [path.name for path in tmp_path.iterdir()] == [living.folder.name]
    living.stop()


def test_each_parallel_worker_has_its_own_valkey_database() -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    expected = str(int(worker.removeprefix("gw")) + 1) if worker else "0"
    if os.environ.get("TEST_VALKEY_PER_WORKER"):
        assert parse_qs(urlsplit(os.environ["REDIS_URL"]).query)["db"] == [expected]
    with closing(redis.Redis.from_url(os.environ["REDIS_URL"])) as store:
        assert store.ping()
