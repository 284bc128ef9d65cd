"""Money pages ask as much of the database at 10 receipts as at 10,000, and show a page of them."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from accounts.models import Post
from cases.models import Case, Duty
from funds import books
from funds.models import Payout, Receipt, Transfer
from tests.cast import TODAY
from tests.funds.conftest import Vault

SignIn = Callable[[Post], Client]

MANY = 10_000
ROLES = ("registrar", "keeper", "payer", "director", "president", "executor", "clerk", "administrator")
LONGEST = 400_000
"""Bytes of a page with fifty rows and everything around them."""
NO_LISTS = {"choose_day", "upload", "reconcile", "batch_report", "new_notice"}
"""Panels with a form, no lists."""
KEY = "md5('{table}' || n)::uuid"


def clone(table: str, where: str, count: int, **changes: str) -> None:
    """``count`` copies of a row, written by the database; changes are SQL in which ``n`` is the number of the copy."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
        names = [name for (name,) in cursor.fetchall()]
        changes = {"id": KEY.format(table=table)} | changes
        values = ", ".join(changes.get(name, f'"{name}"') for name in names)
        columns = ", ".join(f'"{name}"' for name in names)
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table}, generate_series(1, {count}) AS n WHERE {where}"
        )


def ten(vault: Vault) -> Case:
    """Ten receipts of a case at every stage of the relay, ten unidentified ones, one case of everything."""
    case = vault.execution(amount="9000000.00", fee=False)
    for _number in range(8):
        vault.pay_in(case, "10.00")
    vault.confirm(vault.pay_in(case, "10.00"))
    vault.approved(vault.pay_in(case, "20.00"))
    vault.pay_in(case, "10.00")
    for _number in range(10):
        vault.receive(vault.credit("5.00", remark="还款"))
    earlier = vault.at - timedelta(days=5)
    Receipt.objects.filter(pk__in=Receipt.objects.order_by("pk").values("pk")[:5]).update(received_at=earlier)
    return case


def ten_thousand(case: Case) -> None:
    """Everything of one receipt 10,000 times: its transfer, draft and duty; and as much unidentified money."""
    receipt = Receipt.objects.filter(case=case).latest("booked_at")
    payout = Payout.objects.filter(receipt=receipt).latest("drafted_at")
    lost = Receipt.objects.filter(state="SUSPENSE").latest("booked_at")
    ago = "{name} - n * interval '3 minutes'"
    key = KEY.format(table="funds_receipt")
    clone(
        "funds_receipt",
        f"id = '{receipt.pk}'",
        MANY,
        line_id="NULL",
        number="'R' || n",
        received_at=ago.format(name="received_at"),
        received_on="received_on - n / 480",
    )
    clone(
        "funds_receipt",
        f"id = '{lost.pk}'",
        MANY,
        id="md5('lost' || n)::uuid",
        line_id="NULL",
        number="'L' || n",
        received_at=ago.format(name="received_at"),
    )
    clone(
        "funds_payout",
        f"id = '{payout.pk}'",
        MANY,
        receipt_id=key,
        instruction_key="'payout:' || n",
        drafted_at=ago.format(name="drafted_at"),
    )
    transfer = Transfer.objects.get(subject=receipt.symbol)
    clone(
        "funds_transfer", f"id = '{transfer.pk}'", MANY, subject=f"'funds.receipt:' || {key}", at=ago.format(name="at")
    )
    duty = Duty.objects.get(kind="funds.relay", subject=receipt.symbol)
    clone("cases_duty", f"id = '{duty.pk}'", MANY, subject=f"'funds.receipt:' || {key}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def pages(case: Case) -> Iterator[str]:
    """Every page of the vault without an argument, the boards in each of their views, and the pages of a case."""
    for name, (rows, _pattern, _defaults, _converters) in _named():
        if not rows[0][1] and not name.endswith("sheet") and name not in NO_LISTS:
            yield reverse(f"funds:{name}")
    for show in ("open", "late", "held", "paid", "all"):
        yield reverse("funds:receipts") + f"?show={show}"
    for show in ("draft", "confirmed", "approved", "bank", "returned", "settled", "all"):
        yield reverse("funds:payouts") + f"?show={show}"
    yield reverse("cases:case", args=[case.slug]) + "?tab=funds"
    yield reverse("funds:case", args=[case.slug])
    yield reverse("funds:payees", args=[case.slug])


def _named() -> list[tuple[str, tuple]]:
    resolver = get_resolver().namespace_dict["funds"][1]
    return [(name, found[0]) for name, found in resolver.reverse_dict.lists() if isinstance(name, str)]


def counted(browsers: list[Client], url: str, readers: dict[str, list[Client]]) -> int | str:
    """How many queries a page takes of the first role that may see it, who is kept; or why it is no page."""
    for browser in browsers:
        cache.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = browser.get(url)
        if answer.status_code == 200:
            readers[url] = [browser]
            return len(queries) if len(answer.content) < LONGEST else "longer than a page"
        if answer.status_code == 405:
            break
    return "no page"


@pytest.mark.counts
def test_every_page_of_the_vault_takes_as_many_queries_at_ten_thousand_receipts_as_at_ten(
    vault: Vault, as_: SignIn
) -> None:
    case = ten(vault)
    browsers = [as_(getattr(vault.cast, role)) for role in ROLES]
    urls = list(pages(case))
    assert {reverse(f"funds:{name}") for name in ("receipts", "unidentified", "payouts", "day", "import")} < set(urls)
    readers: dict[str, list[Client]] = {}
    few = {url: counted(browsers, url, readers) for url in urls}
    ten_thousand(case)
    assert Receipt.objects.count() > 2 * MANY
    many = {url: counted(readers.get(url, []), url, readers) for url in urls}
    assert {url: (few[url], many[url]) for url in urls if few[url] != many[url]} == {}


def test_the_statement_of_a_case_goes_on_where_the_page_before_ended(vault: Vault) -> None:
    case = vault.execution(amount="9000000.00", fee=False)
    for amount in ("10.00", "20.00", "30.00", "40.00", "50.00"):
        vault.pay_in(case, amount)
    whole = books.of_case(case)
    assert [line.balance for line in whole.lines] == [10, 30, 60, 100, 150]
    first = books.of_case(case, size=2)
    second = books.of_case(case, size=2, token=first.page.next)
    assert [line.balance for line in (*first.lines, *second.lines)] == [10, 30, 60, 100]
    assert (second.opening, second.came, second.went, second.closing) == (0, 150, 0, 150)
    back = books.of_case(case, size=2, token=second.page.previous)
    assert back.lines == first.lines


def test_the_bank_account_of_a_day_begins_with_what_the_days_before_left(vault: Vault) -> None:
    case = vault.execution(amount="9000000.00", fee=False)
    vault.pay_in(case, "10.00", on=TODAY - timedelta(days=1))
    vault.pay_in(case, "20.00")
    vault.pay_in(case, "30.00")
    today = books.of_bank_day(vault.cast.xixian.pk, TODAY, size=1)
    assert (today.opening, today.came, today.closing, today.lines[0].balance) == (10, 50, 60, 30)
    rest = books.of_bank_day(vault.cast.xixian.pk, TODAY, size=1, token=today.page.next)
    assert [line.balance for line in rest.lines] == [60]
    before = books.of_bank_day(vault.cast.xixian.pk, TODAY - timedelta(days=1))
    assert (before.opening, before.came, before.closing) == (0, 10, 10)
