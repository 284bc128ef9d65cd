"""The registers as pages and workbooks: who sees them, what stands there, the acts clicked through, queries that do not grow."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cases.models import Case
from cases.services import deciding
from funds.models import Deposit, FundMoney, Grant, MonthClosing, Payout, Receipt, Remittance, SmallSale
from funds.services import closing_month, outlets
from kernel.keys import uuid7
from tests.funds.conftest import Vault
from tests.funds.test_depositing import deposited
from tests.funds.test_relief import money_in
from tests.funds.test_remitting import OUTLET

D = Decimal
REGISTERS = ("balances", "months", "deposits", "grants", "remittances")


@pytest.fixture
def client_of(vault: Vault, as_: object):  # type: ignore[no-untyped-def]
    def sign_in(name: str) -> Client:
        return as_(getattr(vault.cast, name))  # type: ignore[operator, no-any-return]

    return sign_in


@pytest.fixture
def case(vault: Vault) -> Case:
    return vault.execution(amount="300000.00", fee=False)


def once(client: Client, name: str, *keys: object, **typed: object) -> str:
    """Open the act, then do it; gives the page that it leads to."""
    url = reverse(name, args=keys)
    assert client.get(url).status_code == 200
    answer = client.post(url, {"once": str(uuid7()), **typed})
    assert answer.status_code == 302
    return answer["Location"]


@pytest.mark.parametrize("name", REGISTERS)
def test_finance_sees_every_register_with_its_workbook(vault: Vault, client_of, name: str) -> None:  # type: ignore[no-untyped-def]
    client = client_of("keeper")
    page = client.get(reverse(f"funds:{name}"))
    assert page.status_code == 200
    assert "提存" in page.content.decode()
    book = client.get(reverse("funds:register_sheet", args=[name]))
    assert book.status_code == 200
    assert book["Content-Disposition"].endswith('.xlsx"')


def test_an_executor_sees_his_own_deposits_and_grants_and_no_book_of_the_court(vault: Vault, client_of) -> None:  # type: ignore[no-untyped-def]
    client = client_of("executor")
    assert client.get(reverse("funds:deposits")).status_code == 200
    assert client.get(reverse("funds:grants")).status_code == 200
    for name in ("balances", "months", "remittances"):
        assert client.get(reverse(f"funds:{name}")).status_code in (403, 404)
    assert client.get(reverse("funds:register_sheet", args=["deposits"])).status_code == 404


def test_a_deposit_is_asked_for_and_claimed_on_the_pages(vault: Vault, case: Case, client_of) -> None:  # type: ignore[no-untyped-def]
    payout = Payout.objects.get(receipt=vault.pay_in(case, "300.00"))
    executor = client_of("executor")
    assert "提存" in executor.get(reverse("funds:payout", args=[payout.pk])).content.decode()
    proof = SimpleUploadedFile("经过.pdf", b"%PDF-1.7 proof")
    once(executor, "funds:deposit", payout.pk, reason="MISSING", why="查无下落", evidence=proof)
    asked = Deposit.objects.get()
    assert asked.state == "ASKED"
    vault.cast.everyone()
    page = client_of("director").get(reverse("cases:decision", args=[asked.decision_id]))
    assert "下落不明" in page.content.decode()
    found = vault.pay_in(case, "500.00")
    deposit = deposited(vault, Payout.objects.get(receipt=found))
    listed = executor.get(reverse("funds:deposits")).content.decode()
    assert deposit.number in listed
    assert "500.00" in listed
    once(executor, "funds:claim_deposit", deposit.pk, why="本人到院领取")
    deposit.refresh_from_db()
    assert deposit.state == "CLAIMED"
    assert executor.get(reverse("funds:payout", args=[deposit.payout_id])).status_code == 200


def test_relief_is_booked_in_and_asked_for_on_the_pages(vault: Vault, case: Case, client_of) -> None:  # type: ignore[no-untyped-def]
    receipt = vault.receive(vault.credit("60000.00", payer="隰县财政局"))
    assert receipt is not None
    once(
        client_of("registrar"), "funds:intake", receipt=str(receipt.pk), fund="RELIEF", source="FISCAL", why="拨款文件"
    )
    keeper = client_of("keeper")
    row = receipt.fund_money
    assert "复核入账" in keeper.get(reverse("funds:grants")).content.decode()
    once(keeper, "funds:confirm_intake", row.pk)
    assert "60,000.00" in keeper.get(reverse("funds:grants")).content.decode()
    once(
        client_of("executor"),
        "funds:relief",
        case.slug,
        payee=str(vault.creditor(case).pk),
        hardship="INJURY",
        why="伤残",
        wage="6000",
        amount="50000",
        source="FISCAL",
        debtor_unable="on",
    )
    grant = Grant.objects.get()
    assert (grant.amount, grant.ceiling) == (D("50000.00"), D("216000.00"))
    page = client_of("director").get(reverse("cases:decision", args=[grant.decision_id])).content.decode()
    assert "216,000.00" in page


def test_money_for_a_fund_is_looked_for_among_any_number_of_unidentified_receipts(
    vault: Vault, client_of: Callable[[str], Client]
) -> None:
    for number in range(12):
        vault.receive(vault.credit(f"{number + 1}.00", payer="任某兰", remark="还款"))
    wanted = vault.receive(vault.credit("60000.00", payer="隰县财政局", remark="司法救助"))
    assert wanted is not None
    Receipt.objects.filter(pk=wanted.pk).update(received_at=vault.at - timedelta(days=9))
    registrar, url = client_of("registrar"), reverse("funds:intake")
    opened = registrar.get(url).content.decode()
    assert opened.count('name="receipt"') == 10
    assert "符合的 13 笔，列出最近 10 笔" in opened
    for words in ("财政", "60,000.00", "司法救助", wanted.number[-6:]):
        found = registrar.post(url, {"find": words, "look": "1", "why": "拨款文件"})
        page = found.content.decode()
        assert (found.status_code, page.count('name="receipt"'), str(wanted.pk) in page) == (200, 1, True)
        assert "拨款文件" in page
    assert not FundMoney.objects.exists()
    once(registrar, "funds:intake", receipt=str(wanted.pk), fund="RELIEF", source="FISCAL", why="拨款文件", find="")
    assert FundMoney.objects.get().receipt_id == wanted.pk


def test_an_informer_is_named_on_no_page_of_the_case(vault: Vault, case: Case, client_of) -> None:  # type: ignore[no-untyped-def]
    money_in(vault, "9000.00", fund="REWARD", source="APPLICANT")
    executor = client_of("executor")
    once(
        executor,
        "funds:reward",
        case.slug,
        payee_name="赵某举",
        payee_account="6217001234567890999",
        payee_bank="农业银行",
        recovered="80000",
        amount="8000",
        source="APPLICANT",
        why="提供车辆线索",
    )
    for url in (
        reverse("funds:grants") + "?fund=REWARD",
        reverse("cases:case", args=[case.slug]) + "?tab=timeline",
        reverse("cases:case", args=[case.slug]) + "?tab=funds",
    ):
        assert "赵某举" not in executor.get(url).content.decode()
    grant = Grant.objects.get()
    for name in ("director", "president"):
        deciding.approve(decision_id=grant.decision.pk, actor=vault.who(name), at=vault.at)  # type: ignore[union-attr]
    payer = client_of("payer")
    for url in (reverse("funds:payouts"), reverse("funds:payout", args=[grant.payouts.get().pk])):
        page = payer.get(url).content.decode()
        assert "举报人（保密）" in page
        assert "赵某举" not in page


def test_fees_are_handed_over_on_the_pages(vault: Vault, client_of) -> None:  # type: ignore[no-untyped-def]
    outlets.enter(kind="FEES", actor=vault.who("administrator"), at=vault.at, **OUTLET)
    case = vault.execution(amount="1000.00")
    vault.confirm(vault.pay_in(case, "600.00"))
    keeper = client_of("keeper")
    page = once(keeper, "funds:remit_fees", until="今天", why="")
    assert case.number in keeper.get(page).content.decode()
    row = Remittance.objects.get()
    once(client_of("director"), "funds:approve_remittance", row.pk)
    assert "发送银行付款" in client_of("payer").get(page).content.decode()
    once(client_of("payer"), "funds:send_remittance", row.pk)
    row.refresh_from_db()
    assert row.state == "SENT"


def test_a_month_says_what_is_still_to_do(vault: Vault, case: Case, client_of) -> None:  # type: ignore[no-untyped-def]
    vault.pay_in(case, "300.00")
    closing_month.sweep(court=vault.cast.xixian, at=vault.at)
    row = MonthClosing.objects.get()
    page = client_of("keeper").get(reverse("funds:month", args=[row.pk])).content.decode()
    assert "本月还没有结束" in page
    assert "11月20日" in page
    assert "提请月结" not in page


def test_gourds_are_registered_sold_and_certified_on_the_pages(vault: Vault, case: Case, client_of) -> None:  # type: ignore[no-untyped-def]
    executor = client_of("executor")
    owner = case.participations.get(role="DEBTOR").party
    photo = SimpleUploadedFile("葫芦.jpg", b"\xff\xd8\xff photo")
    once(
        executor,
        "funds:sale",
        case.slug,
        owner=str(owner.pk),
        consent_on="今天",
        consent="自愿变卖",
        items="手工葫芦 16 20",
        photos=photo,
    )
    sale = SmallSale.objects.get()
    once(
        executor,
        "funds:sell",
        sale.pk,
        buyer="赵某",
        amount="320",
        second=str(vault.cast.clerk.pk),
        record="集市当场变卖",
    )
    page = executor.get(reverse("cases:case", args=[case.slug]) + "?tab=funds").content.decode()
    assert "手工葫芦×16" in page
    assert "抵缴凭证" in page
    receipt = Receipt.objects.get()
    assert receipt.amount == D("320.00")


def test_the_registers_ask_as_often_with_one_row_as_with_four(
    vault: Vault,
    case: Case,
    client_of,  # type: ignore[no-untyped-def]
    django_assert_max_num_queries: object,
) -> None:
    keeper = client_of("keeper")

    def count(url: str) -> int:
        with django_assert_max_num_queries(80) as seen:  # type: ignore[operator]
            keeper.get(url)
        return len(seen)

    deposited(vault, Payout.objects.get(receipt=vault.pay_in(case, "10.00")))
    urls = [reverse("funds:deposits"), reverse("funds:balances"), reverse("funds:grants")]
    before = [count(url) for url in urls]
    for _more in range(3):
        deposited(vault, Payout.objects.get(receipt=vault.pay_in(case, "10.00")))
    assert [count(url) for url in urls] == before
