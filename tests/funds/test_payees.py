"""A payee's account: a change asks both persons for their password, is told to the party, and warns for a while."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, Post
from accounts.services.proving import Proof
from cases.models import Case, Event, Notice, RuleOverride
from cases.queries import decisions
from funds.models import PayeeAccount, Payout
from funds.services import payees, paying
from gateways.models import Message
from tests.cast import PASSWORD, TODAY
from tests.funds.conftest import Vault, key

SignIn = Callable[[Post], Client]
NEW = "6228480011112222333"


def enter(vault: Vault, case: Case, *, account: str = NEW, proved: Proof | None = None) -> PayeeAccount:
    party = vault.creditor(case)
    return payees.enter(
        party_id=party.pk, bank="某信用社", account=account, holder=party.name, actor=vault.who("clerk"), at=vault.at,
        proof=proved,
    )  # fmt: skip


def changed(vault: Vault, case: Case) -> PayeeAccount:
    row = enter(vault, case, proved=vault.proof("clerk"))
    return payees.confirm(
        payee_account_id=row.pk, actor=vault.who("executor"), at=vault.at, proof=vault.proof("executor")
    )


def test_a_change_without_the_password_is_refused_and_leaves_nothing(vault: Vault) -> None:
    case = vault.execution(amount="1000.00")
    with pytest.raises(payees.ProveYourself) as refused:
        enter(vault, case)
    assert refused.value.status == 403
    assert PayeeAccount.objects.count() == 1


def test_somebody_elses_proof_and_an_old_one_are_no_proof(vault: Vault) -> None:
    case = vault.execution(amount="1000.00")
    old = vault.proof("clerk")
    with pytest.raises(payees.ProveYourself):
        enter(vault, case, proved=vault.proof("executor"))
    vault.later(minutes=6)
    with pytest.raises(payees.ProveYourself):
        enter(vault, case, proved=old)


def test_the_second_person_proves_himself_too(vault: Vault) -> None:
    case = vault.execution(amount="1000.00")
    row = enter(vault, case, proved=vault.proof("clerk"))
    with pytest.raises(payees.ProveYourself):
        payees.confirm(payee_account_id=row.pk, actor=vault.who("executor"), at=vault.at)
    row.refresh_from_db()
    assert row.confirmed_at is None
    assert not Event.objects.filter(verb="funds.payee_account_changed").exists()


def test_the_same_account_again_is_no_change(vault: Vault) -> None:
    case = vault.execution(amount="1000.00")
    row = enter(vault, case, account="6217001234567890123")
    payees.confirm(payee_account_id=row.pk, actor=vault.who("executor"), at=vault.at)
    assert payees.cooling(vault.creditor(case), vault.at) == ""
    assert not Event.objects.filter(verb="funds.payee_account_changed").exists()


def test_the_party_is_told_and_nobody_else(vault: Vault) -> None:
    case = vault.execution(amount="1000.00")
    changed(vault, case)
    event = Event.objects.get(verb="funds.payee_account_changed")
    assert event.case_id == case.pk
    assert NEW not in str(event.facts)
    notice = Notice.objects.get(event=event)
    assert notice.party == vault.creditor(case)
    assert "尾号2333" in notice.text
    assert NEW not in notice.text
    assert Message.objects.filter(channel="sms", key=f"notice:{notice.pk}").count() == 1


def test_for_a_day_everybody_on_the_way_is_warned(vault: Vault, as_: SignIn) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = vault.pay_in(case, "300.00")
    changed(vault, case)
    draft = Payout.objects.get(receipt=receipt)
    words = "24 小时内变更过"
    for url in (reverse("funds:confirm", args=[draft.pk]), reverse("funds:confirm_receipt", args=[receipt.pk])):
        assert words in as_(vault.cast.executor).get(url).content.decode()
    paying.confirm(payout_ids=[draft.pk], actor=vault.who("executor"), at=vault.at, key=key())
    draft.refresh_from_db()
    assert draft.payee_account == NEW
    assert draft.decision is not None
    card = decisions.cards([draft.decision], vault.at)[0]
    assert any(words in fact["text"] for fact in card["facts_against"])
    vault.later(hours=24)
    assert payees.cooling(vault.creditor(case), vault.at) == ""
    card = decisions.cards([draft.decision], vault.at)[0]
    assert not any(words in fact["text"] for fact in card["facts_against"])


def test_the_court_sets_how_long_it_warns(vault: Vault) -> None:
    case = vault.execution(amount="1000.00")
    RuleOverride.objects.create(
        court=vault.cast.xixian, rule="FUND-PAYEE.COOLING", value="72", from_on=TODAY, why="本院内控",
        set_by=vault.cast.president,
    )  # fmt: skip
    changed(vault, case)
    vault.later(hours=71)
    assert "72 小时内变更过" in payees.cooling(vault.creditor(case), vault.at)
    vault.later(hours=1)
    assert payees.cooling(vault.creditor(case), vault.at) == ""


def test_in_the_browser_a_wrong_password_changes_nothing_and_is_counted(vault: Vault, as_: SignIn) -> None:
    case = vault.execution(amount="1000.00")
    user = vault.cast.clerk.user
    user.set_password(PASSWORD)
    user.save()
    browser = as_(vault.cast.clerk)
    url = reverse("funds:payee_enter", args=[case.slug])
    typed = {"party": vault.creditor(case).pk, "holder": "王某军", "account": NEW, "bank": "某信用社"}
    assert "您的登录密码" in browser.get(url).content.decode()
    assert browser.post(url, typed).status_code == 403
    assert browser.post(url, typed | {"password": "wrong-password"}).status_code == 400
    assert PayeeAccount.objects.count() == 1
    assert AuditEntry.objects.filter(act="sign_in_failed", about=user.symbol).count() == 1
    answer = browser.post(url, typed | {"password": PASSWORD})
    assert answer.status_code == 302
    assert PayeeAccount.objects.filter(confirmed_at=None).get().tail == "2333"
    assert AuditEntry.objects.filter(act="proved_again", about=user.symbol).count() == 1
    assert PASSWORD not in str(list(AuditEntry.objects.values_list("facts", flat=True)))
