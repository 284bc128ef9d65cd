"""Effect, order, drawing up and release of measures (FRZ-EFFECT, FRZ-ORDER, FRZ-REG-RACE, FRZ-OVER-LISTED, FRZ-OVER-ACCOUNT,
FRZ-END-DATE, FRZ-COOWN, FRZ-LIVE, FRZ-RELEASE, FRZ-EXPIRE, PRES-LIFT-COND, FRZ-TERM-MOVABLE, FRZ-TERM-REAL)."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from law import measures
from law.freezing import Kind
from law.measures import FreezeFacts, ReleaseCause, ReleaseFacts
from law.money import NotAnAmount

D = Decimal
MORNING, NOON = datetime(2025, 3, 3, 9), datetime(2025, 3, 3, 12)


def test_a_measure_takes_effect_on_service_and_equity_on_publication() -> None:
    assert measures.effective_at(served_at=MORNING) == MORNING
    assert measures.effective_at(served_at=MORNING, published_at=NOON, equity=True) == NOON
    for given in ({"served_at": None}, {"served_at": MORNING, "equity": True}):
        with pytest.raises(measures.NotEffective):
            measures.effective_at(**given)


def test_the_registry_follows_the_order_of_service_until_a_transfer_is_complete() -> None:
    assert measures.in_order_of_service(notices=[("b", NOON), ("a", MORNING)]) == ("a", "b")
    assert measures.must_assist(notice_served_at=MORNING, transfer_completed_at=None)
    assert measures.must_assist(notice_served_at=MORNING, transfer_completed_at=NOON)
    assert not measures.must_assist(notice_served_at=NOON, transfer_completed_at=MORNING)


def test_listed_shares_are_frozen_for_the_debt_and_a_fifth_at_most() -> None:
    assert measures.shares_to_freeze(debt=D(100000), close=D(10), held=50000) == 12000
    assert measures.shares_to_freeze(debt=D(100000), close=D(10), held=5000) == 5000
    assert measures.shares_to_freeze(debt=D(100), close=D(7), held=100) == 17
    with pytest.raises(NotAnAmount):
        measures.shares_to_freeze(debt=D(100), close=D(0), held=100)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"names_amount": False}, "FRZ-OVER-ACCOUNT"),
        ({"leaves_rest_usable": False}, "FRZ-OVER-ACCOUNT"),
        ({"end_stated": False}, "FRZ-END-DATE"),
        ({"exempt_thing": True}, "FRZ-EXEMPT"),
    ],
)
def test_an_order_names_amount_and_end_and_spares_what_is_exempt(change: dict[str, bool], rule: str) -> None:
    good = FreezeFacts(names_amount=True, end_stated=True)
    assert measures.may_freeze(facts=good).allowed
    assert [r.rule for r in measures.may_freeze(facts=replace(good, **change)).obstacles] == [rule]
    shared = measures.may_freeze(facts=replace(good, co_owned=True))
    assert shared.allowed
    assert [r.rule for r in shared.warnings] == ["FRZ-COOWN"]


def test_a_live_seal_needs_the_debtors_keeping_and_no_harm() -> None:
    assert measures.may_use_live_seal(keeper_is_debtor=True, use_harms_value=False).allowed
    assert not measures.may_use_live_seal(keeper_is_debtor=False, use_harms_value=False).allowed
    assert not measures.may_use_live_seal(keeper_is_debtor=True, use_harms_value=True).allowed


def test_release_needs_consent_only_where_the_law_says_so() -> None:
    def released(cause: ReleaseCause, **more: bool) -> bool:
        return measures.must_release(facts=ReleaseFacts(cause=cause, **more)).allowed

    assert released(ReleaseCause.SATISFIED)
    assert not released(ReleaseCause.SECURITY_ACCEPTED)
    assert released(ReleaseCause.SECURITY_ACCEPTED, applicant_agrees=True)
    assert released(ReleaseCause.SECURITY_SUFFICIENT, preservation=True)
    assert not released(ReleaseCause.SECURITY_SUFFICIENT, preservation=True, disputed_thing=True)
    assert not released(ReleaseCause.SECURITY_SUFFICIENT)


def test_a_measure_lapses_the_day_after_its_last_day() -> None:
    assert not measures.lapsed(end=date(2026, 3, 10), at=date(2026, 3, 10))
    assert measures.lapsed(end=date(2026, 3, 10), at=date(2026, 3, 11))


def test_each_kind_names_the_rule_of_its_term() -> None:
    assert [kind.rule for kind in Kind] == ["FRZ-TERM-DEPOSIT", "FRZ-TERM-MOVABLE", "FRZ-TERM-REAL", "FRZ-TERM-REAL"]
