"""Fees to the fiscal account and money that nobody owns to the treasury: a list, three persons, one instruction for ever."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import connections

from cases import queries
from cases.kinds import ItemNature
from cases.models import Case, Duty
from cases.services import assigning, transferring
from funds.models import MainAccount, Payout, PayoutHalt, Receipt, Remittance
from funds.services import importing, mending, outlets, paying, persons, reconciling, remitting, treasuring
from gateways import simulators
from gateways.models import Message
from insight.proofs import fen
from kernel import clock
from kernel.refusals import BadInput, NotAllowed
from tests import factories
from tests.funds.conftest import MAIN, Vault, key

D = Decimal
OUTLET = {"holder": "隰县财政局非税收入户", "number": "1410000000000099", "bank": "农业银行隰县支行"}


@pytest.fixture
def fee(vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None]) -> Payout:
    """A fee of 50.00 that the court took from a receipt at the bank."""
    for kind in ("FEES", "UNCLAIMED"):
        outlets.enter(kind=kind, actor=vault.who("administrator"), at=vault.at, **OUTLET)
    case = vault.execution(amount="1000.00", due_on=date(2026, 11, 19))
    body = {"to_sub_account": vault.number(case), "amount": "600.00", "payer_name": "某环保科技公司", "account": MAIN}
    outside.request("POST", "/bank/pay-in", body)
    deliver()
    vault.confirm(Receipt.objects.get())
    return Payout.objects.get(payee_kind="COURT")


def ask(vault: Vault) -> Remittance:
    return remitting.ask_fees(until=clock.day_of(vault.at), why="十一月", actor=vault.who("keeper"), at=vault.at)


def approve(vault: Vault, row: Remittance, who: str = "director") -> Remittance:
    return remitting.approve(remittance_id=row.pk, actor=vault.who(who), at=vault.at, key=key())


def send(vault: Vault, row: Remittance, who: str = "payer") -> Remittance:
    return remitting.send(remittance_id=row.pk, actor=vault.who(who), at=vault.at, key=key())


def test_fees_reach_the_fiscal_account_and_are_off_the_books(
    vault: Vault, fee: Payout, outside: simulators.Simulators, deliver: Callable[[], None]
) -> None:
    row = ask(vault)
    assert (row.amount, row.count, row.payee_name) == (fee.amount, 1, OUTLET["holder"])
    approve(vault, row)
    send(vault, row)
    assert vault.balances()["FEES"] == fee.amount
    deliver()
    row.refresh_from_db()
    assert (row.state, row.bank_reference != "") == ("SETTLED", True)
    assert "FEES" not in vault.balances()
    assert outside.request("GET", "/bank/balance", query={"account": MAIN}).json()["closing"] == str(600 - fee.amount)
    assert Message.objects.filter(key=f"remit:{row.pk}").count() == 1
    checked = {check.name: check.run(vault.cast.xixian, vault.at).broken for check in fen.CHECKS}
    assert checked["fen.apart"] == 0
    remitting.enter_number(
        remittance_id=row.pk, number="晋财缴2026-0091", on=clock.day_of(vault.at), actor=vault.who("payer"), at=vault.at
    )
    assert Remittance.objects.get().treasury_number == "晋财缴2026-0091"
    with pytest.raises(remitting.NothingToRemit):
        ask(vault)
    vault.whole()


def test_asking_approving_and_sending_are_three_persons(vault: Vault, fee: Payout) -> None:
    with pytest.raises(NotAllowed):
        remitting.ask_fees(until=clock.day_of(vault.at), why="", actor=vault.who("payer"), at=vault.at)
    row = ask(vault)
    with pytest.raises(NotAllowed):
        approve(vault, row, "keeper")
    both = vault.cast.post("bao", "鲍保管", vault.cast.director.role)
    with pytest.raises(persons.SamePerson):
        remitting.approve(remittance_id=row.pk, actor=vault.cast.actor(both), at=vault.at, key=key())
    approve(vault, row)
    with pytest.raises(NotAllowed):
        send(vault, row, "director")
    assert not Message.objects.filter(about=row.symbol).exists()


def test_a_fee_that_is_listed_is_not_given_back_and_is_listed_once(vault: Vault, fee: Payout) -> None:
    row = ask(vault)
    with pytest.raises(remitting.FeeRemitted):
        mending.void(payout_id=fee.pk, why="错扣", actor=vault.who("executor"), at=vault.at, key=key())
    with pytest.raises(remitting.NothingToRemit):
        ask(vault)
    remitting.void(remittance_id=row.pk, why="漏列", actor=vault.who("keeper"), at=vault.at, key=key())
    assert ask(vault).count == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_one_lists_the_fee(vault: Vault, fee: Payout) -> None:
    gate = Barrier(2)

    def ask_at_once(_number: int) -> str:
        gate.wait()
        try:
            return ask(vault).state
        except remitting.NothingToRemit as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(ask_at_once, range(2)))
    assert answers == ["ASKED", "nothing_to_remit"]
    assert Remittance.objects.count() == 1


def test_a_returned_remittance_frees_its_list(
    vault: Vault, fee: Payout, outside: simulators.Simulators, deliver: Callable[[], None]
) -> None:
    outside.request("POST", "/control/faults", {"faults": {"returned": 1}})
    row = ask(vault)
    approve(vault, row)
    send(vault, row)
    vault.later(days=2)
    deliver()
    row.refresh_from_db()
    assert row.state == "RETURNED"
    assert vault.balances()["FEES"] == fee.amount
    assert ask(vault).count == 1
    vault.whole()


def test_nothing_is_sent_while_the_books_and_the_bank_differ(vault: Vault, fee: Payout) -> None:
    row = approve(vault, ask(vault))
    reconciling.reconcile(
        court=vault.cast.xixian,
        on=clock.day_of(vault.at),
        actor=vault.who("keeper"),
        at=vault.at,
        bank_closing=D("599.99"),
    )
    with pytest.raises(paying.PayoutsHalted):
        send(vault, row)
    row.refresh_from_db()
    assert row.state == "APPROVED"


def test_without_an_account_nothing_is_listed(vault: Vault) -> None:
    case = vault.execution(amount="1000.00")
    vault.confirm(vault.pay_in(case, "600.00"))
    with pytest.raises(remitting.OutletMissing):
        ask(vault)
    with pytest.raises(NotAllowed):
        outlets.enter(kind="FEES", actor=vault.who("payer"), at=vault.at, **OUTLET)
    assert MainAccount.objects.get().fiscal_number == ""


@pytest.fixture
def fined(vault: Vault) -> Case:
    """罚金 5,000.00 and 1,000.00 for the victim, handed over by the criminal chamber (M-21)."""
    outlets.enter(kind="UNCLAIMED", actor=vault.who("administrator"), at=vault.at, **OUTLET)
    given = transferring.Transfer(
        judgment="（2026）晋1031刑初12号",
        offence="盗窃罪",
        effective_on=date(2026, 10, 9),
        convict=factories.person("葫某", 77),
        orders=[
            transferring.Order(ItemNature.FINE, D("5000.00")),
            transferring.Order(ItemNature.RESTITUTION, D("1000.00"), factories.person("李某害", 78)),
        ],
    )
    clerk = vault.who("filing_clerk")
    case = transferring.file(court=vault.cast.xixian, given=given, actor=clerk, at=vault.at)
    return assigning.assign(case_id=case.pk, officer=vault.cast.executor, actor=clerk, at=vault.at)


def test_the_victim_comes_before_the_treasury(vault: Vault, fined: Case) -> None:
    """退赔 before 罚金 (DIST-CRIM): of 1,200.00 the victim takes 1,000.00, the treasury 200.00."""
    receipt = vault.pay_in(fined, "1200.00", payer="葫某")
    rows = {row.payee_kind: (row.amount, row.payee_name) for row in Payout.objects.filter(receipt=receipt)}
    assert rows == {"PARTY": (D("1000.00"), "李某害"), "TREASURY": (D("200.00"), OUTLET["holder"])}


def test_a_fine_goes_to_the_treasury_with_its_receipt(
    vault: Vault, fined: Case, outside: simulators.Simulators, deliver: Callable[[], None]
) -> None:
    vault.pay_in(fined, "1000.00", payer="葫某")
    body = {"to_sub_account": vault.number(fined), "amount": "4680.00", "payer_name": "葫某", "account": MAIN}
    outside.request("POST", "/bank/pay-in", body)
    deliver()
    payout = Payout.objects.get(payee_kind="TREASURY")
    assert (payout.payee, payout.payee_name, payout.amount) == (None, OUTLET["holder"], D("4680.00"))
    assert queries.debt(fined.matter, clock.day_of(vault.at)).total == D("320.00")
    vault.confirm(payout.receipt)
    payout = vault.approve(payout)
    vault.send(payout)
    deliver()
    duty = Duty.objects.get(kind="funds.enter_treasury_number", subject=payout.symbol)
    assert duty.closed_at is None
    with pytest.raises(BadInput):
        treasuring.enter(
            payout_id=payout.pk,
            number="2026-1",
            on=clock.day_of(vault.at) + timedelta(days=1),
            actor=vault.who("payer"),
            at=vault.at,
        )
    treasuring.enter(
        payout_id=payout.pk, number="国库2026-0017", on=clock.day_of(vault.at), actor=vault.who("payer"), at=vault.at
    )
    payout.refresh_from_db()
    duty.refresh_from_db()
    assert (payout.treasury_number, duty.closed_at) == ("国库2026-0017", vault.at)
    assert vault.balances() == {"BANK": D("1000.00"), "CASE": D("1000.00")}


def test_a_remittance_after_the_statement_does_not_stop_the_payouts(
    vault: Vault, fee: Payout, outside: simulators.Simulators, deliver: Callable[[], None]
) -> None:
    row = ask(vault)
    approve(vault, row)
    statement = {"account": MAIN, "format": "csv"}
    noon = outside.request("GET", "/bank/statement", query=statement).content
    send(vault, row)
    deliver()
    assert Remittance.objects.get(pk=row.pk).state == "SETTLED"
    registrar, at = vault.who("registrar"), vault.at
    taken = importing.take_and_book(court=vault.cast.xixian, content=noon, name="noon.csv", actor=registrar, at=at)
    assert reconciling.after_import(imported=taken, actor=vault.bank, at=at) is None
    assert PayoutHalt.objects.count() == 0
    day = outside.request("GET", "/bank/statement", query=statement).content
    taken = importing.take_and_book(court=vault.cast.xixian, content=day, name="day.csv", actor=registrar, at=at)
    found = reconciling.after_import(imported=taken, actor=vault.bank, at=at)
    assert found is not None
    assert found.agrees
