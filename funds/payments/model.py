"""What a file of payments says: from whom, when, and to whom how much; and what no bank would take."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from kernel.money import ZERO

LONGEST_NAME = 60
"""Characters of an account holder's name that the large banks take."""
_ACCOUNT = re.compile(r"[0-9A-Z]{6,34}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_FORMULA = ("=", "+", "-", "@")


@dataclass(frozen=True, kw_only=True)
class Instruction:
    """One payment (yuan): ``reference`` is the shortened instruction key, ``remark`` what the payee reads."""

    reference: str
    amount: Decimal
    name: str
    account: str
    bank: str
    remark: str


@dataclass(frozen=True, kw_only=True)
class PaymentOrder:
    """A file of payments from one account; equal orders give equal bytes."""

    message: str
    number: str
    made_at: datetime
    execute_on: date
    payer: str
    account: str
    bank: str
    instructions: Sequence[Instruction]

    @property
    def count(self) -> int:
        """How many payments."""
        return len(self.instructions)

    @property
    def total(self) -> Decimal:
        """Their sum (yuan)."""
        return sum((row.amount for row in self.instructions), ZERO)


@dataclass(frozen=True)
class Unfit:
    """Why a payment cannot be written into a file: a symbol for the sentence."""

    code: str


def unfit(row: Instruction) -> Unfit | None:
    """Whether a bank would refuse the payment, or a spreadsheet read it as a formula."""
    if not _ACCOUNT.fullmatch(row.account):
        return Unfit("ACCOUNT")
    if not row.name.strip() or len(row.name) > LONGEST_NAME:
        return Unfit("NAME")
    texts = (row.name, row.bank, row.remark)
    if any(_CONTROL.search(text) or text.startswith(_FORMULA) for text in texts):
        return Unfit("CHARACTERS")
    if not row.bank.strip():
        return Unfit("BANK")
    return None
