"""Several debtors of one judgment: together, by shares, one after the other (民法典177、178; F-24)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law import debt
from law.appropriation import Component
from law.debt import Item, Liability, Receipt, Statement
from law.liability import FirstDebtorMissing, SharesMissing

D = Decimal
DUE = date(2025, 1, 1)
LATER = date(2025, 1, 11)  # ten days of doubled interest


def item(amount: int = 1000, **given: object) -> Item:
    return Item(key=str(given.pop("key", "loan")), amount=D(amount), due_on=DUE, **given)  # type: ignore[arg-type]


def read(*items: Item, at: date = DUE, paid: dict[str, str] | None = None) -> Statement:
    receipts = [Receipt(on=DUE, amount=D(amount), payer=payer) for payer, amount in (paid or {}).items()]
    return debt.statement(items=items, receipts=receipts, at=at)


def test_what_one_of_two_joint_debtors_pays_lowers_what_both_owe_and_the_total_stays_right() -> None:
    found = read(item(payers=("甲", "乙")), paid={"甲": "400"})
    assert (found.owed_by("甲"), found.owed_by("乙"), found.total) == (D(600), D(600), D(600))


def test_a_several_debtor_pays_his_own_share_and_never_a_strangers() -> None:
    loan = item(payers=("甲", "乙"), liability=Liability.SEVERAL, shares=(30, 70))
    found = read(loan, paid={"甲": "350"})
    assert (found.owed_by("甲"), found.owed_by("乙"), found.total, found.surplus) == (0, D(700), D(700), D(50))


def test_a_debtors_own_share_comes_before_what_he_owes_together_with_others() -> None:
    together = item(payers=("甲", "乙"), key="together")
    own = item(payers=("甲", "乙"), key="own", liability=Liability.SEVERAL, shares=(400, 600))
    found = read(together, own, paid={"甲": "500"})
    assert (found.owed_by("甲"), found.owed_by("乙"), found.total) == (D(900), D(1500), D(1500))


def test_who_answers_after_the_others_owes_nothing_until_he_is_called_on() -> None:
    given = {"payers": ("甲", "乙"), "liability": Liability.SUPPLEMENTARY, "later": ("乙",)}
    before = read(item(**given), at=LATER)
    assert (before.owed_by("甲"), before.owed_by("乙")) == (D("1001.75"), 0)
    assert before.growth_by_payer == {"甲": D("0.18"), "乙": 0}
    called = read(item(**given, called_on=LATER), at=LATER)
    assert (called.owed_by("甲"), called.owed_by("乙"), called.total) == (D("1001.75"), D("1001.75"), D("1001.75"))


def test_a_limit_of_the_judgment_bounds_who_answers_after_the_others() -> None:
    loan = item(
        payers=("甲", "乙"), liability=Liability.SUPPLEMENTARY, later=("乙",), called_on=DUE, shares=(300,)
    )  # fmt: skip
    paid = read(loan, paid={"乙": "350"})
    assert (paid.owed_by("甲"), paid.owed_by("乙"), paid.surplus) == (D(700), 0, D(50))
    others = read(loan, paid={"甲": "800"})
    assert (others.owed_by("甲"), others.owed_by("乙")) == (D(200), D(200))


def test_a_stranger_is_asked_for_nothing() -> None:
    assert read(item(payers=("甲",))).owed_by("丙") == 0


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"liability": Liability.SEVERAL, "shares": (1,)}, SharesMissing),
        ({"liability": Liability.SUPPLEMENTARY}, FirstDebtorMissing),
        ({"liability": Liability.SUPPLEMENTARY, "later": ("甲", "乙")}, FirstDebtorMissing),
        ({"liability": Liability.SUPPLEMENTARY, "later": ("丙",)}, FirstDebtorMissing),
        ({"liability": Liability.SUPPLEMENTARY, "later": ("乙",), "shares": (1, 2)}, SharesMissing),
    ],
)
def test_a_judgment_that_leaves_the_shares_or_the_order_open_is_refused(given: dict[str, object], error: type) -> None:
    with pytest.raises(error):
        read(item(payers=("甲", "乙"), **given))


NAMES = ("甲", "乙", "丙")
WEIGHTS = st.lists(st.integers(1, 999), min_size=3, max_size=3)
PAYMENTS = st.lists(
    st.tuples(st.sampled_from((*NAMES, "丁", "")), st.integers(1, 60_000)), max_size=6
)  # fmt: skip


@st.composite
def debts(draw: st.DrawFn) -> tuple[list[Item], list[Receipt]]:
    kind = draw(st.sampled_from(Liability))
    more: dict[str, object] = {"liability": kind}
    if kind is Liability.SEVERAL:
        more["shares"] = tuple(draw(WEIGHTS))
    if kind is Liability.SUPPLEMENTARY:
        more |= {"later": ("乙", "丙"), "called_on": draw(st.sampled_from((None, DUE, LATER)))}
        more["shares"] = draw(st.sampled_from(((), (D(100), D(5)))))
    costs = item(draw(st.integers(1, 50)), key="costs", payers=NAMES, component=Component.COSTS)
    loan = item(draw(st.integers(1, 1000)), payers=NAMES, **more)
    receipts = [Receipt(on=DUE, amount=D(fen) / 100, payer=payer) for payer, fen in draw(PAYMENTS)]
    return [loan, costs], receipts


@settings(max_examples=150, deadline=None)
@given(debts())
def test_nothing_is_counted_twice_whoever_pays(drawn: tuple[list[Item], list[Receipt]]) -> None:
    items, receipts = drawn
    found = debt.statement(items=items, receipts=receipts, at=LATER)
    everything = debt.statement(items=items, at=LATER).total
    assert sum(receipt.amount for receipt in receipts) == found.paid.total + found.surplus
    assert found.total + found.paid.total <= everything  # paid early, the doubled part runs on less
    for payer in NAMES:
        assert 0 <= found.owed_by(payer) <= found.total
        assert found.growth_by_payer[payer] <= found.daily_growth
    assert found.total <= sum(found.owed_by(payer) for payer in NAMES)


@settings(max_examples=100, deadline=None)
@given(WEIGHTS, st.integers(1, 100_000), PAYMENTS)
def test_the_shares_add_up_to_the_total_after_any_payments(weights: list[int], fen: int, paid: list) -> None:
    loan = Item(
        key="loan", amount=D(fen) / 100, due_on=DUE, payers=NAMES, liability=Liability.SEVERAL, shares=tuple(weights)
    )
    receipts = [Receipt(on=DUE, amount=D(sum_) / 100, payer=payer) for payer, sum_ in paid]
    found = debt.statement(items=[loan], receipts=receipts, at=LATER)
    assert sum(found.owed_by(payer) for payer in NAMES) == found.total
