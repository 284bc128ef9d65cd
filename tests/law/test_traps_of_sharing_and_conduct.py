"""The common mistakes of such software, 26 to 45: each test names its trap and shows the right answer."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from law import (
    case_number,
    clocks,
    consumption,
    debt,
    distribution,
    funds,
    homes,
    indicators,
    listing,
    periods,
    publicity,
    relief,
    remedies,
    resuming,
    sanctions,
)
from law.clocks import Pause
from law.consumption import LiftCause, LiftFacts
from law.debt import Item, Receipt
from law.distribution import Claim, Debtor, Rank
from law.listing import RemovalCause, Route
from law.rules import ALL

D = Decimal


def shares(debtor: Debtor, proceeds: int, claims: list[Claim]) -> list[Decimal]:
    found = distribution.distribute(proceeds=D(proceeds), costs=D(0), claims=claims, debtor=debtor)
    return [share.paid for share in found.shares]


CLAIMS = [
    Claim(key="first", amount=D(100), seized_at=datetime(2025, 1, 1)),
    Claim(key="second", amount=D(100), seized_at=datetime(2025, 1, 2)),
]


def test_trap_26_persons_share_in_proportion_and_companies_by_seizure() -> None:
    assert shares(Debtor.NATURAL_PERSON, 100, CLAIMS) == [D(50), D(50)]
    assert shares(Debtor.COMPANY, 100, CLAIMS) == [D(100), D(0)]


def test_trap_27_no_fen_is_lost_in_a_proportion() -> None:
    thirds = [Claim(key=str(n), amount=D(1)) for n in range(3)]
    assert shares(Debtor.NATURAL_PERSON, 1, thirds) == [D("0.34"), D("0.33"), D("0.33")]


def test_trap_28_the_three_windows_of_a_plan_are_a_chain() -> None:
    found = distribution.plan_windows(plan_received_on=date(2025, 3, 3), objection_notified_on=date(2025, 4, 1))
    assert (found.object_by, found.oppose_by, found.sue_by) == (date(2025, 3, 18), date(2025, 4, 16), None)


def test_trap_29_thirty_days_run_from_the_finance_notice_and_not_from_the_arrival() -> None:
    found = funds.payout_clock(arrived_at=datetime(2026, 3, 2, 10), notified_on=date(2026, 3, 10))
    assert found.statutory == date(2026, 4, 9)


def test_trap_30_money_of_joint_debtors_counts_once() -> None:
    item = Item(key="loan", amount=D(1000), due_on=date(2025, 1, 1), payers=("甲", "乙"))
    receipts = [Receipt(on=date(2025, 1, 1), amount=D(600), payer=payer) for payer in ("甲", "乙")]
    found = debt.statement(items=[item], receipts=receipts, at=date(2025, 1, 1))
    assert (found.paid.total, found.surplus, found.total) == (D(1000), D(200), D(0))


def test_trap_31_ratios_keep_their_denominator_and_do_not_mix() -> None:
    real = indicators.ratio(rule="KPI-REAL", numerator=50, denominator=100)
    first = indicators.ratio(rule="KPI-REAL-FIRST", numerator=50, denominator=80)
    assert (real.denominator, first.denominator) == (100, 80)
    assert not real.comparable(first)
    assert not any("排名" in found.numerator + found.denominator for found in indicators.DEFINITIONS.values())


def test_trap_32_time_that_does_not_count_is_taken_off_from_the_right_list() -> None:
    sale = [(Pause.AUCTION_OR_SALE, (date(2025, 2, 1), date(2025, 3, 3)))]
    assert clocks.closing_deadline(filed_on=date(2025, 1, 15), pauses=sale).last_day == date(2025, 8, 14)
    assert clocks.higher_court_from(asked_on=date(2025, 1, 15), pauses=sale) == date(2025, 7, 16)


def test_trap_33_first_day_holidays_hours_and_announcements() -> None:
    assert periods.last_day(start=date(2025, 3, 3), days=1) == date(2025, 3, 4)
    assert periods.last_day(start=date(2025, 9, 26), days=20) == date(2025, 10, 16)
    assert periods.last_day(start=date(2025, 12, 25), days=10) == date(2026, 1, 4)
    at = datetime(2025, 10, 1, 10, 20)
    assert periods.last_moment(start=at, hours=24) == datetime(2025, 10, 2, 11)
    assert periods.deemed_served(announced_on=date(2025, 3, 1)) == date(2025, 3, 31)


def test_trap_34_case_numbers_have_no_zeros_and_their_own_sequences() -> None:
    assert case_number.parse("(2025)晋1031执0012号").text == "（2025）晋1031执12号"
    one, other = case_number.parse("（2025）晋1031执1号"), case_number.parse("（2025）晋1031执保1号")
    assert one.sequence != other.sequence
    assert case_number.parse("（2025）京7101民初1号").court == "京7101"


def test_trap_35_an_upheld_title_is_a_stay_first_and_a_third_partys_objection_frees_nothing() -> None:
    found = remedies.title_upheld(served_on=date(2025, 3, 3))
    assert found.stay
    assert found.sue_by < found.lift_from <= found.lift_by == date(2025, 3, 25)
    assert remedies.freeze_survives_third_party_objection()


def test_trap_36_objections_do_not_stop_the_execution() -> None:
    for kind in remedies.ObjectionKind:
        assert not remedies.effect(kind=kind).stops_execution
    assert not remedies.effect(kind=remedies.ObjectionKind.CONDUCT).stops_disposal
    assert remedies.effect(kind=remedies.ObjectionKind.TITLE).stops_disposal


def test_trap_37_an_unfiled_settlement_stays_nothing_and_a_running_one_is_no_performance() -> None:
    assert not resuming.may_stay(facts=resuming.SettlementFacts()).allowed
    assert not indicators.really_closed(closing=indicators.Closing.LONG_SETTLEMENT)
    guarantor = resuming.GuarantorFacts(promised_direct_enforcement=False, resumed=True)
    assert not resuming.may_enforce_guarantor(facts=guarantor, at=date(2025, 1, 1)).allowed


def test_trap_38_the_only_home_is_four_questions_and_no_switch() -> None:
    only = homes.HomeFacts(needed_to_live_in=True)
    assert not homes.may_sell_home(facts=only).allowed
    ways = ("supporter_has_home", "gave_other_home_away", "creditor_offers_home", "mortgaged")
    assert all(homes.may_sell_home(facts=replace(only, **{way: True})).allowed for way in ways)


def test_trap_39_a_referral_takes_a_previous_sanction_and_proof() -> None:
    bare = sanctions.ReferralFacts(conduct=sanctions.Conduct.REPORT_REFUSED, relies_on_others_property=True)
    rules = [reason.rule for reason in sanctions.may_refer(facts=bare).obstacles]
    assert rules.count("REF-PACKAGE") == 8
    assert {"REF-ABILITY", "REF-PRECOND"} <= set(rules)


def test_trap_40_in_criminal_cases_medical_costs_come_first_and_confiscation_last() -> None:
    ranks = [Rank.CONFISCATION, Rank.FINE, Rank.ORDINARY, Rank.RESTITUTION, Rank.MEDICAL]
    claims = [Claim(key=rank.name, amount=D(100), rank=rank) for rank in ranks]
    assert shares(Debtor.NATURAL_PERSON, 350, claims) == [D(0), D(50), D(100), D(100), D(100)]


def test_trap_41_a_case_handed_over_keeps_ranks_penalties_and_clocks() -> None:
    """XEX-CARRY."""
    facts = relief.HandoverFacts(first_end=date(2025, 4, 2), money_listed=True, clocks_listed=True)
    found = relief.may_hand_over(facts=facts, on=date(2025, 3, 3))
    assert [reason.rule for reason in found.obstacles] == ["EXE-DELEGATE"]
    assert len(found.warnings) == 2
    assert relief.may_hand_over(facts=replace(facts, first_end=date(2025, 4, 3)), on=date(2025, 3, 3)).allowed


def test_trap_42_from_the_ruling_that_accepts_bankruptcy_nothing_is_paid_and_penalties_end() -> None:
    accepted = datetime(2025, 3, 3, 10)
    assert not relief.may_pay_out_after_bankruptcy(accepted_at=accepted, at=datetime(2025, 3, 3, 10, 1)).allowed
    with pytest.raises(distribution.MustGoToBankruptcy):
        distribution.distribute(proceeds=D(1), costs=D(0), claims=[], debtor=Debtor.COMPANY, bankruptcy_agreed=True)
    cause = RemovalCause.SUSPENDED_BY_RETRIAL_OR_BANKRUPTCY
    assert listing.removal(ground=1, cause=cause, happened_on=accepted.date()).route is Route.MUST_REMOVE
    assert consumption.may_lift(facts=LiftFacts(cause=LiftCause.BANKRUPTCY_ACCEPTED)).allowed


def test_trap_43_relief_is_not_recovered_money_and_follows_local_wages() -> None:
    sums = {indicators.Money.RELIEF: D(50000), indicators.Money.BOOKED: D(100)}
    assert indicators.recovered(sums=sums) == D("100.00")
    local, other = (relief.relief_ceiling(monthly_wage=D(wage), award_unpaid=D(10**6)).total for wage in (5000, 9000))
    assert (local, other) == (D("180000.00"), D("324000.00"))


def test_trap_44_numbers_addresses_and_findings_stay_inside() -> None:
    assert "19800101" not in publicity.mask_identity("142631198001011234")
    assert not publicity.may_publish_fields(fields=["address"], is_minor=False).allowed
    assert not publicity.may_tell_grid(fields=["findings"], lawfully_public=True).allowed
    assert not publicity.may_show_preservation(to_debtor=True, effective=False).allowed


def test_trap_45_no_draft_and_no_repealed_act_is_cited() -> None:
    repealed = ("强制执行法", "法发〔2006〕11号", "法释〔2015〕16号", "法释〔2010〕8号", "法释〔2013〕17号")
    for rule in ALL:
        assert not any(act in rule.article for act in repealed), rule.id
