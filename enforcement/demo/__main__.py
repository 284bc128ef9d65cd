"""`python -m enforcement.demo [servers | manage …]`: what `make demo`, `make servers` and `make manage` run.

Without a word: everything. `servers`: only PostgreSQL and Valkey. `manage …`: manage.py beside the instance that runs
here. Refusals are one line on standard error, with exit 3 when it already runs here, else 1. Ctrl-C and SIGTERM end it
with exit 0.
"""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from enforcement.demo import environment
from enforcement.demo.answering import port_is_free
from enforcement.demo.places import ROOT, Lock, Places
from enforcement.demo.refused import CannotStart
from enforcement.demo.supervisor import StopAsked, Supervisor


def everything(supervisor: Supervisor) -> None:
    """The whole product with its demo court."""
    if not port_is_free(supervisor.port):
        raise CannotStart(f"Port {supervisor.port} is taken: choose another, such as `make demo PORT=8001`.")
    supervisor.start_servers()
    supervisor.start_product()


def only_servers(supervisor: Supervisor) -> None:
    """PostgreSQL and Valkey, for work by hand."""
    supervisor.start_servers()
    print(f"ready: . {supervisor.places.run / 'demo.env'}", flush=True)


def run(places: Places, port: int, start: Callable[[Supervisor], None]) -> int:
    """Hold the lock, end what a killed parent left, start, watch, and stop everything however it ends."""
    places.make()
    lock = Lock(places.var / "lock")
    lock.take(f"process {os.getpid()}, http://127.0.0.1:{port}/")
    supervisor = Supervisor(places, port=port)
    signal.signal(signal.SIGINT, supervisor.ask_to_stop)
    signal.signal(signal.SIGTERM, supervisor.ask_to_stop)
    supervisor.register.end_leftovers()
    try:
        start(supervisor)
        supervisor.watch()
    except StopAsked:
        print("stopping", flush=True)
        return 0
    finally:
        supervisor.stop_all()


def become_manage(arguments: Sequence[str]) -> NoReturn:
    """Become manage.py with the environment of the instance that runs here."""
    path = Places.from_environment().run / "demo.env"
    if not path.exists():
        raise CannotStart("Nothing runs here: start `make demo` first.")
    told = {**os.environ, **environment.read(path)}
    os.execve(sys.executable, [sys.executable, str(ROOT / "manage.py"), *arguments], told)


def main(arguments: Sequence[str]) -> int:
    """Do what the words say and return the exit code."""
    try:
        if arguments[:1] == ["manage"]:
            become_manage(arguments[1:])
        port = os.environ.get("PORT") or "8000"
        if not port.isdecimal() or not 0 < int(port) < 65536:
            raise CannotStart(f"PORT must be a number from 1 to 65535, not {port!r}.")
        return run(Places.from_environment(), int(port), only_servers if arguments == ["servers"] else everything)
    except CannotStart as refusal:
        print(refusal, file=sys.stderr, flush=True)
        return refusal.code


sys.exit(main(sys.argv[1:]))
