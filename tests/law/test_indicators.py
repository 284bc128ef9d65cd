"""Indicators as definitions (KPI-CLOSE, KPI-REAL, KPI-REAL-FIRST, KPI-WITHPROP-90, KPI-ZB-OK, KPI-OVERALL-80, KPI-PETITION,
KPI-ARRIVE, KPI-DONE, KPI-ZB, KPI-DAYS, KPI-PAYDAYS, KPI-UNKNOWN, KPI-PRES, KPI-PRES-MED, KPI-LOAD, KPI-REQUERY)."""

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
