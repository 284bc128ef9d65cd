"""Starts everything the product needs on one machine, watches it, and stops it in order: `make demo`.

Free of Django, so it stays small. A child that dies stops everything. The order of stopping is web, beat, worker,
simulators, Valkey, PostgreSQL.
"""

import os
import shlex
import signal
import sys
import time
from typing import NoReturn

from enforcement.demo import environment
from enforcement.demo.answering import answer, free_port
from enforcement.demo.children import Child, Register, last_lines, spawn, stop
from enforcement.demo.places import Places
from enforcement.demo.postgres import Cluster
from enforcement.demo.refused import CannotStart
from enforcement.demo.valkey import Store

READY_WITHIN = 90  # seconds
_SEEDING = "court"  # files the rest of the demo court in the background; the product lives on without it
_WEB = (
    "granian --interface wsgi --host 127.0.0.1 --port {port} --workers 1 --blocking-threads 4"
    " --workers-kill-timeout 2 --no-ws enforcement.wsgi:application"
)
_WORKER = "enforcement.demo.worker --concurrency 2 --loglevel INFO --without-gossip --without-mingle"
_BEAT = "celery -A enforcement beat --schedule '{schedule}' --pidfile= --loglevel INFO"


class StopAsked(Exception):
    """Someone pressed Ctrl-C or sent SIGTERM."""


class Supervisor:
    """The processes of one instance."""

    def __init__(self, places: Places, *, port: int) -> None:
        self.places = places
        self.port = port
        self.told: dict[str, str] = {}
        self.children: list[Child] = []
        self.register = Register(places.run / "children.json")
        self._asked = False
        self._shown = 0

    def ask_to_stop(self, *_: object) -> None:
        """Signal handler: everything that waits looks at the mark."""
        self._asked = True

    def start_servers(self) -> None:
        """PostgreSQL and Valkey of our own, unless the environment names others."""
        addresses = environment.outside_servers()
        sockets = self.places.sockets()
        if "DATABASE_URL" not in addresses:
            cluster = Cluster(data=self.places.var / "postgres", sockets=sockets, log=self.places.log("postgres"))
            self._keep(cluster.start())
            addresses |= {"DATABASE_URL": cluster.url("app"), "DATABASE_OWNER_URL": cluster.url("owner")}
        if "REDIS_URL" not in addresses:
            store = Store(data=self.places.var / "valkey", sockets=sockets, log=self.places.log("valkey"))
            self._keep(store.start())
            addresses["REDIS_URL"] = store.url()
        self.told = environment.for_the_demo(self.places, port=self.port, addresses=addresses)
        self._note_environment()

    def start_product(self) -> None:
        """Simulators, tables and rights, the demo court, web, worker and beat; returns when the address answers."""
        self._start_simulators()
        self._start("web", _WEB.format(port=self.port))  # it loads while the tables are made
        signins = self.places.run / "signins.txt"
        self._until(f"{self.told['SIMULATORS_URL']}/healthz")
        self._prepare(f"demo_signins > {signins}")
        # Without us the broker goes too, and a worker that cannot reach it listens to no milder signal.
        self._start("worker", _WORKER, death_signal=signal.SIGKILL)
        self._start("beat", _BEAT.format(schedule=self.places.run / "beat-schedule"))
        self._until(f"http://127.0.0.1:{self.port}/healthz", token=self.told["START_TOKEN"])
        print(f"ready: http://127.0.0.1:{self.port}/", flush=True)
        if signins.exists():
            print(signins.read_text(encoding="utf-8"), end="", flush=True)
        self._start(_SEEDING, "enforcement.demo.steps 'seed_demo --more'")

    def watch(self) -> NoReturn:
        """Stay until asked to stop (StopAsked) or a child dies (CannotStart)."""
        while True:
            self._pause(0.3)
            self._show_progress()

    def stop_all(self) -> None:
        """Stop every child, the last started first but the web before all: nobody is served by half a product."""
        order = sorted(reversed(self.children), key=lambda child: child.name != "web")
        for child in order:
            stop(child)
        self.children.clear()
        self.register.write([])
        self.places.drop_short_sockets()

    def _keep(self, child: Child) -> None:
        self.children.append(child)
        self.register.write(self.children)

    def _start(
        self, name: str, module: str, *, death_signal: signal.Signals | None = None, owner: bool = False
    ) -> Child:
        told = {**os.environ, **self.told}
        if not owner:
            del told["DATABASE_OWNER_URL"]
        command = [sys.executable, "-m", *shlex.split(module)]
        child = spawn(name, command, log=self.places.log(name), environment=told, death_signal=death_signal)
        self._keep(child)
        return child

    def _prepare(self, *last: str) -> None:
        """Tables and rights as the owner, then the demo court as the application; returns when both are done."""
        steps = [
            "--owner",
            "forget_unfinished",
            "migrate --no-input",
            "grant_roles",
            "--app",
            "seed_demo --ready",
            *last,
        ]
        child = self._start("prepare", shlex.join(["enforcement.demo.steps", *steps]), owner=True)
        while not child.has_died():
            self._pause(0.05, but=child)
        self.children.remove(child)
        if child.process.returncode != 0:
            raise CannotStart(f"Preparing failed; the end of {child.log}:\n{last_lines(child.log)}")

    def _start_simulators(self) -> None:
        port = free_port()
        self.told["SIMULATORS_URL"] = f"http://127.0.0.1:{port}"
        self._note_environment()
        state = shlex.quote(str(self.places.var / "simulators.sqlite3"))
        self._start("simulators", f"gateways.simulators --port {port} --state {state}")

    def _note_environment(self) -> None:
        environment.write(self.places.run / "demo.env", self.told)

    def _until(self, url: str, *, token: str = "") -> None:
        deadline = time.monotonic() + READY_WITHIN
        while wrong := answer(url, token=token):
            if time.monotonic() > deadline:
                raise CannotStart(f"Not ready after {READY_WITHIN} s: {wrong}")
            self._pause(0.1)

    def _pause(self, seconds: float, *, but: Child | None = None) -> None:
        """Wait a little; raises when asked to stop or when a child other than `but` has died."""
        time.sleep(seconds)
        if self._asked:
            raise StopAsked
        for child in [child for child in self.children if child is not but and child.has_died()]:
            code = child.process.returncode
            if child.name != _SEEDING:
                raise CannotStart(f"{child.name} died (exit {code}); the end of {child.log}:\n{last_lines(child.log)}")
            self.children.remove(child)
            self._show_progress()
            if code != 0:
                print(f"The demo court stayed small: {_SEEDING} failed (exit {code}), see {child.log}", flush=True)

    def _show_progress(self) -> None:
        log = self.places.logs / f"{_SEEDING}.log"
        fresh = log.read_bytes()[self._shown :] if log.exists() else b""
        whole = fresh[: fresh.rfind(b"\n") + 1]
        self._shown += len(whole)
        sys.stdout.write(whole.decode(errors="replace"))
        sys.stdout.flush()
