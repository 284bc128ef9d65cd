"""ISO 20022 messages from version 1 to 13: statements are booked, advices and intraday reports never."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from funds import statements

FIXTURES = Path(__file__).parent / "fixtures"
ACCOUNT = "1402036209000012345"
yuan = Decimal


def load(name, **more):
    return statements.read("x", (FIXTURES / name).read_bytes(), **more)


def test_a_statement_has_its_balances_in_its_own_currency():
    found = load("camt053_v2.xml")
    assert (found.bank, found.kind, found.bookable, found.account) == ("ISO20022", "STATEMENT", True, ACCOUNT)
    assert (found.opening, found.closing, found.warnings) == (yuan("1000.00"), yuan("1500.00"), ())


def test_what_came_in_names_the_payer_and_the_case_account():
    line = load("camt053_v2.xml").lines[0]
    assert (line.direction, line.amount, line.bank_reference) == ("IN", yuan("800.00"), "B20260302-1")
    assert (line.counterparty_name, line.counterparty_account) == ("张三", "6228481234567890123")
    assert (line.sub_account, line.remark) == ("140203620900001234500017", "（2026）晋1031执27号")
    assert (line.booked_on, line.booked_at) == (date(2026, 3, 2), datetime(2026, 3, 2, 1, 30, tzinfo=UTC))


def test_what_left_names_the_payee_and_our_instruction():
    line = load("camt053_v2.xml").lines[1]
    assert (line.direction, line.counterparty_name, line.raw["EndToEndId"]) == ("OUT", "李四", "payout:1")


def test_pending_and_empty_entries_are_ignored_by_name():
    found = load("camt053_v2.xml")
    assert [(one.code, one.amount) for one in found.ignored] == [("PENDING", yuan("70.00")), ("ZERO", yuan("0.00"))]
    assert (found.control.read.count, found.control.read.sum) == (4, yuan("1170.00"))


def test_a_batch_that_adds_up_becomes_a_line_for_each_payer():
    found = load("camt053_v8_batch.xml")
    assert [(line.counterparty_name, line.amount, line.bank_reference, line.remark) for line in found.lines[:2]] == [
        ("甲公司", yuan("100.00"), "T1", "140203620900001234500025"),
        ("乙公司", yuan("200.00"), "T2", "140203620900001234500033"),
    ]
    assert (found.closing, found.warnings) == (yuan("1760.00"), ())


def test_a_batch_that_does_not_say_its_parts_stays_one_line():
    line = load("camt053_v8_batch.xml").lines[2]
    assert (line.amount, line.bank_reference, line.remark) == (yuan("40.00"), "BATCH10", "手续费一 手续费二")


def test_a_batch_whose_parts_do_not_add_up_stays_one_line():
    content = (FIXTURES / "camt053_v8_batch.xml").read_bytes().replace(b">200.00<", b">199.00<")
    line = statements.read("x", content).lines[0]
    assert (line.amount, line.bank_reference) == (yuan("300.00"), "BATCH9")


def test_a_reversal_has_the_direction_that_it_states_and_a_debit_balance_is_negative():
    found = load("camt053_v13_gb18030.xml")
    assert (found.opening, found.lines[0].direction, found.lines[0].amount) == (yuan("-10.00"), "IN", yuan("12.50"))
    assert (found.lines[0].booked_on, found.lines[0].remark) == (date(2026, 3, 4), "冲正")


def test_another_currency_and_a_missing_day_are_rejected():
    found = load("camt053_v13_gb18030.xml")
    assert [(one.code, one.reason) for one in found.rejected] == [
        ("CURRENCY", "币种为 EUR，不是 CNY"),
        ("DATE", "报文没有给出记账日期"),
    ]
    euros = load("camt053_v13_gb18030.xml", currency="EUR")
    assert [line.amount for line in euros.lines] == [yuan("99.00")]


def test_an_advice_and_an_intraday_report_are_read_and_never_booked():
    advice, report = load("camt054.xml"), load("camt052.xml")
    assert (advice.kind, advice.bookable, report.kind, report.bookable) == ("ADVICE", False, "INTRADAY", False)
    assert advice.account == report.account == ACCOUNT
    assert advice.lines[0].booked_on == date(2026, 3, 2)


def test_an_advice_and_the_statement_speak_of_one_movement():
    booked = load("camt053_v2.xml").lines[0]
    names = {
        statements.identity(line, ACCOUNT)
        for line in (booked, load("camt054.xml").lines[0], load("camt052.xml").lines[0])
    }
    assert len(names) == 1


@pytest.mark.parametrize("version", [*range(2, 14)])
@pytest.mark.parametrize("prefix", ["", "ns2:"])
def test_every_version_is_read_with_and_without_a_prefix(version, prefix):
    text = (FIXTURES / "camt053_v2.xml").read_text(encoding="utf-8")
    text = text.replace("camt.053.001.02", f"camt.053.001.{version:02d}")
    if version >= 8:
        text = text.replace("<Sts>BOOK</Sts>", "<Sts><Cd>BOOK</Cd></Sts>").replace(
            "<Sts>PDNG</Sts>", "<Sts><Cd>PDNG</Cd></Sts>"
        )
        text = text.replace("<Dbtr><Nm>张三</Nm></Dbtr>", "<Dbtr><Pty><Nm>张三</Nm></Pty></Dbtr>")
    if prefix:
        text = text.replace("xmlns=", "xmlns:ns2=").replace("</", "\0").replace("<?", "\1").replace("<", "<ns2:")
        text = text.replace("\0", "</ns2:").replace("\1", "<?")
    found = statements.read("x", text.encode())
    assert found.lines[0].counterparty_name == "张三"
    assert (found.control.accepted.in_sum, found.control.accepted.out_sum) == (yuan("800.00"), yuan("300.00"))
    assert found.control.ignored.count == 2


def test_a_message_in_an_envelope_is_found():
    text = (FIXTURES / "camt053_v2.xml").read_text(encoding="utf-8").partition("?>")[2]
    found = statements.read("x", f'<BizMsgEnvlp xmlns="urn:x"><AppHdr/>{text}</BizMsgEnvlp>'.encode())
    assert found.control.accepted.count == 2


def test_two_accounts_in_a_message_are_two_statements():
    found = statements.read_all("x", (FIXTURES / "camt053_two_accounts.xml").read_bytes())
    assert [(one.account, one.control.accepted.sum) for one in found] == [
        ("1000001", yuan("1.00")),
        ("1000002", yuan("2.00")),
    ]


def test_pages_of_one_account_are_put_together():
    text = (FIXTURES / "camt053_two_accounts.xml").read_text(encoding="utf-8").replace("1000002", "1000001")
    found = statements.read("x", text.encode())
    assert [line.amount for line in found.lines] == [yuan("1.00"), yuan("2.00")]
    assert [line.ordinal for line in found.lines] == [1, 2]
