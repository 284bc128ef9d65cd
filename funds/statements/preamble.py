"""What banks write above the table: account, currency, period, opening and closing balance."""

import re
from dataclasses import dataclass
from decimal import Decimal

from funds.statements import cells
from funds.statements.decoding import Row

ACCOUNT = re.compile(r"(?:账|帐|卡)号(?:\([^)]*\))?:?\|?\[?(?:[^\d|\]\n]{1,8}:)?([0-9Xx*]{4,}[0-9Xx*-]*)")
CURRENCY = re.compile(r"币[种别](?:\([^)]*\))?:?\|?\[?([^|\]\n]+)")
PERIOD = re.compile(r"(20\d{2})年(\d{1,2})月")
OPENING = re.compile(r"(?:期初|上期|上日|昨日)余额:?\|?([-+]?[\d,]+(?:\.\d+)?)")
CLOSING = re.compile(r"(?:期末|本期|当前)余额:?\|?([-+]?[\d,]+(?:\.\d+)?)")


@dataclass(frozen=True)
class Preamble:
    """The text above the heading and the facts found in it."""

    text: str
    account: str
    stated_currency: str
    period: tuple[int, int] | None
    opening: Decimal | None
    closing: Decimal | None

    @classmethod
    def of(cls, rows: tuple[Row, ...]) -> "Preamble":
        """Read the facts; later ones (a second account's head) do not replace earlier ones."""
        text = "\n".join("|".join(cells.folded(cell) for cell in row.cells) for row in rows)
        account, currency, period = (pattern.search(text) for pattern in (ACCOUNT, CURRENCY, PERIOD))
        return cls(
            text="\n".join(" ".join(row.cells) for row in rows),
            account=account[1] if account else "",
            stated_currency=currency[1] if currency else "",
            period=(int(period[1]), int(period[2])) if period else None,
            opening=_balance(OPENING, text),
            closing=_balance(CLOSING, text),
        )

    def currency(self, default: str) -> str:
        """The currency of lines that name none."""
        return cells.currency(self.stated_currency, default)


def _balance(pattern: re.Pattern[str], text: str) -> Decimal | None:
    found = pattern.search(text)
    try:
        return cells.balance(found[1]) if found else None
    except cells.WrongCell:
        return None
