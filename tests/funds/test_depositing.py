"""Deposits (提存): five reasons, evidence, the director's approval; the clock stops, the payee comes, the normal road again."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from cases.models import Case, Decision, Document, Duty, Event, RuleOverride
from cases.services import deciding
from cases.services.closing import conditions
from funds import queries, relays
from funds.kinds.apart import DepositReason
from funds.models import Deposit, Payout, Receipt
from funds.services import depositing, mending, paying, releasing
from gateways import simulators
from kernel import clock
from kernel.refusals import NotAllowed
from tests.funds.conftest import MAIN, Vault, key

D = Decimal
PROOF = depositing.Evidence("查找经过.pdf", b"%PDF-1.7 proof")


@pytest.fixture
def draft(vault: Vault) -> Payout:
    """300.00 for the creditor, drafted."""
    receipt = vault.pay_in(vault.execution(amount="1000.00", fee=False), "300.00")
    return Payout.objects.get(receipt=receipt)


def ask(vault: Vault, payout: Payout, reason: str = "MISSING", who: str = "executor") -> Deposit:
    return depositing.ask(
        payout_id=payout.pk,
        reason=reason,
        why="三次上门、两次公告均未找到",
        evidence=PROOF,
        actor=vault.who(who),
        at=vault.at,
    )


def deposited(vault: Vault, payout: Payout, reason: str = "MISSING") -> Deposit:
    deposit = ask(vault, payout, reason)
    deciding.approve(decision_id=deposit.decision.pk, actor=vault.who("director"), at=vault.at)  # type: ignore[union-attr]
    deposit.refresh_from_db()
    payout.refresh_from_db()
    return deposit


def claim(vault: Vault, deposit: Deposit, who: str = "executor") -> Deposit:
    return releasing.claim(deposit_id=deposit.pk, why="本人持身份证领取", actor=vault.who(who), at=vault.at, key=key())


@pytest.mark.parametrize("reason", DepositReason.values)
def test_every_listed_reason_leads_to_a_deposit_with_its_papers(vault: Vault, draft: Payout, reason: str) -> None:
    deposit = deposited(vault, draft, reason)
    assert (draft.state, deposit.state) == ("DEPOSITED", "DEPOSITED")
    assert vault.balances() == {"BANK": D("300.00"), "DEPOSIT": D("300.00")}
    assert deposit.claim_by == date(2031, 11, 20)
    papers = Document.objects.filter(case=draft.case, kind__in=[depositing.APPROVAL, depositing.NOTICE])
    assert papers.count() == 2
    public = reason in {"MISSING", "NO_HEIR", "UNREACHABLE"}
    assert ("提存公告" in str(papers.get(kind=depositing.NOTICE).data)) == public
    vault.whole()


def test_the_receipts_clock_stands_and_it_reads_deposited_not_paid(vault: Vault, draft: Payout) -> None:
    deposited(vault, draft)
    receipt = Receipt.objects.get(pk=draft.receipt_id)
    assert (receipt.paid_at, receipt.deposited_at) == (None, vault.at)
    clocks = Duty.objects.filter(case=draft.case, kind__in=["funds.relay", "funds.pay_in_time"], closed_at=None)
    assert [duty.paused_at for duty in clocks] == [vault.at, vault.at]
    assert relays.relay(receipt, at=vault.at).label == "提存"
    board = relays.ageing(receipt.court_id, at=vault.at + timedelta(days=40))
    assert [(column.count, column.held) for column in board if column.count] == [(1, True)]
    open_kinds = set(Duty.objects.filter(case=draft.case, closed_at=None).values_list("kind", flat=True))
    assert "funds.confirm_payout" not in open_kinds
    assert "funds.watch_deposit" in open_kinds
    assert queries.paid_out(draft.case) == 0
    assert queries.open_receipts(receipt.court_id).count() == 0


def test_the_equation_of_the_day_and_of_the_case_hold_with_a_deposit(vault: Vault, draft: Payout) -> None:
    deposited(vault, draft)
    found = queries.equation(draft.court_id)
    assert (found.bank, found.held, found.held_count, found.difference) == (D("300.00"), D("300.00"), 1, D("0.00"))
    assert (queries.in_funds(draft.case), queries.in_deposit(draft.case)) == (D("0.00"), D("300.00"))
    assert depositing.in_deposit(draft.court_id) == D("300.00")


def test_a_deposit_lets_the_case_be_closed(vault: Vault, draft: Payout) -> None:
    def unmet() -> list[str]:
        found = conditions(Case.objects.get(pk=draft.case_id), "TERMINATED", at=vault.at)
        return [row.text for row in found if not row.met and ("来款" in row.text or "余额" in row.text)]

    assert len(unmet()) == 2
    deposited(vault, draft)
    assert unmet() == []


def test_the_payee_comes_and_is_paid_by_the_normal_road(
    vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None]
) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    body = {"to_sub_account": vault.number(case), "amount": "300.00", "payer_name": "某公司", "account": MAIN}
    outside.request("POST", "/bank/pay-in", body)
    deliver()
    payout = Payout.objects.get()
    deposit = deposited(vault, payout)
    vault.later(days=30)
    claim(vault, deposit)
    assert vault.balances() == {"BANK": D("300.00"), "PAYABLE": D("300.00")}
    payout = vault.approve(payout)
    assert payout.state == "APPROVED"
    vault.send(payout)
    deliver()
    payout.refresh_from_db()
    assert payout.state == "SETTLED"
    assert payout.receipt.paid_at is not None
    assert vault.balances() == {}
    assert [row.verb for row in Event.objects.filter(subject=payout.symbol).order_by("seq")] == [
        "funds.payout_drafted",
        "funds.payout_deposited",
        "funds.deposit_claimed",
        "funds.payout_confirmed",
        "funds.payout_approved",
        "funds.payout_sent",
        "funds.payout_settled",
    ]
    assert not Duty.objects.filter(case=case, kind__startswith="funds.", closed_at=None).exists()
    vault.whole()


def test_a_claimed_deposit_taken_back_before_the_bank_lies_in_deposit_again(vault: Vault, draft: Payout) -> None:
    deposit = deposited(vault, draft)
    claim(vault, deposit)
    mending.void(payout_id=draft.pk, why="领取人不是本人", actor=vault.who("executor"), at=vault.at, key=key())
    deposit.refresh_from_db()
    draft.refresh_from_db()
    assert (deposit.state, draft.state) == ("DEPOSITED", "DEPOSITED")
    assert vault.balances() == {"BANK": D("300.00"), "DEPOSIT": D("300.00")}
    assert Receipt.objects.get().deposited_at is not None


def test_an_approved_payout_is_deposited_out_of_payable(vault: Vault, draft: Payout) -> None:
    vault.confirm(draft.receipt)
    payout = vault.approve(draft)
    assert vault.balances()["PAYABLE"] == D("300.00")
    deposited(vault, payout)
    assert vault.balances() == {"BANK": D("300.00"), "DEPOSIT": D("300.00")}
    assert not Duty.objects.filter(kind="funds.send_payout", closed_at=None).exists()


def test_the_applicant_bears_the_fee_where_the_court_says_so(vault: Vault, draft: Payout) -> None:
    RuleOverride.objects.create(
        court=vault.cast.xixian,
        rule="FUND-DEPOSIT.FEE",
        value=D(50),
        from_on=date(2026, 1, 1),
        set_by=vault.cast.administrator,
        set_at=vault.at,
    )
    deposit = deposited(vault, draft)
    assert (deposit.amount, deposit.fee, draft.amount) == (D("250.00"), D("50.00"), D("250.00"))
    assert vault.balances() == {"BANK": D("300.00"), "DEPOSIT": D("250.00"), "FEES": D("50.00")}
    assert sum(map(D, draft.parts.values())) == D("250.00")
    receipt = Receipt.objects.get()
    assert receipt.deposited_at is not None
    assert sum(Payout.objects.filter(receipt=receipt).values_list("amount", flat=True)) == receipt.amount


def test_without_evidence_nothing_is_asked(vault: Vault, draft: Payout) -> None:
    with pytest.raises(depositing.EvidenceMissing):
        depositing.ask(
            payout_id=draft.pk, reason="MISSING", why="找不到", evidence=None, actor=vault.who("executor"), at=vault.at
        )
    assert not Deposit.objects.exists()
    assert not Decision.objects.exists()


def test_what_is_being_decided_or_held_cannot_be_deposited(vault: Vault, draft: Payout) -> None:
    vault.confirm(draft.receipt)
    with pytest.raises(depositing.NotDepositable):
        ask(vault, draft)
    assert not Deposit.objects.exists()


def test_who_asks_cannot_approve_and_a_payer_cannot_ask(vault: Vault, draft: Payout) -> None:
    with pytest.raises(NotAllowed):
        ask(vault, draft, who="payer")
    deposit = ask(vault, draft)
    with pytest.raises(NotAllowed):
        deciding.approve(decision_id=deposit.decision.pk, actor=vault.who("executor"), at=vault.at)  # type: ignore[union-attr]
    with pytest.raises(depositing.AlreadyDeposited):
        ask(vault, draft)
    assert vault.balances() == {"BANK": D("300.00"), "CASE": D("300.00")}


def test_a_payout_confirmed_in_between_is_not_deposited(vault: Vault, draft: Payout) -> None:
    deposit = ask(vault, draft)
    vault.confirm(draft.receipt)
    with pytest.raises(depositing.NotDepositable):
        deciding.approve(decision_id=deposit.decision.pk, actor=vault.who("director"), at=vault.at)  # type: ignore[union-attr]
    deposit.refresh_from_db()
    assert deposit.state == "ASKED"
    assert "DEPOSIT" not in vault.balances()


def test_a_deposit_is_claimed_once(vault: Vault, draft: Payout) -> None:
    deposit = deposited(vault, draft)
    claim(vault, deposit)
    with pytest.raises(releasing.NotInDeposit):
        claim(vault, deposit)
    assert vault.balances() == {"BANK": D("300.00"), "PAYABLE": D("300.00")}


def test_a_payee_without_an_account_is_not_paid_from_the_deposit(vault: Vault, draft: Payout) -> None:
    deposit = deposited(vault, draft)
    draft.payee.payee_accounts.update(ended_at=vault.at)  # type: ignore[union-attr]
    with pytest.raises(paying.PayeeAccountMissing):
        claim(vault, deposit)
    deposit.refresh_from_db()
    assert deposit.state == "DEPOSITED"
    assert vault.balances() == {"BANK": D("300.00"), "DEPOSIT": D("300.00")}


def test_unidentified_money_without_an_ended_notice_is_not_deposited(vault: Vault) -> None:
    receipt = vault.receive(vault.credit("88.00", remark="货款"))
    assert receipt is not None
    with pytest.raises(depositing.NoticeNotEnded):
        depositing.ask_for_suspense(
            receipt_id=receipt.pk, why="无人认领", evidence=PROOF, actor=vault.who("registrar"), at=vault.at
        )
    assert vault.balances() == {"BANK": D("88.00"), "SUSPENSE": D("88.00")}
    assert clock.day_of(vault.at) == date(2026, 11, 20)
