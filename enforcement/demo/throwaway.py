"""Servers that vanish with their user: `python -m enforcement.demo.throwaway [--durable] COMMAND …`.

The command runs with a PostgreSQL, a Valkey and keys of its own. Servers named by DATABASE_URL or REDIS_URL are used
instead when set. `--durable` keeps the database's promises to the disk, for figures that compare with a real one.
"""

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from enforcement.demo.children import Child, started_at, stop
from enforcement.demo.places import ROOT
from enforcement.demo.postgres import DATABASE, Cluster
from enforcement.demo.refused import CannotStart
from enforcement.demo.template import Template
from enforcement.demo.valkey import Store

_PREFIX, _OWNER = "sz-", "owner"
_KEYS = {
    "SECRET_KEY": "throw-away servers keep no secrets",
    "FIELD_KEYS": "dGVzdHMga2VlcCBubyBzZWNyZXRzIGF0IGFsbCAtLSE=",
    "LOOKUP_KEY": "746573747320686176652061206669786564206c6f6f6b2d7570206b65792121",
    "CLOCK_MOVABLE": "1",
    "PYTHONPATH": str(ROOT),
}


class Servers:
    """PostgreSQL and Valkey in a temporary folder, told to this process and its children by the environment."""

    def __init__(self, *, durable: bool = False, template: Template | None = None) -> None:
        self.durable = durable
        self.template = template
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX))  # short: a socket's path has at most 107 bytes
        (self.folder / _OWNER).write_text(f"{os.getpid()} {started_at(os.getpid())}")
        self.children: list[Child] = []

    def start(self) -> None:
        """Start what the environment does not name; raises CannotStart and leaves nothing behind."""
        _sweep()
        try:
            self._start()
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop the servers and remove their folder."""
        while self.children:
            stop(self.children.pop())
        shutil.rmtree(self.folder, ignore_errors=True)

    def _start(self) -> None:
        sockets = self.folder / "s"
        sockets.mkdir(mode=0o700)
        (self.folder / "var" / "static").mkdir(parents=True)
        os.environ["VAR_DIR"] = str(self.folder / "var")
        for name, value in _KEYS.items():
            os.environ.setdefault(name, value)
        if "REDIS_URL" not in os.environ:
            log = self.folder / "valkey.log"
            store = Store(data=self.folder / "valkey", sockets=sockets, log=log, durable=self.durable)
            self.children.append(store.start())
            os.environ["REDIS_URL"] = store.url()
            os.environ["TEST_VALKEY_PER_WORKER"] = "1"
        if "DATABASE_URL" not in os.environ:
            self._start_database(sockets)
        os.environ.setdefault("DATABASE_OWNER_URL", os.environ["DATABASE_URL"])

    def _start_database(self, sockets: Path) -> None:
        data, log = self.folder / "pg", self.folder / "postgres.log"
        cluster = Cluster(data=data, sockets=sockets, log=log, durable=self.durable, owner_may="CREATEDB")
        os.environ["DATABASE_URL"] = os.environ["DATABASE_OWNER_URL"] = cluster.url("owner")
        os.environ["DATABASE_APP_URL"] = cluster.url("app")
        ready = self.template is not None and self.template.copy_to(data)
        self.children.append(cluster.start())
        if self.template is not None and not ready and self.template.migrate():
            stop(self.children.pop())
            self.template.keep(data)
            self.children.append(cluster.start())
            ready = True
        cluster.sql(f"GRANT SET ON PARAMETER session_replication_role TO {_OWNER}")  # tests/emptying.py
        if ready:
            os.environ["TEST_DATABASE_TEMPLATE"] = DATABASE


def _sweep() -> None:
    """Remove the folders of users that were killed: their servers died with them."""
    for note in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_OWNER}"):
        with contextlib.suppress(OSError, ValueError):
            pid, _, since = note.read_text().partition(" ")
            if started_at(int(pid)) != since:
                shutil.rmtree(note.parent, ignore_errors=True)


def main(words: Sequence[str]) -> int:
    """Run the command beside servers of its own; its exit code."""
    durable = words[:1] == ["--durable"]
    servers = Servers(durable=durable)
    try:
        servers.start()
        return subprocess.run(words[1:] if durable else words, check=False).returncode
    except CannotStart as refusal:
        print(refusal, file=sys.stderr)
        return refusal.code
    except KeyboardInterrupt:
        return 130
    finally:
        servers.stop()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
