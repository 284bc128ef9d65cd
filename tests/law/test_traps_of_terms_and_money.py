"""The common mistakes of such software, 1 to 25: each test names its trap and shows the right figure."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from law import (
    auction,
    clocks,
    closing,
    consumption,
    debt,
    fees,
    freezing,
    indicators,
    interest,
    listing,
    preservation,
    pricing,
    sanctions,
)
from law.appropriation import Component, appropriate
from law.debt import Item, Receipt
from law.freezing import Hold, Holding, Kind
from law.listing import ListingFacts, PublicationFacts, RemovalCause, Route
from law.preservation import LapseFacts, Stage
from law.rules import ALL, NATIONAL

D = Decimal
CURRENT = {85, 86, *range(87, 96), 103, 104, 107, 108, 111, 114, 117, 118, 119, 235, 236, 237, 238, 240, 241, 242, 244}
CURRENT |= {152, 250, 251, 252, 253, 254, 255, 259, 261, 264, 265, 266, 267, 268, 269}


def test_trap_01_citations_use_the_articles_of_2023() -> None:
    cited = set()
    for rule in ALL:
        for part in rule.citation.split("；"):
            if part.startswith("民诉"):
                for number in re.findall(r"\d+", part):
                    cited.add(int(number))
    assert len(cited) > 20
    assert cited <= CURRENT


def test_trap_02_a_frozen_account_lasts_a_year_and_not_six_months() -> None:
    ends = [freezing.end_of_term(kind=kind, effective_on=date(2026, 1, 5)) for kind in Kind]
    assert ends == [date(2027, 1, 5), date(2028, 1, 5), date(2029, 1, 5), date(2029, 1, 5)]


def test_trap_03_asking_for_a_renewal_is_not_renewing() -> None:
    end = date(2026, 3, 10)
    asked = freezing.renewal_window(end=end).ask_by
    assert asked < end
    with pytest.raises(freezing.AlreadyLapsed):
        freezing.renewed_end(kind=Kind.DEPOSIT, end=end, completed_on=end + timedelta(days=1))


def test_trap_04_a_waiting_rank_controls_nothing_and_runs_no_term() -> None:
    waiting = Holding(key="w", value=D(1000000), waiting=True)
    assert freezing.over_seizure(debt=D(100), costs=D(0), holdings=[waiting]).held == 0
    holds = [
        Hold(key="first", kind=Kind.IMMOVABLE, registered_at=datetime(2020, 1, 1)),
        Hold(key="second", kind=Kind.DEPOSIT, registered_at=datetime(2020, 1, 2)),
    ]
    second = freezing.waiting_order(holds=holds, at=date(2022, 6, 1))[1]
    assert (second.rank, second.effective_on, second.end) == (2, None, None)


def test_trap_05_an_end_is_a_date_whatever_the_leap_year() -> None:
    assert freezing.end_of_term(kind=Kind.DEPOSIT, effective_on=date(2024, 2, 29)) == date(2025, 2, 28)
    stated = Hold(key="a", kind=Kind.DEPOSIT, registered_at=datetime(2025, 1, 1), end=date(2025, 12, 31))
    assert freezing.waiting_order(holds=[stated], at=date(2025, 6, 1))[0].end == date(2025, 12, 31)


def test_trap_06_turning_into_execution_does_not_restart_the_term() -> None:
    assert preservation.end_after_conversion(end=date(2026, 3, 3)) == date(2026, 3, 3)


def test_trap_07_before_suit_full_security_thirty_days_from_the_measure_and_no_lapse_by_itself() -> None:
    assert preservation.security_ceiling(stage=Stage.PRE_SUIT, amount=D(1000)).total == D(1000)
    facts = LapseFacts(stage=Stage.PRE_SUIT, measure_taken_on=date(2025, 3, 3))
    due = preservation.lift_due_from(facts=facts)
    assert due == date(2025, 4, 3)
    end = freezing.end_of_term(kind=Kind.DEPOSIT, effective_on=facts.measure_taken_on)
    assert end > due


def test_trap_08_48_hours_are_for_urgent_cases_and_security_starts_five_new_days() -> None:
    at = datetime(2025, 3, 3, 9)
    ordinary = preservation.rule_by(stage=Stage.IN_SUIT, received_at=at)
    secured = preservation.rule_by(stage=Stage.IN_SUIT, received_at=at, security_on=date(2025, 3, 13))
    assert (ordinary, secured) == (date(2025, 3, 10), date(2025, 3, 18))


def test_trap_09_the_preservation_fee_follows_what_was_preserved_thirty_to_five_thousand() -> None:
    asked, preserved = D(500000), D(142000)
    assert fees.preservation_fee(amount=preserved).total == D("1230.00") < fees.preservation_fee(amount=asked).total
    assert fees.preservation_fee(amount=D(500)).total == D("30.00")
    assert fees.preservation_fee(amount=D(10**9)).total == D("5000.00")


def test_trap_10_fees_are_progressive_and_halved_once() -> None:
    assert fees.acceptance_fee(amount=D(142000)).total == D("3140.00") != D(142000) * D("0.02")
    assert fees.acceptance_fee(amount=D(142000), halved=True).total == D("1570.00")


def test_trap_11_doubled_interest_base_rate_end_and_instalments() -> None:
    item = Item(key="p", amount=D(100000), due_on=date(2025, 1, 10))
    awarded = Item(key="i", amount=D(8000), due_on=date(2025, 1, 10), component=Component.GENERAL_INTEREST)
    assert debt.statement(items=[item, awarded], at=date(2025, 4, 20)).doubled_interest == D("1750.00")
    early, late = date(2016, 1, 1), date(2026, 1, 1)
    rates = {NATIONAL.figure("INT-RATE", at=day) for day in (early, late)}
    assert rates == {D("0.000175")}
    levied = interest.doubled_interest(
        principal=D(100000),
        due_on=date(2025, 1, 10),
        until=date(2025, 12, 31),
        payments=[(date(2025, 4, 20), D(100000))],
    )
    assert levied.total == D("1750.00")
    instalments = [Item(key=str(n), amount=D(50000), due_on=date(2025, n, 28)) for n in (1, 2)]
    assert debt.statement(items=instalments, at=date(2025, 2, 28)).doubled_interest == D("271.25")
    last = clocks.application_limit(facts=clocks.LimitFacts(starts_on=instalments[-1].due_on))
    assert last == date(2027, 3, 1)


def test_trap_12_the_doubled_part_comes_after_the_principal() -> None:
    found = appropriate(amount=D(100), costs=D(10), general_interest=D(20), principal=D(60), doubled_interest=D(50))
    paid = found.paid
    assert (paid.costs, paid.general_interest, paid.principal, paid.doubled_interest) == (10, 20, 60, 10)


def test_trap_13_the_two_years_never_stop_a_filing() -> None:
    late = clocks.LimitFacts(starts_on=date(2020, 1, 1))
    found = clocks.must_accept(facts=late, at=date(2025, 1, 1))
    assert found.allowed
    assert [reason.rule for reason in found.warnings] == ["EXE-LIMIT"]
    objected = clocks.LimitFacts(starts_on=date(2020, 1, 1), debtor_objects=True)
    assert clocks.may_enforce_despite_limit(facts=late, at=date(2025, 1, 1)).allowed
    assert not clocks.may_enforce_despite_limit(facts=objected, at=date(2025, 1, 1)).allowed
    resumed = clocks.LimitFacts(starts_on=date(2020, 1, 1), resumes_after_round_end=True, debtor_objects=True)
    assert clocks.may_enforce_despite_limit(facts=resumed, at=date(2025, 1, 1)).allowed


def test_trap_14_the_report_reaches_back_a_year_from_the_notice_and_has_no_fixed_days() -> None:
    """EXE-REPORT-SCOPE."""
    assert clocks.report_scope(notice_received_on=date(2025, 3, 10)) == date(2024, 3, 10)
    assert NATIONAL.rule("EXE-REPORT-ORDER").value is None


def test_trap_15_no_end_of_the_round_before_three_months_and_no_performance_by_it() -> None:
    assert closing.earliest_round_end(filed_on=date(2025, 1, 15)) == date(2025, 4, 16)
    assert not indicators.really_closed(closing=indicators.Closing.ROUND_ENDED)
    assert len(closing.requery_dates(ended_on=date(2025, 4, 16))) == 10
    facts = closing.RoundFacts(filed_on=date(2025, 1, 15), property_found=True)
    rules = {reason.rule for reason in closing.may_close_round(facts=facts, at=date(2026, 1, 1)).obstacles}
    assert "ZB-UNSELLABLE" in rules


def test_trap_16_listing_and_limit_are_two_things() -> None:
    assert consumption.must_limit(listed=True)
    assert not consumption.must_limit(listed=False)
    officer = ListingFacts(ground_proved=True, risk_warned=True, is_officer_of_listed_organisation=True)
    assert not listing.may_list(ground=1, facts=officer).allowed
    assert listing.listing_term(ground=1, decided_on=date(2025, 1, 1)) is None
    early = listing.removal(ground=2, cause=RemovalCause.PERFORMED, happened_on=date(2025, 3, 3))
    assert early.route is Route.EARLY_DECISION
    minor = ListingFacts(ground_proved=True, risk_warned=True, is_minor=True)
    assert not any(listing.may_list(ground=ground, facts=minor).allowed for ground in range(1, 7))


def test_trap_17_nothing_is_shown_in_the_grace_period_and_three_working_days_are_no_calendar_days() -> None:
    facts = PublicationFacts(signed_by_president=True, served=True, grace_until=date(2025, 10, 9))
    assert not listing.may_publish(facts=facts, at=date(2025, 10, 9)).allowed
    found = listing.removal(ground=1, cause=RemovalCause.PERFORMED, happened_on=date(2025, 9, 30))
    assert found.by == date(2025, 10, 11)


def test_trap_18_when_the_representative_changes_both_are_looked_at() -> None:
    assert consumption.swap_officers(former_still_controls=False) == (False, True)
    assert consumption.swap_officers(former_still_controls=True) == (True, True)


def test_trap_19_no_seat_of_a_g_train_and_a_suspension_ends_by_itself() -> None:
    assert not consumption.may_ride(train="G101", seat="二等座")
    assert consumption.may_ride(train="D101", seat="二等座")
    assert not consumption.may_ride(train="C101", seat="一等座")
    assert consumption.suspension_end(from_on=date(2025, 3, 3)) == date(2025, 4, 3)


def test_trap_20_fines_of_organisations_have_a_floor_and_three_days_of_reconsideration() -> None:
    unit = sanctions.SanctionFacts(conduct="拒不协助", is_organisation=True, approved_by_president=True)
    assert not sanctions.may_fine(amount=D(49999), facts=unit).allowed
    twice = sanctions.SanctionFacts(conduct="拒不报告", approved_by_president=True, already_fined_for_it=True)
    assert not sanctions.may_fine(amount=D(100), facts=twice).allowed
    assert sanctions.release_on(detained_on=date(2025, 9, 28), days=5) == date(2025, 10, 3)
    assert sanctions.reconsideration_until(served_on=date(2025, 3, 3)) == date(2025, 3, 6)
    assert sanctions.tell_family_by(detained_at=datetime(2025, 3, 3, 10)) == datetime(2025, 3, 4, 11)


def test_trap_21_online_auctions_have_their_own_figures() -> None:
    assert auction.lowest_reserve(reference_price=D(100)).total == D("70.00")
    assert auction.lowest_reserve(reference_price=D(100), round=2).total == D("56.00")
    days = [
        (auction.earliest_start(notice_on=date(2025, 3, 1), round=round, movable=movable) - date(2025, 3, 1)).days
        for round in (1, 2)
        for movable in (True, False)
    ]
    assert days == [15, 30, 7, 15]


def test_trap_22_five_minutes_run_from_the_last_bid_and_not_from_the_old_end() -> None:
    start = datetime(2025, 4, 2, 10)
    bid = start + timedelta(hours=23, minutes=57)
    assert auction.bidding_ends(started_at=start, bids=[bid]) == bid + timedelta(minutes=5)


def test_trap_23_the_deposit_follows_the_reserve_and_a_creditor_pays_the_shortfall() -> None:
    assert auction.deposit_bounds(reserve=D(700000))[1] == D("140000.00")
    assert auction.creditor_deposit(deposit=D(140000), claim=D(100000)) == D("40000.00")


def test_trap_24_ownership_and_interest_follow_the_ruling_and_not_the_hammer() -> None:
    assert auction.owner_since(paid_on=date(2025, 3, 3), ruling_served_on=None) is None
    assert auction.owner_since(paid_on=date(2025, 3, 3), ruling_served_on=date(2025, 3, 12)) == date(2025, 3, 12)
    stop = auction.doubled_interest_ends(ruling_effective_on=date(2025, 3, 12))
    item = Item(key="p", amount=D(100000), due_on=date(2025, 3, 2))
    sold = debt.statement(items=[item], receipts=[Receipt(on=stop, amount=D(100000))], at=date(2025, 6, 1))
    assert sold.doubled_interest == D("175.00")


def test_trap_25_a_price_outlives_its_year_only_when_announced_within_it() -> None:
    late = pricing.may_use_price(reported_on=date(2025, 3, 3), first_notice_on=date(2026, 3, 4), at=date(2026, 3, 5))
    in_time = pricing.may_use_price(reported_on=date(2025, 3, 3), first_notice_on=date(2026, 3, 1), at=date(2026, 3, 5))
    assert (late.allowed, in_time.allowed) == (False, True)
