"""Numbers of case accounts: the court's prefix, year, kind and serial of the case, two check digits (ISO 7064, mod 97-10).

The number follows from the case number alone, so it can be told before anything is stored, and two check digits find
every single wrong digit and nearly every swap of two.
"""

import re
from dataclasses import dataclass

from cases.kinds import CaseKind

KIND_DIGITS = {
    CaseKind.CIVIL: "1",
    CaseKind.PRE_SUIT_PRESERVATION: "2",
    CaseKind.PRESERVATION: "3",
    CaseKind.EXECUTION: "4",
    CaseKind.RESUMED_EXECUTION: "5",
    CaseKind.OBJECTION: "6",
    CaseKind.SANCTION: "7",
    CaseKind.OTHER_EXECUTION: "8",
}
BODY = 2 + 1 + 6  # digits of year, kind and serial
_RUNS = re.compile(r"\d[\d\s-]*\d")


def check_digits(body: str) -> str:
    """The two digits that make the whole leave 1 when divided by 97: check_digits("794") == "44"."""
    return f"{98 - int(body + '00') % 97:02d}"


def is_valid(number: str) -> bool:
    """Whether the check digits fit."""
    return number.isascii() and number.isdigit() and int(number) % 97 == 1


def number_of(*, prefix: str, year: int, kind: str, serial: int) -> str:
    """The number of a case's account."""
    body = f"{prefix}{year % 100:02d}{KIND_DIGITS[CaseKind(kind)]}{serial:06d}"
    return body + check_digits(body)


def spaced(number: str) -> str:
    """The number in groups of four, as it is printed."""
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


@dataclass(frozen=True)
class Found:
    """Numbers in a text that begin like ours: with right check digits, and with wrong ones."""

    right: tuple[str, ...]
    wrong: tuple[str, ...]


def find(text: str, prefix: str) -> Found:
    """Every number of ours in a text, also when it is written in groups or runs into other digits."""
    length = len(prefix) + BODY + 2
    right: dict[str, None] = {}
    wrong: dict[str, None] = {}
    for run in _RUNS.findall(text):
        digits = re.sub(r"[\s-]", "", run)
        start = digits.find(prefix)
        while start >= 0:
            number = digits[start : start + length]
            (right if len(number) == length and is_valid(number) else wrong)[number] = None
            start = digits.find(prefix, start + 1)
    return Found(tuple(right), tuple(number for number in wrong if not right))
