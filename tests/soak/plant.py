"""The servers of a soak: a PostgreSQL that keeps its promises to the disk, a Valkey, the bank; each is killed and started."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from enforcement.demo.answering import answer, free_port
from enforcement.demo.children import Child, spawn, stop, wait_until
from enforcement.demo.places import ROOT
from enforcement.demo.postgres import Cluster
from enforcement.demo.template import Template
from enforcement.demo.valkey import Store
from tests.soak.plan import RATES

_KEYS = {
    "SECRET_KEY": "a soak keeps no secrets",
    "FIELD_KEYS": "dGVzdHMga2VlcCBubyBzZWNyZXRzIGF0IGFsbCAtLSE=",
    "LOOKUP_KEY": "746573747320686176652061206669786564206c6f6f6b2d7570206b65792121",
    "DJANGO_SETTINGS_MODULE": "enforcement.settings",
    "CLOCK_MOVABLE": "0",
    "DEBUG": "0",
    "LOG_LEVEL": "WARNING",
    "CELERY_SKIP_CHECKS": "1",  # CI runs them
}
_FOREIGN = ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_APP_URL", "REDIS_URL", "TEST_DATABASE_TEMPLATE")


class Plant:
    """Everything that is no process of ours: made in a folder of its own, gone with it."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.folder = Path(tempfile.mkdtemp(prefix="soak-"))  # short: a socket's path has at most 107 bytes
        sockets = self.folder / "s"
        sockets.mkdir(mode=0o700)
        (self.folder / "var").mkdir()
        self.cluster = Cluster(data=self.folder / "pg", sockets=sockets, log=self.log("postgres"), owner_may="CREATEDB")
        self.store = Store(data=self.folder / "valkey", sockets=sockets, log=self.log("valkey"))
        self.port = free_port()
        self.children: dict[str, Child] = {}

    @property
    def outside(self) -> str:
        """The bank's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def book(self) -> Path:
        """The file in which the bank keeps its book."""
        return self.folder / "bank.sqlite3"

    def log(self, name: str) -> Path:
        """Where a process writes."""
        return self.folder / f"{name}.log"

    def start(self) -> None:
        """Start all three, with tables, and tell this process where they are."""
        for name in _FOREIGN:
            os.environ.pop(name, None)
        os.environ |= _KEYS | {"VAR_DIR": str(self.folder / "var"), "REDIS_URL": self.store.url()}
        self._start_bank()
        self.children["broker"] = self.store.start()
        template = Template()
        ready = template.copy_to(self.cluster.data)
        self.children["database"] = self.cluster.start()
        if sys.platform == "linux":  # as safe, and the recovery does not sync file by file
            self.cluster.sql("ALTER SYSTEM SET recovery_init_sync_method = 'syncfs'")
        os.environ |= {"DATABASE_URL": self.cluster.url("app"), "DATABASE_OWNER_URL": self.cluster.url("owner")}
        if not ready:
            self._migrate()
        self.wait_for_bank()

    def kill(self, target: str, *, pause: float) -> None:
        """End a server without a word and start it again after a pause (seconds)."""
        child = self.children[target]
        if target == "database":
            _end_at_once(child)
        else:
            child.process.kill()
            child.process.wait()
        time.sleep(pause)
        self._start_again(target)

    def stop(self, *, keep: bool) -> None:
        """Stop what runs; the folder stays when something is to be looked at, else nobody needs a farewell."""
        while self.children:
            child = self.children.popitem()[1]
            if not keep:
                os.killpg(child.pid, signal.SIGKILL)
            stop(child)
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _start_again(self, target: str) -> None:
        if target == "database":
            self.children[target] = self.cluster.start()
        elif target == "broker":
            self.children[target] = self.store.start()
        else:
            self._start_bank()
            self.wait_for_bank()

    def _start_bank(self) -> None:
        faults = ",".join(f"{name}={rate}" for name, rate in RATES.items())
        command = [sys.executable, "-m", "gateways.simulators", "--port", str(self.port), "--seed", str(self.seed)]
        command += ["--faults", faults, "--state", str(self.book), "--settle", "0.2"]
        told = {**os.environ, "PYTHONPATH": str(ROOT)}
        self.children["bank"] = spawn("bank", command, log=self.log("bank"), environment=told)

    def wait_for_bank(self) -> None:
        """Return when the bank answers."""
        if not wait_until(lambda: not answer(f"{self.outside}/healthz"), seconds=20):
            raise RuntimeError(f"The bank did not start: {self.log('bank').read_text()[-2000:]}")

    def _migrate(self) -> None:
        command = [sys.executable, "-m", "enforcement.demo.steps", "--owner", "migrate --no-input -v 0"]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _end_at_once(child: Child) -> None:
    """Immediate shutdown: no checkpoint, no farewell; the next start recovers from the log."""
    os.kill(child.pid, signal.SIGQUIT)
    child.process.wait(20)
