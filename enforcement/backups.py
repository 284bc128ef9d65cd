"""One archive with the whole product: the database, every stored file, and a manifest with their digests.

The files are immutable and written before the row that names them, so a dump taken first never names an absent file. The
keys are not in the archive; it holds a probe that tells whether the keys at hand can read it.
"""

import hashlib
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import psycopg2
from cryptography.fernet import InvalidToken
from django.utils.translation import gettext_lazy as _

from enforcement import env
from enforcement.demo.binaries import client_program
from kernel import encryption
from kernel.refusals import Refusal

FORMAT = 1
_DUMP, _MANIFEST, _FILES = "database.dump", "manifest.json", "files/"
_PROBE = "shanzhi-backup"
_TABLES = (
    "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')"
)


class ArchiveDamaged(Refusal):
    """The archive is incomplete or altered."""

    message = _("备份文件不完整或已被改动（%(part)s）。请换用另一份备份。")


class DatabaseNotEmpty(Refusal):
    """Restoring never overwrites."""

    message = _("目标数据库中已有 %(count)s 张表。请恢复到一个空的数据库，再把系统指向它。")


class KeysDoNotFit(Refusal):
    """The keys at hand cannot read the archive's encrypted fields."""

    message = _("当前的 FIELD_KEYS 或 LOOKUP_KEY 不是备份时所用的密钥。请先换回当时的密钥。")


class ToolFailed(Refusal):
    """pg_dump or pg_restore gave up."""

    message = _("数据库工具执行失败：%(reason)s")
    status = 500


class ArchiveExists(Refusal):
    """A backup never overwrites another."""

    message = _("%(path)s 已存在。请换一个文件名。")


def backup(*, archive: Path, database_url: str, files: Path, at: datetime) -> dict[str, Any]:
    """Write the archive and return its manifest; raises ArchiveExists, ToolFailed."""
    if archive.exists():
        raise ArchiveExists(path=archive)
    archive.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=archive.parent) as folder:
        dump, making = Path(folder) / _DUMP, Path(folder) / "archive"
        _tool("pg_dump", "--format=custom", f"--file={dump}", database_url=database_url)
        parts = {_DUMP: dump} | {_FILES + path.relative_to(files).as_posix(): path for path in _files(files)}
        manifest = _manifest(parts, at=at)
        with tarfile.open(making, "w") as tar:
            for name, path in parts.items():
                tar.add(path, name)
            (Path(folder) / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
            tar.add(Path(folder) / _MANIFEST, _MANIFEST)
        making.chmod(0o600)
        making.rename(archive)
    return manifest


def restore(*, archive: Path, database_url: str, files: Path) -> dict[str, Any]:
    """Check the whole archive, then fill an empty database and the file store; returns the manifest.

    Raises ArchiveDamaged, KeysDoNotFit, DatabaseNotEmpty, ToolFailed; nothing is written before all checks have passed.
    """
    try:
        with tarfile.open(archive, "r:") as tar:
            manifest = _checked(tar)
            _check_keys(manifest["keys"])
            _check_empty(database_url)
            _restore_database(tar, database_url)
            for name in manifest["parts"]:
                if name.startswith(_FILES):
                    _restore_file(tar, name, files / name.removeprefix(_FILES))
    except (tarfile.TarError, OSError) as error:
        raise ArchiveDamaged(part=error) from error
    return manifest


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


def _manifest(parts: dict[str, Path], *, at: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "made_at": at.isoformat(),
        "keys": {"field": encryption.encrypt(_PROBE), "lookup": encryption.digest(_PROBE)},
        "parts": {
            name: {"size": path.stat().st_size, "sha256": _digest(path.open("rb"))} for name, path in parts.items()
        },
    }


def _digest(stream: IO[bytes]) -> str:
    with stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]


def _member(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    try:
        opened = tar.extractfile(name)
    except KeyError:
        opened = None
    if opened is None:
        raise ArchiveDamaged(part=name)
    return opened


def _checked(tar: tarfile.TarFile) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.load(_member(tar, _MANIFEST))
        expected = {name: part["sha256"] for name, part in manifest["parts"].items()}
    except (ValueError, KeyError, TypeError) as error:
        raise ArchiveDamaged(part=_MANIFEST) from error
    if manifest.get("format") != FORMAT or _DUMP not in expected:
        raise ArchiveDamaged(part=_MANIFEST)
    for name, digest in expected.items():
        inside = Path(name).parts
        if ".." in inside or Path(name).is_absolute() or _digest(_member(tar, name)) != digest:
            raise ArchiveDamaged(part=name)
    return manifest


def _check_keys(probe: dict[str, str]) -> None:
    try:
        fits = encryption.decrypt(probe["field"]) == _PROBE and encryption.digest(_PROBE) == probe["lookup"]
    except InvalidToken:
        fits = False
    if not fits:
        raise KeysDoNotFit


def _check_empty(database_url: str) -> None:
    link = psycopg2.connect(**connection_words(database_url))
    try:
        with link.cursor() as cursor:
            cursor.execute(_TABLES)
            (count,) = cursor.fetchone() or (0,)
    finally:
        link.close()
    if count:
        raise DatabaseNotEmpty(count=count)


def _restore_database(tar: tarfile.TarFile, database_url: str) -> None:
    with tempfile.NamedTemporaryFile() as dump, _member(tar, _DUMP) as packed:
        while block := packed.read(1 << 20):
            dump.write(block)
        dump.flush()
        _tool(
            "pg_restore", "--exit-on-error", "--single-transaction", "--no-owner", dump.name, database_url=database_url
        )


def _restore_file(tar: tarfile.TarFile, name: str, target: Path) -> None:
    if target.exists():
        return  # named by its content, so it is the same
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_name(target.name + ".new")
    with _member(tar, name) as source, fresh.open("wb") as output:
        while block := source.read(1 << 20):
            output.write(block)
    fresh.rename(target)


def connection_words(database_url: str) -> dict[str, str]:
    """The address as libpq's words: dbname, user, password, host, port."""
    parts = env.database(database_url)
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    return {name: str(parts[key]) for name, key in names.items() if parts[key]}


def _tool(name: str, *words: str, database_url: str) -> None:
    place = connection_words(database_url)
    told = {**os.environ, **{f"PG{key.upper()}": value for key, value in place.items() if key != "dbname"}}
    target = [f"--dbname={place['dbname']}"]
    done = subprocess.run(
        [client_program(name), *words, *target], env=told, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise ToolFailed(reason=done.stderr.strip()[-500:])
