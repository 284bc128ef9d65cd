"""The same movement is the same in every file; different movements are never taken for one."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from funds import statements
from funds.statements import identities

FIXTURES = Path(__file__).parent / "fixtures"
HEAD = "日期,收入,支出,余额,对方户名,摘要,流水号\n"


def lines(rows):
    return statements.read("x", (HEAD + rows).encode()).lines


def names(rows, account="141031"):
    return [statements.identity(line, account) for line in lines(rows)]


LINE = lines("2026-03-01,5.00,,5.00,张三,还款,R1\n")[0]
BARE = replace(LINE, bank_reference=None)


def test_an_identity_is_64_hex_characters_and_stable():
    assert len(statements.identity(LINE, "141031")) == 64
    assert statements.identity(LINE, "141031") == statements.identity(LINE, "1410 31")


@pytest.mark.parametrize(
    "change",
    [
        {"booked_on": date(2026, 3, 2)},
        {"remark": "还 款 二"},
        {"balance": None},
        {"counterparty_name": "张三丰"},
        {"ordinal": 9},
    ],
)
def test_with_a_reference_only_account_side_and_amount_go_with_it(change):
    assert statements.identity(replace(LINE, **change), "141031") == statements.identity(LINE, "141031")


@pytest.mark.parametrize(
    "change",
    [{"bank_reference": "R2"}, {"direction": "OUT"}, {"amount": Decimal("5.01")}, {"occurrence": 1}],
)
def test_another_reference_side_or_amount_is_another_movement(change):
    assert statements.identity(replace(LINE, **change), "141031") != statements.identity(LINE, "141031")


@pytest.mark.parametrize(
    "change",
    [
        {"booked_on": date(2026, 3, 2)},
        {"amount": Decimal("5.01")},
        {"direction": "OUT"},
        {"balance": Decimal("6.00")},
        {"counterparty_name": "李四"},
        {"counterparty_account": "6222"},
        {"remark": "利息"},
        {"occurrence": 1},
    ],
)
def test_without_a_reference_everything_that_is_told_counts(change):
    assert statements.identity(replace(BARE, **change), "141031") != statements.identity(BARE, "141031")


def test_another_account_is_another_movement():
    assert statements.identity(LINE, "141031") != statements.identity(LINE, "371427")


def test_a_pushed_line_and_a_statement_line_are_one_movement():
    pushed = statements.identity_of(
        account="141031", bank_reference="R1", direction="IN", amount=Decimal("5"), booked_on=date(2026, 3, 2)
    )
    assert pushed == statements.identity(LINE, "141031")


def test_a_line_that_the_bank_shows_twice_is_one_movement():
    row = "2026-03-01,5.00,,5.00,张三,还款,R1\n"
    first, second = names(row + row)
    assert first == second


def test_a_movement_and_its_reversal_under_one_reference_are_two():
    assert len(set(names("2026-03-01,5.00,,5.00,张三,还款,R1\n2026-03-01,,5.00,0.00,张三,冲正,R1\n"))) == 2


def test_equal_amounts_of_one_batch_under_one_reference_are_two_movements():
    assert len(set(names("2026-03-01,5.00,,5.00,张三,还款,R1\n2026-03-01,5.00,,10.00,李四,还款,R1\n"))) == 2


def test_equal_lines_without_a_reference_are_counted_and_found_again_in_a_longer_file():
    row = "2026-03-01,5.00,,,张三,还款,\n"
    morning, day = names(row), names(row + row + "2026-03-01,7.00,,,李四,还款,\n")
    assert len(set(day)) == 3
    assert morning[0] == day[0]


def test_the_encoding_and_the_width_of_characters_change_nothing():
    rows = "2026-03-01,5.00,,5.00,张三（父）,还款 １号,\n"
    gbk = statements.read("x", (HEAD + rows).encode("gbk")).lines[0]
    narrow = lines("2026-03-01,5.00,,5.00,张三(父),还款1号,\n")[0]
    assert statements.identity(gbk, "1") == statements.identity(narrow, "1")


@pytest.mark.parametrize(
    ("stated", "same"),
    [
        ("", True),
        ("6222021234567890042", True),
        ("6222 0212 3456 7890 042", True),
        ("6222****0042", True),
        ("xxxxx*********xxxx", True),
        ("0042", True),
        ("6222****0043", False),
        ("6222021234567890043", False),
        ("0043", False),
        ("1234567890042", False),
    ],
)
def test_a_stated_account_may_be_masked_or_cut_but_not_another(stated, same):
    assert statements.same_account(stated, "6222021234567890042") is same


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["2026-03-01", "2026-03-02"]),
        st.integers(min_value=0, max_value=3),
        st.booleans(),
        st.sampled_from(["张三", "李四"]),
        st.sampled_from(["", "R1", "R2", "000"]),
    ),
    max_size=12,
)


@given(ROWS)
def test_control_totals_add_up_whatever_is_in_the_file(rows):
    text = HEAD + "".join(
        f"{on},{'' if out else cents / 100},{cents / 100 if out else ''},,{who},x,{ref}\n"
        for on, cents, out, who, ref in rows
    )
    found = statements.read("x", text.encode())
    control = found.control
    assert control.read.count == len(rows)
    assert control.read.count == control.accepted.count + control.rejected.count + control.ignored.count
    assert control.accepted.sum == control.accepted.in_sum + control.accepted.out_sum
    signed = sum((-cents if out else cents) for _on, cents, out, _who, _ref in rows)
    assert sum(line.signed for line in found.lines) * 100 == signed


@given(ROWS, st.randoms())
def test_identities_do_not_depend_on_the_order_of_the_lines(rows, chance):
    made = [
        replace(
            LINE,
            booked_on=date.fromisoformat(on),
            amount=Decimal(cents + 1),
            counterparty_name=who,
            bank_reference=ref or None,
        )
        for on, cents, _out, who, ref in rows
    ]
    shuffled = made[:]
    chance.shuffle(shuffled)
    before, after = (
        {statements.identity(line, "1") for line in identities.numbered(order)} for order in (made, shuffled)
    )
    assert before == after
