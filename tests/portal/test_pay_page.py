"""The page behind the QR code: what to pay, to which account; what a payer says; nothing that a stranger could learn."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import strip_tags

from accounts.models import AuditEntry
from cases import facts
from cases import queries as case_queries
from cases.models import Case
from cases.papermaking import wording
from funds.models import PayerClaim
from funds.payable import PayState, payable
from funds.services import noticing, paylinks
from kernel import clock
from tests import factories
from tests.cast import TODAY
from tests.funds import conftest as vaults
from tests.funds.conftest import Vault
from tests.funds.test_identifying import unknown
from tests.funds.test_identifying_notices import published

vault = vaults.vault
D = Decimal


def address(vault: Vault, case: Case) -> str:
    return f"/pay/{paylinks.link_for(case, at=vault.at).token}/"


def words(answer: object) -> str:
    return " ".join(strip_tags(answer.content.decode()).split())  # type: ignore[attr-defined]


def typed(**more: str) -> dict[str, object]:
    return {"paid_on": "2026-11-18", "amount": "300", "payer_name": "任某兰", **more}


def test_the_papers_carry_the_address_with_an_unguessable_token(vault: Vault, settings: object) -> None:
    settings.PUBLIC_URL = "https://court.example"  # type: ignore[attr-defined]
    case = vault.execution()
    box = wording.account_box(case, vault.at)
    token = paylinks.link_for(case, at=vault.at).token
    assert box["qr"] == f"https://court.example/pay/{token}/"
    assert case.number not in box["qr"]
    assert len(token) == 32


def test_a_payer_reads_the_sum_of_today_and_of_tomorrow_and_the_account(vault: Vault) -> None:
    case = vault.execution(amount="131100.00", fee=False)
    answer = Client().get(address(vault, case))
    page = words(answer)
    owed = case_queries.debt(case.matter, TODAY).total
    later = case_queries.debt(case.matter, date(2026, 11, 21)).total
    assert later > owed
    assert answer.status_code == 200
    for told in (f"{owed:,.2f}", f"{later:,.2f}", f"{later - owed:,.2f}", "隰县人民法院执行款专户", "2026晋1031执1号"):
        assert told in page
    assert vault.number(case) in answer.content.decode()
    assert "某******" in page


def test_it_tells_no_name_no_identity_and_nothing_of_the_creditor(vault: Vault) -> None:
    case = vault.execution()
    page = Client().get(address(vault, case)).content.decode()
    for row in case.participations.select_related("party"):
        assert row.party.name not in page
        assert row.party.id_number not in page


def test_paid_in_full_there_is_nothing_to_pay(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    link = address(vault, case)
    vault.pay_in(case, str(case_queries.debt(case.matter, TODAY).total))
    page = words(Client().get(link))
    assert "已经付清，谢谢" in page
    assert facts.read(facts.SUB_ACCOUNT, case=case, at=vault.at) not in page.replace(" ", "")


def test_before_judgment_a_part_can_be_paid_ahead(vault: Vault) -> None:
    case = factories.civil_case(vault.cast)
    found = payable(case, at=vault.at)
    assert (found.state, found.total, found.takes_money) == (PayState.EARLY, D("0.00"), True)
    assert "计入已履行" in words(Client().get(address(vault, case)))


def test_the_old_cases_code_leads_to_the_open_execution(vault: Vault) -> None:
    execution = vault.execution(amount="1000.00", fee=False)
    basis = execution.arises_from
    assert basis is not None
    found = payable(basis, at=vault.at)
    assert (found.case, found.state, found.number) == (execution, PayState.DUE, vault.number(execution))


def test_a_closed_case_takes_no_money(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    Case.objects.filter(pk=case.pk).update(closed_at=vault.at, closed_how="ROUND_ENDED")
    case.refresh_from_db()
    page = words(Client().get(address(vault, case)))
    assert "请不要在这里付款" in page
    assert vault.number(case) not in page.replace(" ", "")


def test_a_replaced_code_says_so_and_an_unknown_one_is_absent(vault: Vault) -> None:
    case = vault.execution()
    old = address(vault, case)
    paylinks.replace(case_id=case.pk, why="冒用", actor=vault.who("executor"), at=vault.at)
    answer = Client().get(old)
    assert (answer.status_code, "已停用" in words(answer)) == (410, True)
    assert vault.number(case) not in answer.content.decode()
    assert Client().get("/pay/nobody-knows-this/").status_code == 404


def test_guessing_is_rationed_before_reading_is(vault: Vault) -> None:
    case = vault.execution()
    browser = Client()
    codes = [browser.get(f"/pay/guess-{place}/").status_code for place in range(32)]
    assert codes == [404] * 30 + [429] * 2
    assert browser.get(address(vault, case)).status_code == 200


def test_one_reading_a_day_is_in_the_journal(vault: Vault) -> None:
    case = vault.execution()
    for _time in range(3):
        Client().get(address(vault, case))
    entry = AuditEntry.objects.get(act="pay_page_seen")
    assert (entry.about, entry.actor) == (paylinks.link_for(case, at=vault.at).symbol, "anonymous")


# I paid without a reference


@pytest.mark.parametrize(
    ("day", "amount", "tail"),
    [
        ("2026-11-18", "3000.50", "0001"),
        ("２０２６年１１月１８日", "３，０００。５０元", "０００１"),
        ("11月18日", "3,000.50 元", " 0001 "),
        ("20261118", "￥3000.5", ""),
    ],
)
def test_every_way_of_typing_is_read(vault: Vault, day: str, amount: str, tail: str) -> None:
    url = address(vault, vault.execution())
    answer = Client().post(f"{url}paid/", typed(paid_on=day, amount=amount, account_tail=tail))
    assert (answer.status_code, answer["Location"]) == (302, f"{url}told/")
    claim = PayerClaim.objects.get()
    assert (claim.paid_on, claim.amount, claim.account_tail) == (date(2026, 11, 18), D("3000.50"), tail and "0001")
    assert "已收到" in words(Client().get(f"{url}told/"))


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"paid_on": "2026-11-21"}, "不能晚于今天"),
        ({"paid_on": "上周三"}, "不是日期"),
        ({"paid_on": ""}, "请填写付款日期"),
        ({"amount": "0"}, "金额不能小于 0.01 元"),
        ({"amount": "-300"}, "金额不能小于 0.01 元"),
        ({"amount": "３００．１２３"}, "小数不能超过两位"),
        ({"amount": "三百"}, "不是金额"),
        ({"payer_name": "  "}, "请填写付款账户的户名"),
        ({"account_tail": "12"}, "请只填最后四位数字"),
        ({"phone": "12345"}, "电话号码有误"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(vault: Vault, wrong: dict[str, str], told: str) -> None:
    url = address(vault, vault.execution())
    answer = Client().post(f"{url}paid/", typed(words="上周在柜台付的", **wrong))
    page = answer.content.decode()
    assert answer.status_code == 400
    assert told in strip_tags(page)
    assert "上周在柜台付的" in page
    assert not PayerClaim.objects.exists()


def test_a_picture_is_kept_and_another_kind_of_file_is_not(vault: Vault) -> None:
    url = f"{address(vault, vault.execution())}paid/"
    picture = SimpleUploadedFile("截图.png", b"\x89PNG\r\n\x1a\n....")
    wrong = SimpleUploadedFile("run.exe", b"MZ")
    disguised = SimpleUploadedFile("a.png", b"MZ")
    assert Client().post(url, {**typed(), "file": wrong}).status_code == 400
    assert Client().post(url, {**typed(), "file": disguised}).status_code == 400
    assert not PayerClaim.objects.exists()
    assert Client().post(url, {**typed(), "file": picture}).status_code == 302
    assert PayerClaim.objects.get().file.media_type == "image/png"  # type: ignore[union-attr]


def test_the_answer_never_tells_what_exists(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    url = f"{address(vault, case)}paid/"
    without = Client().post(url, typed(amount="77"))
    unknown(vault, "300.00", payer="任某兰")
    with_money = Client().post(url, typed())
    same = Client().post(url, typed())
    assert {(row.status_code, row["Location"]) for row in (without, with_money, same)} == {
        (302, url.replace("paid", "told"))
    }


def test_claims_are_rationed(vault: Vault) -> None:
    url = f"{address(vault, vault.execution())}paid/"
    browser = Client()
    codes = [browser.post(url, typed(amount=str(place + 1))).status_code for place in range(11)]
    assert codes == [302] * 10 + [429]
    assert PayerClaim.objects.count() == 10


# Public notices


def test_the_public_reads_masked_receipts_until_the_last_day(vault: Vault) -> None:
    receipt = unknown(vault, "300.00", payer="任某兰")
    vault.later(days=10)
    notice = published(vault, receipt)
    page = words(Client().get("/notices/"))
    assert "300.00" in page
    answer = Client().get(f"/notices/{notice.pk}/")
    assert "任**" in words(answer)
    assert "任某兰" not in answer.content.decode()
    assert receipt.payer_account not in answer.content.decode()
    notice.refresh_from_db()
    assert notice.readings == 1
    assert notice.until_on is not None
    clock.set_to(clock.end_of(notice.until_on))
    assert Client().get(f"/notices/{notice.pk}/").status_code == 404
    assert "现在没有公告" in words(Client().get("/notices/"))


def test_a_notice_that_waits_for_approval_is_not_public(vault: Vault) -> None:
    receipt = unknown(vault)
    vault.later(days=10)
    notice = noticing.ask(receipt_ids=[receipt.pk], actor=vault.who("registrar"), at=vault.at)
    assert Client().get(f"/notices/{notice.pk}/").status_code == 404
