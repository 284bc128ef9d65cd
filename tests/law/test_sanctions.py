"""Fines, detention, questioning, referral (SAN-FINE, SAN-DETAIN, SAN-APPROVE, SAN-FAMILY, SAN-RECON, SAN-NO-REPEAT,
SAN-TARGET, EXE-SUMMON, REF-PRECOND, REF-ABILITY, REF-PACKAGE, REF-POLICE)."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from law import sanctions
from law.sanctions import EVIDENCE, Conduct, ReferralFacts, SanctionFacts

APPROVED = SanctionFacts(conduct="拒不报告财产", approved_by_president=True)


@pytest.mark.parametrize(
    ("amount", "organisation", "allowed"),
    [
        ("0", False, False),
        ("0.01", False, True),
        ("100000", False, True),
        ("100000.01", False, False),
        ("49999.99", True, False),
        ("50000", True, True),
        ("1000000", True, True),
        ("1000000.01", True, False),
    ],
)
def test_fines_stay_within_their_bounds(amount: str, organisation: bool, allowed: bool) -> None:
    facts = replace(APPROVED, is_organisation=organisation)
    found = sanctions.may_fine(amount=Decimal(amount), facts=facts)
    assert found.allowed is allowed
    if not allowed:
        assert [reason.rule for reason in found.obstacles] == ["SAN-FINE"]


@pytest.mark.parametrize(("days", "allowed"), [(0, False), (1, True), (15, True), (16, False)])
def test_detention_lasts_one_to_fifteen_days(days: int, allowed: bool) -> None:
    assert sanctions.may_detain(days=days, facts=APPROVED).allowed is allowed


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"approved_by_president": False}, "SAN-APPROVE"),
        ({"conduct": " "}, "SAN-APPROVE"),
        ({"already_detained_for_it": True}, "SAN-NO-REPEAT"),
        ({"is_organisation": True}, "SAN-TARGET"),
    ],
)
def test_one_obstacle_is_enough_to_refuse_detention(change: dict[str, object], rule: str) -> None:
    found = sanctions.may_detain(days=15, facts=replace(APPROVED, **change))
    assert [reason.rule for reason in found.obstacles] == [rule]


def test_the_same_conduct_may_be_fined_and_detained_but_neither_twice() -> None:
    fined = replace(APPROVED, already_fined_for_it=True)
    assert not sanctions.may_fine(amount=Decimal(5000), facts=fined).allowed
    assert sanctions.may_detain(days=15, facts=fined).allowed


def test_detention_ends_on_an_exact_day() -> None:
    assert sanctions.release_on(detained_on=date(2020, 1, 3), days=15) == date(2020, 1, 18)
    with pytest.raises(sanctions.TooManyDays):
        sanctions.release_on(detained_on=date(2020, 1, 3), days=16)


def test_family_questioning_and_reconsideration_have_their_own_clocks() -> None:
    at = datetime(2025, 3, 3, 10, 20)
    assert sanctions.tell_family_by(detained_at=at) == datetime(2025, 3, 4, 11, 0)
    assert sanctions.questioning_ends(arrived_at=at, may_lead_to_detention=False) == datetime(2025, 3, 3, 18, 20)
    assert sanctions.questioning_ends(arrived_at=at, may_lead_to_detention=True) == datetime(2025, 3, 4, 10, 20)
    assert sanctions.reconsideration_until(served_on=date(2025, 3, 3)) == date(2025, 3, 6)


FILE = ReferralFacts(
    conduct=Conduct.REPORT_REFUSED,
    sanctioned_before=True,
    ability=Decimal(20000),
    evidence=frozenset(EVIDENCE),
    letter=True,
    report=True,
)


def test_a_referral_needs_ability_previous_sanction_and_five_kinds_of_proof() -> None:
    assert sanctions.may_refer(facts=FILE).allowed
    assert not sanctions.may_refer(facts=replace(FILE, sanctioned_before=False)).allowed
    assert not sanctions.may_refer(facts=replace(FILE, ability=Decimal(0))).allowed
    for kind in EVIDENCE:
        found = sanctions.may_refer(facts=replace(FILE, evidence=FILE.evidence - {kind}))
        assert [reason.text for reason in found.obstacles] == [f"有证据证明{EVIDENCE[kind]}"]


def test_shifting_property_is_an_offence_without_a_previous_sanction() -> None:
    facts = replace(FILE, conduct=Conduct.PROPERTY_SHIFTED, sanctioned_before=False)
    assert sanctions.may_refer(facts=facts).allowed


def test_a_spouses_house_needs_its_own_proof() -> None:
    facts = replace(FILE, relies_on_others_property=True)
    assert not sanctions.may_refer(facts=facts).allowed
    assert sanctions.may_refer(facts=replace(facts, others_property_proved=True)).allowed


def test_the_police_decide_in_seven_or_thirty_days() -> None:
    assert sanctions.police_answer_by(received_on=date(2025, 3, 3)) == date(2025, 3, 10)
    assert sanctions.police_answer_by(received_on=date(2025, 3, 3), complex_case=True) == date(2025, 4, 2)
