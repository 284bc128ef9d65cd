"""Consumption limits (LIM-TRIGGER, LIM-UNIT, LIM-MINOR, LIM-ITEMS, LIM-LIFT, LIM-LIFT-4, LIM-BANKRUPT)."""

from dataclasses import replace
from datetime import date

import pytest

from law import consumption
from law.consumption import LiftCause, LiftFacts, LimitFacts, Role
from law.rules import NATIONAL

LATE = LimitFacts(notice_served_on=date(2025, 3, 3), perform_by=date(2025, 3, 10))
AFTER = date(2025, 3, 11)


def test_a_debtor_who_lets_the_time_pass_may_be_limited() -> None:
    assert consumption.may_limit(facts=LATE, at=AFTER).allowed
    assert not consumption.may_limit(facts=LATE, at=date(2025, 3, 10)).allowed


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"performed": True}, "LIM-TRIGGER"),
        ({"is_minor": True}, "LIM-MINOR"),
        ({"role_ended": True, "role": Role.LEGAL_REPRESENTATIVE}, "LIM-UNIT"),
        ({"enough_property_held": True}, "DIS-NOT-2"),
        ({"creditor_asks_to_refrain": True}, "DIS-NOT-2"),
        ({"bankruptcy_accepted": True}, "LIM-BANKRUPT"),
        ({"notice_served_on": None}, "LIM-TRIGGER"),
    ],
)
def test_one_obstacle_is_enough_to_refuse(change: dict[str, object], rule: str) -> None:
    found = consumption.may_limit(facts=replace(LATE, **change), at=AFTER)
    assert [reason.rule for reason in found.obstacles] == [rule]


def test_a_listed_debtor_must_be_limited_and_a_limited_one_need_not_be_listed() -> None:
    assert consumption.must_limit(listed=True)
    assert not consumption.must_limit(listed=False)
    assert consumption.may_limit(facts=LimitFacts(listed=True), at=AFTER).allowed


def test_a_limit_is_lifted_by_security_or_consent_but_not_while_listed() -> None:
    assert consumption.may_lift(facts=LiftFacts(cause=LiftCause.SECURITY)).allowed
    assert not consumption.may_lift(facts=LiftFacts(cause=LiftCause.CREDITOR_AGREES, listed=True)).allowed
    assert consumption.may_lift(facts=LiftFacts(cause=LiftCause.PERFORMED, listed=True)).allowed
    assert consumption.may_lift(facts=LiftFacts(cause=LiftCause.BANKRUPTCY_ACCEPTED)).reasons[0].rule == "LIM-BANKRUPT"


def test_a_replaced_officer_shows_that_he_controls_nothing_and_the_new_one_is_limited() -> None:
    assert not consumption.may_lift(facts=LiftFacts(cause=LiftCause.OFFICER_REPLACED)).allowed
    shown = LiftFacts(cause=LiftCause.OFFICER_REPLACED, not_controller_shown=True)
    assert consumption.may_lift(facts=shown).allowed
    assert consumption.swap_officers(former_still_controls=False) == (False, True)


def test_a_suspension_lasts_a_month_at_most() -> None:
    assert consumption.suspension_end(from_on=date(2025, 1, 31)) == date(2025, 2, 28)
    assert consumption.suspension_end(from_on=date(2025, 3, 3), until=date(2025, 3, 9)) == date(2025, 3, 9)
    with pytest.raises(consumption.TooLong):
        consumption.suspension_end(from_on=date(2025, 3, 3), until=date(2025, 4, 4))


@pytest.mark.parametrize(
    ("train", "seat", "allowed"),
    [
        ("G1", "二等座", False),
        ("g88", "商务座", False),
        ("D301", "二等座", True),
        ("D301", "一等座", False),
        ("C2001", "二等座", True),
        ("Z1", "软卧", False),
        ("K1", "硬卧", True),
    ],
)
def test_no_seat_of_a_g_train_and_no_first_class(train: str, seat: str, allowed: bool) -> None:
    assert consumption.may_ride(train=train, seat=seat) is allowed


def test_nine_kinds_of_consumption_are_limited() -> None:
    assert len(consumption.ITEMS) == NATIONAL.count("LIM-ITEMS") == 9
