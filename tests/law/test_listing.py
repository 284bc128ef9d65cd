"""The list of dishonest debtors (DIS-GROUNDS, DIS-TERM, DIS-EARLY, DIS-NOT-1, DIS-NOT-2, DIS-MINOR, DIS-WARN, DIS-GRACE,
DIS-REMOVE, DIS-RELIST-BAN, DIS-CORRECT, DIS-WRONG, ZB-DIS-REMOVE)."""

from dataclasses import replace
from datetime import date

import pytest

from law import listing
from law.listing import Ground, ListingFacts, PublicationFacts, RemovalCause, Route

PROVED = ListingFacts(ground_proved=True, risk_warned=True)


@pytest.mark.parametrize("ground", list(Ground))
def test_a_proved_ground_after_a_warning_allows_listing(ground: Ground) -> None:
    found = listing.may_list(ground=ground, facts=PROVED)
    assert found.allowed
    assert any(ground.label in reason.text for reason in found.reasons)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"performed": True}, "DIS-GROUNDS"),
        ({"ground_proved": False}, "DIS-GROUNDS"),
        ({"risk_warned": False}, "DIS-WARN"),
        ({"is_minor": True}, "DIS-MINOR"),
        ({"is_officer_of_listed_organisation": True}, "DIS-NOT-2"),
        ({"creditor_asks_to_refrain": True}, "DIS-NOT-2"),
        ({"bankruptcy_accepted": True}, "BKR-EFFECT"),
        ({"enough_security": True}, "DIS-NOT-1"),
        ({"later_in_order": True}, "DIS-NOT-1"),
        ({"otherwise_not_refusing": True}, "DIS-NOT-1"),
    ],
)
def test_one_obstacle_is_enough_to_refuse(change: dict[str, bool], rule: str) -> None:
    found = listing.may_list(ground=1, facts=replace(PROVED, **change))
    assert not found.allowed
    assert [reason.rule for reason in found.obstacles] == [rule]


def test_security_and_rank_matter_for_the_first_ground_only() -> None:
    facts = replace(PROVED, enough_security=True, later_in_order=True)
    assert not listing.may_list(ground=1, facts=facts).allowed
    assert listing.may_list(ground=2, facts=facts).allowed


def test_a_campus_loan_only_warns() -> None:
    found = listing.may_list(ground=1, facts=replace(PROVED, student_with_campus_loan=True))
    assert found.allowed
    assert len(found.warnings) == 1


def test_after_removal_at_the_creditors_request_six_months_must_pass() -> None:
    facts = replace(PROVED, removed_at_creditors_request_on=date(2025, 1, 15), asked_by_creditor_on=date(2025, 7, 15))
    assert not listing.may_list(ground=1, facts=facts).allowed
    later = replace(facts, asked_by_creditor_on=date(2025, 7, 16))
    assert listing.may_list(ground=1, facts=later).allowed


def test_the_first_ground_has_no_term_and_the_others_have_two_years() -> None:
    day = date(2025, 3, 3)
    assert listing.listing_term(ground=1, decided_on=day) is None
    assert [listing.listing_term(ground=ground, decided_on=day) for ground in range(2, 7)] == [date(2027, 3, 3)] * 5
    assert listing.listing_term(ground=2, decided_on=day, extra_years=3) == date(2030, 3, 3)
    for ground, extra in ((1, 1), (2, 4), (2, -1)):
        with pytest.raises(listing.TermOutOfBounds):
            listing.listing_term(ground=ground, decided_on=day, extra_years=extra)


def test_nothing_is_published_during_the_grace_period_or_without_signature() -> None:
    facts = PublicationFacts(signed_by_president=True, served=True, grace_until=date(2025, 5, 6))
    assert not listing.may_publish(facts=facts, at=date(2025, 5, 6)).allowed
    assert listing.may_publish(facts=facts, at=date(2025, 5, 7)).allowed
    for change in ({"signed_by_president": False}, {"served": False}, {"performed": True}):
        assert not listing.may_publish(facts=replace(facts, **change), at=date(2025, 5, 7)).allowed


def test_grace_lasts_one_to_three_months() -> None:
    assert listing.grace_end(decided_on=date(2025, 3, 3), months=2) == date(2025, 5, 6)
    for months in (0, 4):
        with pytest.raises(listing.TermOutOfBounds):
            listing.grace_end(decided_on=date(2025, 3, 3), months=months)


def test_performance_removes_a_listing_without_term_in_three_working_days() -> None:
    found = listing.removal(ground=1, cause=RemovalCause.PERFORMED, happened_on=date(2025, 9, 29))
    assert (found.route, found.by) == (Route.MUST_REMOVE, date(2025, 10, 10))


def test_performance_of_a_listing_with_a_term_leads_to_an_early_decision() -> None:
    found = listing.removal(ground=4, cause=RemovalCause.PERFORMED, happened_on=date(2025, 9, 29))
    assert (found.route, found.by, found.reason.rule) == (Route.EARLY_DECISION, None, "DIS-EARLY")
    expired = listing.removal(ground=4, cause=RemovalCause.TERM_EXPIRED, happened_on=date(2025, 9, 29))
    assert (expired.route, expired.by) == (Route.MUST_REMOVE, date(2025, 10, 10))


def test_an_ended_round_removes_after_two_inquiries_without_property_or_clue() -> None:
    def route(inquiries: int, clue: bool) -> Route:
        return listing.removal(
            ground=1,
            cause=RemovalCause.ROUND_ENDED_WITHOUT_PROPERTY,
            happened_on=date(2025, 3, 3),
            inquiries_without_property=inquiries,
            clue_open=clue,
        ).route

    assert (route(1, False), route(2, True), route(2, False)) == (Route.NOT_YET, Route.NOT_YET, Route.MUST_REMOVE)


def test_a_creditors_request_needs_the_courts_consent() -> None:
    asked = {"ground": 1, "cause": RemovalCause.CREDITOR_ASKED, "happened_on": date(2025, 3, 3)}
    assert listing.removal(**asked, court_agrees=False).route is Route.NOT_YET
    assert listing.removal(**asked).by == date(2025, 3, 6)


def test_bankruptcy_ends_a_listing_whatever_its_term() -> None:
    cause = RemovalCause.SUSPENDED_BY_RETRIAL_OR_BANKRUPTCY
    assert listing.removal(ground=2, cause=cause, happened_on=date(2025, 3, 3)).route is Route.MUST_REMOVE


def test_a_wrong_listing_is_withdrawn_and_a_request_decided_in_time() -> None:
    found = listing.removal(ground=3, cause=RemovalCause.WRONGLY_LISTED, happened_on=date(2025, 3, 3))
    assert (found.route, found.by, found.reason.rule) == (Route.MUST_REMOVE, date(2025, 3, 6), "DIS-WRONG")
    assert listing.correction_due(asked_on=date(2025, 3, 3)) == date(2025, 3, 18)
