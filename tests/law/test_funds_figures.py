"""Figures of case funds that a court sets for itself."""

from decimal import Decimal

import pytest

from law.rules import NATIONAL, OutOfBounds


def test_the_amount_from_which_the_president_approves_is_the_courts_own_within_bounds() -> None:
    assert NATIONAL.figure("FUND-TIER") == Decimal(100_000)
    assert NATIONAL.with_overrides({"FUND-TIER": Decimal(200_000)}).figure("FUND-TIER") == Decimal(200_000)
    with pytest.raises(OutOfBounds):
        NATIONAL.with_overrides({"FUND-TIER": Decimal(9_999)})
