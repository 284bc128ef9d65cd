"""The desk of unidentified money in the browser: payers' words, rules switched off, notices, the payment code."""

from collections.abc import Callable
from datetime import date

from django.test import Client
from django.urls import reverse

from accounts.models import Post
from cases.models import Decision
from cases.services import deciding
from funds.models import Claim, PayerClaim, PayerExclusion, PayLink, PublicNotice
from funds.services import identifying, paylinks
from tests.cast import TODAY
from tests.funds.conftest import Vault
from tests.funds.test_identifying import claimed, unknown
from tests.funds.test_identifying_payers import said

SignIn = Callable[[Post], Client]


def test_a_payers_words_stand_on_the_page_and_are_answered(vault: Vault, as_: SignIn) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    claim = said(vault, paylinks.link_for(case, at=vault.at), payer_name="任某兰", words="替亲戚还的")
    unknown(vault, payer="任某兰")
    browser = as_(vault.cast.registrar)
    page = browser.get(reverse("funds:unidentified")).content.decode()
    assert "付款人自己申报" in page
    assert "有 1 笔同额、日期相近的不明款" in page
    url = reverse("funds:payer_claim", args=[claim.pk])
    assert "替亲戚还的" in browser.get(url).content.decode()
    refused = browser.post(url, {"outcome": "ANSWER", "words": " ", "once": "1"})
    assert refused.status_code == 400
    assert browser.post(url, {"outcome": "ANSWER", "words": "已电话答复", "once": "2"}).status_code == 302
    assert PayerClaim.objects.get().answer == "已电话答复"


def test_a_wrong_match_is_switched_off_in_the_browser_and_on_again(vault: Vault, as_: SignIn) -> None:
    wrong = vault.execution(amount="1000.00", fee=False, seed=1)
    right = vault.execution(amount="1000.00", fee=False, seed=2)
    receipt = vault.pay_in(wrong, "300.00", payer="任某兰")
    registrar, keeper = as_(vault.cast.registrar), as_(vault.cast.keeper)
    url = reverse("funds:claim", args=[receipt.pk])
    assert "以后不要再自动匹配此付款人到该案" in registrar.get(url).content.decode()
    typed = {"number": right.slug, "why": "付款人来电", "switch_off": "on", "once": "1"}
    assert registrar.post(url, typed).status_code == 302
    claim = Claim.objects.get()
    confirm = reverse("funds:confirm_claim", args=[claim.pk])
    assert "以后不再自动匹配此付款人到" in keeper.get(confirm).content.decode()
    assert keeper.post(confirm, {"once": "2"}).status_code == 302
    rule = PayerExclusion.objects.get()
    page = keeper.get(reverse("funds:exclusions")).content.decode()
    assert wrong.number in page
    assert "任某兰" not in page
    assert keeper.post(reverse("funds:end_exclusion", args=[rule.pk]), {"why": "已更正"}).status_code == 302
    assert "没有停用的规则" in keeper.get(reverse("funds:exclusions")).content.decode()
    assert "已更正" in keeper.get(reverse("funds:exclusions") + "?show=ended").content.decode()


def test_money_without_a_match_offers_nothing_to_switch_off(vault: Vault, as_: SignIn) -> None:
    receipt = unknown(vault)
    page = as_(vault.cast.registrar).get(reverse("funds:claim", args=[receipt.pk])).content.decode()
    assert "以后不要再自动匹配" not in page


def test_a_notice_goes_from_the_desk_to_the_director_to_the_public(vault: Vault, as_: SignIn) -> None:
    receipt = unknown(vault, payer="任某兰")
    vault.later(days=10)
    browser, director = as_(vault.cast.registrar), as_(vault.cast.director)
    assert "1 笔 300.00 元超过甄别期限" in browser.get(reverse("funds:notices")).content.decode()
    typed = {"receipts": [str(receipt.pk)], "why": "已电话查找"}
    assert browser.post(reverse("funds:new_notice"), typed).status_code == 302
    notice = PublicNotice.objects.get()
    card = director.get(reverse("cases:decision", args=[notice.decision_id])).content.decode()
    assert "公告认领不明款" in card
    assert "已电话查找" in card
    deciding.approve(decision_id=Decision.objects.get().pk, actor=vault.who("director"), at=vault.at)
    page = browser.get(reverse("funds:notice", args=[notice.pk])).content.decode()
    assert reverse("open:notice", args=[notice.pk]) in page
    assert "公告期内" in browser.get(reverse("funds:unidentified")).content.decode()


def test_the_inbox_says_which_money(vault: Vault, as_: SignIn) -> None:
    unknown(vault, payer="任某兰")
    identifying.sweep(court=vault.cast.xixian, at=vault.at)
    page = as_(vault.cast.registrar).get("/").content.decode()
    assert "甄别不明款" in page
    assert "任某兰 付 300.00 元" in page


def test_the_code_is_replaced_from_the_case(vault: Vault, as_: SignIn) -> None:
    case = vault.execution()
    old = paylinks.link_for(case, at=vault.at)
    url = reverse("funds:replace_link", args=[case.slug])
    assert as_(vault.cast.executor).post(url, {"why": "二维码被冒用", "once": "1"}).status_code == 302
    assert PayLink.objects.get(case=case, ended_at__isnull=True).token != old.token


def test_the_list_asks_as_often_for_ten_as_for_one(
    vault: Vault, as_: SignIn, django_assert_max_num_queries: object
) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    claimed(vault, unknown(vault, "1.00"), case)
    link = paylinks.link_for(case, at=vault.at)
    for place in range(2, 12):
        unknown(vault, f"{place}.00", payer="任某兰", on=date(2026, 11, 19))
        said(vault, link, f"{place}.50", on=TODAY)
    browser = as_(vault.cast.registrar)
    browser.get(reverse("funds:unidentified"))
    with django_assert_max_num_queries(55):  # type: ignore[operator]
        assert browser.get(reverse("funds:unidentified")).status_code == 200
