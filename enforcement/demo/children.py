"""Child processes that never outlive their parent.

Each child has its own session, so that a terminal's Ctrl-C reaches only the parent, which stops its children in order.
On Linux the kernel signals the child when the parent is killed; elsewhere the next start ends what was left, from the
register of children.
"""

import contextlib
import ctypes
import functools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


@dataclass
class Child:
    """A running child: how to ask it to stop and how long (seconds) to wait before it is killed."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    stop_signal: signal.Signals
    patience: float

    @property
    def pid(self) -> int:
        return self.process.pid

    def has_died(self) -> bool:
        return self.process.poll() is not None


def die_with_parent(parent: int, death_signal: int = signal.SIGKILL) -> None:
    """Ask the kernel to signal this process when its parent ends; end at once when it already has."""
    if _LIBC is not None:
        _LIBC.prctl(_PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)


def spawn(
    name: str,
    argv: Sequence[str | Path],
    *,
    log: Path,
    environment: Mapping[str, str] | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
    death_signal: signal.Signals | None = None,
    patience: float = 10.0,
) -> Child:
    """Start a child in its own session, its output appended to `log`; call it from the main thread only."""
    farewell = functools.partial(die_with_parent, os.getpid(), int(death_signal or stop_signal))
    with log.open("ab") as output:
        process = subprocess.Popen(
            [str(part) for part in argv],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env=None if environment is None else dict(environment),
            start_new_session=True,
            preexec_fn=farewell,
        )
    return Child(name, process, log, stop_signal, patience)


def stop(child: Child) -> None:
    """Ask the child to stop, wait for its patience, then kill what is left of its session."""
    if not child.has_died():
        child.process.send_signal(child.stop_signal)
        with contextlib.suppress(subprocess.TimeoutExpired):
            child.process.wait(child.patience)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    child.process.wait()


def started_at(pid: int) -> str | None:
    """A mark that tells this process from a later one with the same number; None when it is gone or a zombie."""
    if sys.platform == "linux":
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return None
        return None if fields[0] in "ZX" else fields[19]
    listed = subprocess.run(["ps", "-o", "state=,lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
    state, _, since = listed.stdout.strip().partition(" ")
    return since.strip() if since and not state.startswith("Z") else None


def command_line(pid: int) -> str:
    """The command line of a process, empty when it is gone."""
    if sys.platform == "linux":
        try:
            return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip()
        except OSError:
            return ""
    listed = subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False)
    return listed.stdout.strip()


class Register:
    """The file of children now running, read by the next start to end what a killed parent left behind."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, children: Sequence[Child]) -> None:
        """Note the children that run now."""
        rows = [
            {"name": c.name, "pid": c.pid, "started": started_at(c.pid), "stop": int(c.stop_signal)} for c in children
        ]
        fresh = self.path.with_suffix(".new")
        fresh.write_text(json.dumps(rows), encoding="utf-8")
        fresh.replace(self.path)

    def end_leftovers(self, *, patience: float = 10.0) -> list[str]:
        """Stop every noted child that still lives, waiting up to `patience` seconds; the names of those stopped."""
        try:
            rows = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return []
        left = [row for row in rows if row["started"] and started_at(row["pid"]) == row["started"]]
        for row in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(row["pid"], row["stop"])
        wait_until(lambda: all(started_at(row["pid"]) != row["started"] for row in left), seconds=patience)
        for row in left:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(row["pid"], signal.SIGKILL)
        self.path.unlink(missing_ok=True)
        return [row["name"] for row in left]


def wait_until(condition: Callable[[], bool], *, seconds: float, step: float = 0.02) -> bool:
    """Whether the condition came true within so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(step)
    return True


def last_lines(log: Path, count: int = 15) -> str:
    """The end of a log, for the message about a child that died."""
    try:
        return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
    except OSError:
        return ""
