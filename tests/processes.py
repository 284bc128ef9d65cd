"""Processes forked from one that has loaded everything: started in a moment, killed without a word.

The soak forks its workers, Celery and beat so, the journeys their worker and the outside.
"""

import os
import signal
import sys
import time
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.db import connections
from kombu import pools

from enforcement.celery import app
from enforcement.demo.children import die_with_parent


@dataclass
class Process:
    """A running fork in a session of its own; ``ended`` is its exit code once it is over."""

    name: str
    pid: int
    ended: int | None = None

    def is_over(self) -> bool:
        """Whether it has ended by itself or was killed."""
        if self.ended is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            self.ended = os.waitstatus_to_exitcode(status) if pid else None
        return self.ended is not None

    def kill(self) -> None:
        """SIGKILL to it and to all that it started."""
        if self.is_over():
            return
        os.killpg(self.pid, signal.SIGKILL)
        self.ended = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def wait(self, seconds: float) -> bool:
        """Whether it is over within so many seconds."""
        end = time.monotonic() + seconds
        while not self.is_over():
            if time.monotonic() > end:
                return False
            time.sleep(0.01)
        return True


def fork(name: str, work: Callable[[], None], log: Path) -> Process:
    """Run ``work`` in a process of its own, its output in ``log``; this process's connections are closed before."""
    connections.close_all()
    sys.stdout.flush()
    parent = os.getpid()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of a fork beside threads: none of them holds what we need
        pid = os.fork()
    if pid:
        return Process(name, pid)
    code = 1
    try:
        os.setsid()
        die_with_parent(parent)
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        _write_to(log)
        _share_nothing()
        work()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _share_nothing() -> None:
    """Connections to the broker belong to the parent; its tests' rules about warnings are not those of the product."""
    warnings.resetwarnings()
    pools.reset()
    app.set_current()
    app._after_fork()


def _write_to(log: Path) -> None:
    out = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    null = os.open(os.devnull, os.O_RDONLY)
    for old, new in ((0, null), (1, out), (2, out)):
        os.dup2(new, old)
