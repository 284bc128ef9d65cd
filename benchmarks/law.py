"""How much a cited, replayable statement costs beside the bare Decimal arithmetic that it contains."""

import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from law import debt
from law.appropriation import Component
from law.debt import Item, Receipt
from law.rates import Term

STATEMENTS = 2000
ROUNDS = 5
# A statement may cost at most so many times its bare arithmetic.
LIMIT = 8
START = date(2023, 1, 1)
AT = date(2025, 6, 30)
FEN = Decimal("0.01")


def items() -> list[Item]:
    """Five items: costs, a fixed sum of interest, and three principals of which two bear interest."""
    term = (Term(from_on=START, annual_rate=Decimal("0.0365")),)
    return [
        Item(key="fee", amount=Decimal(15510), due_on=START, component=Component.COSTS),
        Item(key="interest", amount=Decimal(8000), due_on=START, component=Component.GENERAL_INTEREST),
        Item(key="first", amount=Decimal(400000), due_on=START + timedelta(days=30), interest=term),
        Item(key="second", amount=Decimal(500000), due_on=START + timedelta(days=120), interest=term),
        Item(key="third", amount=Decimal(411000), due_on=START + timedelta(days=210)),
    ]


def receipts() -> list[Receipt]:
    """Ten receipts, a month and a half apart."""
    return [Receipt(on=START + timedelta(days=45 * n), amount=Decimal(61234 + n)) for n in range(1, 11)]


def statements() -> None:
    """The whole account, two thousand times."""
    owed, paid = items(), receipts()
    for _ in range(STATEMENTS):
        debt.statement(items=owed, receipts=paid, at=AT)


def bare() -> None:
    """The same stretches of days multiplied, rounded and subtracted on plain Decimals, without reasons or dates."""
    rate, awarded, year = Decimal("0.000175"), Decimal("0.0365"), 365
    days = [30] * 10
    for _ in range(STATEMENTS):
        for _item in range(5):
            principal, doubled, interest = Decimal(400000), Decimal(0), Decimal(0)
            for count in days:
                doubled += (principal * rate * count).quantize(FEN, rounding=ROUND_HALF_UP)
                interest += (principal * awarded * count / year).quantize(FEN, rounding=ROUND_HALF_UP)
                share = min(Decimal(12246), interest)
                interest -= share
                principal -= Decimal(12246) - share


def measure() -> dict[str, dict[str, object]]:
    """Median milliseconds for two thousand statements with five items and ten receipts, against bare arithmetic."""
    ours, plain = _median(statements), _median(bare)
    return {
        "law_statement_vs_decimal": {
            "value": round(ours, 1),
            "unit": "ms",
            "against": round(plain, 1),
            "ratio": round(ours / plain, 2),
        }
    }


def _median(work: Callable[[], None]) -> float:
    found = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        work()
        found.append((time.perf_counter() - begin) * 1000)
    return statistics.median(found)
