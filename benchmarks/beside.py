"""How an act is timed, and django-hordak beside it: a process of its own that takes its turn between our batches."""

import importlib.util
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from django.db import connection

Figures = dict[str, dict[str, Any]]


BATCH = 0.7
"""Seconds of one batch: a loaded machine makes the figures rougher and not the waiting longer."""


def rate(act: Callable[[], None], seconds: float = BATCH) -> float:
    """How often an act runs in a second."""
    done, begun = 0, time.perf_counter()
    while (spent := time.perf_counter() - begun) < seconds or not done:
        act()
        done += 1
    return done / spent


def figure(value: float, against: float | None, unit: str = "posts/s", digits: int = 1) -> dict[str, Any]:
    """A row of the table."""
    return {
        "value": round(value, digits),
        "unit": unit,
        "against": None if against is None else round(against, digits),
        "ratio": None if against is None else round(value / against, 3),
    }


def medians(*columns: Callable[[], float], batches: int) -> list[float]:
    """The median of each column; the columns take turns, so that a busy moment of the machine falls on all of them."""
    rows = [[column() for column in columns] for _batch in range(batches)]
    return [statistics.median(column) for column in zip(*rows, strict=True)]


class Peer:
    """django-hordak's transfer_to in a database of its own on the same server; None a second when it is not installed."""

    def __init__(self) -> None:
        self._name = f"bench_peer_{os.getpid()}_{time.monotonic_ns()}"
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Peer | None":
        if importlib.util.find_spec("hordak") is None:
            print("django-hordak is not installed (requirements-bench.txt): figures beside it are left out")
            return None
        _execute(f'CREATE DATABASE "{self._name}"')
        words = [sys.executable, "-m", "benchmarks.peer", self._name]
        self._process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.rate()  # its tables are made, its statements warm
        return self

    def __exit__(self, *_error: object) -> None:
        if self._process is not None:
            self._process.communicate()
            _execute(f'DROP DATABASE IF EXISTS "{self._name}"')

    def rate(self, seconds: float = BATCH) -> float:
        """Committed transfers a second."""
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{seconds}\n")
        self._process.stdin.flush()
        return float(self._process.stdout.readline())


def _execute(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
