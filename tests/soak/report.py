"""The figures of a soak as a table."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.soak.invariants import Violation
from tests.soak.journal import DONE, NOTHING, REFUSED, Entry

_REFUSED_STATEMENT = re.compile(r"(?:ERROR|PANIC):  (.*)")
_FORBIDDEN = ("deadlock detected", "could not serialize", "lock timeout")
_FAILED_TASK = re.compile(r"Task (\S+?)\[\S+\] raised unexpected: (.*)")
_BROKEN_LINE = re.compile(
    r"(OperationalError|InterfaceError|ConnectionError|TimeoutError|WorkerLostError)\(|server closed the connection"
    r"|'NoneType' object has no attribute 'client'"  # the broker's library, about a connection that is gone
)


@dataclass
class Figures:
    """What a soak did and found."""

    seed: int
    workers: int
    seconds: float = 0.0
    entries: list[Entry] = field(default_factory=list)
    kills: Counter[str] = field(default_factory=Counter)
    faults: dict[str, int] = field(default_factory=dict)
    looks: int = 0
    evenings: int = 0
    held: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    violations: list[Violation] = field(default_factory=list)

    @property
    def commands(self) -> int:
        """Commands that were answered: done or refused."""
        return sum(entry.outcome in {DONE, REFUSED} for entry in self.entries)


def of_logs(postgres: Path, celery: Path) -> tuple[Counter[str], list[Violation]]:
    """Statements that the database refused, by their text, and what of the logs must not be there."""
    refused = Counter(_REFUSED_STATEMENT.findall(postgres.read_text(errors="replace")))
    found = [Violation("no deadlock", text) for text in refused if any(word in text for word in _FORBIDDEN)]
    failed = Counter(_FAILED_TASK.findall(celery.read_text(errors="replace")))
    wrong = [(task, error) for task, error in failed if not _BROKEN_LINE.search(error)]
    found += [Violation("no task fails", f"{task} {error}") for task, error in wrong]
    return refused, found


def show(figures: Figures) -> str:
    """The table that `make soak` prints."""
    rate = figures.commands / figures.seconds if figures.seconds else 0
    lines = [
        f"seed {figures.seed}, {figures.workers} command workers, {figures.seconds:.0f} s, {rate:.1f} commands a second",
        "",
        f"{'command':<18}{'done':>7}{'refused':>9}{'nothing':>9}{'again':>7}  refused as",
        *_commands(figures.entries),
        "",
        f"faults of the bank  {_counts(figures.faults)}",
        f"killed              {_counts(figures.kills)}",
        f"held at the end     {_counts(figures.held)}",
        f"refused statements  {_counts(figures.refused)}",
        f"looked at           {figures.looks} moments, {figures.evenings} evenings",
        f"violations          {len(figures.violations)}",
        *(f"  {one.invariant}: {one.row}" for one in figures.violations[:40]),
    ]
    return "\n".join(lines)


def keep(figures: Figures, path: Path) -> None:
    """The same as JSON, for the page of figures."""
    rows = Counter((entry.kind, entry.outcome) for entry in figures.entries)
    told = {
        "seed": figures.seed,
        "workers": figures.workers,
        "seconds": round(figures.seconds, 1),
        "commands": figures.commands,
        "by_kind": {f"{kind}.{outcome}": count for (kind, outcome), count in sorted(rows.items())},
        "faults": figures.faults,
        "kills": figures.kills,
        "looks": figures.looks,
        "evenings": figures.evenings,
        "violations": [f"{one.invariant}: {one.row}" for one in figures.violations],
    }
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _commands(entries: Sequence[Entry]) -> Iterable[str]:
    kinds = sorted({entry.kind for entry in entries})
    for kind in [*kinds, ""]:
        rows = [entry for entry in entries if kind in ("", entry.kind)]
        outcomes = Counter(entry.outcome for entry in rows)
        codes = Counter(entry.code for entry in rows if entry.outcome == REFUSED) if kind else {}
        again = sum(entry.tries - 1 for entry in rows)
        counts = f"{outcomes[DONE]:>7}{outcomes[REFUSED]:>9}{outcomes[NOTHING]:>9}{again:>7}"
        yield f"{kind or 'together':<18}{counts}  {_counts(codes)}"


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{name} {counts[name]}" for name in sorted(counts)) or "none"
