"""Everybody reads the same relay: on the phone, the desk's payout and receipt, and the case page, from one function."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from accounts.models import Post
from cases.kinds import Audience
from cases.models import Participation
from funds import relays
from funds.models import Payout
from funds.services import paying
from portal import pages
from tests.funds.conftest import Vault, key, vault

__all__ = ["vault"]
SignIn = Callable[[Post], Client]


def of_phone(vault: Vault, payout: Payout) -> dict[str, object]:
    row = Participation.objects.select_related("case", "party").get(case=payout.case, role="CREDITOR")
    found = pages.money(row, Audience.CREDITOR, vault.at)["coming"]
    assert found is not None
    return dict(found)


def test_the_creditor_reads_who_has_the_money_now_at_every_step(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = vault.pay_in(case, "300.00")
    payout = Payout.objects.get(receipt=receipt)
    said = [of_phone(vault, payout)["step"]]
    vault.later(hours=60)
    vault.confirm(receipt)
    said.append(of_phone(vault, payout)["step"])
    payout = vault.approve(payout)
    said.append(of_phone(vault, payout)["step"])
    left = of_phone(vault, payout)["left"]
    assert said == ["承办确认 高执行员", "局长审批 执行局长", "银行付款 案款发放"]
    assert left == relays.relay(receipt, at=vault.at).left
    assert getattr(left, "text", "") == "剩 12 小时"
    paying.send(payout_ids=[payout.pk], actor=vault.who("payer"), at=vault.at, key=key())
    assert of_phone(vault, payout)["amount"] == payout.amount


def test_the_debtor_does_not_read_it(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    vault.pay_in(case, "300.00")
    row = Participation.objects.select_related("case", "party").get(case=case, role="DEBTOR")
    assert pages.money(row, Audience.DEBTOR, vault.at)["coming"] is None


def test_receipt_payout_board_and_case_page_say_the_same(vault: Vault, as_: SignIn) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = vault.pay_in(case, "300.00")
    payout = Payout.objects.get(receipt=receipt)
    vault.later(hours=66, minutes=30)
    browser = as_(vault.cast.executor)
    now = relays.relay(receipt, at=vault.at)
    assert now.left is not None
    assert (now.label, now.holder) == ("承办确认", "高执行员")
    for url in (
        reverse("funds:receipts"),
        reverse("funds:receipt", args=[receipt.pk]),
        reverse("funds:payout", args=[payout.pk]),
        reverse("cases:case", args=[case.slug]) + "?tab=funds",
    ):
        said = " ".join(strip_tags(browser.get(url).content.decode()).split())
        assert "现在在：承办确认 高执行员" in said, url
        assert "剩 5 小时" in said, url
