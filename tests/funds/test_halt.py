"""A difference of one fen, end to end: payouts of the court stop, the page says so, finance and the director are told."""

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from cases.models import Duty, DutyNotice
from cases.services import sweeping
from funds import ledger, tasks
from funds.kinds import AccountKind
from funds.models import PayoutHalt, Receipt
from funds.services import alarming, paying, reconciling
from kernel import clock
from tests.funds.conftest import Vault

D = Decimal


@pytest.fixture
def receipt(vault: Vault) -> Receipt:
    return vault.pay_in(vault.execution(amount="1000.00", fee=False), "300.00")


def tamper(vault: Vault, fen: str) -> None:
    """Somebody changes a balance behind the ledger's back."""
    key = ledger.key_of(AccountKind.SUSPENSE, vault.cast.xixian.pk)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE funds_account SET balance = balance + %s WHERE key = %s", [fen, key])


def test_the_nightly_derivation_of_one_fen_stops_payouts_and_tells_everyone(
    vault: Vault, receipt: Receipt, as_: object
) -> None:
    vault.cast.everyone()
    tamper(vault, "0.01")
    assert tasks.reconcile_all() == 1
    with pytest.raises(paying.PayoutsHalted):
        vault.confirm(receipt)
    tasks.sweep_books()
    duty = Duty.objects.get(kind=alarming.DUTY)
    assert (duty.holder_role, duty.case.cause) == ("FINANCE_KEEPER", "案款月度对账")
    for _step in range(3):
        sweeping.sweep(at=clock.now())
    told = {watcher for row in DutyNotice.objects.filter(duty=duty) for watcher in row.watchers}
    posts = {getattr(vault.cast, name).symbol for name in ("director", "registrar", "payer")}
    assert posts <= told
    assert "role:FINANCE_KEEPER" in told or vault.cast.keeper.symbol in told
    page = _open(as_, vault, "keeper", reverse("funds:receipts"))
    assert "本院付款已停止" in page
    day = _open(as_, vault, "director", reverse("funds:day"))
    assert "SUSPENSE" in day
    tamper(vault, "-0.01")
    assert tasks.reconcile_all() == 0
    tasks.sweep_books()
    duty.refresh_from_db()
    assert duty.closed_at is not None
    assert vault.confirm(receipt)[0].state == "CONFIRMED"


def test_a_bank_figure_one_fen_off_names_its_candidate_on_the_page(vault: Vault, receipt: Receipt, as_: object) -> None:
    line = receipt.line
    assert line is not None
    type(line).objects.filter(pk=line.pk).update(state="UNEXPLAINED", amount=D("0.01"), bank_reference="R-ONE-FEN")
    reconciling.reconcile(
        court=vault.cast.xixian,
        on=clock.day_of(vault.at),
        actor=vault.who("keeper"),
        at=vault.at,
        bank_closing=D("300.01"),
    )
    halt = PayoutHalt.objects.get()
    assert halt.difference == D("0.01")
    assert halt.opened_by.candidates[0]["amount"] == "0.01"
    page = _open(as_, vault, "registrar", reverse("funds:day"))
    assert "R-ONE-FEN" in page
    assert "不符" in page


def _open(as_: object, vault: Vault, name: str, url: str) -> str:
    client: Client = as_(getattr(vault.cast, name))  # type: ignore[operator]
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()
