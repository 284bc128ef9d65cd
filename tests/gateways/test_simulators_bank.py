"""The simulated bank: an order is carried out once, money moves with a running balance, freezes stand in line."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from funds import statements
from gateways import simulators

ID_NUMBER = "141031197001011234"
PAYMENT = {"instruction_key": "payout:1", "amount": "300.00", "payee_name": "李四", "payee_account": "6222021001"}


@pytest.fixture
def outside():
    return simulators.make_app(seed=7)


def ask(app, method, path, body=None, **query):
    answer = app.request(method, path, body, query)
    return answer.status, answer.json()


def pay_in(app, amount="1000.00", sub_account="141031000100000100017", **more):
    body = {"to_sub_account": sub_account, "amount": amount, "payer_name": "张三", **more}
    return ask(app, "POST", "/bank/pay-in", body)[1]


def deposit(app, *balances, id_number=ID_NUMBER):
    found = [{"account": f"62220200000000{n:04d}", "balance": balance} for n, balance in enumerate(balances, 1)]
    ask(app, "POST", "/registries/fixtures", {"channel": "deposit", "id_number": id_number, "findings": found})


def freeze(app, key, limit, days=365, **more):
    end = (date.fromisoformat(today(app)) + timedelta(days=days)).isoformat()
    body = {"request_key": key, "debtor_name": "张三", "id_number": ID_NUMBER, "limit": limit, "ruling": "裁定"}
    return ask(app, "POST", "/bank/freezes", {**body, "term_end": end, **more})[1]


def today(app):
    return ask(app, "GET", "/bank/balance")[1]["day"]


def test_a_payment_settles_once_however_often_it_is_sent(outside):
    pay_in(outside)
    first = ask(outside, "POST", "/bank/payments", PAYMENT)
    again = ask(outside, "POST", "/bank/payments", PAYMENT)
    assert first == again
    assert first[0] == 202
    assert first[1]["answer"] == "ACCEPTED"
    standing = ask(outside, "GET", "/bank/payments/payout:1")[1]
    assert (standing["status"], standing["bank_reference"]) == ("SETTLED", first[1]["bank_reference"])
    totals = ask(outside, "GET", "/bank/balance")[1]
    assert (totals["received"], totals["paid"], totals["closing"], totals["count"]) == (
        "1000.00",
        "300.00",
        "700.00",
        2,
    )


def test_a_key_is_not_taken_for_another_payment(outside):
    pay_in(outside)
    ask(outside, "POST", "/bank/payments", PAYMENT)
    status, answer = ask(outside, "POST", "/bank/payments", {**PAYMENT, "amount": "300.01"})
    assert (status, answer["error"]) == (409, "KEY_REUSED")
    assert ask(outside, "GET", "/bank/balance")[1]["closing"] == "700.00"


def test_the_bank_does_not_pay_what_it_does_not_hold(outside):
    pay_in(outside, "299.99")
    answer = ask(outside, "POST", "/bank/payments", PAYMENT)[1]
    assert (answer["answer"], answer["reason"], answer["bank_reference"]) == ("REFUSED", "账户余额不足", None)
    assert ask(outside, "GET", "/bank/payments/payout:1")[1]["status"] == "REFUSED"
    assert ask(outside, "GET", "/bank/balance")[1]["closing"] == "299.99"


def test_money_promised_to_waiting_payments_is_not_promised_again():
    app = simulators.make_app(settings={"settle_seconds": 60})
    pay_in(app, "500.00")
    assert ask(app, "POST", "/bank/payments", PAYMENT)[1]["answer"] == "ACCEPTED"
    second = ask(app, "POST", "/bank/payments", {**PAYMENT, "instruction_key": "payout:2"})[1]
    assert second["reason"] == "账户余额不足"
    assert ask(app, "GET", "/bank/payments/payout:1")[1]["status"] == "PENDING"
    ask(app, "POST", "/control/time", {"advance_seconds": 61})
    assert ask(app, "GET", "/bank/payments/payout:1")[1]["status"] == "SETTLED"


@pytest.mark.parametrize("amount", ["-1", "0", "1.001", "abc", "NaN", "Infinity", ""])
def test_a_wrong_amount_is_refused_and_moves_nothing(outside, amount):
    status, answer = ask(
        outside, "POST", "/bank/pay-in", {"to_sub_account": "1", "amount": amount, "payer_name": "张三"}
    )
    assert (status, answer["error"]) == (400, "BAD_INPUT")
    assert ask(outside, "GET", "/bank/balance")[1]["count"] == 0


def test_an_unknown_payment_is_not_known(outside):
    assert ask(outside, "GET", "/bank/payments/payout:9")[0] == 404


def test_credits_come_after_the_cursor_and_name_the_sub_account(outside):
    first = pay_in(outside, "1000.00", remark="还款")
    cursor = ask(outside, "GET", "/bank/credits")[1]["next"]
    second = pay_in(outside, "2.50", "141031000100000100025")
    feed = ask(outside, "GET", "/bank/credits", since=cursor)[1]
    assert [line["bank_reference"] for line in feed["lines"]] == [second["bank_reference"]]
    assert feed["lines"][0]["sub_account"] == "141031000100000100025"
    assert (first["balance"], second["balance"]) == ("1000.00", "1002.50")


def test_a_pay_in_with_a_key_is_booked_once(outside):
    assert pay_in(outside, key="demo:1") == pay_in(outside, key="demo:1")
    assert ask(outside, "GET", "/bank/balance")[1]["closing"] == "1000.00"


def test_each_court_has_its_own_account_and_balance(outside):
    for number, prefix in (("1410310001", "1410310001"), ("3714270001", "3714270001")):
        opened = {"account": number, "name": "执行款专户", "sub_prefix": prefix, "opening_balance": "10.00"}
        assert ask(outside, "POST", "/bank/accounts", opened)[0] == 201
    pay_in(outside, "5.00", "3714270001000017")
    balances = {one["account"]: one["balance"] for one in ask(outside, "GET", "/bank/accounts")[1]["accounts"]}
    assert balances == {"1410310001": "10.00", "3714270001": "15.00"}
    assert ask(outside, "GET", "/bank/credits", account="1410310001")[1]["lines"] == []


def test_both_forms_of_the_statement_say_the_same_and_agree_with_the_balance(outside):
    pay_in(outside, "1234.56", remark="（2025）晋1031执123号 <还款> & 利息", payer_account="6228480001112223334")
    ask(outside, "POST", "/bank/payments", PAYMENT)
    files = [outside.request("GET", "/bank/statement", query={"format": form}).content for form in ("camt053", "csv")]
    xml, table = (statements.read("statement", content) for content in files)
    identities = [[statements.identity(line, one.account) for line in one.lines] for one in (xml, table)]
    assert identities[0] == identities[1]
    for one in (xml, table):
        assert (one.opening, one.closing) == (Decimal("0.00"), Decimal("934.56"))
        assert [(line.direction, line.amount) for line in one.lines] == [
            ("IN", Decimal("1234.56")),
            ("OUT", Decimal("300.00")),
        ]
        assert one.lines[0].sub_account == "141031000100000100017"
        assert one.lines[0].remark == "（2025）晋1031执123号 <还款> & 利息"
        assert one.lines[0].counterparty_account == "6228480001112223334"
        assert one.warnings == ()


def test_the_opening_balance_is_yesterdays_closing_balance(outside):
    pay_in(outside, "1000.00")
    yesterday = today(outside)
    ask(outside, "POST", "/control/time", {"advance_days": 1})
    pay_in(outside, "1.00")
    assert ask(outside, "GET", "/bank/balance")[1]["opening"] == "1000.00"
    assert ask(outside, "GET", "/bank/balance", day=yesterday)[1]["closing"] == "1000.00"


def test_a_freeze_holds_up_to_its_limit_in_all_accounts_together(outside):
    deposit(outside, "80.00", "500.00")
    answer = freeze(outside, "f1", "550.00")
    assert (answer["status"], answer["frozen_amount"], answer["rank"]) == ("DONE", "550.00", 1)
    assert [(one["account_tail"], one["frozen_amount"]) for one in answer["controls"]] == [
        ("0002", "500.00"),
        ("0001", "50.00"),
    ]
    assert (answer["account_tail"], answer["start"]) == ("0002", today(outside))


def test_a_freeze_of_a_named_account_leaves_the_others_alone(outside):
    deposit(outside, "500.00", "80.00")
    answer = freeze(outside, "f1", "300.00", account="0002")
    assert (answer["frozen_amount"], len(answer["controls"])) == ("80.00", 1)


def test_who_has_no_account_has_nothing_frozen(outside):
    deposit(outside)
    answer = freeze(outside, "f1", "300.00")
    assert (answer["status"], answer["reason"], answer["frozen_amount"]) == ("DONE", "查无开户信息", "0.00")
    assert (answer["rank"], answer["live"]["state"]) == (None, "NONE")


def test_a_later_freeze_waits_and_moves_up_when_the_first_is_released(outside):
    deposit(outside, "500.00")
    freeze(outside, "f1", "450.00")
    second = freeze(outside, "f2", "450.00")
    assert (second["rank"], second["frozen_amount"]) == (2, "50.00")
    order = ask(outside, "POST", "/bank/freezes/f1/release", {"request_key": "r1", "ruling": "解除裁定"})[1]
    assert (order["status"], order["order"]) == ("DONE", "RELEASE")
    assert ask(outside, "GET", "/bank/freezes/f1")[1]["live"]["state"] == "RELEASED"
    live = ask(outside, "GET", "/bank/freezes/f2")[1]["live"]
    assert (live["rank"], live["frozen_amount"]) == (1, "450.00")


def test_a_freeze_lapses_after_its_last_day_and_cannot_be_renewed_then(outside):
    deposit(outside, "500.00")
    freeze(outside, "f1", "300.00", days=10)
    ask(outside, "POST", "/control/time", {"advance_days": 10})
    assert ask(outside, "GET", "/bank/freezes/f1")[1]["live"]["state"] == "IN_FORCE"
    ask(outside, "POST", "/control/time", {"advance_days": 1})
    assert ask(outside, "GET", "/bank/freezes/f1")[1]["live"]["state"] == "LAPSED"
    renewal = {"request_key": "n1", "term_end": "2030-01-01", "ruling": "续行冻结裁定"}
    order = ask(outside, "POST", "/bank/freezes/f1/renew", renewal)[1]
    assert (order["status"], order["reason"]) == ("REFUSED", "冻结已失效或已解除")


def test_a_renewal_in_time_carries_the_last_day(outside):
    deposit(outside, "500.00")
    freeze(outside, "f1", "300.00", days=10)
    renewal = {"request_key": "n1", "term_end": "2030-01-01", "ruling": "续行冻结裁定"}
    assert ask(outside, "POST", "/bank/freezes/f1/renew", renewal)[1]["status"] == "DONE"
    assert ask(outside, "GET", "/bank/freezes/f1")[1]["live"]["end"] == "2030-01-01"


def test_a_levy_moves_frozen_money_into_the_courts_account(outside):
    deposit(outside, "500.00", "80.00")
    freeze(outside, "f1", "550.00")
    levy = {"request_key": "l1", "ruling": "扣划裁定", "amount": "520.00", "to_sub_account": "141031000100000100017"}
    assert ask(outside, "POST", "/bank/freezes/f1/levy", levy)[1]["status"] == "DONE"
    assert ask(outside, "POST", "/bank/freezes/f1/levy", levy)[1]["status"] == "DONE"
    lines = ask(outside, "GET", "/bank/credits")[1]["lines"]
    assert [(one["amount"], one["kind"], one["sub_account"]) for one in lines] == [
        ("500.00", "LEVY", "141031000100000100017"),
        ("20.00", "LEVY", "141031000100000100017"),
    ]
    inquiry = {"request_key": "q1", "name": "张三", "id_number": ID_NUMBER}
    found = ask(outside, "POST", "/registries/deposit/inquiries", inquiry)[1]["findings"]
    assert [(one["balance"], one["available"]) for one in found] == [("0.00", "0.00"), ("60.00", "30.00")]


def test_more_than_is_frozen_cannot_be_levied(outside):
    deposit(outside, "500.00")
    freeze(outside, "f1", "300.00")
    levy = {"request_key": "l1", "ruling": "扣划裁定", "amount": "300.01", "to_sub_account": "1"}
    order = ask(outside, "POST", "/bank/freezes/f1/levy", levy)[1]
    assert (order["status"], order["reason"]) == ("REFUSED", "扣划金额超过实际冻结金额")
    assert ask(outside, "GET", "/bank/balance")[1]["closing"] == "0.00"
    assert ask(outside, "GET", "/bank/freezes/f1")[1]["live"]["frozen_amount"] == "300.00"
