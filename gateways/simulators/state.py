"""What the simulators remember: documents in SQLite, in memory or in one file, and the simulated clock.

Every request is one transaction under one lock, so a killed process loses no answered request. The clock here is the
outsiders' own: the house reads `kernel.clock`, which this Django-free program cannot; it may be moved by /control/time.
"""

import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

Document = dict[str, Any]
SHANGHAI = ZoneInfo("Asia/Shanghai")
FEN = Decimal("0.01")
SETTINGS = {
    "late_seconds": 21600,
    "settle_seconds": 0,
    "answer_seconds": 0,
    "timeout_seconds": 0,
    "again_seconds": 30,
    "overtaken_seconds": 60,
}


class BadInput(ValueError):
    """The request cannot be understood; the sentence says which field."""


class Unknown(LookupError):
    """Nothing is known under this key."""


class KeyReused(ValueError):
    """The key was used before with another content."""


@dataclass(frozen=True)
class File:
    """An answer that is a file and not JSON."""

    content_type: str
    content: bytes


class State:
    """Documents by (section, key) and append-only feeds by (section, number); all calls inside `transaction()`."""

    def __init__(self, *, seed: int = 0, path: str = ":memory:", settings: Document | None = None) -> None:
        self.seed = seed
        self._lock = threading.RLock()
        self._defaults = {**SETTINGS, **(settings or {})}
        self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(
            """
            CREATE TABLE IF NOT EXISTS document (
                section TEXT, key TEXT, number INTEGER, body TEXT, PRIMARY KEY (section, key));
            CREATE INDEX IF NOT EXISTS document_number ON document (section, number);
            CREATE TABLE IF NOT EXISTS feed (
                section TEXT, number INTEGER, label TEXT, body TEXT, PRIMARY KEY (section, number));
            CREATE INDEX IF NOT EXISTS feed_label ON feed (section, label, number);
            """
        )

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """One request: committed whole, or not at all when an exception leaves the block."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._db.close()

    def get(self, section: str, key: str) -> Document | None:
        """A copy of the document, or None."""
        row = self._db.execute("SELECT body FROM document WHERE section=? AND key=?", (section, key)).fetchone()
        return json.loads(row[0]) if row else None

    def need(self, section: str, key: str) -> Document:
        """The document, or Unknown."""
        document = self.get(section, key)
        if document is None:
            raise Unknown(f"没有这个编号的记录：{key}")
        return document

    def put(self, section: str, key: str, document: Document) -> None:
        """Write a document; it keeps the place in the order of its first writing."""
        self._db.execute(
            "INSERT INTO document VALUES (?, ?, (SELECT coalesce(max(number), 0) + 1 FROM document WHERE section=?), ?)"
            " ON CONFLICT (section, key) DO UPDATE SET body=excluded.body",
            (section, key, section, json.dumps(document, ensure_ascii=False)),
        )

    def drop(self, section: str, key: str) -> None:
        """Forget a document."""
        self._db.execute("DELETE FROM document WHERE section=? AND key=?", (section, key))

    def keys(self, section: str) -> list[str]:
        """The keys of a section in the order of their first writing."""
        rows = self._db.execute("SELECT key FROM document WHERE section=? ORDER BY number", (section,))
        return [row[0] for row in rows]

    def documents(self, section: str) -> list[Document]:
        """All documents of a section in the order of their first writing."""
        rows = self._db.execute("SELECT body FROM document WHERE section=? ORDER BY number", (section,))
        return [json.loads(row[0]) for row in rows]

    def append(self, section: str, label: str, body: Document) -> int:
        """Add to a feed; the number returned is its cursor."""
        number = self._db.execute("SELECT coalesce(max(number), 0) + 1 FROM feed WHERE section=?", (section,))
        cursor = int(number.fetchone()[0])
        text = json.dumps(body, ensure_ascii=False)
        self._db.execute("INSERT INTO feed VALUES (?, ?, ?, ?)", (section, cursor, label, text))
        return cursor

    def feed(self, section: str, since: int = 0, limit: int = -1, label: str = "") -> list[tuple[int, Document]]:
        """Entries after a cursor, oldest first, of one label if named."""
        rows = self._db.execute(
            "SELECT number, body FROM feed WHERE section=? AND number>? AND (?='' OR label=?) ORDER BY number LIMIT ?",
            (section, since, label, label, limit),
        )
        return [(number, json.loads(body)) for number, body in rows]

    def wait(self, section: str, due: datetime, body: Document) -> None:
        """Add what is to happen at a moment."""
        self.append(section, text_of(due), body)

    def take_due(self, section: str, until: datetime) -> list[tuple[datetime, Document]]:
        """Take out what was to happen until a moment, in the order of the moments."""
        rows = self._db.execute(
            "SELECT number, label, body FROM feed WHERE section=? AND label<=? ORDER BY label, number",
            (section, text_of(until)),
        ).fetchall()
        for number, _due, _body in rows:
            self._db.execute("DELETE FROM feed WHERE section=? AND number=?", (section, number))
        return [(moment_of(due), json.loads(body)) for _number, due, body in rows]

    def clear(self) -> None:
        """Forget everything but the rates of the faults and the settings."""
        self._db.execute("DELETE FROM document WHERE section NOT IN ('settings', 'rates')")
        self._db.execute("DELETE FROM feed")

    def number(self, name: str) -> int:
        """The next number of a series, from 1."""
        document = self.get("series", name) or {"last": 0}
        self.put("series", name, {"last": document["last"] + 1})
        return int(document["last"]) + 1

    def settings(self) -> Document:
        """Seconds of lateness, settling, answering, timing out, pushing again and being overtaken."""
        return {**self._defaults, **(self.get("settings", "settings") or {})}

    def change_settings(self, body: Document) -> Document:
        """Change some settings; unknown names are refused."""
        if unknown := set(body) - set(SETTINGS):
            raise BadInput(f"没有这个设置：{'、'.join(sorted(unknown))}")
        if not all(isinstance(value, int | float) and value >= 0 for value in body.values()):
            raise BadInput("设置的值应为不小于零的秒数")
        self.put("settings", "settings", {**self.settings(), **body})
        return self.settings()

    def rates(self) -> dict[str, float]:
        """How often each fault is injected, 0 to 1."""
        return self.get("rates", "rates") or {}

    def now(self) -> datetime:
        """The outsiders' moment, in UTC."""
        moved = (self.get("clock", "clock") or {"seconds": 0.0})["seconds"]
        return datetime.now(UTC) + timedelta(seconds=moved)

    def now_text(self) -> str:
        """The outsiders' moment as it is written."""
        return text_of(self.now())

    def today(self) -> date:
        """The outsiders' day in Shanghai."""
        return self.now().astimezone(SHANGHAI).date()

    def move(self, body: Document) -> None:
        """Move the outsiders' clock by seconds or days, or to a moment."""
        try:
            if "at" in body:
                seconds = (moment_of(body["at"]) - datetime.now(UTC)).total_seconds()
            else:
                ahead = timedelta(
                    days=float(body.get("advance_days", 0)), seconds=float(body.get("advance_seconds", 0))
                )
                seconds = (self.get("clock", "clock") or {"seconds": 0.0})["seconds"] + ahead.total_seconds()
        except (TypeError, ValueError, OverflowError):
            raise BadInput("时间写法不对：用 advance_seconds、advance_days 或 at") from None
        self.put("clock", "clock", {"seconds": seconds})

    def follow(self, moment: datetime) -> None:
        """Go by the caller's clock when it is more than two seconds away."""
        ahead = (moment - self.now()).total_seconds()
        if abs(ahead) > 2:
            self.move({"advance_seconds": ahead})


def once(state: State, section: str, key: str, body: Document) -> Document | None:
    """The document already made under this key for the same content; KeyReused for another content."""
    document = state.get(section, key)
    if document is not None and document["asked"] != body:
        raise KeyReused(f"同一编号已用于不同内容：{key}")
    return document


def text_of(moment: datetime) -> str:
    """A moment as ISO 8601 UTC."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment_of(text: object) -> datetime:
    """A moment from ISO 8601; without an offset it is Shanghai's."""
    moment = datetime.fromisoformat(str(text))
    return moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)


def text_field(body: Document, name: str, default: str | None = None) -> str:
    """A required text, or the default."""
    value = body.get(name, default)
    if value is None or (default is None and not str(value).strip()):
        raise BadInput(f"缺少字段：{name}")
    return str(value)


def yuan_field(body: Document, name: str) -> Decimal:
    """A positive amount in yuan with at most two places."""
    try:
        amount = Decimal(text_field(body, name))
    except InvalidOperation:
        raise BadInput(f"金额写法不对：{name}") from None
    if not amount.is_finite() or amount <= 0 or amount != amount.quantize(FEN):
        raise BadInput(f"金额应为正数，至多两位小数：{name}")
    return amount.quantize(FEN)


def day_field(body: Document, name: str) -> date:
    """A day in ISO form."""
    try:
        return date.fromisoformat(text_field(body, name))
    except ValueError:
        raise BadInput(f"日期写法不对：{name}") from None


def number_field(body: Document, name: str, default: int) -> int:
    """A whole number not below zero."""
    text = str(body.get(name, default))
    if not text.isdigit():
        raise BadInput(f"应为不小于零的整数：{name}")
    return int(text)


def yuan(amount: Decimal | str) -> str:
    """An amount as it is written: two places."""
    return str(Decimal(amount).quantize(FEN))
