"""How long measures last, renewal, waiting ranks, over-seizure (FRZ-TERM-*, FRZ-RENEW, FRZ-EXPIRE, FRZ-END-DATE,
FRZ-WAIT, FRZ-WAIT-TERM, FRZ-NO-OVER, PRES-RENEW)."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law import freezing
from law.freezing import DEPOSIT, IMMOVABLE, MOVABLE, RIGHT, Hold, Holding, Kind
from law.rules import NATIONAL


@pytest.mark.parametrize(
    ("kind", "end"),
    [
        (DEPOSIT, date(2026, 3, 10)),
        (MOVABLE, date(2027, 3, 10)),
        (IMMOVABLE, date(2028, 3, 10)),
        (RIGHT, date(2028, 3, 10)),
    ],
)
def test_each_kind_of_property_has_its_longest_term(kind: Kind, end: date) -> None:
    assert freezing.end_of_term(kind=kind, effective_on=date(2025, 3, 10)) == end


def test_a_shorter_term_is_kept_and_a_longer_one_refused() -> None:
    assert freezing.end_of_term(kind=IMMOVABLE, effective_on=date(2025, 3, 10), years=2) == date(2027, 3, 10)
    assert freezing.end_of_term(kind=DEPOSIT, effective_on=date(2025, 3, 10), months=6) == date(2025, 9, 10)
    with pytest.raises(freezing.TermTooLong, match="最长12个月"):
        freezing.end_of_term(kind=DEPOSIT, effective_on=date(2025, 3, 10), years=2)
    with pytest.raises(freezing.TermTooLong):
        freezing.end_of_term(kind=DEPOSIT, effective_on=date(2025, 3, 10), years=0)


def test_the_term_ends_on_the_exact_date_even_in_the_holidays() -> None:
    assert freezing.end_of_term(kind=DEPOSIT, effective_on=date(2024, 10, 1)) == date(2025, 10, 1)
    assert freezing.end_of_term(kind=DEPOSIT, effective_on=date(2024, 2, 29)) == date(2025, 2, 28)


def test_terms_before_the_2015_interpretation_were_shorter() -> None:
    assert freezing.end_of_term(kind=DEPOSIT, effective_on=date(2015, 2, 3)) == date(2015, 8, 3)
    assert freezing.end_of_term(kind=DEPOSIT, effective_on=date(2015, 2, 4)) == date(2016, 2, 4)


def test_a_renewal_completed_in_time_runs_from_the_old_end() -> None:
    end = freezing.renewed_end(kind=DEPOSIT, end=date(2026, 3, 10), completed_on=date(2026, 3, 10))
    assert end == date(2027, 3, 10)


def test_a_renewal_completed_late_is_refused() -> None:
    with pytest.raises(freezing.AlreadyLapsed, match="新的顺位"):
        freezing.renewed_end(kind=DEPOSIT, end=date(2026, 3, 10), completed_on=date(2026, 3, 11))


def test_renewal_is_asked_for_seven_days_before_and_completed_by_the_last_working_day() -> None:
    window = freezing.renewal_window(end=date(2025, 10, 4))
    assert (window.ask_by, window.complete_by) == (date(2025, 9, 26), date(2025, 9, 30))
    assert window.warn_on[0] == date(2025, 7, 6)


def hold(key: str, month: int, **more: object) -> Hold:
    return Hold(key=key, kind=DEPOSIT, registered_at=datetime(2025, month, 1, 9), **more)  # type: ignore[arg-type]


def test_the_waiting_measure_takes_effect_by_itself_when_the_first_lapses() -> None:
    holds = [hold("b", 2), hold("a", 1)]
    before = freezing.waiting_order(holds=holds, at=date(2026, 1, 1))
    after = freezing.waiting_order(holds=holds, at=date(2026, 1, 2))
    assert [(s.key, s.rank, s.effective_on) for s in before] == [("a", 1, date(2025, 1, 1)), ("b", 2, None)]
    assert [(s.key, s.rank, s.effective_on, s.end) for s in after] == [
        ("a", 0, date(2025, 1, 1), date(2026, 1, 1)),
        ("b", 1, date(2026, 1, 2), date(2027, 1, 2)),
    ]


def test_the_waiting_measure_takes_effect_on_the_day_of_release() -> None:
    holds = [hold("a", 1, ended_on=date(2025, 6, 5)), hold("b", 2), hold("c", 3)]
    found = freezing.waiting_order(holds=holds, at=date(2025, 6, 5))
    assert [(s.key, s.rank, s.effective_on) for s in found] == [
        ("a", 0, date(2025, 1, 1)),
        ("b", 1, date(2025, 6, 5)),
        ("c", 2, None),
    ]


def test_a_measure_released_while_waiting_never_took_effect_and_the_next_moves_up() -> None:
    holds = [hold("a", 1), hold("b", 2, ended_on=date(2025, 5, 1)), hold("c", 3)]
    found = freezing.waiting_order(holds=holds, at=date(2025, 6, 1))
    assert [(s.key, s.rank) for s in found] == [("a", 1), ("b", 0), ("c", 2)]
    assert found[1].effective_on is None
    assert [s.rank for s in freezing.waiting_order(holds=holds, at=date(2025, 4, 1))] == [1, 2, 3]


def test_a_renewed_first_measure_keeps_the_others_waiting() -> None:
    holds = [hold("a", 1, end=date(2027, 1, 1)), hold("b", 2)]
    assert [s.rank for s in freezing.waiting_order(holds=holds, at=date(2026, 6, 1))] == [1, 2]


def test_property_beyond_debt_and_costs_is_named_for_release() -> None:
    holdings = [
        Holding(key="house", value=Decimal(900000), prior_claims=Decimal(400000), indivisible=True),
        Holding(key="account", value=Decimal(300000)),
        Holding(key="waiting", value=Decimal(5000000), waiting=True),
        Holding(key="car", value=Decimal(80000)),
    ]
    found = freezing.over_seizure(debt=Decimal(490000), costs=Decimal(10000), holdings=holdings)
    assert (found.limit, found.held, found.excess) == (Decimal(500000), Decimal(880000), Decimal(380000))
    assert found.manifest
    assert found.release == ("account", "car")
    assert not found.findings.allowed
    assert found.findings.reasons[0].rule == "FRZ-NO-OVER"


def test_one_indivisible_thing_may_exceed_the_debt() -> None:
    house = Holding(key="house", value=Decimal(900000), indivisible=True)
    found = freezing.over_seizure(debt=Decimal(100000), costs=Decimal(0), holdings=[house])
    assert (found.manifest, found.release) == (False, ())


def test_the_margin_is_the_courts_own_figure() -> None:
    holding = [Holding(key="account", value=Decimal(110000))]
    strict = NATIONAL.with_overrides({"FRZ-NO-OVER.MARGIN": 0})
    assert not freezing.over_seizure(debt=Decimal(100000), costs=Decimal(0), holdings=holding).manifest
    assert freezing.over_seizure(debt=Decimal(100000), costs=Decimal(0), holdings=holding, rules=strict).manifest


@given(st.sampled_from(list(Kind)), st.dates(min_value=date(2015, 2, 4), max_value=date(2090, 1, 1)))
def test_every_term_ends_on_the_corresponding_day_or_the_months_last(kind: Kind, day: date) -> None:
    end = freezing.end_of_term(kind=kind, effective_on=day)
    assert end.month == day.month
    assert end.day == day.day or (day.day == 29 and (end + timedelta(days=1)).day == 1)


@given(st.lists(st.tuples(st.integers(0, 900), st.none() | st.integers(0, 900)), max_size=6), st.integers(0, 2000))
def test_at_most_one_measure_is_in_force_and_ranks_have_no_gaps(raw: list[tuple[int, int | None]], ahead: int) -> None:
    first = datetime(2020, 1, 1, 9)
    holds = [
        Hold(
            key=str(place),
            kind=DEPOSIT,
            registered_at=first + timedelta(days=registered),
            ended_on=None if length is None else (first + timedelta(days=registered + length)).date(),
        )
        for place, (registered, length) in enumerate(raw)
    ]
    at = first.date() + timedelta(days=ahead)
    present = [hold for hold in holds if hold.registered_at.date() <= at]
    found = freezing.waiting_order(holds=present, at=at)
    ranks = sorted(standing.rank for standing in found if standing.rank)
    assert ranks == list(range(1, len(ranks) + 1))
    assert sum(standing.effective_on is not None and standing.rank > 0 for standing in found) <= 1
