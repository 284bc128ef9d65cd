"""Instances of the whole product, started as a person would start them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from enforcement.demo.answering import free_port
from enforcement.demo.children import started_at

ROOT = Path(__file__).resolve().parents[2]


class Instance:
    """One `python -m enforcement.demo` with its own data folder and port."""

    def __init__(self, var: Path, port: int) -> None:
        self.var = var
        self.port = port
        self.said = var.parent / f"{var.name}.out"
        self.process: subprocess.Popen[bytes] | None = None

    def environment(self) -> dict[str, str]:
        """The tests' own servers are not the instance's."""
        foreign = ("DATABASE_", "REDIS_", "TEST_", "PYTEST_", "COV_")
        kept = {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
        for name in ("SECRET_KEY", "FIELD_KEYS", "LOOKUP_KEY", "CLOCK_MOVABLE"):
            kept.pop(name, None)
        return kept | {"VAR_DIR": str(self.var), "PORT": str(self.port)}

    def ready(self, *words: str) -> "Instance":
        """Start it and wait until it says that it is ready."""
        with self.said.open("wb") as output:
            command = [sys.executable, "-m", "enforcement.demo", *words]
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment(), stdout=output, stderr=subprocess.STDOUT
            )
        deadline = time.monotonic() + 90
        while "ready: " not in self.output():
            assert self.process.poll() is None, self.output()
            assert time.monotonic() < deadline, self.output()
            time.sleep(0.05)
        return self

    def run(self, *words: str, **changed: str) -> subprocess.CompletedProcess[str]:
        """`python -m enforcement.demo` once more beside it, to its end."""
        told = self.environment() | changed
        command = [sys.executable, "-m", "enforcement.demo", *words]
        return subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, timeout=60, check=False)

    def running(self) -> dict[str, int]:
        """Its noted children: name and process number."""
        rows = json.loads((self.var / "run" / "children.json").read_text(encoding="utf-8"))
        return {row["name"]: row["pid"] for row in rows}

    def end(self, by: signal.Signals) -> int:
        """Send a signal and wait for the end; the exit code."""
        assert self.process is not None
        self.process.send_signal(by)
        return self.process.wait(60)

    def output(self) -> str:
        return self.said.read_text(encoding="utf-8")

    def processes(self) -> list[int]:
        """Every living process of this instance, its servers' own children included: all know its data folder."""
        mark = os.fsencode(str(self.var))
        found = []
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit() and started_at(int(folder.name)) is not None:
                try:
                    told = (folder / "environ").read_bytes() + (folder / "cmdline").read_bytes()
                except OSError:
                    continue
                if mark in told:
                    found.append(int(folder.name))
        return found


@pytest.fixture
def instance(tmp_path: Path) -> Iterator[Instance]:
    """An instance that a test starts and stops; what still runs afterwards is ended here."""
    made = Instance(tmp_path / "var", free_port())
    yield made
    if made.process is not None and made.process.poll() is None:
        made.end(signal.SIGTERM)
