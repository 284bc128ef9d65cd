"""Every clock of the table by its rule id: start on Monday 2025-03-03 unless the row says otherwise."""

from datetime import date, datetime

import pytest

from law import clocks
from law.clocks import LimitFacts, Pause
from law.rules import ALL, NATIONAL, Unit

MONDAY = date(2025, 3, 3)
ENDS = {
    "PRES-LIT-RULING": "2025-03-10",
    "PRES-EXEC-START": "2025-03-10",
    "PRES-PRE-LAPSE": "2025-04-02",
    "PRES-POSTJUDG": "2025-03-10",
    "PRES-RECON": "2025-03-10",
    "PRES-RECON.RULE": "2025-03-13",
    "PRES-EXEC-OBJ": "2025-03-10",
    "PRES-LIFT-TIME": "2025-03-10",
    "PRES-1Y-TRANSFER": "2026-03-03",
    "FRZ-OVER-EQUITY": "2025-03-10",
    "FRZ-60D-HANDOVER": "2025-05-06",
    "FRZ-60D-HANDOVER.REPLY": "2025-03-18",
    "FRZ-THIRD-DEBT": "2025-03-18",
    "FRZ-REFPRICE-START": "2025-04-02",
    "FRZ-HOME-OK.GRACE": "2025-06-03",
    "FRZ-HOME-MORTGAGE": "2025-09-03",
    "FEE-PREPAY": "2025-03-10",
    "FEE-REFUND": "2025-03-18",
    "FEE-REVIEW": "2025-03-18",
    "EXE-LIMIT": "2027-03-03",
    "EXE-LIMIT-WITHDRAW": "2027-03-03",
    "EXE-ACCEPT": "2025-03-10",
    "EXE-ASSIGN": "2025-03-10",
    "EXE-TRANSFER-FILE": "2025-03-06",
    "EXE-NOTICE": "2025-03-13",
    "EXE-NOTICE.OFFICER": "2025-03-06",
    "EXE-IMMEDIATE": "2025-03-06",
    "EXE-REPORT-SUPP": "2025-03-13",
    "EXE-CLUE-ASK": "2025-03-06",
    "EXE-CLUE-CHECK": "2025-03-10",
    "EXE-CLUE-CHECK.URGENT": "2025-03-06",
    "EXE-CLUE-CHECK.INNER": "2025-03-10",
    "EXE-INVEST": "2025-03-13",
    "EXE-INVEST.FINISH": "2025-04-03",
    "EXE-NETQUERY": "2025-03-06",
    "EXE-NETQUERY-SCOPE": "2025-03-18",
    "EXE-AUDIT": "2025-03-13",
    "EXE-REWARD": "2025-03-13",
    "EXE-REFPRICE": "2025-04-02",
    "EXE-SELL": "2025-03-13",
    "EXE-DELEGATE": "2025-03-18",
    "EXE-DELEGATE.REPORT": "2025-04-02",
    "EXE-DELEGATE.FILE": "2025-03-10",
    "EXE-ADD-PARTY": "2025-05-06",
    "EXE-ADD-PARTY.REVIEW": "2025-03-13",
    "EXE-ADD-PARTY.SUIT": "2025-03-18",
    "EXE-CLOSE": "2025-09-03",
    "EXE-CLOSE.ADMIN": "2025-06-03",
    "EXE-UPPER": "2025-09-03",
    "EXE-STAY-UPPER": "2025-06-03",
    "EXE-06-REST": "2025-03-10",
    "EXE-06-REST.OPINION": "2025-03-18",
    "EXE-06-REST.OBJECTION": "2025-04-03",
    "FUND-CASH.HANDOVER": "2025-03-04",
    "FUND-LEDGER": "2025-04-03",
    "FUND-30D": "2025-04-02",
    "FUND-10+5WD": "2025-03-17",
    "FUND-10+5WD.FINANCE": "2025-03-10",
    "FUND-DELAY": "2025-03-13",
    "FUND-UNKNOWN": "2025-03-06",
    "DIST-OBJ-1": "2025-03-18",
    "DIST-OBJ-2": "2025-03-18",
    "DIST-OBJ-3": "2025-03-18",
    "DIS-WARN.DECIDE": "2025-03-18",
    "DIS-GRACE": "2025-04-03",
    "DIS-REMOVE": "2025-03-06",
    "DIS-RELIST-BAN": "2025-09-03",
    "DIS-CORRECT": "2025-03-18",
    "DIS-CORRECT.FIX": "2025-03-06",
    "DIS-CORRECT.REVIEW": "2025-03-13",
    "SAN-RECON": "2025-03-06",
    "SAN-RECON.RULE": "2025-03-10",
    "SAN-EXIT": "2025-03-13",
    "SAN-EXIT.RULE": "2025-03-18",
    "REF-POLICE": "2025-03-10",
    "REF-PROSEC": "2025-03-18",
    "REF-PRIVATE": "2025-05-06",
    "REF-START": "2025-04-02",
    "REF-NETPRICE": "2025-03-06",
    "REF-FIX": "2025-03-06",
    "REF-SERVE": "2025-03-06",
    "REF-SERVE.NOTICE": "2025-03-18",
    "REF-SELL": "2025-03-13",
    "AUC-RESUME": "2025-03-10",
    "AUC-RULING": "2025-03-13",
    "AUC-HANDOVER": "2025-03-18",
    "AUC-NO-SURPLUS": "2025-03-10",
    "AUC-TRAD-3": "2025-05-06",
    "AUC-DATA": "2035-03-05",
    "ZB-OBJ": "2025-05-06",
    "OBJ-ACT": "2025-03-18",
    "OBJ-ACT.FILE": "2025-03-06",
    "OBJ-ACT.REVIEW": "2025-03-13",
    "OBJ-ACT.REVIEW-RULE": "2025-04-02",
    "OBJ-MATERIAL": "2025-03-06",
    "OBJ-TITLE": "2025-03-18",
    "OBJ-TITLE.SUIT": "2025-03-18",
    "OBJ-RELEASE": "2025-03-10",
    "OBJ-JURIS": "2025-03-13",
    "OBJ-END": "2025-05-06",
    "OBJ-NOTARY": "2025-03-13",
    "SET-RESUME-LIMIT": "2027-03-03",
    "GUAR-STAY": "2026-03-03",
    "XEX-FOUR": "2025-09-03",
    "BKR-TIME": "2025-04-02",
    "BKR-TIME.PERISHABLE": "2025-03-10",
    "RWD-APPLY": "2025-03-13",
    "INV-ORDER": "2025-03-18",
    "TIME-EXCUSE": "2025-03-13",
    "TIME-SERVE": "2025-04-02",
}


@pytest.mark.parametrize("rule", ENDS)
def test_a_clock_ends_where_its_rule_says(rule: str) -> None:
    found = clocks.deadline(rule=rule, start=MONDAY)
    assert found.last_day == date.fromisoformat(ENDS[rule])
    assert found.rule == rule
    assert found.article == NATIONAL.article(rule)
    assert found.provisional is (found.last_day.year > 2026)


HOURS = {
    "PRES-PRE-RULING": datetime(2025, 3, 5, 11),
    "PRES-LIT-URGENT": datetime(2025, 3, 5, 11),
    "PRES-LIFT-TIME.URGENT": datetime(2025, 3, 5, 11),
    "SAN-FAMILY": datetime(2025, 3, 4, 11),
    "AUC-REFUND": datetime(2025, 3, 4, 11),
    "EXE-SUMMON": datetime(2025, 3, 3, 19),
}


@pytest.mark.parametrize("rule", HOURS)
def test_a_clock_of_hours_runs_from_the_next_full_hour(rule: str) -> None:
    assert clocks.moment(rule=rule, start=datetime(2025, 3, 3, 10, 20)) == HOURS[rule]


def test_days_and_hours_are_not_mixed_up() -> None:
    with pytest.raises(clocks.NoClock):
        clocks.deadline(rule="PRES-PRE-RULING", start=MONDAY)
    with pytest.raises(clocks.NoClock):
        clocks.moment(rule="EXE-ACCEPT", start=datetime(2025, 3, 3))
    with pytest.raises(clocks.NoClock):
        clocks.deadline(rule="SAN-FINE", start=MONDAY)


def test_every_period_of_days_in_the_table_can_be_run_as_a_clock() -> None:
    units = (Unit.DAYS, Unit.WORKING_DAYS, Unit.MONTHS, Unit.YEARS)
    for rule in ALL:
        if rule.unit in units and rule.in_force(MONDAY):
            assert clocks.deadline(rule=rule.id, start=MONDAY).last_day > MONDAY


def test_a_courts_own_figure_moves_the_clock() -> None:
    own = NATIONAL.with_overrides({"EXE-ACCEPT": 1})
    assert clocks.deadline(rule="EXE-ACCEPT", start=MONDAY, rules=own).last_day == date(2025, 3, 4)


def test_the_closing_limit_is_six_months_three_for_administrative_and_three_more_when_extended() -> None:
    filed = date(2025, 1, 15)
    assert clocks.closing_deadline(filed_on=filed).last_day == date(2025, 7, 15)
    assert clocks.closing_deadline(filed_on=filed, administrative=True).last_day == date(2025, 4, 15)
    assert clocks.closing_deadline(filed_on=filed, extended=True).last_day == date(2025, 10, 15)


def test_the_three_lists_of_time_that_does_not_count_are_kept_apart() -> None:
    sale = (Pause.AUCTION_OR_SALE, (date(2025, 2, 1), date(2025, 3, 3)))
    service = (Pause.SERVICE_BY_ANNOUNCEMENT, (date(2025, 4, 1), date(2025, 4, 11)))
    pauses = [sale, service]
    assert clocks.not_counted(under="EXE-EXCLUDE-A", pauses=pauses) == (sale[1],)
    assert clocks.not_counted(under="EXE-EXCLUDE-B", pauses=pauses) == (service[1],)
    assert clocks.not_counted(under="EXE-EXCLUDE-C", pauses=pauses) == ()
    assert clocks.closing_deadline(filed_on=date(2025, 1, 15), pauses=pauses).last_day == date(2025, 8, 14)
    assert clocks.higher_court_from(asked_on=date(2025, 1, 15), pauses=pauses) == date(2025, 7, 16)


def test_the_higher_court_is_open_the_day_after_six_months() -> None:
    stay = (Pause.STAY, (date(2025, 2, 1), date(2025, 2, 11)))
    assert clocks.higher_court_from(asked_on=date(2025, 1, 15)) == date(2025, 7, 16)
    assert clocks.higher_court_from(asked_on=date(2025, 1, 15), pauses=[stay]) == date(2025, 7, 26)


def test_two_years_to_apply_start_anew_when_interrupted() -> None:
    facts = LimitFacts(starts_on=date(2023, 3, 10))
    assert clocks.application_limit(facts=facts) == date(2025, 3, 10)
    again = LimitFacts(starts_on=date(2023, 3, 10), interrupted_on=(date(2024, 5, 6), date(2027, 1, 1)))
    assert clocks.application_limit(facts=again) == date(2026, 5, 6)


def test_an_extension_is_asked_for_five_days_before_the_end() -> None:
    assert NATIONAL.count("EXE-CLOSE-EXT-APPLY") == 5
    assert NATIONAL.count("EXE-MAJOR") == 3
    assert NATIONAL.count("EXE-LIMIT-INT") == 6
