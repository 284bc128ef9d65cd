"""Doubled interest, awarded interest, the penalty for delayed acts (INT-RATE, INT-START, INT-END, INT-DAYS, INT-EXCLUDE,
INT-OLD, INT-FX, INT-BACK, INT-NONMONEY)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law import interest, rates
from law.interest import Segment
from law.rates import Tenor, Term

D = Decimal


def test_a_principal_unpaid_for_a_hundred_days() -> None:
    found = interest.doubled_interest(principal=D(100000), due_on=date(2025, 1, 10), until=date(2025, 4, 20))
    assert found.total == D("1750.00")
    (line,) = found.lines
    assert (line.base, line.rate, line.days, line.rule) == (D(100000), D("0.000175"), 100, "INT-RATE")
    assert line.text == (
        "迟延履行期间加倍部分债务利息：100,000.00元×0.000175×100天（2025-01-10之后至2025-04-20）＝1,750.00元"
    )


def test_a_levy_reduces_the_principal_from_its_own_day() -> None:
    found = interest.doubled_interest(
        principal=D(500000),
        due_on=date(2024, 6, 30),
        until=date(2025, 3, 31),
        payments=[(date(2025, 3, 31), D(300000)), (date(2024, 9, 30), D(200000))],
    )
    assert [(line.days, line.amount) for line in found.lines] == [(92, D("8050.00")), (182, D("9555.00"))]
    assert found.total == D("17605.00")


def test_a_stay_by_retrial_does_not_count() -> None:
    found = interest.doubled_interest(
        principal=D(1030000),
        due_on=date(2024, 1, 31),
        until=date(2025, 1, 1),
        excluded=[(date(2024, 7, 1), date(2024, 10, 1))],
    )
    assert found.lines[0].days == 244
    assert found.total == D("43981.00")


def test_each_instalment_runs_from_its_own_last_day() -> None:
    ends = [date(2025, 1, 31), date(2025, 2, 28), date(2025, 3, 31)]
    found = [interest.doubled_interest(principal=D(50000), due_on=end, until=date(2025, 4, 30)).total for end in ends]
    assert found == [D("778.75"), D("533.75"), D("262.50")]
    assert sum(found) == D("1575.00")


def test_a_judgment_without_a_period_runs_from_its_effective_day() -> None:
    found = interest.doubled_interest(principal=D(80000), due_on=date(2025, 3, 1), until=date(2025, 3, 31))
    assert found.total == D("420.00")


def test_a_foreign_sum_runs_in_its_own_currency() -> None:
    due = date(2025, 1, 1)
    found = interest.doubled_interest(principal=D(10000), due_on=due, until=due + timedelta(days=200))
    assert found.total == D("350.00")


def test_the_story_of_1311000_yuan() -> None:
    found = interest.doubled_interest(principal=D(1311000), due_on=date(2019, 10, 31), until=date(2020, 1, 13))
    assert (found.lines[0].days, found.total) == (74, D("16977.45"))


def test_nothing_runs_on_the_last_day_of_performance_itself() -> None:
    day = date(2025, 1, 10)
    assert interest.doubled_interest(principal=D(100000), due_on=day, until=day).lines == ()
    late = interest.doubled_interest(principal=D(100000), due_on=day, until=day + timedelta(days=1))
    assert late.total == D("17.50")


def test_days_before_august_2014_are_refused_for_the_older_rule() -> None:
    with pytest.raises(interest.BeforeDoubledRule, match="2014年8月1日"):
        interest.doubled_interest(principal=D(100), due_on=date(2014, 7, 30), until=date(2014, 9, 1))
    first = interest.doubled_interest(principal=D(100000), due_on=date(2014, 7, 31), until=date(2014, 8, 1))
    assert first.lines[0].days == 1


def test_paying_more_than_the_principal_is_refused() -> None:
    with pytest.raises(interest.MoreThanOwed, match=r"超出1\.00元"):
        interest.doubled_interest(
            principal=D(100),
            due_on=date(2025, 1, 1),
            until=date(2025, 2, 1),
            payments=[(date(2025, 1, 5), D(101))],
        )


@given(
    st.decimals(min_value=1, max_value=10**8, places=2),
    st.integers(1, 2000),
    st.lists(st.integers(1, 2000), max_size=5),
)
def test_the_total_is_the_sum_of_principal_by_day(principal: Decimal, days: int, on: list[int]) -> None:
    due = date(2016, 1, 1)
    part = (principal / (len(on) + 1)).quantize(D("0.01"))
    payments = [(due + timedelta(days=day), part) for day in on]
    if part * len(on) > principal:
        return
    found = interest.doubled_interest(
        principal=principal, due_on=due, until=due + timedelta(days=days), payments=payments
    )
    exact = sum((principal - sum(part for paid in on if paid < day)) * D("0.000175") for day in range(1, days + 1))
    assert abs(found.total - exact) <= D("0.005") * max(1, len(found.lines))


def test_a_loss_is_compensated_twice_and_the_court_sets_the_sum_otherwise() -> None:
    assert interest.delayed_performance(loss=D(5000)).total == D("10000.00")
    assert interest.delayed_performance(set_by_court=D(3000)).total == D("3000.00")
    assert interest.delayed_performance(loss=D(5000)).lines[0].rule == "INT-NONMONEY"
    with pytest.raises(interest.NothingToReckon):
        interest.delayed_performance()


def awarded(term: Term, until: date, cap: Decimal | None = None) -> Decimal:
    segment = Segment(principal=D(100000), term=term, cap=cap)
    return interest.general_interest(segments=[segment], until=until).total


def test_awarded_interest_at_a_fixed_rate() -> None:
    term = Term(from_on=date(2024, 1, 1), annual_rate=D("0.06"))
    assert awarded(term, date(2024, 12, 31)) == D("6000.00")
    assert awarded(term, date(2024, 12, 31), cap=D(5000)) == D("5000.00")
    ended = Term(from_on=date(2024, 1, 1), until=date(2024, 4, 10), annual_rate=D("0.0365"))
    assert awarded(ended, date(2025, 1, 1)) == D("1000.00")
    assert awarded(term, date(2023, 12, 31)) == 0


def test_awarded_interest_at_a_multiple_of_the_prime_rate_follows_its_changes() -> None:
    term = Term(from_on=date(2024, 7, 1), lpr_multiple=D(4))
    segment = Segment(principal=D(365000), term=term)
    found = interest.general_interest(segments=[segment], until=date(2024, 7, 31))
    assert [(line.rate, line.days, line.amount) for line in found.lines] == [
        (D("0.1380"), 20, D("2760.00")),
        (D("0.1340"), 10, D("1340.00")),
    ]


def test_a_prime_rate_of_a_fixed_day_and_a_ceiling_do_not_float() -> None:
    fixed = Term(from_on=date(2024, 1, 1), lpr_multiple=D(4), lpr_on=date(2020, 9, 1))
    assert awarded(fixed, date(2024, 12, 31)) == D("15400.00")
    capped = Term(from_on=date(2024, 1, 1), annual_rate=D("0.36"), ceiling=D("0.24"))
    assert awarded(capped, date(2024, 12, 31)) == D("24000.00")


def test_rates_that_are_not_known_are_marked_or_refused() -> None:
    assert rates.lpr(on=date(2024, 8, 1)) == D("0.0335")
    assert rates.lpr(on=date(2024, 8, 1), tenor=Tenor.FIVE_YEARS) == D("0.0385")
    with pytest.raises(rates.BeforeLpr):
        rates.lpr(on=date(2019, 8, 19))
    with pytest.raises(rates.NoRate):
        Term(from_on=date(2024, 1, 1))
    late = Segment(principal=D(100), term=Term(from_on=date(2026, 2, 1), lpr_multiple=D(1)))
    (line,) = interest.general_interest(segments=[late], until=date(2026, 3, 1)).lines
    assert "年利率3.0000%（利率待核）" in line.text
