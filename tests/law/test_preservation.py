"""Preservation before and during the suit (PRES-PRE-RULING, PRES-LIT-RULING, PRES-LIT-URGENT, PRES-SEC-LIT, PRES-SEC-PRE,
PRES-SEC-EXEMPT, PRES-SEC-INS, PRES-PRE-LAPSE, PRES-POSTJUDG, PRES-AUTO-CONVERT, PRES-RECON, PRES-1Y-TRANSFER)."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from law import preservation
from law.preservation import Exemption, LapseFacts, SecurityFacts, SecurityForm, Stage

AT = datetime(2025, 3, 3, 9, 15)


def test_before_suit_and_when_urgent_the_court_rules_within_48_hours() -> None:
    assert preservation.rule_by(stage=Stage.PRE_SUIT, received_at=AT) == datetime(2025, 3, 5, 10)
    assert preservation.rule_by(stage=Stage.IN_SUIT, received_at=AT, urgent=True) == datetime(2025, 3, 5, 10)


def test_in_suit_the_court_rules_within_five_days_of_the_application_or_of_the_security() -> None:
    assert preservation.rule_by(stage=Stage.IN_SUIT, received_at=AT) == date(2025, 3, 10)
    found = preservation.rule_by(stage=Stage.IN_SUIT, received_at=AT, security_on=date(2025, 3, 6))
    assert found == date(2025, 3, 11)


def test_security_is_thirty_percent_in_suit_and_all_before_suit() -> None:
    amount = Decimal(142000)
    assert preservation.security_ceiling(stage=Stage.IN_SUIT, amount=amount).total == Decimal("42600.00")
    assert preservation.security_ceiling(stage=Stage.PRE_SUIT, amount=amount).total == Decimal("142000.00")
    assert preservation.security_ceiling(stage=Stage.PRE_EXECUTION, amount=amount).total == 0
    for kind in Exemption:
        found = preservation.security_ceiling(stage=Stage.IN_SUIT, amount=amount, exemption=kind)
        assert (found.total, found.lines[0].rule) == (0, "PRES-SEC-EXEMPT")


def test_without_the_security_ordered_the_application_fails() -> None:
    facts = SecurityFacts(stage=Stage.PRE_SUIT, amount=Decimal(1000), form=SecurityForm.LIABILITY_INSURANCE)
    assert not preservation.may_preserve(facts=replace(facts, given=Decimal("999.99"))).allowed
    assert preservation.may_preserve(facts=replace(facts, given=Decimal(1000))).allowed
    assert preservation.may_preserve(facts=replace(facts, given=Decimal(1000), form=None)).allowed is False
    special = replace(facts, given=Decimal(500), ordered=Decimal(500))
    assert preservation.may_preserve(facts=special).allowed


def test_more_than_thirty_percent_may_not_be_ordered_in_suit() -> None:
    facts = SecurityFacts(
        stage=Stage.IN_SUIT,
        amount=Decimal(1000),
        given=Decimal(400),
        ordered=Decimal(400),
        form=SecurityForm.PROPERTY,
    )
    assert [reason.rule for reason in preservation.may_preserve(facts=facts).obstacles] == ["PRES-SEC-LIT"]


def test_without_suit_in_thirty_days_of_the_measure_the_court_must_lift() -> None:
    facts = LapseFacts(stage=Stage.PRE_SUIT, measure_taken_on=date(2025, 3, 3))
    assert preservation.lift_due_from(facts=facts) == date(2025, 4, 3)
    assert preservation.lift_due_from(facts=replace(facts, sued_on=date(2025, 4, 2))) is None
    assert preservation.lift_due_from(facts=replace(facts, sued_on=date(2025, 4, 3))) == date(2025, 4, 3)


def test_after_judgment_the_creditor_applies_within_five_days() -> None:
    facts = LapseFacts(
        stage=Stage.PRE_EXECUTION,
        measure_taken_on=date(2025, 2, 1),
        performance_ended_on=date(2025, 3, 3),
    )
    assert preservation.lift_due_from(facts=facts) == date(2025, 3, 11)
    assert preservation.lift_due_from(facts=replace(facts, execution_asked_on=date(2025, 3, 10))) is None
    assert preservation.lift_due_from(facts=LapseFacts(stage=Stage.IN_SUIT, measure_taken_on=AT.date())) is None


def test_a_converted_measure_keeps_its_last_day() -> None:
    assert preservation.end_after_conversion(end=date(2026, 3, 3)) == date(2026, 3, 3)


def test_reconsideration_and_handover() -> None:
    assert preservation.reconsideration_until(served_on=date(2025, 9, 26)) == date(2025, 10, 9)
    assert preservation.handover_askable_from(first_measure_on=date(2025, 3, 3)) == date(2026, 3, 4)
