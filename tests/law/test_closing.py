"""Ending the round and closing as performed (ZB-COND, ZB-REPORT, ZB-EXHAUST, ZB-UNSELLABLE, ZB-APPROVE, ZB-HEAR,
ZB-3M-CALC, ZB-NOT-END, ZB-REQUERY, EXE-CLOSE-TYPES, SET-DONE, SET-CLOSE, FRZ-RELEASE)."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from law import closing
from law.closing import PerformedFacts, RoundFacts

COMPLETE = RoundFacts(
    filed_on=date(2025, 1, 15),
    notice_sent=True,
    report_ordered=True,
    report_followed_up=True,
    limited=True,
    clues_checked=True,
    network_inquiry_done=True,
    local_inquiry_done=True,
    creditor_heard=True,
    creditor_signed=True,
    unpaid=Decimal(1000),
)
FIRST = date(2025, 4, 16)


def test_more_than_three_months_must_have_passed() -> None:
    assert closing.earliest_round_end(filed_on=date(2025, 1, 15)) == FIRST
    assert closing.earliest_round_end(filed_on=date(2024, 11, 30)) == date(2025, 3, 1)
    assert closing.may_close_round(facts=COMPLETE, at=FIRST).allowed
    early = closing.may_close_round(facts=COMPLETE, at=date(2025, 4, 15))
    assert [reason.text for reason in early.obstacles] == ["自执行案件立案之日起已超过三个月（2025-04-16起）"]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"notice_sent": False}, "ZB-COND"),
        ({"report_ordered": False}, "ZB-COND"),
        ({"report_followed_up": False}, "ZB-REPORT"),
        ({"limited": False}, "ZB-COND"),
        ({"listing_required": True}, "ZB-COND"),
        ({"clues_checked": False}, "ZB-COND"),
        ({"network_inquiry_done": False}, "ZB-COND"),
        ({"debtor_missing": True}, "ZB-COND"),
        ({"obstruction": True}, "ZB-COND"),
        ({"property_found": True}, "ZB-UNSELLABLE"),
        ({"creditor_signed": False}, "ZB-APPROVE"),
        ({"unpaid": Decimal(0)}, "ZB-NOT-END"),
    ],
)
def test_every_condition_is_needed(change: dict[str, object], rule: str) -> None:
    found = closing.may_close_round(facts=replace(COMPLETE, **change), at=FIRST)
    assert [reason.rule for reason in found.obstacles] == [rule]


@pytest.mark.parametrize(
    "change",
    [
        {"listing_required": True, "listed": True},
        {"debtor_missing": True, "searched_for_debtor": True},
        {"obstruction": True, "obstruction_punished": True},
        {"property_found": True, "unsold_and_not_taken": True},
        {"property_found": True, "vehicle_not_in_hand": True},
        {"creditor_signed": False, "panel_and_president_approved": True},
    ],
)
def test_each_condition_has_its_way_to_be_met(change: dict[str, object]) -> None:
    assert closing.may_close_round(facts=replace(COMPLETE, **change), at=FIRST).allowed


def test_what_is_known_from_memory_only_warns() -> None:
    found = closing.may_close_round(facts=replace(COMPLETE, creditor_heard=False, local_inquiry_done=False), at=FIRST)
    assert found.allowed
    assert [reason.rule for reason in found.warnings] == ["ZB-EXHAUST", "ZB-HEAR"]


def test_an_empty_file_is_refused_with_the_whole_list() -> None:
    found = closing.may_close_round(facts=RoundFacts(filed_on=date(2025, 1, 15)), at=date(2025, 2, 1))
    assert not found.allowed
    assert len(found.obstacles) == 7
    assert "× 已向被执行人发出执行通知（法〔2016〕373号第1条）" in found.text


def test_inquiries_go_on_every_half_year_for_five_years() -> None:
    found = closing.requery_dates(ended_on=date(2025, 4, 16))
    assert len(found) == 10
    assert (found[0], found[-1]) == (date(2025, 10, 16), date(2030, 4, 16))


def test_a_case_closes_as_performed_when_nothing_is_owed_or_held() -> None:
    clear = PerformedFacts(owed=Decimal(0))
    assert closing.may_close_performed(facts=clear).allowed
    for change, rule in (
        ({"owed": Decimal("0.01")}, "EXE-CLOSE-TYPES"),
        ({"other_duties_open": True}, "EXE-CLOSE-TYPES"),
        ({"undistributed": Decimal("0.01")}, "FUND-30D"),
        ({"payouts_open": 1}, "FUND-30D"),
        ({"settlement_still_running": True}, "SET-DONE"),
        ({"measures_in_force": 1}, "FRZ-RELEASE"),
    ):
        found = closing.may_close_performed(facts=replace(clear, **change))
        assert [reason.rule for reason in found.obstacles] == [rule]


def test_an_open_listing_only_warns_at_closing() -> None:
    found = closing.may_close_performed(facts=PerformedFacts(owed=Decimal(0), listed=True, limited=True))
    assert found.allowed
    assert [reason.rule for reason in found.warnings] == ["DIS-REMOVE", "LIM-LIFT"]
