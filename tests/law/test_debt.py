"""The replayable account of a debt (INT-ORDER, INT-COSTBASE, INT-EXCLUDE, SET-DEDUCT, DIST-DOUBLE-LAST)."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law import debt
from law.appropriation import Component, Parts
from law.debt import Item, Liability, Receipt
from law.interest import BeforeDoubledRule
from law.rates import Term
from law.rules import NATIONAL

D = Decimal
DUE = date(2019, 10, 31)
PAID = date(2020, 1, 13)
STORY = (
    Item(key="principal", amount=D(1311000), due_on=DUE, label="借款本息"),
    Item(key="costs", amount=D("10.25"), due_on=DUE, component=Component.COSTS, label="案件受理费"),
    Item(key="fee", amount=D(15510), due_on=date(2020, 1, 3), component=Component.COSTS, label="执行申请费"),
)


def test_the_story_of_1343497_70_yuan_to_the_fen() -> None:
    found = debt.statement(items=STORY, at=PAID)
    assert found.owed == Parts(costs=D("15520.25"), principal=D("1311000.00"), doubled_interest=D("16977.45"))
    assert found.total == D("1343497.70")
    assert found.daily_growth == D("229.43")
    assert [line.amount for line in found.lines] == [
        D("1311000.00"),
        D("10.25"),
        D("15510.00"),
        D("16977.45"),
    ]
    assert found.lines[-1].days == 74
    assert found.text.endswith("合计1,343,497.70元")


def test_one_payment_of_exactly_that_sum_discharges_the_debt() -> None:
    found = debt.statement(items=STORY, receipts=[Receipt(on=PAID, amount=D("1343497.70"))], at=PAID)
    assert found.discharged
    assert (found.surplus, found.daily_growth) == (0, 0)
    later = debt.statement(
        items=STORY, receipts=[Receipt(on=PAID, amount=D("1343497.70"))], at=PAID + timedelta(days=400)
    )
    assert later.total == 0
    assert found.allocations[0].paid == Parts(
        costs=D("15520.25"), principal=D("1311000.00"), doubled_interest=D("16977.45")
    )


def test_a_fen_less_leaves_a_fen_of_the_doubled_part_which_does_not_grow() -> None:
    found = debt.statement(items=STORY, receipts=[Receipt(on=PAID, amount=D("1343497.69"))], at=date(2025, 1, 1))
    assert found.owed == Parts(doubled_interest=D("0.01"))
    assert found.daily_growth == 0


def test_a_fen_more_is_surplus() -> None:
    found = debt.statement(items=STORY, receipts=[Receipt(on=PAID, amount=D("1343497.71"))], at=PAID)
    assert (found.total, found.surplus) == (0, D("0.01"))


def test_a_receipt_after_the_day_is_left_out() -> None:
    late = [Receipt(on=PAID + timedelta(days=1), amount=D(1000000))]
    assert debt.statement(items=STORY, receipts=late, at=PAID).total == D("1343497.70")


def test_too_little_money_pays_costs_interest_principal_and_the_rest_grows_on() -> None:
    items = [
        Item(key="fee", amount=D(1000), due_on=date(2025, 1, 1), component=Component.COSTS),
        Item(key="interest", amount=D(8000), due_on=date(2025, 1, 10), component=Component.GENERAL_INTEREST),
        Item(key="principal", amount=D(100000), due_on=date(2025, 1, 10)),
    ]
    receipt = Receipt(on=date(2025, 4, 20), amount=D(60000))
    found = debt.statement(items=items, receipts=[receipt], at=date(2025, 4, 20))
    assert found.allocations[0].paid == Parts(costs=D(1000), general_interest=D(8000), principal=D(51000))
    assert found.owed == Parts(principal=D(49000), doubled_interest=D(1750))
    later = debt.statement(items=items, receipts=[receipt], at=date(2025, 4, 30))
    assert later.doubled_interest == D(1750) + D("85.75")
    assert later.daily_growth == D("8.58")


def test_instalments_double_from_their_own_last_days_and_the_earliest_is_paid_first() -> None:
    items = [
        Item(key=str(end), amount=D(50000), due_on=end)
        for end in (date(2025, 3, 31), date(2025, 1, 31), date(2025, 2, 28))
    ]
    assert debt.statement(items=items, at=date(2025, 4, 30)).doubled_interest == D("1575.00")
    paid = debt.statement(
        items=items, receipts=[Receipt(on=date(2025, 2, 15), amount=D("50131.25"))], at=date(2025, 2, 15)
    )
    assert paid.by_item["2025-01-31"] == Parts()
    assert paid.principal == D("100000.00")
    assert paid.allocations[0].paid == Parts(principal=D(50000), doubled_interest=D("131.25"))
    assert paid.not_due == D("100000.00")
    assert paid.due == paid.total - D("100000.00")


def test_prepaying_reaches_what_is_not_yet_due_only_after_everything_due() -> None:
    items = [
        Item(key="now", amount=D(100), due_on=date(2025, 1, 31)),
        Item(key="later", amount=D(100), due_on=date(2025, 12, 31)),
    ]
    found = debt.statement(items=items, receipts=[Receipt(on=date(2025, 1, 31), amount=D(150))], at=date(2025, 6, 1))
    assert (found.by_item["now"].total, found.by_item["later"].principal) == (0, D("50.00"))


def test_awarded_interest_runs_on_the_unpaid_principal_and_does_not_double() -> None:
    term = Term(from_on=date(2023, 12, 31), annual_rate=D("0.0365"))
    item = Item(key="loan", amount=D(100000), due_on=date(2024, 12, 31), interest=(term,))
    found = debt.statement(items=[item], at=date(2025, 1, 10))
    assert found.general_interest == D("3760.00")
    assert found.doubled_interest == D("175.00")
    assert found.daily_growth == D("27.50")
    paid = debt.statement(items=[item], receipts=[Receipt(on=date(2025, 1, 10), amount=D(53760))], at=date(2025, 1, 20))
    assert paid.owed == Parts(principal=D(50000), general_interest=D("50.00"), doubled_interest=D(175) + D("87.50"))


def test_excluded_days_stop_only_the_doubled_part() -> None:
    term = Term(from_on=date(2023, 12, 31), annual_rate=D("0.0365"))
    item = Item(key="loan", amount=D(100000), due_on=date(2024, 12, 31), interest=(term,))
    stay = [(date(2025, 1, 1), date(2025, 1, 9))]
    found = debt.statement(items=[item], at=date(2025, 1, 10), excluded=stay)
    assert (found.general_interest, found.doubled_interest) == (D("3760.00"), D("35.00"))


def test_joint_debtors_pay_once_and_each_can_be_asked_for_all() -> None:
    item = Item(key="loan", amount=D(1000), due_on=date(2025, 1, 1), payers=("甲", "乙"))
    own = Item(key="penalty", amount=D(100), due_on=date(2025, 1, 1), payers=("甲",))
    found = debt.statement(items=[item, own], at=date(2025, 1, 1))
    assert found.total == D("1100.00")
    assert found.by_payer == {"甲": D("1100.00"), "乙": D("1000.00")}
    paid = debt.statement(
        items=[item, own],
        receipts=[Receipt(on=date(2025, 1, 1), amount=D(1100), payer="乙")],
        at=date(2025, 1, 1),
    )
    assert paid.by_payer == {"甲": D("100.00"), "乙": D("0.00")}
    assert paid.surplus == D("100.00")


def test_several_debtors_owe_their_shares_only() -> None:
    item = Item(
        key="loan",
        amount=D(100),
        due_on=date(2025, 1, 1),
        payers=("甲", "乙", "丙"),
        liability=Liability.SEVERAL,
        shares=(1, 1, 1),
    )
    found = debt.statement(items=[item], at=date(2025, 1, 1))
    assert found.by_payer == {"甲": D("33.34"), "乙": D("33.33"), "丙": D("33.33")}
    assert found.total == D("100.00")
    with pytest.raises(debt.SharesMissing):
        debt.statement(
            items=[Item(key="x", amount=D(1), due_on=DUE, payers=("甲",), liability=Liability.SEVERAL)], at=DUE
        )


def test_a_third_person_may_pay_for_the_debtor() -> None:
    item = Item(key="loan", amount=D(1000), due_on=date(2025, 1, 1), payers=("甲",))
    found = debt.statement(
        items=[item], receipts=[Receipt(on=date(2025, 1, 1), amount=D(400), payer="丙")], at=date(2025, 1, 1)
    )
    assert found.total == D("600.00")


def test_a_waiver_of_the_doubled_part_touches_nothing_else() -> None:
    waiver = Receipt(on=PAID, amount=D("16977.45"), only=(Component.DOUBLED_INTEREST,))
    found = debt.statement(items=STORY, receipts=[waiver], at=PAID)
    assert (found.doubled_interest, found.total) == (0, D("1326520.25"))


def test_a_named_item_is_paid_before_the_others() -> None:
    items = [Item(key=key, amount=D(100), due_on=date(2025, 1, 1)) for key in ("a", "b")]
    found = debt.statement(
        items=items, receipts=[Receipt(on=date(2025, 1, 1), amount=D(120), item="b")], at=date(2025, 1, 1)
    )
    assert (found.by_item["a"].total, found.by_item["b"].total) == (D("80.00"), 0)


def test_court_costs_enter_the_base_only_where_the_court_says_so() -> None:
    item = Item(key="costs", amount=D(100000), due_on=date(2025, 1, 10), component=Component.COSTS)
    own = NATIONAL.with_overrides({"INT-COSTBASE": 1})
    assert debt.statement(items=[item], at=date(2025, 4, 20)).doubled_interest == 0
    assert debt.statement(items=[item], at=date(2025, 4, 20), rules=own).doubled_interest == D("1750.00")


def test_a_delay_before_august_2014_is_refused_and_may_be_carried_as_a_fixed_sum() -> None:
    old = Item(key="old", amount=D(100000), due_on=date(2013, 1, 1), label="借款")
    with pytest.raises(BeforeDoubledRule, match="借款"):
        debt.statement(items=[old], at=date(2015, 1, 1))
    carried = [
        Item(key="old", amount=D(100000), due_on=date(2013, 1, 1), doubles_after=date(2014, 7, 31)),
        Item(key="before", amount=D(9000), due_on=date(2014, 7, 31), component=Component.DOUBLED_INTEREST),
    ]
    assert debt.statement(items=carried, at=date(2014, 8, 10)).doubled_interest == D("9175.00")


AMOUNT = st.decimals(min_value=1, max_value=10**6, places=2)
ITEMS = st.lists(
    st.builds(
        lambda amount, days, part, rate: (amount, days, part, rate),
        AMOUNT,
        st.integers(0, 400),
        st.sampled_from([Component.PRINCIPAL, Component.COSTS, Component.GENERAL_INTEREST]),
        st.sampled_from([None, D("0.05"), D("0.1375")]),
    ),
    min_size=1,
    max_size=4,
)
RECEIPTS = st.lists(st.tuples(AMOUNT, st.integers(0, 700)), max_size=5)
START = date(2020, 1, 1)


def _items(raw: list[tuple[Decimal, int, Component, Decimal | None]]) -> list[Item]:
    return [
        Item(
            key=str(place),
            amount=amount,
            due_on=START + timedelta(days=days),
            component=part,
            interest=(Term(from_on=START, annual_rate=rate),) if rate and part is Component.PRINCIPAL else (),
        )
        for place, (amount, days, part, rate) in enumerate(raw)
    ]


@settings(max_examples=150, deadline=None)
@given(ITEMS, RECEIPTS, st.integers(0, 800))
def test_no_fen_is_lost_and_the_lines_add_up(
    raw: list[tuple[Decimal, int, Component, Decimal | None]], paid: list[tuple[Decimal, int]], ahead: int
) -> None:
    receipts = [Receipt(on=START + timedelta(days=days), amount=amount) for amount, days in paid]
    at = START + timedelta(days=ahead)
    found = debt.statement(items=_items(raw), receipts=receipts, at=at)
    assert sum(line.amount for line in found.lines) == found.total
    received = sum((receipt.amount for receipt in receipts if receipt.on <= at), D(0))
    assert found.paid.total + found.surplus == received
    assert sum((parts.total for parts in found.by_item.values()), D(0)) == found.total
    assert min(found.costs, found.general_interest, found.principal, found.doubled_interest) >= 0


@settings(max_examples=150, deadline=None)
@given(ITEMS, RECEIPTS, st.integers(1, 99), st.randoms(use_true_random=False))
def test_the_same_receipts_split_and_shuffled_give_the_same_account(
    raw: list[tuple[Decimal, int, Component, Decimal | None]],
    paid: list[tuple[Decimal, int]],
    percent: int,
    random: st.DataObject,
) -> None:
    at = START + timedelta(days=800)
    whole = [Receipt(on=START + timedelta(days=days), amount=amount) for amount, days in paid]
    pieces = []
    for receipt in whole:
        part = (receipt.amount * percent / 100).quantize(D("0.01"))
        pieces += [Receipt(on=receipt.on, amount=amount) for amount in (part, receipt.amount - part) if amount]
    random.shuffle(pieces)  # type: ignore[attr-defined]
    one = debt.statement(items=_items(raw), receipts=whole, at=at)
    other = debt.statement(items=_items(raw), receipts=pieces, at=at)
    assert (one.owed, one.paid, one.surplus, one.by_item) == (
        other.owed,
        other.paid,
        other.surplus,
        other.by_item,
    )


def test_the_account_is_plain_data_too() -> None:
    found = debt.statement(items=STORY, at=PAID).as_dict()
    assert (found["total"], found["at"], found["daily_growth"]) == ("1343497.70", "2020-01-13", "229.43")
    assert found["owed"] == {
        "costs": "15520.25",
        "general_interest": "0.00",
        "principal": "1311000.00",
        "doubled_interest": "16977.45",
        "total": "1343497.70",
    }


@settings(max_examples=150, deadline=None)
@given(ITEMS, RECEIPTS, st.integers(0, 100))
def test_an_account_taken_on_receipt_by_receipt_says_what_a_replay_says(
    raw: list[tuple[Decimal, int, Component, Decimal | None]], paid: list[tuple[Decimal, int]], after: int
) -> None:
    receipts = sorted(
        (Receipt(on=START + timedelta(days=days), amount=amount) for amount, days in paid), key=lambda row: row.on
    )
    running = debt.Running(items=_items(raw))
    for count, receipt in enumerate(receipts, 1):
        running.take(receipt)
        for at in (receipt.on + timedelta(days=after), receipt.on):
            assert running.at(at) == debt.statement(items=_items(raw), receipts=receipts[:count], at=at)


def test_a_running_account_takes_no_receipt_before_another() -> None:
    running = debt.Running(items=STORY)
    running.take(Receipt(on=PAID, amount=D(100)))
    with pytest.raises(debt.OutOfOrder):
        running.take(Receipt(on=PAID - timedelta(days=1), amount=D(100)))
    with pytest.raises(debt.OutOfOrder):
        running.at(PAID - timedelta(days=1))
    assert running.at(PAID) == debt.statement(items=STORY, receipts=[Receipt(on=PAID, amount=D(100))], at=PAID)


def test_money_that_came_before_a_fee_arose_pays_nothing_of_it() -> None:
    items = [
        Item(key="p", amount=D("1000.00"), due_on=date(2026, 12, 10)),
        Item(
            key="fee", amount=D("50.00"), due_on=date(2026, 12, 11), component=Component.COSTS,
            arises_on=date(2026, 12, 11),
        ),
    ]  # fmt: skip
    ahead, later = Receipt(on=date(2026, 11, 20), amount=D("300.00")), Receipt(on=date(2026, 12, 11), amount=D("60.00"))
    before = debt.statement(items=items, receipts=[ahead], at=date(2026, 12, 10))
    assert (before.principal, before.costs) == (D("700.00"), D("50.00"))
    after = debt.statement(items=items, receipts=[ahead, later], at=date(2026, 12, 11))
    assert (after.principal, after.costs) == (D("690.00"), D("0.00"))
