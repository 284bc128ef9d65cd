"""The clocks and gates of case funds (FUND-30D, FUND-10+5WD, FUND-LOCAL, FUND-DELAY, FUND-DEPOSIT, FUND-UNKNOWN,
FUND-CASH, FUND-DIRECT, FUND-ACCOUNT)."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from law import funds
from law.funds import DepositFacts, HoldFacts, Movements
from law.rules import NATIONAL


def test_money_has_its_three_clocks() -> None:
    found = funds.payout_clock(arrived_at=datetime(2026, 3, 2, 10), notified_on=date(2026, 3, 3))
    assert found.local_target == datetime(2026, 3, 5, 10)
    assert (found.instruct_by, found.pay_by, found.statutory) == (
        date(2026, 3, 16),
        date(2026, 3, 23),
        date(2026, 4, 2),
    )
    assert found.red_line == date(2026, 3, 23)


def test_an_early_instruction_brings_the_payment_forward() -> None:
    found = funds.payout_clock(arrived_at=datetime(2026, 3, 2, 10), instructed_on=date(2026, 3, 4))
    assert found.pay_by == date(2026, 3, 11)
    assert found.statutory is None


def test_an_approved_hold_stops_the_clocks_and_ten_days_remain_after_it() -> None:
    hold = [(date(2026, 3, 9), date(2026, 3, 19))]
    found = funds.payout_clock(arrived_at=datetime(2026, 3, 2, 10), notified_on=date(2026, 3, 3), pauses=hold)
    assert (found.instruct_by, found.statutory) == (date(2026, 3, 26), date(2026, 4, 13))
    assert funds.resume_by(reason_ended_on=date(2026, 3, 18)) == date(2026, 3, 30)


def test_a_court_may_promise_less_time_and_never_more() -> None:
    own = NATIONAL.with_overrides({"FUND-30D": 5, "FUND-LOCAL": 24})
    found = funds.payout_clock(arrived_at=datetime(2026, 3, 2, 10), notified_on=date(2026, 3, 3), rules=own)
    assert (found.local_target, found.red_line) == (datetime(2026, 3, 3, 10), date(2026, 3, 9))


def test_holding_money_needs_a_reason_and_an_approval() -> None:
    good = HoldFacts(needs_distribution=True, approved=True)
    assert funds.may_hold(facts=good).allowed
    assert not funds.may_hold(facts=replace(good, approved=False)).allowed
    assert not funds.may_hold(facts=HoldFacts(approved=True)).allowed
    assert funds.may_hold(facts=HoldFacts(other_reason="执行异议审查中", approved=True)).allowed


def test_depositing_money_needs_an_approval_and_warns_without_a_listed_reason() -> None:
    assert funds.may_deposit(facts=DepositFacts(missing=True, approved=True)).allowed
    assert not funds.may_deposit(facts=DepositFacts(missing=True)).allowed
    odd = funds.may_deposit(facts=DepositFacts(approved=True))
    assert odd.allowed
    assert [reason.rule for reason in odd.warnings] == ["FUND-DEPOSIT"]


def test_cash_is_taken_by_two_with_a_receipt_and_a_record() -> None:
    assert funds.may_take_cash(officers=2, receipt_issued=True, record_made=True).allowed
    assert not funds.may_take_cash(officers=1, receipt_issued=True, record_made=True).allowed
    assert not funds.may_take_cash(officers=2, receipt_issued=False, record_made=True).allowed
    assert not funds.may_take_cash(officers=2, receipt_issued=True, record_made=False).allowed


def test_disputed_shared_and_levied_money_passes_through_the_court() -> None:
    assert funds.must_pass_through_court(disputed=False, needs_distribution=False, levied=True)
    assert funds.must_pass_through_court(disputed=True, needs_distribution=False, levied=False)
    assert not funds.must_pass_through_court(disputed=False, needs_distribution=False, levied=False)


def test_unidentified_money_finds_its_case_in_three_working_days() -> None:
    assert funds.identify_by(arrived_on=date(2025, 9, 29)) == date(2025, 10, 10)


MONEY = st.decimals(min_value=0, max_value=10**9, places=2)


@given(MONEY, MONEY, MONEY, MONEY, MONEY)
def test_every_fen_received_is_somewhere(a: Decimal, b: Decimal, c: Decimal, d: Decimal, e: Decimal) -> None:
    whole = Movements(received=a + b + c + d + e, paid=a, fees=b, refunded=c, held=d, unclaimed=e)
    assert funds.unexplained(movements=whole) == 0
    assert funds.unexplained(movements=replace(whole, received=whole.received + 1)) == 1


def test_unidentified_money_is_told_to_the_public_for_sixty_days_unless_the_court_says_otherwise() -> None:
    assert NATIONAL.count("FUND-UNKNOWN.NOTICE") == 60
    assert NATIONAL.with_overrides({"FUND-UNKNOWN.NOTICE": "90"}).count("FUND-UNKNOWN.NOTICE") == 90
