"""Every indicator by a worked example: its exact value, both its numbers, the length of its lists, and what never counts."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from accounts.roles import Role
from assets.models import Preservation
from cases.kinds import CaseKind, ClosedHow
from cases.models import Performance
from funds.services import claiming, opening, receiving
from gateways.payloads import CreditLine
from insight import boards, indicators
from insight.frames import Frame, Span
from insight.indicators import Indicator
from insight.models import Target
from insight.parts import Part
from kernel import clock
from tests.cast import MORNING, TODAY, Cast
from tests.insight.conftest import Docket

D = Decimal
CLOSED = date(2026, 6, 1)
PERFORMED, ENDED, TERMINATED = ClosedHow.PERFORMED, ClosedHow.ROUND_ENDED, ClosedHow.TERMINATED


def read(key: str, docket: Docket, **frame: object) -> Indicator:
    """The indicator now, its lists checked against its numbers."""
    found = indicators.read(key, docket.frame(**frame))  # type: ignore[arg-type]
    for part in (found.numerator, found.denominator, *indicators.beside(key, found.frame)):
        assert_adds_up(part)
    return found


def assert_adds_up(part: Part) -> None:
    assert sum((part.adds(row) for row in part.rows), D(0)) == part.value, part.key


def numbers(found: Indicator) -> tuple[Decimal, Decimal, str]:
    return found.numerator.value, found.denominator.value, found.text


def test_twenty_seven_of_eighty_nine_civil_cases_are_preserved_for(docket: Docket, elsewhere: Docket) -> None:
    cases = docket.cases(89, kind=CaseKind.CIVIL)
    docket.preserve(cases[:20])
    docket.preserve(cases[20:27], rulings=3)
    elsewhere.preserve(elsewhere.cases(50, kind=CaseKind.CIVIL))
    docket.cases(9, kind=CaseKind.EXECUTION)
    docket.cases(9, kind=CaseKind.CIVIL, filed=date(2025, 12, 31))
    found = read("KPI-PRES", docket)
    assert numbers(found) == (27, 89, "30.34")
    assert set(found.numerator.rows) == set(cases[:27])
    (rest,) = indicators.beside("KPI-PRES", found.frame)
    assert set(rest.rows) == set(cases[27:])


def test_seventy_seven_of_two_hundred_and_three_read_the_same_to_two_places(docket: Docket) -> None:
    assert indicators.rounded(D(77) * 100 / D(203)) == D("37.93") == indicators.rounded(D(11) * 100 / D(29))
    assert indicators.rounded(D(44) * 100 / D(145)) == D("30.34")


def test_an_application_that_waits_for_its_ruling_is_not_a_preservation(docket: Docket) -> None:
    cases = docket.cases(4, kind=CaseKind.CIVIL)
    docket.preserve(cases[:2])
    Preservation.objects.filter(case=cases[0]).update(ruled_at=None, state="APPLIED")
    assert numbers(read("KPI-PRES", docket)) == (1, 4, "25.00")


def test_a_preservation_before_the_suit_belongs_to_the_suit(docket: Docket) -> None:
    (before,) = docket.cases(1, kind=CaseKind.PRE_SUIT_PRESERVATION)
    docket.cases(1, kind=CaseKind.CIVIL, matter=before.matter)
    docket.cases(1, kind=CaseKind.CIVIL, arises_from=before)
    docket.cases(2, kind=CaseKind.CIVIL)
    docket.preserve([before])
    assert numbers(read("KPI-PRES", docket)) == (2, 4, "50.00")


def test_eleven_of_twenty_nine_preserved_cases_end_by_mediation(docket: Docket, elsewhere: Docket) -> None:
    cases = docket.cases(35, kind=CaseKind.CIVIL)
    docket.preserve(cases, rulings=2)
    for place, case in enumerate(cases[:29]):
        verb = "cases.mediated" if place < 11 else ("cases.judged" if place < 25 else "cases.withdrawn")
        docket.event(case, verb, CLOSED)
    (plain,) = docket.cases(1, kind=CaseKind.CIVIL)
    docket.event(plain, "cases.mediated", CLOSED)
    (far,) = elsewhere.cases(1, kind=CaseKind.CIVIL)
    elsewhere.preserve([far])
    elsewhere.event(far, "cases.mediated", CLOSED)
    found = read("KPI-PRES-MED", docket)
    assert numbers(found) == (11, 29, "37.93")
    assert set(found.cases) == set(cases[:29])
    (rest,) = indicators.beside("KPI-PRES-MED", found.frame)
    assert set(rest.rows) == set(cases[11:29])


def test_an_ended_round_never_counts_as_really_closed_nor_as_performed(docket: Docket) -> None:
    docket.cases(5, closed=CLOSED, how=ENDED)
    assert numbers(read("KPI-REAL-FIRST", docket)) == (0, 5, "0.00")
    assert numbers(read("KPI-DONE", docket)) == (0, 5, "0.00")


def test_first_executions_really_closed_under_both_definitions(docket: Docket, elsewhere: Docket) -> None:
    docket.cases(3, closed=CLOSED, how=PERFORMED)
    docket.cases(1, closed=CLOSED, how=TERMINATED)
    docket.cases(2, closed=CLOSED, how=ENDED)
    docket.cases(4)
    docket.cases(2, filed=date(2025, 11, 3), closed=date(2026, 1, 1), how=PERFORMED)
    docket.cases(7, filed=date(2025, 3, 3), closed=date(2025, 12, 31), how=PERFORMED)
    docket.cases(5, kind=CaseKind.RESUMED_EXECUTION, closed=CLOSED, how=PERFORMED)
    docket.cases(5, kind=CaseKind.PRESERVATION, closed=CLOSED, how="CONTROLLED")
    elsewhere.cases(9, closed=CLOSED, how=PERFORMED)
    assert numbers(read("KPI-REAL-FIRST", docket)) == (6, 8, "75.00")
    assert numbers(read("KPI-REAL-FIRST-B", docket)) == (6, 12, "50.00")


def test_the_closing_rate_and_the_share_really_closed_are_two_things(docket: Docket) -> None:
    """夏津 2017: 3,397 in hand, 3,247 closed, 45.85 % really closed. The same shape, a thousandth of the size."""
    docket.cases(10, filed=date(2025, 5, 5), closed=CLOSED, how=ENDED)
    docket.cases(8, closed=CLOSED, how=PERFORMED)
    docket.cases(2)
    assert numbers(read("KPI-CLOSE", docket)) == (18, 20, "90.00")
    assert read("KPI-REAL-FIRST", docket).text == "44.44"


def test_more_can_close_than_came_because_of_the_old_stock(docket: Docket) -> None:
    docket.cases(3, filed=date(2025, 5, 5), closed=CLOSED, how=PERFORMED)
    docket.cases(1, filed=date(2025, 5, 5))
    docket.cases(2, closed=CLOSED, how=PERFORMED)
    docket.cases(1, filed=date(2025, 1, 1), closed=date(2025, 2, 1), how=PERFORMED)
    stock = boards.stock(docket.frame())
    values = [int(part.value) for part in (stock.old, stock.new, stock.closed, stock.unclosed)]
    assert (values, stock.difference) == ([4, 2, 5, 1], 0)


def test_performed_cases_of_all_executions(docket: Docket) -> None:
    docket.cases(2, closed=CLOSED, how=PERFORMED)
    docket.cases(1, kind=CaseKind.RESUMED_EXECUTION, closed=CLOSED, how=PERFORMED)
    docket.cases(4, closed=CLOSED, how=TERMINATED)
    found = read("KPI-DONE", docket)
    assert numbers(found) == (3, 7, "42.86")
    (rest,) = indicators.beside("KPI-DONE", found.frame)
    assert rest.value == 4


def test_days_are_natural_days_from_filing_to_closing(docket: Docket) -> None:
    docket.cases(1, filed=date(2026, 1, 1), closed=date(2026, 1, 31), how=PERFORMED)
    docket.cases(1, filed=date(2026, 2, 1), closed=date(2026, 5, 2), how=ENDED)
    docket.cases(1, kind=CaseKind.RESUMED_EXECUTION, filed=date(2025, 12, 1), closed=date(2026, 1, 11), how=TERMINATED)
    docket.cases(1)
    assert numbers(read("KPI-DAYS", docket)) == (161, 3, "53.67")


def test_what_arrived_counts_once_and_only_as_money_or_in_kind(docket: Docket, elsewhere: Docket) -> None:
    (one,) = docket.cases(1, closed=CLOSED, how=PERFORMED, claimed="1000.00")
    docket.perform(one, "400.00", on=date(2026, 5, 1))
    docket.perform(one, "100.00", on=date(2026, 5, 2), source="LEVY")
    docket.perform(one, "3.70", on=date(2026, 5, 3), source="IN_KIND")
    for source in ("DIRECT", "SET_OFF", "WAIVER"):
        docket.perform(one, "99.00", on=date(2026, 5, 4), source=source)
    docket.cases(1, closed=CLOSED, how=ENDED, claimed="500.00")
    (open_one,) = docket.cases(1, claimed="900.00")
    docket.perform(open_one, "900.00", on=date(2026, 5, 5))
    (far,) = elsewhere.cases(1, closed=CLOSED, how=PERFORMED, claimed="100.00")
    elsewhere.perform(far, "100.00", on=date(2026, 5, 1))
    assert numbers(read("KPI-ARRIVE", docket)) == (D("503.70"), 1500, "33.58")


def test_a_resumed_case_does_not_repeat_the_claim_and_each_case_has_its_own_money(docket: Docket) -> None:
    (first,) = docket.cases(1, filed=date(2026, 1, 5), closed=date(2026, 3, 1), how=ENDED, claimed="1000.00")
    (again,) = docket.cases(
        1, kind=CaseKind.RESUMED_EXECUTION, filed=date(2026, 3, 1), closed=CLOSED, how=PERFORMED, claimed="1000.00",
        matter=first.matter,
    )  # fmt: skip
    docket.perform(first, "200.00", on=date(2026, 3, 1))
    docket.perform(again, "800.00", on=date(2026, 3, 1))
    found = read("KPI-ARRIVE", docket)
    assert numbers(found) == (1000, 1000, "100.00")
    assert {row.number: (row.sought, row.arrived) for row in found.cases} == {
        first.number: (1000, 200),
        again.number: (0, 800),
    }


def test_a_revoked_performance_did_not_arrive(docket: Docket) -> None:
    (case,) = docket.cases(1, closed=CLOSED, how=PERFORMED, claimed="100.00")
    row = docket.perform(case, "100.00", on=date(2026, 5, 1))
    Performance.objects.create(
        matter=case.matter, on=row.on, amount=row.amount, source=row.source, subject=row.subject,
        recorded_at=MORNING - timedelta(days=1), revokes=row,
    )  # fmt: skip
    assert numbers(read("KPI-ARRIVE", docket)) == (0, 100, "0.00")


def test_three_payouts_of_two_three_and_four_days_take_three_days(docket: Docket, elsewhere: Docket) -> None:
    (case,) = docket.cases(1)
    came = clock.at_time(date(2026, 10, 8), 15)
    for days, amount in ((2, "1.00"), (3, "2000000.00"), (4, "30.00")):
        docket.paid(case, amount, came=came, took=timedelta(days=days))
    docket.paid(case, "9.00", came=came, took=timedelta(days=30), kind="COURT")
    (far,) = elsewhere.cases(1)
    elsewhere.paid(far, "9.00", came=came, took=timedelta(days=30))
    assert numbers(read("KPI-PAYDAYS", docket)) == (9, 3, "3.00")


def test_two_three_and_four_days_read_exactly_three_with_median_ninetieth_and_the_share_in_time(docket: Docket) -> None:
    (case,) = docket.cases(1)
    came = clock.at_time(date(2026, 11, 5), 9)  # a Thursday
    for days in (2, 3, 4):
        docket.paid(case, "1.00", came=came, took=timedelta(days=days))
    found = read("KPI-PAYDAYS", docket)
    assert numbers(found) == (9, 3, "3.00")
    assert indicators.spread(found) == [("中位数", "3.00"), ("九成不超过", "4.00")]
    assert numbers(read("KPI-PAY-IN-3", docket)) == (2, 3, "66.67")
    working = read("KPI-PAYDAYS-W", docket)  # Saturday, Sunday and Monday: one, one and two working days
    assert numbers(working) == (4, 3, "1.33")
    assert indicators.spread(working) == [("中位数", "1.00"), ("九成不超过", "2.00")]
    assert indicators.DEFINITIONS[found.key].twin == working.key


def test_from_the_third_to_the_thirteenth_of_january_it_took_ten_days(docket: Docket, elsewhere: Docket) -> None:
    (case,) = docket.cases(1, filed=date(2026, 1, 3), closed=date(2026, 1, 15), how=PERFORMED)
    docket.paid(case, "1000.00", came=clock.at_time(date(2026, 1, 9), 9), took=timedelta(days=1))
    docket.paid(case, "343.00", came=clock.at_time(date(2026, 1, 13), 9), took=timedelta(hours=8))
    docket.cases(1, filed=date(2026, 1, 3), closed=date(2026, 3, 1), how=PERFORMED)  # paid between the parties
    docket.cases(1, filed=date(2026, 1, 3), closed=date(2026, 3, 1), how=ENDED)
    elsewhere.paid(*elsewhere.cases(1), "9.00", came=MORNING, took=timedelta(0))
    found = read("KPI-CYCLE", docket)
    assert numbers(found) == (10, 1, "10.00")
    assert list(found.cases) == [case]


def test_half_a_day_is_not_lost(docket: Docket) -> None:
    (case,) = docket.cases(1)
    came = clock.at_time(date(2026, 10, 8), 8)
    docket.paid(case, "1.00", came=came, took=timedelta(days=2, hours=12))
    docket.paid(case, "1.00", came=came, took=timedelta(hours=1))
    assert read("KPI-PAYDAYS", docket).text == "1.27"


def test_the_unpaid_stock_stands_beside_the_average_with_its_age(docket: Docket) -> None:
    (case,) = docket.cases(1)
    docket.paid(case, "1.00", came=MORNING - timedelta(days=9), took=timedelta(days=1))
    docket.receipt(case, "50.00", came=MORNING - timedelta(days=40))
    docket.receipt(case, "60.00", came=MORNING - timedelta(hours=5))
    found = read("KPI-PAYDAYS", docket)
    (unpaid,) = indicators.beside("KPI-PAYDAYS", found.frame)
    assert (found.text, unpaid.value) == ("1.00", 2)
    assert sorted(row.age for row in unpaid.rows) == [timedelta(hours=5), timedelta(days=40)]


def test_unidentified_money_falls_from_three_hundred_thousand_to_ninety_nine(cast: Cast, docket: Docket) -> None:
    begun = clock.at_time(date(2026, 1, 4), 10)
    Money(cast, docket).suspended("99000.00", at=begun)
    Money(cast, docket).claimed("201000.00", at=begun, on=clock.at_time(date(2026, 9, 1), 10))
    found = read("KPI-UNKNOWN", docket)
    assert numbers(found) == (201000, 300000, "67.00")
    (left,) = indicators.beside("KPI-UNKNOWN", found.frame)
    assert left.value == 99000


def test_new_unidentified_money_eats_the_fall(cast: Cast, docket: Docket) -> None:
    begun = clock.at_time(date(2026, 1, 4), 10)
    Money(cast, docket).suspended("100.00", at=begun)
    Money(cast, docket).suspended("50.00", at=clock.at_time(date(2026, 5, 4), 10))
    assert numbers(read("KPI-UNKNOWN", docket)) == (-50, 100, "−50.00")


@pytest.mark.parametrize("key", indicators.DEFINITIONS)
@pytest.mark.parametrize("span", Span)
def test_nothing_below_the_line_is_a_dash(key: str, span: Span, docket: Docket) -> None:
    found = read(key, docket, span=span)
    assert (found.value, found.text, found.state, found.note) == (None, "—", "", "期内没有可计的案件")


def test_the_spans_begin_where_they_should(docket: Docket) -> None:
    docket.cases(1, filed=date(2025, 6, 1), closed=date(2025, 11, 20), how=PERFORMED)
    docket.cases(2, filed=date(2025, 6, 1), closed=date(2025, 11, 21), how=PERFORMED)
    docket.cases(4, closed=date(2026, 1, 1), how=PERFORMED)
    docket.cases(8, closed=date(2026, 11, 1), how=PERFORMED)
    found = {span: read("KPI-DONE", docket, span=span).denominator.value for span in Span}
    assert found == {Span.YEAR: 12, Span.ROLLING: 14, Span.MONTH: 8}


def test_a_frame_in_the_past_sees_only_what_had_happened(docket: Docket) -> None:
    docket.cases(1, closed=date(2026, 5, 31), how=PERFORMED)
    docket.cases(1, closed=CLOSED, how=PERFORMED)
    frame = Frame.of_day(court_id=docket.court.pk, span=Span.YEAR, on=date(2026, 5, 31))
    assert indicators.read("KPI-DONE", frame).denominator.value == 1


def test_a_leap_day_has_its_year_before() -> None:
    frame = Frame.of(court_id=TODAY, span=Span.ROLLING, at=clock.at_time(date(2028, 2, 29), 9))  # type: ignore[arg-type]
    assert (frame.first, frame.year_before().last) == (date(2027, 3, 1), date(2027, 2, 28))


def test_the_target_in_force_decides_the_mark(cast: Cast, docket: Docket) -> None:
    docket.cases(3, closed=CLOSED, how=PERFORMED)
    docket.cases(1, closed=CLOSED, how=ENDED)
    found = read("KPI-REAL-FIRST", docket)
    assert (found.target, found.state, found.note) == (70, "done", "目标 70%，高 5 百分点")
    president = cast.president
    for value, day in (("80.5", TODAY), ("99", TODAY + timedelta(days=1))):
        Target.objects.create(
            court=docket.court, key=found.key, value=D(value), from_on=day, set_by=president, set_at=MORNING
        )
    found = read("KPI-REAL-FIRST", docket)
    assert (found.target, found.state, found.note) == (D("80.50"), "past", "目标 80.5%，低 5.5 百分点")


def test_fewer_days_are_better(docket: Docket) -> None:
    (case,) = docket.cases(1)
    docket.paid(case, "1.00", came=clock.at_time(date(2026, 10, 8), 8), took=timedelta(days=3, hours=12))
    assert (read("KPI-PAYDAYS", docket).state, read("KPI-PAYDAYS", docket).note) == ("past", "目标 3 天以内，超 0.5 天")


def test_every_definition_says_where_it_comes_from() -> None:
    for row in indicators.DEFINITIONS.values():
        assert "÷" in row.formula
        assert row.counts_not
        assert row.version >= 1
    assert len(indicators.BOARD) == 8


@pytest.mark.parametrize("many", [2, 40])
def test_the_number_of_queries_does_not_grow_with_the_docket(
    many: int, docket: Docket, django_assert_num_queries: object
) -> None:
    civil = docket.cases(many, kind=CaseKind.CIVIL)
    docket.preserve(civil)
    for case in docket.cases(many, closed=CLOSED, how=PERFORMED):
        docket.perform(case, "1.00", on=CLOSED)
        docket.paid(case, "1.00", came=MORNING - timedelta(days=9), took=timedelta(days=1))
    with django_assert_num_queries(32):  # type: ignore[operator]
        indicators.read_all(docket.frame())


class Money:
    """Lines of the bank that name no case, through the real vault."""

    def __init__(self, cast: Cast, docket: Docket) -> None:
        self.cast, self.docket = cast, docket
        self.bank = cast.actor(cast.post("bank", "银行", Role.FINANCE_REGISTRAR))
        self.main = getattr(docket.court, "main_account", None) or opening.open_court(
            court=docket.court,
            number="1410310001000001",
            bank="中国农业银行隰县支行",
            holder="隰县人民法院执行款专户",
            sub_prefix="62210310",
            actor=cast.actor(cast.administrator),
            at=clock.at_time(date(2026, 1, 2), 9),
        )

    def suspended(self, amount: str, *, at: datetime) -> object:
        item = CreditLine(
            account=self.main.number,
            sub_account="",
            booked_on=clock.day_of(at),
            booked_at=at,
            amount=D(amount),
            bank_reference=f"R{amount}{at:%m%d}",
            counterparty_name="某人",
            counterparty_account="6228480000000000001",
            remark="",
            kind="CREDIT",
        )
        line = receiving.keep_pushed(main=self.main, item=item, at=at)
        return receiving.book(line=line, actor=self.bank, at=at)

    def claimed(self, amount: str, *, at: datetime, on: datetime) -> None:
        receipt = self.suspended(amount, at=at)
        (case,) = self.docket.cases(1, claimed=amount)
        registrar, keeper = (self.cast.actor(post) for post in (self.cast.registrar, self.cast.keeper))
        claim = claiming.ask(receipt_id=receipt.pk, case_id=case.pk, why="付款人来电", actor=registrar, at=on)  # type: ignore[attr-defined]
        claiming.confirm(claim_id=claim.pk, actor=keeper, at=on, key=f"ui:claim:{claim.pk}")
