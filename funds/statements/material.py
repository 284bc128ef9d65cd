"""Real statements beside what another program made of them: read every file and compare day, amount and sign.

The converter whose outputs serve as the oracle leaves out lines by rules of its own, so every transaction of an oracle must
be found among ours, each once, and ours may be more. Messages have no oracle; there the balances must add up.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from funds.statements.model import ZERO_YUAN, ControlTotals, Ignored, Rejected, Statement, StatementLine
from funds.statements.reading import read_all
from funds.statements.refusing import Unreadable

Ours = StatementLine | Rejected | Ignored
READ, AGREES, DIFFERS, REFUSED = "READ", "AGREES", "DIFFERS", "REFUSED"
SUFFIXES = {".csv", ".xls", ".xlsx", ".xml", ".txt", ".html"}
HEAD = re.compile(r"^(\d{4})[-/](\d\d)[-/](\d\d) \* (.*)$")
POSTING = re.compile(r"^\s+([A-Z]\w*(?::\S+)+)\s+(-?)\s*(\d+(?:\.\d+)?) ([A-Z]{3})\s*$")
OWN_ACCOUNT = re.compile(r"^\s*(?:-\s*)?(?:defaultCashAccount|methodAccount):\s*\"?([^\"\s]+)", re.MULTILINE)


@dataclass(frozen=True)
class Expected:
    """One transaction of an oracle; `signed` is None where it does not say which side was the holder's."""

    on: date
    amount: Decimal
    currency: str
    signed: Decimal | None


@dataclass(frozen=True)
class Row:
    """One statement of one file: what it is, its control totals, and how it compares."""

    file: str
    bank: str
    kind: str
    currency: str
    control: ControlTotals | None
    expected: int
    found: int
    verdict: str
    expected_sum: Decimal = ZERO_YUAN
    found_sum: Decimal = ZERO_YUAN
    remarks: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing speaks against it."""
        return self.verdict in (READ, AGREES)


def compare(material: Path) -> list[Row]:
    """One row for each statement of each file under `material` (or its folder `bank`), in the order of the names."""
    folder = material / "bank" if (material / "bank").is_dir() else material
    files = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    return [row for path in files for row in _rows(path, str(path.relative_to(folder)))]


def _rows(path: Path, name: str) -> Iterator[Row]:
    content, expected = path.read_bytes(), _oracle(path)
    try:
        statements = _read(path.name, content)
    except Unreadable as broken:
        yield Row(name, "", "", "", None, len(expected), 0, REFUSED, remarks=(str(broken),))
        return
    for statement in statements:
        yield _row(name, statement, expected)


def _read(name: str, content: bytes) -> tuple[Statement, ...]:
    """In yuan, or, where every line is in another currency, in that one."""
    statements = read_all(name, content)
    codes = [one.currency for statement in statements for one in statement.rejected if one.code == "CURRENCY"]
    if codes and not any(statement.lines for statement in statements):
        return read_all(name, content, currency=codes[0])
    return statements


def _row(name: str, statement: Statement, expected: list[Expected]) -> Row:
    pairs = _paired(statement, expected)
    missing = [one for one, ours in pairs if ours is None]
    remarks = [f"{one.on} {one.amount} {one.currency}" for one in missing]
    verdict = DIFFERS if missing else AGREES if expected else READ
    if not expected and statement.bookable and statement.opening is not None and statement.closing is not None:
        reached = statement.opening + sum((line.signed for line in statement.lines), ZERO_YUAN)
        verdict = AGREES if reached == statement.closing else DIFFERS
    return Row(
        file=name,
        bank=statement.bank,
        kind=statement.kind,
        currency=statement.lines[0].currency if statement.lines else statement.currency,
        control=statement.control,
        expected=len(expected),
        found=len(expected) - len(missing),
        verdict=verdict,
        expected_sum=sum((_net(one, ours) for one, ours in pairs), ZERO_YUAN),
        found_sum=sum((_signed(ours) for _one, ours in pairs if ours), ZERO_YUAN),
        remarks=(*remarks, *(warning.code for warning in statement.warnings)),
    )


def _net(one: Expected, ours: Ours | None) -> Decimal:
    """The oracle's signed amount; where it does not say its side, ours says it."""
    if one.signed is not None:
        return one.signed
    return one.amount if ours is None or ours.direction == "IN" else -one.amount


def _signed(ours: Ours) -> Decimal:
    return ours.amount if ours.direction == "IN" else -ours.amount


def _paired(statement: Statement, expected: list[Expected]) -> list[tuple[Expected, Ours | None]]:
    """Each expected transaction with the one of ours that it is, each of ours standing for one."""
    ours: list[Ours] = [*statement.lines, *statement.rejected, *statement.ignored]
    pairs: list[tuple[Expected, Ours | None]] = []
    for one in expected:
        index = next((index for index, line in enumerate(ours) if _same(one, line)), None)
        pairs.append((one, None if index is None else ours.pop(index)))
    return pairs


def _same(one: Expected, line: Ours) -> bool:
    days = {line.booked_on, line.traded_on if isinstance(line, StatementLine) else None}
    side = "IN" if (one.signed or 0) > 0 else "OUT"
    told = one.signed in (None, 0) or line.direction == side
    return one.on in days and one.amount == line.amount and one.currency == line.currency and told


def _oracle(path: Path) -> list[Expected]:
    """The transactions that the converter wrote for the files of this folder."""
    outputs = [*sorted(path.parent.glob("*.beancount")), *sorted(path.parent.glob("*.ledger"))]
    if not outputs:
        return []
    config = path.parent / "config.yaml"
    own = set(OWN_ACCOUNT.findall(config.read_text(encoding="utf-8"))) if config.exists() else set()
    return list(_transactions(outputs[0].read_text(encoding="utf-8"), own))


def _transactions(text: str, own: set[str]) -> Iterator[Expected]:
    head: date | None = None
    postings: list[tuple[str, Decimal, str]] = []
    for line in [*text.splitlines(), ""]:
        if match := HEAD.match(line):
            head = None if "Open Balance" in match[4] else date(int(match[1]), int(match[2]), int(match[3]))
            postings = []
        elif match := POSTING.match(line):
            postings.append((match[1], Decimal(match[2] + match[3]), match[4]))
        elif not line.strip() and head and postings:
            yield _expected(head, postings, own)
            head = None


def _expected(on: date, postings: list[tuple[str, Decimal, str]], own: set[str]) -> Expected:
    _account, amount, currency = postings[0]
    sides = [number for account, number, _currency in postings if account in own]
    return Expected(on, abs(amount), currency, sides[0] if len(sides) == 1 else None)
