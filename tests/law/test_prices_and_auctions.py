"""Reference prices and online auctions (REF-METHODS, REF-NETPRICE, REF-APPRAISE, REF-VALID, REF-OBJ, REF-FEE, AUC-RESERVE,
AUC-CUT, AUC-NOTICE-1, AUC-NOTICE-2, AUC-PARTY, AUC-DEPOSIT, AUC-BID, AUC-REFUND, AUC-DEFAULT, AUC-PANEL, AUC-NO-SURPLUS,
AUC-RULING, AUC-HANDOVER, AUC-SELL-60, AUC-STOP-PAY, INT-END)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from law import auction, pricing
from law.auction import AuctionFacts
from law.pricing import Method, MethodFacts

D = Decimal


def test_the_four_methods_are_tried_in_turn() -> None:
    failed: frozenset[Method] = frozenset()
    order = []
    while (method := pricing.next_method(facts=MethodFacts(failed=failed))) is not None:
        order.append(method)
        failed |= {method}
    assert order == list(Method)
    assert pricing.next_method(facts=MethodFacts(parties_chose=Method.ONLINE_INQUIRY)) is Method.ONLINE_INQUIRY
    assert pricing.next_method(facts=MethodFacts(appraisal_required=True)) is Method.APPRAISAL
    gone = MethodFacts(both_ask_for_appraisal=True, failed=frozenset({Method.APPRAISAL}))
    assert pricing.next_method(facts=gone) is None


def test_an_online_price_is_the_average_of_the_reports_in_time() -> None:
    reports = [D(900000), D(1000000), D("1100000.02")]
    assert pricing.online_price(reports=reports).total == D("1000000.01")
    with pytest.raises(pricing.NoReport, match="委托评估"):
        pricing.online_price(reports=[])


def test_a_price_holds_a_year_and_half_a_year_more_once_announced_in_time() -> None:
    def usable(first_notice: date | None, at: date) -> bool:
        return pricing.may_use_price(reported_on=date(2025, 3, 3), first_notice_on=first_notice, at=at).allowed

    assert usable(None, date(2026, 3, 3))
    assert not usable(None, date(2026, 3, 4))
    assert usable(date(2026, 3, 3), date(2026, 9, 3))
    assert not usable(date(2026, 3, 3), date(2026, 9, 4))
    assert not usable(date(2026, 3, 4), date(2026, 3, 4))
    with pytest.raises(pricing.TooLong):
        pricing.validity(reported_on=date(2025, 3, 3), months=13)


def test_an_appraisal_takes_thirty_days_and_two_extensions_at_most() -> None:
    start = date(2025, 3, 3)
    assert pricing.appraisal_by(commissioned_on=start) == date(2025, 4, 2)
    assert pricing.appraisal_by(commissioned_on=start, extensions=[15, 15]) == date(2025, 5, 6)
    for extensions in ([16], [1, 1, 1], [0]):
        with pytest.raises(pricing.TooManyExtensions):
            pricing.appraisal_by(commissioned_on=start, extensions=extensions)


def test_only_inquiries_and_appraisals_are_objected_to_within_five_days() -> None:
    received = date(2025, 3, 3)
    assert pricing.may_object(method=Method.APPRAISAL, received_on=received, at=date(2025, 3, 10)).allowed
    assert not pricing.may_object(method=Method.APPRAISAL, received_on=received, at=date(2025, 3, 11)).allowed
    assert not pricing.may_object(method=Method.AGREEMENT, received_on=received, at=received).allowed


def test_the_appraiser_is_paid_by_the_lower_of_appraisal_and_price() -> None:
    assert pricing.appraisal_fee_base(appraised=D(100), sold=D(70)) == D("70.00")
    assert pricing.appraisal_fee_base(appraised=D(100), sold=D(130)) == D("100.00")
    assert pricing.appraisal_fee_base(appraised=D(100), sold=None) is None


def test_reserves_fall_to_seventy_then_fifty_six_percent() -> None:
    price = D(1000000)
    assert auction.lowest_reserve(reference_price=price).total == D("700000.00")
    assert auction.lowest_reserve(reference_price=price, round=2).total == D("560000.00")
    assert auction.lowest_reserve(reference_price=price, round=2, first_reserve=D(800000)).total == D("640000.00")


PLAN = AuctionFacts(
    reference_price=D(1000000),
    reserve=D(700000),
    notice_on=date(2025, 3, 3),
    starts_on=date(2025, 4, 2),
    deposit=D(140000),
    panel_decided=True,
    parties_told_on=date(2025, 2, 28),
)


def test_a_plan_within_the_law_may_be_announced() -> None:
    assert auction.may_auction(facts=PLAN).allowed


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"reserve": D("699999.99"), "deposit": D(100000)}, "AUC-RESERVE"),
        ({"starts_on": date(2025, 4, 1)}, "AUC-NOTICE-1"),
        ({"deposit": D("140000.01")}, "AUC-DEPOSIT"),
        ({"deposit": D("34999.99")}, "AUC-DEPOSIT"),
        ({"hours": 23}, "AUC-BID"),
        ({"panel_decided": False}, "AUC-PANEL"),
        ({"parties_told_on": date(2025, 3, 1)}, "AUC-PARTY"),
        ({"prior_claims_and_costs": D(700000)}, "AUC-NO-SURPLUS"),
        ({"round": 2, "first_reserve": D(900000)}, "AUC-CUT"),
    ],
)
def test_one_step_outside_the_law_is_named(change: dict[str, object], rule: str) -> None:
    found = auction.may_auction(facts=replace(PLAN, **change))
    assert [reason.rule for reason in found.obstacles] == [rule]


def test_a_creditor_may_want_an_auction_without_surplus() -> None:
    facts = replace(PLAN, prior_claims_and_costs=D(700000), creditor_wants_no_surplus_auction=True)
    assert auction.may_auction(facts=facts).allowed


@pytest.mark.parametrize(
    ("round", "movable", "first"),
    [
        (1, True, date(2025, 3, 18)),
        (1, False, date(2025, 4, 2)),
        (2, True, date(2025, 3, 10)),
        (2, False, date(2025, 3, 18)),
    ],
)
def test_notices_run_fifteen_and_thirty_then_seven_and_fifteen_days(round: int, movable: bool, first: date) -> None:
    assert auction.earliest_start(notice_on=date(2025, 3, 3), round=round, movable=movable) == first
    assert auction.latest_notice(starts_on=first, round=round, movable=movable) == date(2025, 3, 3)


def test_a_creditor_pays_only_what_his_claim_falls_short_of_the_deposit() -> None:
    assert auction.creditor_deposit(deposit=D(50000), claim=D(30000)) == D("20000.00")
    assert auction.creditor_deposit(deposit=D(50000), claim=D(60000)) == 0
    assert auction.deposit_bounds(reserve=D(700000)) == (D("35000.00"), D("140000.00"))


def test_each_late_bid_moves_the_end_to_five_minutes_after_itself() -> None:
    start = datetime(2025, 4, 2, 10)
    end = start + timedelta(hours=24)
    assert auction.bidding_ends(started_at=start, bids=[]) == end
    assert auction.bidding_ends(started_at=start, bids=[end - timedelta(minutes=6)]) == end
    bids = [end - timedelta(minutes=1), end + timedelta(minutes=3), end + timedelta(minutes=9)]
    assert auction.bidding_ends(started_at=start, bids=bids) == end + timedelta(minutes=8)
    many = [end - timedelta(minutes=1) + timedelta(minutes=4 * n) for n in range(10)]
    assert auction.bidding_ends(started_at=start, bids=many) == many[-1] + timedelta(minutes=5)


def test_a_defaulting_buyers_deposit_pays_costs_difference_and_debts_in_turn() -> None:
    found = auction.after_default(
        deposit=D(100000),
        costs=D(5000),
        first_price=D(900000),
        second_price=D(830000),
        case_debt=D(20000),
        related_debt=D(99999),
    )
    assert [line.amount for line in found.lines] == [D(5000), D(70000), D(20000), D(5000)]
    assert found.total == D("100000.00")


def test_what_follows_two_failed_rounds_and_a_sale() -> None:
    found = auction.sale_clock(unsold_on=date(2025, 3, 3), announced_on=date(2025, 3, 12))
    assert (found.ask_creditors_by, found.announce_by) == (date(2025, 3, 13), date(2025, 3, 18))
    assert found.sale_ends == date(2025, 5, 11)
    assert auction.second_round_by(unsold_on=date(2025, 3, 3)) == date(2025, 4, 2)
    assert auction.ruling_by(fully_paid_on=date(2025, 3, 3)) == date(2025, 3, 13)
    assert auction.handover_by(ruling_served_on=date(2025, 3, 3)) == date(2025, 3, 18)
    assert auction.refund_by(ended_at=datetime(2025, 3, 3, 10, 20)) == datetime(2025, 3, 4, 11)


def test_the_debtor_stops_the_auction_by_paying_everything() -> None:
    assert auction.must_stop(paid_before_auction=D(100), owed_with_costs=D(100))
    assert not auction.must_stop(paid_before_auction=D("99.99"), owed_with_costs=D(100))


def test_an_unsold_thing_may_be_taken_at_the_reserve() -> None:
    """AUC-DEBT: the creditor pays the difference, and prior claims come first."""
    assert auction.in_kind_price(reserve=D(560000), claim=D(500000)) == D("60000.00")
    assert auction.in_kind_price(reserve=D(560000), claim=D(900000)) == 0
    assert auction.in_kind_price(reserve=D(560000), claim=D(500000), prior_claims=D(100000)) == D("100000.00")


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        (auction.BidderFacts(works_for_court_platform_or_helper=True), "AUC-BAN"),
        (auction.BidderFacts(close_relative_of_such=True), "AUC-BAN"),
        (auction.BidderFacts(defaulted_on_this=True), "AUC-DEFAULT"),
        (auction.BidderFacts(purchase_restricted_home=True), "AUC-QUALIFY"),
    ],
)
def test_who_may_not_bid(facts: auction.BidderFacts, rule: str) -> None:
    assert [reason.rule for reason in auction.may_bid(facts=facts).obstacles] == [rule]
    assert auction.may_bid(facts=auction.BidderFacts()).allowed
