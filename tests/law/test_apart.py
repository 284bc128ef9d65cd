"""Figures of what is kept apart (FUND-DEPOSIT.FEE, FUND-DEPOSIT.CLAIM, FUND-LEDGER.CLOSE, FUND-3RD-PAYER.COUNTS)."""

from datetime import date
from decimal import Decimal

from law import funds
from law.rules import NATIONAL

D = Decimal


def test_depositing_costs_nothing_until_the_court_says_so_and_never_more_than_the_money() -> None:
    own = NATIONAL.with_overrides({"FUND-DEPOSIT.FEE": D(50)})
    assert funds.deposit_fee(amount=D("100.00")) == D("0.00")
    assert funds.deposit_fee(amount=D("100.00"), rules=own) == D("50.00")
    assert funds.deposit_fee(amount=D("20.00"), rules=own) == D("20.00")


def test_a_deposit_can_be_claimed_for_five_years() -> None:
    assert funds.claim_deposit_by(deposited_on=date(2026, 11, 22)) == date(2031, 11, 22)
    assert funds.claim_deposit_by(deposited_on=date(2024, 2, 29)) == date(2029, 2, 28)


def test_another_good_reason_must_be_named_and_approved() -> None:
    facts = funds.DepositFacts(other_reason="执行和解履行地另行约定", approved=True)
    assert not funds.may_deposit(facts=facts).warnings
    assert funds.may_deposit(facts=facts).allowed


def test_a_month_is_closed_within_the_first_five_working_days() -> None:
    assert funds.close_month_by(month_end=date(2026, 10, 31)) == date(2026, 11, 6)
    assert funds.close_month_by(month_end=date(2026, 9, 30)) == date(2026, 10, 13)


def test_what_staff_gave_counts_only_where_the_court_says_so() -> None:
    assert not funds.counts_staff_money()
    assert funds.counts_staff_money(rules=NATIONAL.with_overrides({"FUND-3RD-PAYER.COUNTS": D(1)}))
