"""Court fees (FEE-ACC, FEE-EXE, FEE-HALF, FEE-NONPROP, FEE-ROUND, PRES-FEE)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law import fees
from law.money import NotAnAmount
from law.rules import NATIONAL, NotInForce

VECTORS = """
5000 50 50 70
10000 50 50 120
10001 50.03 50.02 120.01
50000 1050 650 520
100000 2300 1400 1020
142000 3140 2030 1230
200000 4300 2900 1520
500000 8800 7400 3020
1000000 13800 12400 5000
1311000 16599 15510 5000
2000000 22800 22400 5000
5000000 46800 52400 5000
10000000 81800 77400 5000
20000000 141800 87400 5000
30000000 191800 97400 5000
"""
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)


@pytest.mark.parametrize("row", VECTORS.split("\n")[1:-1])
def test_the_fees_of_an_amount_are_those_of_the_scales(row: str) -> None:
    amount, *expected = (Decimal(word) for word in row.split())
    found = [
        fees.acceptance_fee(amount=amount).total,
        fees.execution_fee(amount=amount).total,
        fees.preservation_fee(amount=amount).total,
    ]
    assert found == expected


@pytest.mark.parametrize(("amount", "fee"), [("1000", "30.00"), ("1000.01", "30.00"), ("896000", "5000.00")])
def test_the_preservation_fee_starts_at_thirty_and_stops_at_five_thousand(amount: str, fee: str) -> None:
    assert fees.preservation_fee(amount=Decimal(amount)).total == Decimal(fee)


def test_without_an_amount_a_flat_fee_is_due() -> None:
    assert fees.preservation_fee(amount=None).total == Decimal("30.00")
    assert fees.execution_fee(amount=None).total == Decimal("50.00")
    assert fees.acceptance_fee(amount=None).total == Decimal("50.00")
    own = NATIONAL.with_overrides({"FEE-EXE.NO-AMOUNT": 200})
    assert fees.execution_fee(amount=None, rules=own).total == Decimal("200.00")


def test_every_step_is_a_line_with_base_rate_and_article() -> None:
    found = fees.acceptance_fee(amount=Decimal(142000), halved=True)
    assert [line.amount for line in found.lines] == [Decimal(n) for n in ("50", "2250", "840", "-1570")]
    assert [line.rule for line in found.lines] == ["FEE-ACC", "FEE-ACC", "FEE-ACC", "FEE-HALF"]
    assert found.lines[1].rate == Decimal("0.025")
    assert found.lines[1].base == Decimal(90000)
    assert found.lines[1].basis == "《诉讼费用交纳办法》第13条第（一）项"
    assert found.lines[1].text == "案件受理费：90,000.00元×0.025＝2,250.00元"
    assert found.text.endswith("合计1,570.00元")


@pytest.mark.parametrize("amount", ["-0.01", "1.001", "NaN", "Infinity"])
def test_what_is_no_amount_is_refused(amount: str) -> None:
    with pytest.raises(NotAnAmount):
        fees.execution_fee(amount=Decimal(amount))


def test_floats_are_refused() -> None:
    with pytest.raises(NotAnAmount):
        fees.execution_fee(amount=1311000.0)  # type: ignore[arg-type]


def test_the_scale_has_no_figure_before_the_measures() -> None:
    with pytest.raises(NotInForce):
        fees.acceptance_fee(amount=Decimal(100), at=date(2007, 3, 31))


@given(AMOUNTS, AMOUNTS)
def test_a_larger_amount_never_costs_less(one: Decimal, other: Decimal) -> None:
    low, high = sorted((one, other))
    for fee in (fees.acceptance_fee, fees.execution_fee, fees.preservation_fee):
        assert fee(amount=low).total <= fee(amount=high).total


@pytest.mark.parametrize("scale", ["FEE-ACC", "FEE-EXE", "PRES-FEE"])
def test_a_fee_does_not_jump_at_a_border(scale: str) -> None:
    reckon = {"FEE-ACC": fees.acceptance_fee, "FEE-EXE": fees.execution_fee, "PRES-FEE": fees.preservation_fee}[scale]
    for tier in NATIONAL.tiers(scale):
        if tier.upto is not None:
            jump = reckon(amount=tier.upto + Decimal("0.01")).total - reckon(amount=tier.upto).total
            assert 0 <= jump <= Decimal("0.01")


@given(AMOUNTS)
def test_the_total_is_the_sum_of_its_lines(amount: Decimal) -> None:
    for found in (fees.acceptance_fee(amount=amount, halved=True), fees.preservation_fee(amount=amount)):
        assert found.total == sum(line.amount for line in found.lines)


@pytest.mark.parametrize(
    ("kind", "amount", "fee"),
    [
        (fees.Nonproperty.DIVORCE, "200000", "50.00"),
        (fees.Nonproperty.DIVORCE, "300000", "550.00"),
        (fees.Nonproperty.PERSONALITY, "50000", "100.00"),
        (fees.Nonproperty.PERSONALITY, "80000", "400.00"),
        (fees.Nonproperty.PERSONALITY, "200000", "1100.00"),
        (fees.Nonproperty.OTHER, "0", "50.00"),
        (fees.Nonproperty.LABOUR, "999999", "10.00"),
        (fees.Nonproperty.PAYMENT_ORDER, "100000", "766.67"),
        (fees.Nonproperty.BANKRUPTCY, "1000000000", "300000.00"),
    ],
)
def test_cases_that_are_not_about_money_have_their_own_fees(kind: fees.Nonproperty, amount: str, fee: str) -> None:
    assert fees.nonproperty_fee(kind=kind, amount=Decimal(amount)).total == Decimal(fee)


def test_the_courts_own_sum_stays_within_the_measures() -> None:
    found = fees.nonproperty_fee(kind=fees.Nonproperty.DIVORCE, base=Decimal(300))
    assert found.total == Decimal("300.00")
    with pytest.raises(fees.FeeOutOfBounds):
        fees.nonproperty_fee(kind=fees.Nonproperty.DIVORCE, base=Decimal(301))


def test_the_execution_fee_is_charged_on_what_was_recovered_or_claimed() -> None:
    """FEE-EXE-BASE, FEE-BEAR: both figures are shown, the debtor bears the fee."""
    sums = {"claimed": Decimal(1311000), "recovered": Decimal(500000)}
    assert fees.execution_fee(amount=fees.execution_fee_base(**sums)).total == Decimal("7400.00")
    assert fees.execution_fee(amount=fees.execution_fee_base(**sums, by_recovered=False)).total == Decimal("15510.00")
    assert NATIONAL.rule("FEE-BEAR").article == "《诉讼费用交纳办法》第29条、第31条、第38条"
