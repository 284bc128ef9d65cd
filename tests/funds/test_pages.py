"""The pages of the vault: who sees what, what a refusal keeps, and the same number of queries however long the list."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Post
from cases.services import deciding
from funds.models import Claim, PayeeAccount, Payout, Receipt
from funds.services import claiming, mending
from tests.funds.conftest import MAIN, Vault, key

D = Decimal
SignIn = Callable[[Post], Client]


def queries_of(browser: Client, url: str) -> int:
    browser.get(url)  # the session and the shell are warm
    with CaptureQueriesContext(connection) as found:
        assert browser.get(url).status_code == 200
    return len(found)


@pytest.mark.parametrize("name", ["registrar", "keeper", "payer", "director", "president"])
def test_the_board_says_the_equation_and_every_receipt(vault: Vault, as_: SignIn, name: str) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    vault.pay_in(case, "300.00")
    vault.receive(vault.credit("38000.00", remark="替还款", payer="任某兰"))
    page = as_(getattr(vault.cast, name)).get(reverse("funds:receipts"))
    text = page.content.decode()
    assert page.status_code == 200
    for words in ("38,300.00", "300.00", "38,000.00", "承办确认", "高执行员", "账实相符", "任某兰"):
        assert words in text


def test_a_field_team_sees_its_own_receipts_and_no_equation(vault: Vault, as_: SignIn) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    vault.pay_in(case, "300.00")
    mine = as_(vault.cast.executor).get(reverse("funds:receipts")).content.decode()
    assert case.number in mine
    assert "银行余额" not in mine
    other = as_(vault.cast.other_judge).get(reverse("funds:receipts")).content.decode()
    assert case.number not in other


def test_the_board_needs_as_many_queries_for_many_receipts_as_for_ten(vault: Vault, as_: SignIn) -> None:
    case = vault.execution(amount="900000.00", fee=False)
    browser, url = as_(vault.cast.registrar), reverse("funds:receipts")
    for _number in range(10):
        vault.pay_in(case, "10.00")
    few = queries_of(browser, url)
    payouts = queries_of(browser, reverse("funds:payouts") + "?show=all")
    for _number in range(30):
        vault.pay_in(case, "10.00")
    assert queries_of(browser, url) == few
    assert queries_of(browser, reverse("funds:payouts") + "?show=all") == payouts


def test_the_page_of_a_receipt_explains_the_split_line_by_line(vault: Vault, as_: SignIn) -> None:
    case = vault.execution(amount="1000.00")
    receipt = vault.pay_in(case, "300.00")
    text = as_(vault.cast.executor).get(reverse("funds:receipt", args=[receipt.pk])).content.decode()
    for words in ("申请执行费", "诉讼费用交纳办法第38条", "王某军", "法释〔2014〕8号第4条", "确认发放方案", "延缓发放"):
        assert words in text
    assert "6228480000000000001" not in text


def test_the_executor_confirms_the_split_in_the_browser_and_twice_is_once(vault: Vault, as_: SignIn) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = vault.pay_in(case, "300.00")
    url = reverse("funds:confirm_receipt", args=[receipt.pk])
    browser = as_(vault.cast.executor)
    assert "确认，提请审批" in browser.get(url).content.decode()
    first = browser.post(url, {"once": "0196f0c8-0000-7000-8000-000000000001"})
    assert (first.status_code, first["Location"]) == (302, reverse("funds:receipt", args=[receipt.pk]))
    assert Payout.objects.get(receipt=receipt).state == "CONFIRMED"


def test_a_refused_act_says_why_and_keeps_its_status(vault: Vault, as_: SignIn) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    PayeeAccount.objects.all().delete()
    receipt = vault.pay_in(case, "300.00")
    payout = Payout.objects.get(receipt=receipt)
    answer = as_(vault.cast.executor).post(reverse("funds:confirm", args=[payout.pk]), {"once": "x"})
    assert answer.status_code == 409
    assert "还没有经核对的收款账户" in answer.content.decode()


def test_finance_sends_a_batch_and_sees_why_it_was_refused(vault: Vault, as_: SignIn) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    first, second = (vault.approved(vault.pay_in(case, amount)) for amount in ("100.00", "200.00"))
    mending.void(payout_id=second.pk, why="测试", actor=vault.who("executor"), at=vault.at, key=key())
    browser = as_(vault.cast.payer)
    assert str(first.pk) in browser.get(reverse("funds:payouts")).content.decode()
    both = {"pick": [str(first.pk), str(second.pk)], "once": "0196f0c8-0000-7000-8000-000000000002"}
    refused = browser.post(reverse("funds:send_batch"), both)
    assert refused.status_code == 409
    assert "全部未办理" in refused.content.decode()
    done = browser.post(reverse("funds:send_batch"), {**both, "pick": [str(first.pk)]})
    assert done.status_code == 302
    first.refresh_from_db()
    assert first.state == "SENT"
    assert browser.post(reverse("funds:send_batch"), {"pick": ["nonsense"]}).status_code == 400


def test_a_file_is_imported_in_the_browser_with_its_control_totals(vault: Vault, as_: SignIn) -> None:
    browser = as_(vault.cast.registrar)
    content = "\n".join(
        [
            f"账号：{MAIN},币种：人民币",
            "交易日期,收入,支出,余额,对方户名,附言,流水号",
            "2026-11-20,88.00,,88.00,甲,无,L1",
        ]
    ).encode("gb18030")
    answer = browser.post(reverse("funds:upload"), {"file": SimpleUploadedFile("一.csv", content), "once": "1"})
    assert answer.status_code == 302
    text = browser.get(answer["Location"]).content.decode()
    assert "读入" in text
    assert "未写案号或案款账号" in text
    broken = browser.post(reverse("funds:upload"), {"file": SimpleUploadedFile("二.csv", b"\x00\x01"), "once": "2"})
    assert broken.status_code == 400
    assert Receipt.objects.count() == 1
    assert as_(vault.cast.payer).get(reverse("funds:upload")).status_code == 403


def test_unidentified_money_is_claimed_and_confirmed_by_two_in_the_browser(vault: Vault, as_: SignIn) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = vault.receive(vault.credit("300.00", remark="还款"))
    assert receipt is not None
    executor, keeper = as_(vault.cast.executor), as_(vault.cast.keeper)
    assert "认领到此案" in executor.get(reverse("funds:unidentified")).content.decode()
    typed = {"number": "2026晋1031执1", "why": "付款人来电", "once": "1"}
    assert executor.post(reverse("funds:claim", args=[receipt.pk]), typed).status_code == 302
    claim = Claim.objects.get()
    assert claim.reasons
    assert "付款人来电" in keeper.get(reverse("funds:unidentified")).content.decode()
    done = keeper.post(reverse("funds:confirm_claim", args=[claim.pk]), {"once": "2"})
    assert done.status_code == 302
    receipt.refresh_from_db()
    assert receipt.case_id == case.pk
    assert executor.post(reverse("funds:confirm_claim", args=[claim.pk]), {"once": "3"}).status_code == 403


def test_a_claim_to_an_unknown_case_is_absent_and_changes_nothing(vault: Vault, as_: SignIn) -> None:
    receipt = vault.receive(vault.credit("300.00", remark="还款"))
    assert receipt is not None
    typed = {"number": "2026晋1031执999", "why": "x", "once": "1"}
    assert as_(vault.cast.registrar).post(reverse("funds:claim", args=[receipt.pk]), typed).status_code == 404
    assert Claim.objects.count() == 0


@pytest.mark.parametrize("name", ["receipts", "unidentified", "payouts", "import", "day"])
def test_an_empty_page_says_what_to_do(vault: Vault, as_: SignIn, name: str) -> None:
    page = as_(vault.cast.registrar).get(reverse(f"funds:{name}"))
    assert page.status_code == 200
    assert "nothing" in page.content.decode()


def test_the_tab_of_the_case_page_shows_number_money_and_relay(vault: Vault, as_: SignIn) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    vault.pay_in(case, "300.00")
    text = as_(vault.cast.executor).get(reverse("cases:case", args=[case.slug]) + "?tab=funds").content.decode()
    for words in ("6221 0310 2640 0000", "300.00", "承办确认", "每一分都有去处"):
        assert words in text


def test_statements_of_case_and_day_open_as_workbooks(vault: Vault, as_: SignIn) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    vault.pay_in(case, "300.00")
    browser = as_(vault.cast.registrar)
    assert "案件账户余额 300.00" in browser.get(reverse("funds:case", args=[case.slug])).content.decode()
    for url in (reverse("funds:case_sheet", args=[case.slug]), reverse("funds:day_sheet") + "?on=2026-11-20"):
        answer = browser.get(url)
        assert answer.status_code == 200
        assert answer.content[:2] == b"PK"


def test_a_day_is_compared_in_the_browser(vault: Vault, as_: SignIn) -> None:
    vault.receive(vault.credit("38.00"))
    browser = as_(vault.cast.registrar)
    answer = browser.post(reverse("funds:reconcile"), {"on": "2026-11-20", "closing": "38.01", "once": "1"})
    assert answer.status_code == 302
    text = browser.get(reverse("funds:receipts")).content.decode()
    assert "付款已停止" in text
    assert "差 0.01" in text


def test_payees_accounts_are_entered_and_confirmed_in_the_browser(vault: Vault, as_: SignIn) -> None:
    case = vault.execution()
    party = vault.creditor(case)
    PayeeAccount.objects.update(ended_at=vault.at)
    typed = {"party": party.pk, "holder": "王某军", "account": "6217 0000 1111", "bank": "建设银行", "once": "1"}
    clerk, executor = as_(vault.cast.clerk), as_(vault.cast.executor)
    assert clerk.post(reverse("funds:payee_enter", args=[case.slug]), typed).status_code == 302
    row = PayeeAccount.objects.get(tail="1111")
    assert clerk.post(reverse("funds:payee_confirm", args=[row.pk]), {"once": "2"}).status_code == 403
    assert executor.post(reverse("funds:payee_confirm", args=[row.pk]), {"once": "3"}).status_code == 302
    assert list(party.payee_accounts.usable()) == [row]
    text = executor.get(reverse("funds:payees", args=[case.slug])).content.decode()
    assert "621700001111" not in text


def test_cash_is_taken_in_the_browser(vault: Vault, as_: SignIn) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    typed = {"payer": "刘某", "amount": "５００元", "second": vault.cast.bailiff.pk, "once": "1"}
    browser, url = as_(vault.cast.executor), reverse("funds:cash", args=[case.slug])
    assert browser.post(url, {**typed, "amount": "5.001"}).status_code == 400
    assert browser.post(url, typed).status_code == 302
    assert Receipt.objects.get().amount == D("500.00")


def test_every_act_of_a_payout_opens_and_another_courts_is_absent(vault: Vault, as_: SignIn) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = vault.pay_in(case, "300.00")
    payout = Payout.objects.get(receipt=receipt)
    for name in ("payout", "confirm", "void", "replace", "resubmit", "readdress"):
        assert as_(vault.cast.executor).get(reverse(f"funds:{name}", args=[payout.pk])).status_code == 200
        assert as_(vault.cast.stranger).get(reverse(f"funds:{name}", args=[payout.pk])).status_code == 404
    for name in ("receipt", "assign", "redraft", "hold", "claim", "confirm_receipt"):
        assert as_(vault.cast.executor).get(reverse(f"funds:{name}", args=[receipt.pk])).status_code == 200
        assert as_(vault.cast.stranger).get(reverse(f"funds:{name}", args=[receipt.pk])).status_code == 404


def test_the_decision_card_of_a_payout_says_what_and_for_whom(vault: Vault, as_: SignIn) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = vault.pay_in(case, "300.00")
    vault.confirm(receipt)
    payout = Payout.objects.get()
    text = as_(vault.cast.director).get(reverse("cases:decision", args=[payout.decision_id])).content.decode()
    for words in ("300.00", "王某军", "法发〔2017〕6号第10条"):
        assert words in text
    deciding.approve(decision_id=payout.decision_id, actor=vault.who("director"), at=vault.at)


def test_claims_of_another_team_are_not_seen(vault: Vault, as_: SignIn) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = vault.pay_in(case, "300.00")
    other = vault.execution(amount="1000.00", fee=False, seed=2)
    claiming.ask(receipt_id=receipt.pk, case_id=other.pk, why="说明", actor=vault.who("executor"), at=vault.at)
    text = as_(vault.cast.other_judge).get(reverse("funds:unidentified")).content.decode()
    assert case.number not in text
