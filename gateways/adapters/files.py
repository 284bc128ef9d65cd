"""Letters as lines of JSON (UTF-8, one object a line) in a folder, for courts with an air gap.

``out``   what the court sends:  {"channel", "kind", "key", "created_at", "payload": {…}}
``in``    answers:               {"channel", "key", "state": "DONE"|"REFUSED", "reply": {…}, "reference"?}
          incoming items:        {"channel": "bank.credit", "key": identity of the line, "item": {…}}
``done``  files that were read, and beside each the sheet of lines that could not be taken

Names inside payload, reply and item are those of gateways/payloads.py.
"""

import csv
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

SHEET_HEADER = (_("行号"), _("通道"), _("编号"), _("问题"))


@dataclass(frozen=True)
class Line:
    """One line of an incoming file: its number, and its object or why it is none."""

    number: int
    content: dict[str, Any] | None
    problem: str = ""


@dataclass(frozen=True)
class Wrong:
    """One line that could not be taken, for the sheet."""

    number: int
    channel: str
    key: str
    problem: str


def write_letters(folder: Path, name: str, letters: Iterable[dict[str, Any]]) -> Path:
    """Write a file of letters whole or not at all; only the owner may read it."""
    folder.mkdir(parents=True, exist_ok=True)
    target, part = folder / name, folder / f".{name}.part"
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        for letter in letters:
            stream.write(json.dumps(letter, ensure_ascii=False, sort_keys=True) + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(target)
    return target


def waiting(folder: Path) -> list[Path]:
    """Files of answers that have not been read, oldest name first."""
    return sorted(path for path in folder.glob("*.jsonl") if path.is_file()) if folder.is_dir() else []


def lines(path: Path) -> Iterator[Line]:
    """The lines of a file; blank ones are skipped, a byte order mark is accepted."""
    with path.open(encoding="utf-8-sig", errors="replace") as stream:
        for number, raw in enumerate(stream, 1):
            if not raw.strip():
                continue
            try:
                content = json.loads(raw)
            except ValueError:
                yield Line(number, None, _text("不是 JSON"))
                continue
            yield Line(number, content) if isinstance(content, dict) else Line(number, None, _text("不是 JSON 对象"))


def put_away(path: Path, wrong: Sequence[Wrong], done: Path) -> Path | None:
    """Move a file that was read to ``done`` and leave the sheet of errors beside it; the sheet, when there is one."""
    done.mkdir(parents=True, exist_ok=True)
    sheet = None
    if wrong:
        sheet = done / f"{path.stem}.errors.csv"
        with sheet.open("w", encoding="utf-8-sig", newline="") as stream:
            table = csv.writer(stream)
            table.writerow(SHEET_HEADER)
            table.writerows((row.number, row.channel, row.key, row.problem) for row in wrong)
    path.replace(done / path.name)
    return sheet
