"""Which part of the debt a payment pays (INT-ORDER, INT-ORDER-INNER)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law import appropriation
from law.appropriation import Component, Parts
from law.money import NotAnAmount

D = Decimal
MONEY = st.decimals(min_value=0, max_value=10**7, places=2)


def test_costs_then_interest_then_principal_then_the_doubled_part() -> None:
    found = appropriation.appropriate(
        amount=D(60000),
        costs=D(1000),
        general_interest=D(8000),
        principal=D(100000),
        doubled_interest=D(1750),
    )
    assert found.paid == Parts(costs=D(1000), general_interest=D(8000), principal=D(51000))
    assert found.remaining == Parts(principal=D(49000), doubled_interest=D(1750))
    assert found.surplus == 0
    assert [line.label for line in found.lines] == ["实现债权的费用", "一般债务利息", "金钱债务本金"]
    assert found.lines[2].text == "清偿金钱债务本金51,000.00元，尚欠49,000.00元"


def test_the_parties_may_agree_on_another_order() -> None:
    found = appropriation.appropriate(
        amount=D(500),
        costs=D(100),
        principal=D(1000),
        agreed_order=["principal"],
    )
    assert found.paid == Parts(principal=D(500))
    assert found.lines[0].basis == "当事人约定"
    assert appropriation.order([Component.PRINCIPAL])[1:] == (
        Component.COSTS,
        Component.GENERAL_INTEREST,
        Component.DOUBLED_INTEREST,
    )


def test_what_is_paid_too_much_is_left_over() -> None:
    found = appropriation.appropriate(amount=D(100), principal=D(60), doubled_interest=D(1))
    assert (found.surplus, found.remaining.total) == (D(39), 0)


def test_negative_sums_are_refused() -> None:
    with pytest.raises(NotAnAmount):
        appropriation.appropriate(amount=D(-1), principal=D(60))


@given(MONEY, MONEY, MONEY, MONEY, MONEY, st.permutations(list(Component)), st.integers(0, 4))
def test_no_fen_is_lost_in_any_order(
    amount: Decimal,
    costs: Decimal,
    interest: Decimal,
    principal: Decimal,
    doubled: Decimal,
    order: list[Component],
    named: int,
) -> None:
    owed = Parts(costs=costs, general_interest=interest, principal=principal, doubled_interest=doubled)
    found = appropriation.appropriate(
        amount=amount,
        costs=costs,
        general_interest=interest,
        principal=principal,
        doubled_interest=doubled,
        agreed_order=order[:named],
    )
    assert found.paid.total + found.surplus == amount
    assert found.paid.total + found.remaining.total == owed.total
    assert not found.surplus or not found.remaining.total
    assert sum(line.amount for line in found.lines) == found.paid.total
