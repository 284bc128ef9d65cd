"""Splitting sums, writing and reading amounts (FEE-ROUND, DIST-ORDER)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law import money, money_text
from law.money_text import NotMoneyText
from law.splitting import NothingToWeigh, split

D = Decimal
MONEY = st.decimals(min_value=0, max_value=10**14, places=2)


def test_the_fen_left_over_goes_to_the_largest_remainder() -> None:
    found = split(D(284600), [300000, 150000, 100001])
    assert found == (D("155236.08"), D("77618.04"), D("51745.88"))
    assert split(D("0.01"), [1, 1]) == (D("0.01"), D("0.00"))
    assert split(D("0.00"), []) == ()
    with pytest.raises(NothingToWeigh):
        split(D(1), [0, 0])


@given(MONEY, st.lists(st.decimals(min_value=0, max_value=10**9, places=2), min_size=1, max_size=8))
def test_parts_add_up_and_stay_within_a_fen_of_proportion(total: Decimal, weights: list[Decimal]) -> None:
    if not sum(weights):
        return
    parts = split(total, weights)
    assert sum(parts) == total
    for part, weight in zip(parts, weights, strict=True):
        exact = total * weight / sum(weights)
        assert abs(part - exact) < D("0.01") + D("1e-12")


def test_rounding_is_half_up() -> None:
    assert money.fen(D("50.025")) == D("50.03")
    assert money.fen(D("50.015")) == D("50.02")


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("10.05", "壹拾元零伍分"),
        ("1343497.70", "壹佰叁拾肆万叁仟肆佰玖拾柒元柒角整"),
        ("10001.01", "壹万零壹元零壹分"),
        ("100200030004.50", "壹仟零贰亿零叁万零肆元伍角整"),
        ("1200000000000", "壹万贰仟亿元整"),
        ("16977.45", "壹万陆仟玖佰柒拾柒元肆角伍分"),
    ],
)
def test_amounts_are_written_in_capitals(amount: str, text: str) -> None:
    assert money_text.in_capitals(D(amount)) == text


@given(MONEY)
def test_capitals_read_back_as_the_same_amount(amount: Decimal) -> None:
    assert money_text.read(money_text.in_capitals(amount)) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("131.1万元", "1311000"),
        ("４００，０００元", "400000"),
        ("¥1,343,497.70", "1343497.70"),
        ("人民币叁拾万圆正", "300000"),
        ("十五万元", "150000"),
        ("一百三十一万一千元", "1311000"),
        ("3万5000元", "35000"),
        ("1.5亿", "150000000"),
        ("二十万零五百元整", "200500"),
        ("壹佰元零伍分", "100.05"),
        ("12元5角", "12.50"),
        ("五角", "0.50"),
    ],
)
def test_amounts_are_read_in_every_usual_form(text: str, amount: str) -> None:
    assert money_text.read(text) == D(amount)


@pytest.mark.parametrize("text", ["", "元", "abc", "-5元", "1.234元", "万万", "五百只"])
def test_what_names_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NotMoneyText, match="看不懂的金额"):
        money_text.read(text)


def test_ten_thousands_and_thousands() -> None:
    assert money_text.in_ten_thousands(D("1311000")) == "131.1万元"
    assert money_text.with_thousands(D("1343497.7")) == "1,343,497.70"
