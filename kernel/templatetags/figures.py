"""Money as people read it: thousands separators, 万元, 大写."""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

MINUS = "\u2212"
NOTHING = "\u2014"
DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")


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
    shown = scale(number).quantize(Decimal("0.01"), ROUND_HALF_UP)
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
    """Yuan in the capital numerals of vouchers (大写), e.g. 壹佰元整."""
    number = as_decimal(value)
    if number is None:
        return ""
    fen = int((abs(number) * 100).quantize(Decimal(1), ROUND_HALF_UP))
    yuan, rest = divmod(fen, 100)
    sign = "负" if number < 0 and fen else ""
    head = f"{_integer(yuan)}元" if yuan else ""
    return sign + head + _fraction(rest, yuan > 0)


def _fraction(rest: int, after_yuan: bool) -> str:
    jiao, fen = divmod(rest, 10)
    if not rest:
        return "整" if after_yuan else "零元整"
    if not fen:
        return f"{DIGITS[jiao]}角整"
    if not jiao:
        return f"{'零' if after_yuan else ''}{DIGITS[fen]}分"
    return f"{DIGITS[jiao]}角{DIGITS[fen]}分"


def _integer(number: int) -> str:
    groups: list[str] = []
    index = 0
    gap = False
    while number:
        number, group = divmod(number, 10000)
        if group:
            text = _group(group) + GROUPS[index] + ("零" if gap and groups else "")
            groups.append(text)
            gap = group < 1000
        elif groups:
            gap = True
        index += 1
    return "".join(reversed(groups))


def _group(group: int) -> str:
    text = ""
    gap = False
    for place in (3, 2, 1, 0):
        digit = group // 10**place % 10
        if digit:
            text += ("零" if gap and text else "") + DIGITS[digit] + PLACES[place]
            gap = False
        else:
            gap = True
    return text
