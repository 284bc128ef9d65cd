"""The public reads of deposits for payees whom nobody reaches: masked, until they are claimed (法发〔2017〕6号第15条)."""

import pytest
from django.test import Client
from django.urls import reverse

from funds.models import Payout
from tests.funds import conftest as vaults
from tests.funds.conftest import Vault
from tests.funds.test_depositing import claim, deposited

vault = vaults.vault


def draft(vault: Vault) -> Payout:
    receipt = vault.pay_in(vault.execution(amount="1000.00", fee=False), "300.00")
    return Payout.objects.get(receipt=receipt)


def test_a_missing_payees_deposit_is_read_by_everybody_until_it_is_claimed(vault: Vault) -> None:
    payout = draft(vault)
    deposit = deposited(vault, payout)
    public, address = Client(), reverse("open:deposit", args=[deposit.pk])
    listed = public.get(reverse("open:notices")).content.decode()
    assert address in listed
    page = public.get(address).content.decode()
    for shown in (deposit.number, "300.00", "下落不明", "2031年11月20日"):
        assert shown in page
    for hidden in (payout.payee_name, deposit.case.number):
        assert hidden not in page + listed
    claim(vault, deposit)
    assert public.get(address).status_code == 404
    assert address not in public.get(reverse("open:notices")).content.decode()


@pytest.mark.parametrize("reason", ["REFUSES", "OTHER"])
def test_who_was_told_himself_is_not_told_to_the_public(vault: Vault, reason: str) -> None:
    deposit = deposited(vault, draft(vault), reason)
    assert Client().get(reverse("open:deposit", args=[deposit.pk])).status_code == 404
    assert str(deposit.pk) not in Client().get(reverse("open:notices")).content.decode()
