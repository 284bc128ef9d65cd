"""Who a line is, whatever file it comes in: the bank's reference, else everything that can be told about it.

A reference alone would hide money: banks give one reference to a movement and its reversal, or to all movements of a
batch. So direction and amount go with it, and lines that still agree but are plainly different are counted.
"""

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from funds.statements.model import StatementLine


def identity(line: StatementLine, account: str) -> str:
    """64 hex characters that are the same for the same movement of an account in every file and form."""
    return identity_of(
        account=account,
        bank_reference=line.bank_reference,
        direction=line.direction,
        amount=line.amount,
        booked_on=line.booked_on,
        balance=line.balance,
        counterparty_name=line.counterparty_name,
        counterparty_account=line.counterparty_account,
        remark=line.remark,
        occurrence=line.occurrence,
    )


def identity_of(
    *,
    account: str,
    bank_reference: str | None,
    direction: str,
    amount: Decimal,
    booked_on: date,
    balance: Decimal | None = None,
    counterparty_name: str = "",
    counterparty_account: str = "",
    remark: str = "",
    occurrence: int = 0,
) -> str:
    """The identity of a movement however it was told: pushed by the bank, or a line of a statement."""
    common = (_plain(account), direction, f"{amount:.2f}", str(occurrence))
    if bank_reference:
        return _digest("reference", _plain(bank_reference), *common)
    other = (_plain(counterparty_name), _plain(counterparty_account), _plain(remark))
    return _digest("line", booked_on.isoformat(), "" if balance is None else f"{balance:.2f}", *other, *common)


def same_account(stated: str, number: str) -> bool:
    """Whether the account that a statement states, perhaps masked or cut to its tail, can be this one; unstated: yes."""
    plain, own = _plain(stated), _plain(number)
    if re.search(r"[*xX]", plain):
        return re.fullmatch(re.sub(r"[*xX]+", r"\\d*", plain), own) is not None
    return own.endswith(plain) if len(plain) < 8 else plain == own


def numbered(lines: Iterable[StatementLine]) -> list[StatementLine]:
    """The lines with their occurrence among the same: of one reference only different lines count, else all."""
    seen: dict[Hashable, list[Hashable]] = defaultdict(list)
    found = []
    for line in lines:
        rest = (line.balance, _plain(line.counterparty_name), _plain(line.counterparty_account), _plain(line.remark))
        if line.bank_reference:
            variants = seen[line.bank_reference, line.direction, line.amount]
            if rest not in variants:
                variants.append(rest)
            found.append(replace(line, occurrence=variants.index(rest)))
        else:
            same = seen[line.booked_on, line.direction, line.amount, rest]
            found.append(replace(line, occurrence=len(same)))
            same.append(rest)
    return found


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
