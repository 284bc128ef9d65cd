"""What one worker means to do and what came of it, line by line in a file that outlives the worker.

The intent is written before the act, the outcome after it; an intent without an outcome is done again under the same key.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DONE, NOTHING, REFUSED, VIOLATION = "done", "nothing", "refused", "violation"


@dataclass(frozen=True)
class Entry:
    """One command: what was meant, what came of it (empty: not known), after how many tries, and its result."""

    number: int
    kind: str
    key: str
    what: dict[str, Any] | None
    outcome: str = ""
    code: str = ""
    tries: int = 0
    result: str = ""


class Journal:
    """The journal of one worker."""

    def __init__(self, folder: Path, worker: int) -> None:
        self.path = folder / f"worker-{worker}.jsonl"

    def mean(self, number: int, kind: str, key: str, what: dict[str, Any] | None) -> None:
        """Write an intent."""
        self._write({"number": number, "kind": kind, "key": key, "what": what})

    def again(self, number: int) -> None:
        """Note that an act is tried once more."""
        self._write({"number": number, "again": 1})

    def end(self, number: int, outcome: str, code: str = "", result: str = "") -> None:
        """Write an outcome."""
        self._write({"number": number, "outcome": outcome, "code": code, "result": result})

    def entries(self) -> list[Entry]:
        """Everything so far, in order."""
        found: dict[int, dict[str, Any]] = {}
        for line in self._lines():
            row = found.setdefault(line["number"], {"tries": 1})
            row["tries"] += line.pop("again", 0)
            row |= line
        return [Entry(**row) for row in found.values()]

    def over(self) -> int:
        """How many commands have an outcome."""
        return sum("outcome" in line for line in self._lines())

    def _lines(self) -> Iterator[dict[str, Any]]:
        if not self.path.exists():
            return
        for line in self.path.read_text(encoding="utf-8").splitlines():
            try:
                yield json.loads(line)
            except ValueError:
                continue  # the worker was killed in the middle of the line

    def _write(self, row: dict[str, Any]) -> None:
        text = json.dumps(row, ensure_ascii=False) + "\n"
        file = os.open(self.path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, text.encode())
        finally:
            os.close(file)
