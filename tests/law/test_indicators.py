"""Indicators as definitions (KPI-CLOSE, KPI-REAL, KPI-REAL-FIRST, KPI-WITHPROP-90, KPI-ZB-OK, KPI-OVERALL-80, KPI-PETITION,
KPI-ARRIVE, KPI-DONE, KPI-ZB, KPI-DAYS, KPI-PAYDAYS, KPI-UNKNOWN, KPI-PRES, KPI-PRES-MED, KPI-LOAD, KPI-REQUERY)."""

from datetime import date
from decimal import Decimal

from law import indicators
from law.indicators import Closing, Money
from law.rules import NATIONAL


def test_every_definition_has_its_rule_and_two_different_sides() -> None:
    for rule, found in indicators.DEFINITIONS.items():
        assert NATIONAL.rule(rule).title
        assert found.numerator != found.denominator


def test_known_figures_come_out_of_their_two_numbers() -> None:
    assert indicators.ratio(rule="KPI-PRES", numerator=27, denominator=89).value == Decimal("0.3034")
    assert indicators.ratio(rule="KPI-PRES-MED", numerator=11, denominator=29).value == Decimal("0.3793")
    assert indicators.ratio(rule="KPI-LOAD", numerator=3397, denominator=5).value == Decimal("679.4")


def test_nothing_below_the_line_is_no_value() -> None:
    assert indicators.ratio(rule="KPI-DONE", numerator=0, denominator=0).value is None


def test_an_ended_round_is_closed_but_not_really() -> None:
    real = [kind for kind in Closing if indicators.really_closed(closing=kind)]
    assert real == [Closing.PERFORMED, Closing.TERMINATED, Closing.NOT_TO_BE_ENFORCED, Closing.REJECTED]


def test_only_booked_money_and_property_in_kind_count_as_recovered() -> None:
    """AID-FIELDS: relief money does not reduce the debt either."""
    sums = {kind: Decimal(100) for kind in Money}
    assert indicators.recovered(sums=sums) == Decimal("200.00")


def test_ratios_of_different_definitions_do_not_compare() -> None:
    one = indicators.ratio(rule="KPI-REAL", numerator=1, denominator=2)
    other = indicators.ratio(rule="KPI-CLOSE", numerator=1, denominator=2)
    assert not one.comparable(other)
    assert one.comparable(indicators.ratio(rule="KPI-REAL", numerator=3, denominator=9))


def test_a_judgment_is_long_unpaid_after_six_months_and_a_court_may_ask_earlier() -> None:
    assert NATIONAL.count("KPI-LONG-UNPAID") == 6
    assert NATIONAL.with_overrides({"KPI-LONG-UNPAID": 3}, from_on=date(2026, 1, 1)).count("KPI-LONG-UNPAID") == 3


def test_the_way_from_filing_to_the_money_in_hand_is_ten_days_from_the_third_to_the_thirteenth() -> None:
    took = date(2020, 1, 13) - date(2020, 1, 3)
    assert indicators.ratio(rule="KPI-CYCLE", numerator=took.days, denominator=1).value == 10
