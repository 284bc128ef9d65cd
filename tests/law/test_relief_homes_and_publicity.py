"""Relief, bounties, bankruptcy, cross-court execution, homes, income, publicity (AID-COND, AID-CAP, RWD-PAY, RWD-ORDER,
BKR-COND, BKR-EFFECT, XEX-TYPES, XEX-FOUR, XEX-RULING, FRZ-HOME-BASE, FRZ-HOME-OK, FRZ-HOME-MORTGAGE, FRZ-INCOME,
FRZ-EXEMPT, PRV-DIS-FIELDS, PRV-DIS-MASK, PRV-NOT, PRV-GRID, PRV-ASSET, PRV-PARTY, PRV-DOC, PRV-WHISTLE)."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest

from law import homes, publicity, relief
from law.homes import HomeFacts
from law.relief import BankruptcyFacts, CrossCourt, ReliefFacts, TipFacts
from law.rules import NATIONAL

D = Decimal


def test_relief_stops_at_36_months_wages_and_at_the_unpaid_award() -> None:
    assert relief.relief_ceiling(monthly_wage=D(6000), award_unpaid=D(500000)).total == D("216000.00")
    assert relief.relief_ceiling(monthly_wage=D(6000), award_unpaid=D(50000)).total == D("50000.00")
    assert relief.relief_ceiling(monthly_wage=D(6000), award_unpaid=D(500000), months=6).total == D("36000.00")


def test_relief_needs_hardship_a_covered_claim_and_an_unable_debtor() -> None:
    facts = ReliefFacts(urgent_hardship=True, kind_covered=True, debtor_unable=True, amount=D(50000), ceiling=D(216000))
    assert relief.may_relieve(facts=facts).allowed
    for change in ({"urgent_hardship": False}, {"kind_covered": False}, {"amount": D(216001)}):
        assert not relief.may_relieve(facts=replace(facts, **change)).allowed
    again = relief.may_relieve(facts=replace(facts, relieved_before=True))
    assert again.allowed
    assert len(again.warnings) == 1


def test_a_bounty_goes_to_the_first_unknown_tip_that_led_to_money() -> None:
    tips = [("b", datetime(2025, 3, 3, 9)), ("a", datetime(2025, 3, 3, 8))]
    assert relief.first_tip(tips=tips) == "a"
    assert relief.first_tip(tips=[]) is None
    good = TipFacts(known_to_court=False, recovered=D(1))
    assert relief.may_pay_bounty(facts=good).allowed
    for change in ({"known_to_court": True}, {"recovered": D(0)}, {"informer_excluded": True}):
        assert not relief.may_pay_bounty(facts=replace(good, **change)).allowed


def test_a_company_goes_to_bankruptcy_when_one_agrees_and_it_is_insolvent() -> None:
    facts = BankruptcyFacts(is_company=True, someone_agreed_in_writing=True, cannot_pay_due_debts=True, insolvent=True)
    assert relief.may_refer_to_bankruptcy(facts=facts).allowed
    for name in ("is_company", "someone_agreed_in_writing", "cannot_pay_due_debts", "insolvent"):
        assert not relief.may_refer_to_bankruptcy(facts=replace(facts, **{name: False})).allowed


def test_no_money_leaves_from_the_moment_bankruptcy_was_accepted() -> None:
    accepted = datetime(2025, 3, 3, 10)
    assert relief.may_pay_out_after_bankruptcy(accepted_at=None, at=accepted).allowed
    assert relief.may_pay_out_after_bankruptcy(accepted_at=accepted, at=datetime(2025, 3, 3, 9, 59)).allowed
    assert not relief.may_pay_out_after_bankruptcy(accepted_at=accepted, at=accepted).allowed


def test_cross_court_execution_has_five_forms_and_six_months() -> None:
    assert len(CrossCourt) == NATIONAL.count("XEX-TYPES")
    assert [form.value for form in CrossCourt if form.needs_ruling] == ["指令执行", "提级执行"]
    asked = date(2025, 1, 15)
    assert not relief.may_change_court(asked_on=asked, property_known_on=None, at=date(2025, 7, 15)).allowed
    assert relief.may_change_court(asked_on=asked, property_known_on=None, at=date(2025, 7, 16)).allowed
    later = date(2025, 6, 1)
    assert not relief.may_change_court(asked_on=asked, property_known_on=later, at=date(2025, 7, 16)).allowed


NEEDED = HomeFacts(needed_to_live_in=True)


def test_the_only_home_may_be_sold_in_four_ways() -> None:
    assert not homes.may_sell_home(facts=NEEDED).allowed
    for change in (
        {"needed_to_live_in": False},
        {"supporter_has_home": True},
        {"gave_other_home_away": True},
        {"creditor_offers_home": True},
        {"rent_years_offered": 5},
        {"rent_years_offered": 8},
        {"mortgaged": True},
    ):
        assert homes.may_sell_home(facts=replace(NEEDED, **change)).allowed
    for years in (4, 9):
        assert not homes.may_sell_home(facts=replace(NEEDED, rent_years_offered=years)).allowed


def test_rent_eviction_and_income_leave_the_household_what_it_needs() -> None:
    assert homes.rent_to_keep(monthly_rent=D(800), years=5) == D("48000.00")
    with pytest.raises(homes.RentYears):
        homes.rent_to_keep(monthly_rent=D(800), years=4)
    assert homes.may_evict_from(ruled_on=date(2025, 3, 3)) == date(2025, 9, 4)
    assert homes.levy_of_income(income=D(6000), necessities=D(2500), owed=D(100000)) == D("3500.00")
    assert homes.levy_of_income(income=D(2000), necessities=D(2500), owed=D(100000)) == 0
    assert homes.levy_of_income(income=D(6000), necessities=D(2500), owed=D(10)) == D("10.00")
    assert len(homes.EXEMPT) == 8


def test_only_the_lawful_fields_of_adults_are_published() -> None:
    assert publicity.may_publish_fields(fields=["name", "identity_number", "conduct"], is_minor=False).allowed
    for fields in (["name", "address"], ["findings"], ["nickname"]):
        assert not publicity.may_publish_fields(fields=fields, is_minor=False).allowed
    assert not publicity.may_publish_fields(fields=["name"], is_minor=True).allowed


def test_identity_and_names_are_masked_outside() -> None:
    assert publicity.mask_identity("142631198001011234") == "142631********1234"
    assert publicity.mask_identity("91141031MA0ABCDE1") == "9114*********CDE1"
    assert publicity.mask_identity("12345678") == "********"
    assert publicity.mask_name("张三丰") == "张某"
    assert publicity.mask_name("") == ""


def test_the_grid_hears_only_what_is_public_and_the_debtor_nothing_before_the_measure() -> None:
    assert publicity.may_tell_grid(fields=["name", "address"], lawfully_public=True).allowed
    assert not publicity.may_tell_grid(fields=["name"], lawfully_public=False).allowed
    for secret in ("findings", "assets", "informer", "clue"):
        assert not publicity.may_tell_grid(fields=["name", secret], lawfully_public=True).allowed
    assert not publicity.may_show_preservation(to_debtor=True, effective=False).allowed
    assert publicity.may_show_preservation(to_debtor=True, effective=True).allowed
    assert publicity.may_show_preservation(to_debtor=False, effective=False).allowed
