"""Cash: two officers, a voucher, handed in at the bank, and never counted as money that the bank already has."""

from decimal import Decimal

import pytest

from accounts.models import Post
from cases.models import Duty
from funds.models import Receipt, StatementLine
from funds.services import cash, persons, reconciling
from kernel.refusals import BadInput
from tests.funds.conftest import Vault, key

D = Decimal


def take(vault: Vault, second: Post | None, amount: str = "500.00", command: str = "") -> Receipt:
    case = vault.execution(amount="1000.00", fee=False) if not Receipt.objects.exists() else Receipt.objects.get().case
    assert case is not None
    return cash.take(
        case_id=case.pk,
        amount=D(amount),
        payer="刘某",
        second=second,
        remark="",
        actor=vault.who("executor"),
        at=vault.at,
        key=command or key(),
    )


def test_cash_is_the_cases_at_once_and_on_behalf_when_another_pays(vault: Vault) -> None:
    receipt = take(vault, vault.cast.bailiff)
    assert (receipt.source, receipt.on_behalf, receipt.second_officer) == ("CASH", True, vault.cast.bailiff)
    assert vault.balances()["CASE"] == D("500.00")
    duty = Duty.objects.get(kind="funds.hand_in_cash", closed_at=None)
    assert duty.due_on is not None
    assert (duty.due_on - vault.at.date()).days in {1, 3}  # the next day; on a Friday the next working day


def test_cash_needs_a_second_officer_who_is_another_person_of_the_court(vault: Vault) -> None:
    for second in (None, vault.cast.executor, vault.cast.stranger):
        with pytest.raises(cash.TwoOfficersNeeded):
            take(vault, second)
    assert Receipt.objects.count() == 0


def test_a_double_click_takes_the_cash_once(vault: Vault) -> None:
    first = take(vault, vault.cast.bailiff, command="ui:1")
    assert take(vault, vault.cast.bailiff, command="ui:1") == first


def test_neither_officer_confirms_the_payout(vault: Vault) -> None:
    receipt = take(vault, vault.cast.judge)
    for name in ("executor", "judge"):
        with pytest.raises(persons.SamePerson):
            vault.confirm(receipt, vault.who(name))


def test_an_amount_and_a_payer_are_needed(vault: Vault) -> None:
    with pytest.raises(BadInput):
        take(vault, vault.cast.bailiff, amount="0.00")


def test_cash_handed_in_is_no_new_receipt_and_the_books_agree_before_and_after(vault: Vault) -> None:
    receipt = take(vault, vault.cast.bailiff)
    court, on = vault.cast.xixian, vault.at.date()
    registrar = vault.who("registrar")
    before = reconciling.reconcile(court=court, on=on, actor=registrar, at=vault.at, bank_closing=D("0.00"))
    assert (before.cash_in_hand, before.difference) == (D("500.00"), D("0.00"))
    vault.receive(vault.credit("500.00", payer="高执行员", remark=f"缴存现金 {receipt.number}"))
    assert Receipt.objects.count() == 1
    assert StatementLine.objects.get().state == "HANDED_IN"
    after = reconciling.reconcile(court=court, on=on, actor=registrar, at=vault.at, bank_closing=D("500.00"))
    assert (after.cash_in_hand, after.difference) == (D("0.00"), D("0.00"))
    assert not Duty.objects.filter(kind="funds.hand_in_cash", closed_at=None).exists()
