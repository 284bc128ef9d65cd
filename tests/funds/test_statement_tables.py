"""Tables of six banks, in every encoding and shape that they come in, become the same kind of lines."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from funds import statements
from gateways.simulators import statements as simulated

FIXTURES = Path(__file__).parent / "fixtures"
yuan = Decimal


def load(name, **more):
    return statements.read("whatever it is called", (FIXTURES / name).read_bytes(), **more)


def movements(statement):
    return [(str(line.booked_on), line.direction, str(line.amount)) for line in statement.lines]


SHAPES = {
    "abc.csv": ("ABC", "", "0.00", "34999.50", 4, "50000.37", "15000.87", 0, 1),
    "boc.csv": ("BOC", "4321", "0.00", "8834.56", 2, "10034.56", "1200.00", 1, 0),
    "boc_card.csv": ("BOC", "8899", None, None, 2, "500.00", "88.80", 1, 0),
    "bocom.csv": ("BOCOM", "", "1000.00", "1.23", 2, "1.23", "1000.00", 0, 0),
    "bocom_card.csv": ("BOCOM", "", None, None, 2, "123.18", "49.85", 1, 0),
    "ccb.xls": ("CCB", "6217*********0077", "2000.10", "2448.02", 3, "515.02", "67.10", 0, 1),
    "ccb_page.xls": ("CCB", "14050164000000001234", "0.00", "4990.00", 2, "5000.00", "10.00", 0, 0),
    "workbook_2003.xls": ("ABC", "14050164000000009999", "0.00", "4989.90", 2, "5000.00", "10.10", 0, 0),
    "cmb.csv": ("CMB", "", "0.00", "1491.75", 3, "2500.00", "1008.25", 0, 0),
    "cmb_records.csv": ("CMB", "6226********0001", "0.00", "879.50", 3, "1000.00", "120.50", 0, 0),
    "cmb_card.csv": ("CMB", "7788", None, None, 2, "1000.00", "23.50", 0, 0),
    "icbc.csv": ("ICBC", "6222****0042", "119.83", "12400.00", 3, "12345.67", "65.50", 0, 0),
    "icbc_corporate.csv": ("OTHER", "1402036209000012345", "0.00", "32587.45", 3, "1343597.70", "1311010.25", 0, 0),
    "semicolons.csv": ("OTHER", "141031000100000017", "0.00", "1000.00", 1, "1000.00", "0.00", 0, 0),
    "unsigned.csv": ("OTHER", "", None, None, 0, "0.00", "0.00", 2, 0),
}


@pytest.mark.parametrize("name", SHAPES)
def test_each_shape_is_known_by_its_content_and_adds_up(name):
    bank, account, opening, closing, accepted, came, left, rejected, ignored = SHAPES[name]
    found = load(name)
    assert (found.bank, found.kind, found.account, found.currency) == (bank, "STATEMENT", account, "CNY")
    assert (found.opening, found.closing) == (opening and yuan(opening), closing and yuan(closing))
    control = found.control
    assert (control.accepted.count, control.accepted.in_sum, control.accepted.out_sum) == (
        accepted,
        yuan(came),
        yuan(left),
    )
    assert (control.rejected.count, control.ignored.count) == (rejected, ignored)
    assert control.read.count == accepted + rejected + ignored
    assert found.warnings == ()


def test_every_fixture_of_a_table_is_tried():
    assert set(SHAPES) == {path.name for path in FIXTURES.iterdir() if path.suffix in (".csv", ".xls")}


def test_a_line_says_day_moment_side_parties_purpose_and_reference():
    first = load("abc.csv").lines[0]
    assert (first.ordinal, first.booked_on, first.direction, first.amount) == (
        1,
        date(2026, 3, 2),
        "IN",
        yuan("50000.00"),
    )
    assert first.booked_at == datetime(2026, 3, 2, 1, 30, 15, tzinfo=UTC)
    assert (first.counterparty_name, first.counterparty_account) == ("张建国", "6228481234567890123")
    assert first.remark == "转存 （2026）晋1031执27号案款"
    assert (first.bank_reference, first.balance, first.currency) == ("700000101", yuan("50000.00"), "CNY")
    assert first.raw["交易渠道"] == "超级网银"


def test_a_reference_of_zeros_is_none():
    assert [line.bank_reference for line in load("abc.csv").lines] == ["700000101", "700000102", None, None]


def test_a_line_of_nothing_is_ignored_and_counted():
    (zero,) = load("abc.csv").ignored
    assert (zero.code, zero.ordinal, zero.amount, zero.booked_on) == ("ZERO", 4, yuan("0.00"), date(2026, 3, 3))


def test_another_currency_is_rejected_with_its_reason_and_can_be_asked_for():
    (dollars,) = load("boc.csv").rejected
    assert (dollars.code, dollars.currency, dollars.amount, dollars.direction) == (
        "CURRENCY",
        "USD",
        yuan("500.00"),
        "IN",
    )
    assert dollars.reason == "币种为 USD，不是 CNY"
    assert movements(load("boc.csv", currency="USD")) == [("2026-03-05", "IN", "500.00")]


def test_a_payment_abroad_counts_in_the_currency_in_which_it_was_booked():
    assert movements(load("icbc.csv"))[1] == ("2026-03-02", "OUT", "47.50")
    assert movements(load("bocom_card.csv"))[1] == ("2026-01-18", "OUT", "49.85")


def test_on_a_card_without_signs_the_words_tell_and_what_they_do_not_tell_is_rejected():
    found = load("bocom_card.csv")
    assert movements(found) == [("2026-01-11", "IN", "123.18"), ("2026-01-18", "OUT", "49.85")]
    assert [(one.code, one.reason) for one in found.rejected] == [("DIRECTION", "看不出这笔是收入还是支出")]


def test_on_a_card_a_positive_amount_was_spent_and_days_take_the_year_of_the_bill():
    assert movements(load("cmb_card.csv")) == [("2025-12-30", "IN", "1000.00"), ("2026-01-03", "OUT", "23.50")]


def test_amounts_without_any_sign_are_not_guessed():
    assert [one.code for one in load("unsigned.csv").rejected] == ["DIRECTION", "DIRECTION"]


def test_amounts_without_a_sign_are_receipts_when_the_running_balance_says_so():
    text = "日期,金额,余额,摘要\n2026-03-01,100.00,100.00,来款\n2026-03-02,200.00,300.00,来款\n"
    assert movements(statements.read("x", text.encode())) == [
        ("2026-03-01", "IN", "100.00"),
        ("2026-03-02", "IN", "200.00"),
    ]


def test_a_reversal_in_red_goes_the_other_way():
    assert movements(load("icbc_corporate.csv"))[2] == ("2026-03-03", "IN", "100.00")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("2026-03-01,支出,-5.00,a\n2026-03-02,收入,7.00,b\n", ["OUT", "IN"]),
        ("2026-03-01,借,5.00,a\n2026-03-02,贷,7.00,b\n2026-03-03,借,-1.00,c\n", ["OUT", "IN", "IN"]),
    ],
)
def test_a_sign_beside_a_flag_repeats_it_or_reverses_it(rows, expected):
    found = statements.read("x", f"交易日期,借贷标志,交易金额,摘要\n{rows}".encode())
    assert [line.direction for line in found.lines] == expected


def test_the_day_of_booking_counts_and_the_day_of_trade_is_kept():
    first = load("ccb.xls").lines[0]
    assert (first.booked_on, first.traded_on) == (date(2026, 3, 2), date(2026, 3, 1))


def test_the_case_account_is_taken_from_its_own_column():
    assert load("semicolons.csv").lines[0].sub_account == "141031000100000100017"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_encoding_and_the_line_ends_change_nothing(encoding, end):
    text = (FIXTURES / "icbc_corporate.csv").read_bytes().decode("gb18030").replace("\r\n", end)
    found = statements.read("x", text.encode(encoding))
    assert found == load("icbc_corporate.csv")


def test_rare_characters_survive():
    text = "日期,收入,支出,余额,对方户名,摘要\n2026-03-01,1.00,,1.00,𬱖㛃,䶮\n"
    line = statements.read("x", text.encode("gb18030")).lines[0]
    assert (line.counterparty_name, line.remark) == ("𬱖㛃", "䶮")


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("１，２３４．５０", "1234.50"),
        ('"1,234.5"', "1234.50"),
        ("¥1234.50", "1234.50"),
        ("1234.50元", "1234.50"),
        ('"=""1234.50"""', "1234.50"),
        ("+1234.50", "1234.50"),
    ],
)
def test_amounts_are_read_however_they_are_written(written, amount):
    found = statements.read("x", f"日期,收入,支出,摘要\n2026-03-01,{written},,a\n".encode())
    assert [line.amount for line in found.lines] == [yuan(amount)]


@pytest.mark.parametrize(
    "written",
    ["2026-3-1", "2026/03/01", "2026.03.01", "20260301", "2026年3月1日", "２０２６－０３－０１", "2026-03-01 00:00:00"],
)
def test_days_are_read_however_they_are_written(written):
    found = statements.read("x", f"日期,收入,支出,摘要\n{written},1.00,,a\n".encode())
    assert found.lines[0].booked_on == date(2026, 3, 1)


@pytest.mark.parametrize("written", ["93015", "093015", "9:30:15", "09:30:15", "2026-03-01 09:30:15", "20260301093015"])
def test_times_are_read_however_they_are_written(written):
    found = statements.read("x", f"记账日期,记账时间,收入,支出,摘要\n2026-03-01,{written},1.00,,a\n".encode())
    assert found.lines[0].booked_at == datetime(2026, 3, 1, 1, 30, 15, tzinfo=UTC)


def test_totals_below_that_disagree_are_shown_and_nothing_is_refused():
    text = "日期,收入,支出,余额,摘要\n2026-03-01,5.00,,5.00,a\n2026-03-02,,2.00,3.00,b\n合计,50.00,2.00\n"
    found = statements.read("x", text.encode())
    assert [(one.code, one.text) for one in found.warnings] == [
        ("FOOTER", "银行合计为收入 50.00、支出 2.00，各笔相加为收入 5.00、支出 2.00")
    ]
    assert found.control.accepted.count == 2


def test_a_running_balance_that_jumps_is_shown():
    text = "日期,收入,支出,余额,摘要\n2026-03-01,5.00,,5.00,a\n2026-03-02,,2.00,4.00,b\n"
    found = statements.read("x", text.encode())
    assert [one.code for one in found.warnings] == ["CHAIN"]
    assert (found.opening, found.closing) == (None, None)


def test_balances_stated_above_that_disagree_are_shown():
    text = "账号：1234567890,期初余额：1.00,期末余额：9.00\n日期,收入,支出,摘要\n2026-03-01,5.00,,a\n"
    found = statements.read("x", text.encode())
    assert [(one.code, one.text) for one in found.warnings] == [
        ("BALANCE", "期初余额加减各笔得 6.00，与期末余额 9.00 不符")
    ]


def test_a_last_line_that_may_be_cut_is_shown():
    text = "日期,收入,支出,摘要\n2026-03-01,5.00,,还"
    found = statements.read("x", text.encode())
    assert [(one.code, one.text) for one in found.warnings] == [
        ("CUT", "文件末尾没有换行，最后一行可能不完整，请与银行核对")
    ]
    assert statements.read("x", f"{text}款\n".encode()).warnings == ()


def test_a_balance_carried_forward_is_no_movement():
    text = "日期,收入,支出,余额,摘要\n2026-03-01,,,10.00,承前页\n2026-03-01,5.00,,15.00,a\n"
    found = statements.read("x", text.encode())
    assert (found.opening, found.control.read.count) == (yuan("10.00"), 1)


def test_headings_repeated_on_every_page_and_notes_between_are_passed_by():
    head = "日期,收入,支出,余额,摘要\n"
    text = f"{head}2026-03-01,5.00,,5.00,a\n第1页 共2页\n,,,,\n{head}2026-03-02,1.00,,6.00,b\n以上数据仅供参考\n"
    assert statements.read("x", text.encode()).control.read.count == 2


def test_a_file_of_two_accounts_gives_two_statements_and_is_not_taken_for_one():
    text = "本方账号,日期,收入,支出,余额,摘要\n111122,2026-03-01,5.00,,5.00,a\n333344,2026-03-01,7.00,,7.00,b\n"
    found = statements.read_all("x", text.encode())
    assert [(one.account, one.closing) for one in found] == [("111122", yuan("5.00")), ("333344", yuan("7.00"))]
    with pytest.raises(statements.Unreadable, match="含有多个账户（111122、333344）"):
        statements.read("两户.csv", text.encode())


def test_a_table_without_movements_is_a_statement_of_nothing():
    found = statements.read("x", "日期,收入,支出,余额,摘要\n".encode())
    assert (found.lines, found.control.read.count) == ((), 0)


def test_a_currency_at_the_end_of_a_line_above_the_table_ends_there():
    table = (
        "账户交易明细\n账号：1410310001000001,户名：隰县人民法院,币种：人民币\n"
        "日期：2026-11-20,期初余额：0.00,期末余额：12.50\n"
        "记账日期,流水号,贷方金额,借方金额,余额,对方户名,摘要\n"
        "2026-11-20,R1,12.50,,12.50,王某军,还款\n"
    )
    found = statements.read("day.csv", table.encode())
    assert (found.currency, found.rejected, found.control.accepted.in_sum) == ("CNY", (), yuan("12.50"))


def test_the_table_of_the_simulated_bank_is_read_without_help():
    sheet = simulated.Sheet("1410310001000001", "隰县人民法院", "2026-11-20", yuan("0.00"), yuan("0.00"), [])
    assert statements.read("day.csv", simulated.table(sheet)).currency == "CNY"
