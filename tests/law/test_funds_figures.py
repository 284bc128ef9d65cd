"""Figures of case funds that a court sets for itself."""

from decimal import Decimal

import pytest

from law.rules import NATIONAL, OutOfBounds


def test_the_amount_from_which_the_president_approves_is_the_courts_own_within_bounds() -> None:
    assert NATIONAL.figure("FUND-TIER") == Decimal(100_000)
    assert NATIONAL.with_overrides({"FUND-TIER": Decimal(200_000)}).figure("FUND-TIER") == Decimal(200_000)
    with pytest.raises(OutOfBounds):
        NATIONAL.with_overrides({"FUND-TIER": Decimal(9_999)})


@pytest.mark.parametrize(
    ("rule", "figure", "least", "most"),
    [
        ("FUND-DELAY.REVIEW", 180, 30, 365),
        ("FUND-DELAY.PLAN", 60, 45, 180),
        ("FUND-DEPOSIT.OVER", 30, 1, 180),
        ("FUND-UNKNOWN.KNOWN", 730, 90, 1825),
        ("FUND-UNKNOWN.LATELY", 30, 7, 180),
    ],
)
def test_days_of_the_desk_are_the_courts_own_within_bounds(rule: str, figure: int, least: int, most: int) -> None:
    assert NATIONAL.count(rule) == figure
    assert NATIONAL.with_overrides({rule: least}).count(rule) == least
    with pytest.raises(OutOfBounds):
        NATIONAL.with_overrides({rule: most + 1})
