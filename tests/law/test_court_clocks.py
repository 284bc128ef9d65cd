"""The court's own clocks are figures like those of the law, and a court may set them within bounds."""

from datetime import date

import pytest

from law.rules import NATIONAL, OutOfBounds

DEFAULTS = {
    "DESK-TRY": 6, "DESK-EFFECT": 30, "DESK-HAND-OVER": 3, "DESK-SERVE": 5, "DESK-DECIDE": 1, "DESK-MEND": 3,
    "DESK-CLOSE": 15, "DESK-BANK-ANSWER": 24, "DESK-INQUIRE": 2, "DESK-ANSWERS": 3, "DESK-SANCTION": 30, "DESK-REPAIR": 3,
    "DESK-RELEASE": 1, "GRACE-LEAST": 3, "GRACE-MOST": 90, "AGE-ADULT": 18,
    "DESK-APPROACH": 2, "DESK-HURRY": 3, "DESK-HURRY.EVERY": 7, "DESK-PAYEE": 3,
}  # fmt: skip


@pytest.mark.parametrize(("rule", "figure"), DEFAULTS.items())
def test_a_clock_has_its_default(rule: str, figure: int) -> None:
    assert NATIONAL.count(rule) == figure


def test_a_court_sets_its_own_within_the_bounds() -> None:
    own = NATIONAL.with_overrides({"DESK-SERVE": 3}, from_on=date(2026, 1, 1))
    assert own.count("DESK-SERVE") == 3
    with pytest.raises(OutOfBounds):
        NATIONAL.with_overrides({"DESK-REPAIR": 5}, from_on=date(2026, 1, 1))
