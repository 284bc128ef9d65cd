"""The drill: a backup is worth what a restore of it gives back."""

import io
import json
import os
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from cryptography.fernet import Fernet
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from enforcement import backups
from kernel import clock

pytestmark = pytest.mark.django_db  # else the tests' database is not made


def url_of(database: str) -> str:
    address, _, query = os.environ["DATABASE_OWNER_URL"].partition("?")
    return f"{address.rpartition('/')[0]}/{database}?{query}"


def ask(database: str, sql: str) -> list[tuple[object, ...]]:
    with closing(psycopg2.connect(**backups.connection_words(url_of(database)))) as link:
        link.autocommit = True
        with link.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []


@pytest.fixture(scope="module")
def original(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The tests' own database, with one committed session row in it."""
    name = connection.settings_dict["NAME"]
    ask(name, "INSERT INTO django_session VALUES ('kept', '隰县', now())")
    yield name
    ask(name, "DELETE FROM django_session WHERE session_key = 'kept'")


@pytest.fixture(scope="module")
def made(original: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup of that database and of one stored paper."""
    folder = tmp_path_factory.mktemp("backup")
    (folder / "files" / "ab").mkdir(parents=True)
    (folder / "files" / "ab" / "abcd").write_bytes("执行裁定书".encode())
    archive = folder / "made.tar"
    backups.backup(archive=archive, database_url=url_of(original), files=folder / "files", at=clock.now())
    return archive


@pytest.fixture
def archive(made: Path, tmp_path: Path, settings: Settings) -> Path:
    """A copy of the backup that a test may spoil; the file store of the restored product is empty."""
    settings.FILES_DIR = tmp_path / "elsewhere"
    return Path(shutil.copy(made, tmp_path / "backup.tar"))


@pytest.fixture
def empty_database(original: str) -> Iterator[str]:
    name = f"{original}_restored"
    ask("postgres", f'DROP DATABASE IF EXISTS "{name}"')
    ask("postgres", f'CREATE DATABASE "{name}" TEMPLATE template0')
    yield name
    ask("postgres", f'DROP DATABASE "{name}"')


TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
TRIGGERS = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal ORDER BY 1"


def test_a_restored_archive_gives_back_rows_triggers_and_files(
    archive: Path, original: str, empty_database: str
) -> None:
    said = io.StringIO()
    call_command("restore", archive, database_url=url_of(empty_database), stdout=said)
    assert ask(empty_database, "SELECT session_key, session_data FROM django_session") == [("kept", "隰县")]
    assert ask(empty_database, TABLES) == ask(original, TABLES) != []
    assert ask(empty_database, TRIGGERS) == ask(original, TRIGGERS)
    assert (archive.parent / "elsewhere" / "ab" / "abcd").read_text() == "执行裁定书"
    assert "1 files" in said.getvalue()


def test_the_archive_is_for_us_alone_and_says_what_is_in_it(made: Path) -> None:
    assert made.stat().st_mode & 0o077 == 0
    with tarfile.open(made) as tar:
        manifest = json.load(tar.extractfile("manifest.json"))  # type: ignore[arg-type]
    assert sorted(manifest["parts"]) == ["database.dump", "files/ab/abcd"]
    assert os.environ["FIELD_KEYS"] not in json.dumps(manifest)


def test_one_altered_byte_refuses_the_whole_archive(archive: Path, empty_database: str) -> None:
    content = archive.read_bytes()
    archive.write_bytes(content.replace("执行裁定书".encode(), "执行裁定弔".encode()))
    with pytest.raises(CommandError, match="files/ab/abcd"):
        call_command("restore", archive, database_url=url_of(empty_database))
    assert ask(empty_database, TABLES) == []
    assert not (archive.parent / "elsewhere").exists()


def test_a_cut_archive_is_refused(archive: Path, empty_database: str) -> None:
    archive.write_bytes(archive.read_bytes()[:20_000])
    with pytest.raises(CommandError, match="备份文件不完整"):
        call_command("restore", archive, database_url=url_of(empty_database))
    assert ask(empty_database, TABLES) == []


def test_a_database_with_tables_is_never_overwritten(archive: Path, empty_database: str) -> None:
    ask(empty_database, "CREATE TABLE precious (id int)")
    with pytest.raises(CommandError, match="1 张表"):
        call_command("restore", archive, database_url=url_of(empty_database))
    assert ask(empty_database, TABLES) == [("precious",)]


@pytest.mark.parametrize("changed", ["FIELD_KEYS", "LOOKUP_KEY"])
def test_other_keys_than_those_of_the_backup_are_refused(
    archive: Path, empty_database: str, settings: Settings, changed: str
) -> None:
    setattr(settings, changed, [Fernet.generate_key().decode()] if changed == "FIELD_KEYS" else "other")
    with pytest.raises(CommandError, match="密钥"):
        call_command("restore", archive, database_url=url_of(empty_database))
    assert ask(empty_database, TABLES) == []


def test_a_backup_never_overwrites_another(archive: Path) -> None:
    before = archive.read_bytes()
    with pytest.raises(CommandError, match="已存在"):
        call_command("backup", archive)
    assert archive.read_bytes() == before
