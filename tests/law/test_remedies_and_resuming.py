"""Objections, suits, settlement and resuming (OBJ-ACT, OBJ-TITLE, OBJ-RELEASE, OBJ-END, OBJ-ONCE, OBJ-PANEL, OBJ-JURIS,
FRZ-THIRD-DEBT, FRZ-THIRD-NOAUTO, SET-FORM, SET-STAY, SET-BREACH, SET-RESUME-LIMIT, SET-RESUME-BAR, SET-GUAR, GUAR-STAY,
ZB-RESUME)."""

from dataclasses import replace
from datetime import date

import pytest

from law import remedies, resuming
from law.remedies import CourtStep, ObjectionFacts, ObjectionKind, Remedy, ThirdDebtFacts
from law.resuming import GuarantorFacts, SettlementFacts, SettlementForm
from law.rules import NATIONAL

SERVED = date(2025, 3, 3)


@pytest.mark.parametrize(
    ("remedy", "last"),
    [
        (Remedy.PRESERVATION_RECONSIDERATION, date(2025, 3, 10)),
        (Remedy.CONDUCT_RECONSIDERATION, date(2025, 3, 13)),
        (Remedy.TITLE_SUIT, date(2025, 3, 18)),
        (Remedy.JURISDICTION_OBJECTION, date(2025, 3, 13)),
        (Remedy.TERMINATION_OBJECTION, date(2025, 5, 6)),
        (Remedy.SANCTION_RECONSIDERATION, date(2025, 3, 6)),
        (Remedy.EXIT_BAN_RECONSIDERATION, date(2025, 3, 13)),
        (Remedy.LISTING_RECONSIDERATION, date(2025, 3, 13)),
    ],
)
def test_each_remedy_has_its_own_window(remedy: Remedy, last: date) -> None:
    found = remedies.window(remedy=remedy, served_on=SERVED)
    assert (found.last_day, found.article) == (last, NATIONAL.article(remedy.value))


def test_every_remedy_and_every_step_of_the_court_is_in_the_table() -> None:
    for remedy in Remedy:
        assert remedies.window(remedy=remedy, served_on=SERVED).last_day > SERVED
    for step in CourtStep:
        assert remedies.court_due(step=step, received_on=SERVED).last_day > SERVED


def test_an_objection_comes_before_the_execution_ends_and_once() -> None:
    facts = ObjectionFacts(kind=ObjectionKind.CONDUCT, execution_ended_on=date(2025, 3, 10))
    assert remedies.may_object(facts=facts, at=date(2025, 3, 9)).allowed
    assert not remedies.may_object(facts=facts, at=date(2025, 3, 10)).allowed
    again = replace(facts, withdrawn_or_rejected_before=True)
    assert [r.rule for r in remedies.may_object(facts=again, at=SERVED).obstacles] == ["OBJ-ONCE"]
    same = replace(facts, same_judge_executed=True)
    assert [r.rule for r in remedies.may_object(facts=same, at=SERVED).obstacles] == ["OBJ-PANEL"]
    title = ObjectionFacts(kind=ObjectionKind.TITLE, object_execution_ended_on=SERVED)
    assert [r.rule for r in remedies.may_object(facts=title, at=SERVED).obstacles] == ["OBJ-TITLE"]


def test_a_termination_is_objected_to_within_sixty_days() -> None:
    facts = ObjectionFacts(
        kind=ObjectionKind.CONDUCT,
        execution_ended_on=SERVED,
        against_termination=True,
        termination_served_on=SERVED,
    )
    assert remedies.may_object(facts=facts, at=date(2025, 5, 6)).allowed
    assert not remedies.may_object(facts=facts, at=date(2025, 5, 7)).allowed


def test_an_upheld_title_stays_the_execution_and_releases_only_after_nobody_sued() -> None:
    found = remedies.title_upheld(served_on=SERVED)
    assert found.stay
    assert (found.sue_by, found.lift_from, found.lift_by) == (date(2025, 3, 18), date(2025, 3, 19), date(2025, 3, 25))


def test_objections_do_not_stop_the_execution() -> None:
    assert remedies.effect(kind=ObjectionKind.CONDUCT).stops_disposal is False
    assert remedies.effect(kind=ObjectionKind.CONDUCT, debtor_secured=True).stops_disposal is True
    both = remedies.effect(kind=ObjectionKind.CONDUCT, debtor_secured=True, creditor_secured=True)
    assert both.stops_disposal is False
    title = remedies.effect(kind=ObjectionKind.TITLE)
    assert (title.stops_execution, title.stops_disposal) == (False, True)
    assert remedies.effect(kind=ObjectionKind.TITLE, creditor_secured=True).stops_disposal is False


def test_a_third_party_who_owes_the_debtor_has_fifteen_days() -> None:
    facts = ThirdDebtFacts(served_personally=True, served_on=SERVED)
    assert not remedies.may_enforce_third_debt(facts=facts, at=date(2025, 3, 18)).allowed
    assert remedies.may_enforce_third_debt(facts=facts, at=date(2025, 3, 19)).allowed
    for change in ({"served_personally": False}, {"objected_on": date(2025, 3, 18)}, {"paid": True}):
        assert not remedies.may_enforce_third_debt(facts=replace(facts, **change), at=date(2025, 3, 19)).allowed
    late = replace(facts, objected_on=date(2025, 3, 19))
    assert remedies.may_enforce_third_debt(facts=late, at=date(2025, 3, 20)).allowed
    assert remedies.freeze_survives_third_party_objection()


def test_a_settlement_stays_the_execution_only_when_it_is_in_the_file() -> None:
    assert not resuming.may_stay(facts=SettlementFacts()).allowed
    for form in SettlementForm:
        assert resuming.may_stay(facts=SettlementFacts(form=form)).allowed
    agent = SettlementFacts(form=SettlementForm.JOINT_WRITING, agent_signed=True)
    assert not resuming.may_stay(facts=agent).allowed
    assert resuming.may_stay(facts=replace(agent, agent_specially_authorised=True)).allowed


BROKEN = SettlementFacts(form=SettlementForm.JOINT_WRITING, last_due_on=date(2023, 3, 10))


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"performed": True}, "SET-RESUME-BAR"),
        ({"being_performed": True}, "SET-RESUME-BAR"),
        ({"condition_pending": True}, "SET-RESUME-BAR"),
        ({"last_due_on": date(2026, 1, 1)}, "SET-RESUME-BAR"),
        ({"creditor_sued_on_it": True}, "SET-BREACH"),
    ],
)
def test_what_stands_against_resuming_after_a_settlement(change: dict[str, object], rule: str) -> None:
    found = resuming.may_resume_after_settlement(facts=replace(BROKEN, **change), asked_on=SERVED)
    assert [reason.rule for reason in found.obstacles] == [rule]


def test_resuming_after_a_settlement_has_two_years() -> None:
    assert resuming.may_resume_after_settlement(facts=BROKEN, asked_on=date(2025, 3, 10)).allowed
    assert not resuming.may_resume_after_settlement(facts=BROKEN, asked_on=date(2025, 3, 11)).allowed
    early = replace(BROKEN, last_due_on=date(2026, 1, 1), anticipatory_breach=True)
    assert resuming.may_resume_after_settlement(facts=early, asked_on=SERVED).allowed


def test_resume_or_sue_but_not_both() -> None:
    assert resuming.may_sue_on_settlement(resumed=False).allowed
    assert not resuming.may_sue_on_settlement(resumed=True).allowed


def test_a_round_resumes_when_property_is_found_however_late() -> None:
    assert resuming.may_resume_round(property_found=True).allowed
    assert not resuming.may_resume_round(property_found=False).allowed


def test_a_guarantor_is_enforced_against_only_as_promised() -> None:
    facts = GuarantorFacts(promised_direct_enforcement=True, resumed=True, stay_ended_on=date(2024, 3, 3))
    assert resuming.may_enforce_guarantor(facts=facts, at=date(2025, 3, 3)).allowed
    assert not resuming.may_enforce_guarantor(facts=facts, at=date(2025, 3, 4)).allowed
    for change in ({"promised_direct_enforcement": False}, {"resumed": False}):
        assert not resuming.may_enforce_guarantor(facts=replace(facts, **change), at=SERVED).allowed


def test_a_stay_on_security_lasts_a_year_at_most() -> None:
    assert resuming.stay_end(from_on=SERVED) == date(2026, 3, 3)
    with pytest.raises(resuming.StayTooLong):
        resuming.stay_end(from_on=SERVED, until=date(2026, 3, 4))
