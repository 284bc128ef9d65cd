"""The bank from outside: what workers tell it over HTTP, and its own book read from the file it keeps."""

import http.client
import json
import sqlite3
import time
import urllib.error
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from funds.payments import keys

PATIENCE = 20.0  # seconds; the bank itself is killed and started again
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))
OPERATIONS = {"twice": "bank.payment", "out_of_order": "bank.payment"}
OF_CREDITS = {"late": "credit", "duplicate_credit": "credit", "twice": "bank.credit", "out_of_order": "bank.credit"}


@dataclass(frozen=True)
class Bank:
    """The simulated bank at its address; every question is asked until it is answered."""

    url: str

    def tell(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """The answer to a request, JSON decoded; the same key twice is one act."""
        return json.loads(self.fetch(method, path, body, whole=json.loads))

    def fetch(
        self, method: str, path: str, body: dict[str, Any] | None = None, *, whole: Callable[[bytes], Any] = bytes
    ) -> bytes:
        """The same as bytes; ``whole`` raises ValueError for what broke off when the bank was killed."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                content = self._once(method, path, body)
                whole(content)
                return content
            except urllib.error.HTTPError as error:
                if error.code < 500:
                    raise
            except (OSError, ValueError, http.client.HTTPException):
                if time.monotonic() > end:
                    raise
            time.sleep(0.1)

    def misbehave(self, fault: str, *, payment: str = "") -> None:
        """Let the bank do something wrong with a payment, or with the next money that comes in."""
        operation = OPERATIONS.get(fault, "payment") if payment else OF_CREDITS[fault]
        self.tell("POST", "/control/force", {"fault": fault, "operation": operation, "key": payment})

    def balance(self, account: str) -> Decimal:
        """What the account holds now (yuan)."""
        rows = self.tell("GET", "/bank/accounts")["accounts"]
        return next(Decimal(row["balance"]) for row in rows if row["account"] == account)

    def is_busy(self, path: Path) -> bool:
        """Whether the bank, by its own file, has something to book or to push."""
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
            rows = db.execute("SELECT count(*) FROM feed WHERE section IN ('pending', 'scheduled')")
            return bool(rows.fetchone()[0])

    def shown(self, path: Path) -> int:
        """The number of the last line that the bank shows in its feed of credits and returns."""
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
            rows = db.execute("SELECT coalesce(max(number), 0) FROM feed WHERE section = 'credits'")
            return int(rows.fetchone()[0])

    def _once(self, method: str, path: str, body: dict[str, Any] | None) -> bytes:
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.url + path, data=data, method=method)
        with _OPENER.open(request, timeout=5) as answer:
            return bytes(answer.read())


@dataclass
class Book:
    """What the bank did, by its own book: net paid by instruction (yuan), how often and to whom, and money that came in."""

    balance: Decimal = Decimal(0)
    paid: dict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    times_paid: Counter[str] = field(default_factory=Counter)
    paid_to: dict[str, str] = field(default_factory=dict)
    came: dict[str, Decimal] = field(default_factory=dict)


def read_book(path: Path, account: str) -> Book:
    """The book of an account out of the bank's file. A line that the bank shows twice has one reference and counts once."""
    book = Book()
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        rows = db.execute("SELECT body FROM feed WHERE section='lines' AND label=? ORDER BY number", (account,))
        lines = {(line["bank_reference"], line["direction"]): line for line in (json.loads(row[0]) for row in rows)}
        (text,) = db.execute("SELECT body FROM document WHERE section='accounts' AND key=?", (account,)).fetchone()
    book.balance = Decimal(json.loads(text)["balance"])
    for line in lines.values():
        amount, key = Decimal(line["amount"]), _whole(line["instruction_key"])
        if line["kind"] == "PAYMENT":
            book.paid[key] += amount
            book.times_paid[key] += 1
            book.paid_to[key] = line["counterparty_account"]
        elif line["kind"] == "RETURN":
            book.paid[key] -= amount
        else:
            book.came[line["bank_reference"]] = amount
    return book


def _whole(key: str) -> str:
    """A payment that went in a file carries the shortened key."""
    found = keys.found_in(key)
    return f"payout:{found}" if found else key
