"""Money as people read it: thousands separators, 万元, 大写."""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from law import money_text

MINUS = "\u2212"
NOTHING = "\u2014"
FEN = Decimal("0.01")


def as_decimal(value: object) -> Decimal | None:
    """The value as a Decimal, or None when it is empty or no number."""
    if value is None or value == "":
        return None
    try:
        return Decimal(str(value))
    except InvalidOperation:
        return None


def money(value: object) -> str:
    """Yuan with thousands separators and two places; the minus is U+2212; an absent value is a dash."""
    return _grouped(value, lambda number: number)


def wan(value: object) -> str:
    """Yuan shown in 万元 (ten thousand yuan), two places, half up."""
    return _grouped(value, lambda number: number / 10000)


def _grouped(value: object, scale: Callable[[Decimal], Decimal]) -> str:
    number = as_decimal(value)
    if number is None:
        return NOTHING
    shown = scale(number).quantize(FEN, ROUND_HALF_UP) + 0
    return f"{shown:,.2f}".replace("-", MINUS)


def spark(values: Sequence[float], target: float | None) -> dict[str, object]:
    """Points of a sparkline in a field of 100 by 30, and the height of its target line."""
    numbers = [float(value) for value in values]
    known = [*numbers, *([float(target)] if target is not None else [])]
    low, high = min(known), max(known)
    reach = (high - low) or 1.0

    def height(value: float) -> float:
        return round(28 - 26 * (value - low) / reach, 1)

    step = 100 / max(len(numbers) - 1, 1)
    points = " ".join(f"{round(index * step, 1)},{height(value)}" for index, value in enumerate(numbers))
    return {"points": points, "target": height(float(target)) if target is not None else None}


def capital(value: object) -> str:
    """Yuan in the capital numerals of vouchers (大写), e.g. 壹佰元整; empty when it is no amount."""
    number = as_decimal(value)
    if number is None:
        return ""
    text = money_text.in_capitals(abs(number).quantize(FEN, ROUND_HALF_UP))
    return f"负{text}" if number < 0 else text
