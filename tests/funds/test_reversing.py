"""Reversing: a receipt booked by mistake is taken back once, and whatever was meant to follow it does not."""

from decimal import Decimal

import pytest

from cases.models import Case
from funds.models import Claim, Receipt, Transfer
from funds.services import cash, claiming, reversing
from tests.funds.conftest import Vault, key

D = Decimal


def taken(vault: Vault, case: Case, amount: str = "80.00") -> Receipt:
    """Cash taken by the executor and the bailiff."""
    return cash.take(
        case_id=case.pk,
        amount=D(amount),
        payer="刘某",
        second=vault.cast.bailiff,
        remark="",
        actor=vault.who("executor"),
        at=vault.at,
        key=key(),
    )


def reverse(vault: Vault, receipt: Receipt) -> Receipt:
    return reversing.reverse(receipt_id=receipt.pk, why="退回交款人", actor=vault.who("keeper"), at=vault.at, key=key())


def test_a_claim_on_a_receipt_that_was_reversed_moves_nothing(vault: Vault) -> None:
    case, other = vault.execution(amount="1000.00", seed=1), vault.execution(amount="700.00", seed=2)
    vault.pay_in(case, "80.00")  # other money of the case, which the claim must not touch
    receipt = taken(vault, case)
    claim = claiming.ask(
        receipt_id=receipt.pk, case_id=other.pk, why="付款人说明", actor=vault.who("registrar"), at=vault.at
    )
    reverse(vault, receipt)
    count = Transfer.objects.count()
    with pytest.raises(claiming.NotClaimable):
        claiming.confirm(claim_id=claim.pk, actor=vault.who("keeper"), at=vault.at, key=key())
    assert (Transfer.objects.count(), vault.balances()["CASE"]) == (count, D("80.00"))
    claiming.refuse(claim_id=claim.pk, opinion="来款已冲正", actor=vault.who("keeper"), at=vault.at)
    assert Claim.objects.get().state == "REFUSED"


def test_cash_that_is_at_the_bank_is_not_reversed(vault: Vault) -> None:
    receipt = taken(vault, vault.execution(amount="1000.00", fee=False))
    vault.receive(vault.credit("80.00", payer="隰县人民法院", remark=receipt.number))
    with pytest.raises(reversing.AtTheBank):
        reverse(vault, receipt)
    assert vault.balances() == {"BANK": D("80.00"), "CASE": D("80.00")}


def test_cash_that_comes_to_the_bank_after_it_was_reversed_is_new_money(vault: Vault) -> None:
    receipt = reverse(vault, taken(vault, vault.execution(amount="1000.00", fee=False)))
    booked = vault.receive(vault.credit("80.00", payer="隰县人民法院", remark=receipt.number))
    assert booked is not None
    assert (booked.state, vault.balances()) == ("SUSPENSE", {"BANK": D("80.00"), "SUSPENSE": D("80.00")})


def test_cash_reversed_at_the_very_moment_it_is_handed_in_is_looked_at_again(vault: Vault) -> None:
    receipt = taken(vault, vault.execution(amount="1000.00", fee=False))
    line = vault.receive(vault.credit("5.00", payer="某公司"))
    assert line is not None
    assert line.line is not None
    seen = Receipt.objects.get(pk=receipt.pk)  # as the line's booking read it, before it held the case
    reverse(vault, receipt)
    with pytest.raises(cash.ChangedMeanwhile):
        cash.hand_in(receipts=[seen], line=line.line, actor=vault.bank, at=vault.at)
    assert Receipt.objects.get(pk=receipt.pk).deposit_line is None
