"""Unidentified money whose public notice ended without an owner: deposited, or handed to the treasury (P-05)."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Document
from cases.services import deciding
from funds.models import PublicNotice, Receipt
from funds.services import claiming, depositing, identifying, noticing, outlets, releasing, remitting
from gateways import simulators
from insight.proofs import fen
from tests.funds.conftest import MAIN, Vault, key
from tests.funds.test_depositing import PROOF
from tests.funds.test_remitting import OUTLET

D = Decimal


@pytest.fixture
def unclaimed(vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None]) -> Receipt:
    """88.00 that nobody owns; its notice is published and its last day is past."""
    body = {"to_sub_account": MAIN, "amount": "88.00", "payer_name": "某某", "account": MAIN, "remark": "货款"}
    outside.request("POST", "/bank/pay-in", body)
    deliver()
    receipt = Receipt.objects.get()
    identifying.sweep(court=vault.cast.xixian, at=vault.at)
    vault.later(days=10)
    notice = noticing.ask(receipt_ids=[receipt.pk], actor=vault.who("registrar"), at=vault.at)
    assert notice.decision is not None
    deciding.approve(decision_id=notice.decision.pk, actor=vault.who("director"), at=vault.at)
    notice.refresh_from_db()
    assert notice.until_on is not None
    vault.later(days=notice.days + 1)
    return receipt


def whole(vault: Vault) -> None:
    vault.whole()
    assert {
        check.name: check.run(vault.cast.xixian, vault.at).broken for check in fen.CHECKS if check.name != "fen.lines"
    } == {check.name: 0 for check in fen.CHECKS if check.name != "fen.lines"}


def test_it_is_deposited_and_its_owner_may_still_come(vault: Vault, unclaimed: Receipt) -> None:
    deposit = depositing.ask_for_suspense(
        receipt_id=unclaimed.pk, why="公告期满无人认领", evidence=PROOF, actor=vault.who("registrar"), at=vault.at
    )
    assert deposit.case == PublicNotice.objects.get().case
    deciding.approve(decision_id=deposit.decision.pk, actor=vault.who("director"), at=vault.at)  # type: ignore[union-attr]
    assert vault.balances() == {"BANK": D("88.00"), "DEPOSIT": D("88.00")}
    assert Document.objects.filter(kind=depositing.APPROVAL, subject=deposit.symbol).count() == 1
    identifying.sweep(court=vault.cast.xixian, at=vault.at)
    whole(vault)
    with pytest.raises(depositing.NotFound):
        depositing.ask_for_suspense(
            receipt_id=unclaimed.pk, why="再次", evidence=PROOF, actor=vault.who("registrar"), at=vault.at
        )
    vault.later(days=400)
    releasing.claim(deposit_id=deposit.pk, why="付款人持凭证", actor=vault.who("keeper"), at=vault.at, key=key())
    unclaimed.refresh_from_db()
    assert unclaimed.state == "SUSPENSE"
    assert vault.balances() == {"BANK": D("88.00"), "SUSPENSE": D("88.00")}
    whole(vault)


def test_before_the_last_day_is_past_nothing_leaves_suspense(vault: Vault, unclaimed: Receipt) -> None:
    PublicNotice.objects.update(until_on=vault.at.date() + timedelta(days=3))
    with pytest.raises(depositing.NoticeNotEnded):
        depositing.ask_for_suspense(
            receipt_id=unclaimed.pk, why="急", evidence=PROOF, actor=vault.who("registrar"), at=vault.at
        )
    with pytest.raises(remitting.NothingToRemit):
        remitting.ask_unclaimed(receipt_ids=[unclaimed.pk], why="急", actor=vault.who("keeper"), at=vault.at)


def test_it_goes_to_the_treasury_with_a_receipt(vault: Vault, unclaimed: Receipt, deliver: Callable[[], None]) -> None:
    outlets.enter(kind="UNCLAIMED", actor=vault.who("administrator"), at=vault.at, **OUTLET)
    row = remitting.ask_unclaimed(
        receipt_ids=[unclaimed.pk], why="公告期满无人认领", actor=vault.who("keeper"), at=vault.at
    )
    assert vault.balances() == {"BANK": D("88.00"), "SUSPENSE": D("88.00")}
    remitting.approve(remittance_id=row.pk, actor=vault.who("director"), at=vault.at, key=key())
    unclaimed.refresh_from_db()
    assert (unclaimed.state, vault.balances()) == ("TREASURY", {"BANK": D("88.00"), "TREASURY": D("88.00")})
    whole(vault)
    remitting.send(remittance_id=row.pk, actor=vault.who("payer"), at=vault.at, key=key())
    deliver()
    row.refresh_from_db()
    assert (row.state, vault.balances()) == ("SETTLED", {})
    whole(vault)


def test_a_voided_remittance_gives_the_money_back_to_suspense(vault: Vault, unclaimed: Receipt) -> None:
    outlets.enter(kind="UNCLAIMED", actor=vault.who("administrator"), at=vault.at, **OUTLET)
    row = remitting.ask_unclaimed(receipt_ids=[unclaimed.pk], why="期满", actor=vault.who("keeper"), at=vault.at)
    remitting.approve(remittance_id=row.pk, actor=vault.who("director"), at=vault.at, key=key())
    remitting.void(remittance_id=row.pk, why="有人认领", actor=vault.who("keeper"), at=vault.at, key=key())
    unclaimed.refresh_from_db()
    assert (unclaimed.state, vault.balances()) == ("SUSPENSE", {"BANK": D("88.00"), "SUSPENSE": D("88.00")})
    whole(vault)


def test_money_that_is_claimed_after_it_was_listed_is_not_handed_over(vault: Vault, unclaimed: Receipt) -> None:
    outlets.enter(kind="UNCLAIMED", actor=vault.who("administrator"), at=vault.at, **OUTLET)
    row = remitting.ask_unclaimed(receipt_ids=[unclaimed.pk], why="期满", actor=vault.who("keeper"), at=vault.at)
    case = vault.execution(amount="1000.00", fee=False)
    asked = claiming.ask(
        receipt_id=unclaimed.pk, case_id=case.pk, why="付款人来电", actor=vault.who("executor"), at=vault.at
    )
    claiming.confirm(claim_id=asked.pk, actor=vault.who("keeper"), at=vault.at, key=key())
    with pytest.raises(remitting.OwnerCame) as refused:
        remitting.approve(remittance_id=row.pk, actor=vault.who("director"), at=vault.at, key=key())
    assert unclaimed.number in refused.value.text
    row.refresh_from_db()
    assert (row.state, vault.balances()["CASE"]) == ("ASKED", D("88.00"))
    whole(vault)


def test_approving_locks_the_money_before_the_accounts_as_a_claim_does(vault: Vault, unclaimed: Receipt) -> None:
    outlets.enter(kind="UNCLAIMED", actor=vault.who("administrator"), at=vault.at, **OUTLET)
    row = remitting.ask_unclaimed(receipt_ids=[unclaimed.pk], why="期满", actor=vault.who("keeper"), at=vault.at)
    with CaptureQueriesContext(connection) as found:
        remitting.approve(remittance_id=row.pk, actor=vault.who("director"), at=vault.at, key=key())
    locked = [one["sql"] for one in found if "FOR NO KEY UPDATE" in one["sql"]]
    tables = [re.findall(r'FROM "?(\w+)', sql)[0] for sql in locked]
    assert tables.index("funds_receipt") < tables.index("funds_account")
