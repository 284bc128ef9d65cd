"""Deposits that nobody claimed in five years: the clock tells, persons decide, the treasury has them (民法典574②)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from cases.models import Duty, Event
from funds import panels, queries
from funds.models import Deposit, Payout, Remittance
from funds.services import depositing, lapsed, outlets, releasing, remitting
from funds.tasks import sweep_books
from gateways import simulators
from insight.proofs import fen
from kernel import clock
from kernel.refusals import NotAllowed
from tests.funds.conftest import MAIN, Vault, key
from tests.funds.test_depositing import deposited
from tests.funds.test_remitting import OUTLET

D = Decimal


@pytest.fixture
def deposit(vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None]) -> Deposit:
    """300.00 in deposit since 20 November 2026, at the bank as well."""
    outlets.enter(kind="UNCLAIMED", actor=vault.who("administrator"), at=vault.at, **OUTLET)
    case = vault.execution(amount="1000.00", fee=False)
    body = {"to_sub_account": vault.number(case), "amount": "300.00", "payer_name": "某环保科技公司", "account": MAIN}
    outside.request("POST", "/bank/pay-in", body)
    deliver()
    return deposited(vault, Payout.objects.get())


def five_years_later(vault: Vault) -> None:
    vault.later(days=1827)  # 21 November 2031: the last day, 20 November, is past
    sweep_books()


def ask(vault: Vault, deposit: Deposit) -> Remittance:
    return remitting.ask_deposits(
        deposit_ids=[deposit.pk], why="再次公告，无人领取", actor=vault.who("keeper"), at=vault.at
    )


def approve(vault: Vault, row: Remittance) -> Remittance:
    return remitting.approve(remittance_id=row.pk, actor=vault.who("director"), at=vault.at, key=key())


def whole(vault: Vault) -> None:
    vault.whole()
    broken = {check.name: check.run(vault.cast.xixian, vault.at).broken for check in fen.CHECKS}
    assert broken == dict.fromkeys(broken, 0)


def duties(deposit: Deposit) -> dict[str, bool]:
    """The duties about a deposit, and whether they are open."""
    assert deposit.payout is not None
    rows = Duty.objects.filter(
        subject=deposit.payout.symbol, kind__in=["funds.watch_deposit", "funds.hand_over_deposit"]
    )
    return {row.kind: row.closed_at is None for row in rows}


def test_the_clock_tells_once_and_the_keeper_has_thirty_days(vault: Vault, deposit: Deposit) -> None:
    vault.later(days=1826)
    assert deposit.claim_by == clock.day_of(vault.at) == date(2031, 11, 20)
    assert lapsed.sweep(court=vault.cast.xixian, at=vault.at) == 0
    vault.later(days=1)
    assert lapsed.sweep(court=vault.cast.xixian, at=vault.at) == 1
    assert lapsed.sweep(court=vault.cast.xixian, at=vault.at) == 0
    assert Event.objects.filter(verb="funds.deposit_lapsed").count() == 1
    assert duties(deposit) == {"funds.watch_deposit": False, "funds.hand_over_deposit": True}
    duty = Duty.objects.get(kind="funds.hand_over_deposit")
    assert (duty.holder_role, duty.due_on) == ("FINANCE_KEEPER", date(2031, 12, 22))


def test_before_the_period_is_over_nothing_is_handed_over(vault: Vault, deposit: Deposit) -> None:
    with pytest.raises(remitting.NothingToRemit):
        ask(vault, deposit)
    five_years_later(vault)
    with pytest.raises(NotAllowed):
        remitting.ask_deposits(deposit_ids=[deposit.pk], why="期满", actor=vault.who("executor"), at=vault.at)
    assert not Remittance.objects.exists()


def test_three_persons_hand_it_to_the_treasury(vault: Vault, deposit: Deposit, deliver: Callable[[], None]) -> None:
    five_years_later(vault)
    row = ask(vault, deposit)
    assert (row.kind, row.amount, vault.balances()) == (
        "DEPOSITS",
        D("300.00"),
        {"BANK": D("300.00"), "DEPOSIT": D("300.00")},
    )
    with pytest.raises(remitting.NothingToRemit):
        ask(vault, deposit)
    approve(vault, row)
    deposit.refresh_from_db()
    assert (deposit.state, vault.balances()) == ("HANDED", {"BANK": D("300.00"), "TREASURY": D("300.00")})
    assert duties(deposit)["funds.hand_over_deposit"] is False
    whole(vault)
    remitting.send(remittance_id=row.pk, actor=vault.who("payer"), at=vault.at, key=key())
    deliver()
    row.refresh_from_db()
    assert (row.state, vault.balances()) == ("SETTLED", {})
    found = queries.equation(vault.cast.xixian.pk)
    assert (found.held, found.held_count, found.difference) == (D("0.00"), 0, D("0.00"))
    terms, difference = panels._terms(deposit.case)
    assert ({str(term["label"]): term["amount"] for term in terms}["提存期满上缴"], difference) == (
        D("300.00"),
        D("0.00"),
    )
    with pytest.raises(releasing.NotInDeposit):
        releasing.claim(deposit_id=deposit.pk, why="来领", actor=vault.who("executor"), at=vault.at, key=key())
    whole(vault)


def test_a_payee_who_comes_before_the_approval_is_paid(vault: Vault, deposit: Deposit) -> None:
    five_years_later(vault)
    row = ask(vault, deposit)
    releasing.claim(deposit_id=deposit.pk, why="本人领取", actor=vault.who("executor"), at=vault.at, key=key())
    with pytest.raises(remitting.OwnerCame) as refused:
        approve(vault, row)
    assert deposit.number in refused.value.text
    assert duties(deposit)["funds.hand_over_deposit"] is False
    assert vault.balances() == {"BANK": D("300.00"), "PAYABLE": D("300.00")}
    whole(vault)


def test_a_voided_remittance_keeps_the_deposit(vault: Vault, deposit: Deposit) -> None:
    five_years_later(vault)
    row = approve(vault, ask(vault, deposit))
    remitting.void(remittance_id=row.pk, why="查到继承人", actor=vault.who("keeper"), at=vault.at, key=key())
    deposit.refresh_from_db()
    assert (deposit.state, deposit.ended_at) == ("DEPOSITED", None)
    assert vault.balances() == {"BANK": D("300.00"), "DEPOSIT": D("300.00")}
    assert duties(deposit)["funds.hand_over_deposit"] is True
    assert depositing.in_deposit(vault.cast.xixian.pk) == D("300.00")
    whole(vault)
    assert ask(vault, deposit).count == 1


def test_the_keeper_lists_it_on_the_page(vault: Vault, deposit: Deposit, as_: Callable[[object], Client]) -> None:
    five_years_later(vault)
    keeper, url = as_(vault.cast.keeper), reverse("funds:remit_deposits")
    assert deposit.number in keeper.get(url).content.decode()
    answer = keeper.post(url, {"deposits": [str(deposit.pk)], "why": "再次公告，无人领取"})
    row = Remittance.objects.get()
    assert answer["Location"] == reverse("funds:remittance", args=[row.pk])
    page = keeper.get(answer["Location"]).content.decode()
    assert deposit.number in page
    assert "提存期满上缴国库" in page
