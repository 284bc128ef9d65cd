"""Amounts in yuan: rounding to the fen and the checks that every money function makes (rule FEE-ROUND)."""

from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal("0.00")
FEN = Decimal("0.01")


class NotAnAmount(ValueError):
    """The value given as an amount is not a finite Decimal, is negative, or has a part of a fen."""


def fen(value: Decimal) -> Decimal:
    """Round yuan to the fen, halves away from zero: fen(Decimal("50.025")) == Decimal("50.03")."""
    return value.quantize(FEN, rounding=ROUND_HALF_UP)


def amount(value: Decimal | int) -> Decimal:
    """Return `value` with two places; raise NotAnAmount for floats, negatives, infinities and parts of a fen.

    Whole numbers are exact and taken too. amount(Decimal("5")) == Decimal("5.00").
    """
    if type(value) is int:
        value = Decimal(value)
    if not isinstance(value, Decimal) or not value.is_finite():
        raise NotAnAmount(f"金额应为有限的十进制数：{value!r}")
    if value < 0:
        raise NotAnAmount(f"金额不能为负数：{value}")
    exact = value.quantize(FEN)
    if exact != value:
        raise NotAnAmount(f"金额最多精确到分：{value}")
    return exact
