"""Splitting a sum by weights so that the parts add up to the fen (largest remainder)."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, Decimal

from law import money


class NothingToWeigh(ValueError):
    """No weight is positive, so there is no proportion."""


def split(total: Decimal, weights: Sequence[Decimal | int]) -> tuple[Decimal, ...]:
    """Split `total` yuan in proportion to the weights; the fen left over go to the largest remainders, earlier first.

    split(Decimal("284600"), [300000, 150000, 100001]) == (155236.08, 77618.04, 51745.88); the parts always add up.
    """
    total = money.amount(total)
    shares = [Decimal(weight) for weight in weights]
    if any(share < 0 for share in shares):
        raise money.NotAnAmount("比例不能为负数")
    whole = sum(shares, Decimal(0))
    if not whole:
        if total:
            raise NothingToWeigh("没有可以按比例分配的对象")
        return tuple(money.ZERO for _ in shares)
    return _largest_remainder(total, shares, whole)


def _largest_remainder(total: Decimal, shares: Sequence[Decimal], whole: Decimal) -> tuple[Decimal, ...]:
    # Exact in whole numbers: remainders are compared as numerators over the same denominator, never as quotients.
    scale = 10 ** max(0, *(-int(share.as_tuple().exponent) for share in shares))
    fen_total, units = int(total * 100), [int(share * scale) for share in shares]
    denominator = sum(units)
    floors = [fen_total * unit // denominator for unit in units]
    remainders = [fen_total * unit % denominator for unit in units]
    order = sorted(range(len(units)), key=lambda place: (-remainders[place], place))
    for place in order[: fen_total - sum(floors)]:
        floors[place] += 1
    return tuple((Decimal(value) / 100).quantize(money.FEN, rounding=ROUND_FLOOR) for value in floors)
