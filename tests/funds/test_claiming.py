"""Unidentified money: one person says whose it is, another confirms; a wrong case is mended the same way."""

from decimal import Decimal

import pytest

from accounts.roles import Role
from cases import queries as case_queries
from cases.models import Duty, Event, Performance
from funds.models import Claim, Payout, Receipt, Transfer
from funds.services import claiming, reversing, suggesting
from kernel import clock
from kernel.refusals import BadInput, NotAllowed
from tests.funds.conftest import Vault, key
from tests.funds.test_persons import with_post

D = Decimal


def unidentified(vault: Vault, amount: str = "300.00", **more: str) -> Receipt:
    receipt = vault.receive(vault.credit(amount, remark=more.pop("remark", "还款"), **more))  # type: ignore[arg-type]
    assert receipt is not None
    assert receipt.state == "SUSPENSE"
    return receipt


def test_suspense_to_case_takes_two_persons(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = unidentified(vault)
    claim = claiming.ask(
        receipt_id=receipt.pk, case_id=case.pk, why="付款人是被执行人", actor=vault.who("executor"), at=vault.at
    )
    assert vault.balances() == {"BANK": D("300.00"), "SUSPENSE": D("300.00")}
    duty = Duty.objects.get(kind="funds.confirm_claim")
    assert duty.holder_role == Role.FINANCE_KEEPER
    receipt = claiming.confirm(claim_id=claim.pk, actor=vault.who("keeper"), at=vault.at, key=key())
    assert (receipt.state, receipt.case_id) == ("CLAIMED", case.pk)
    assert vault.balances() == {"BANK": D("300.00"), "CASE": D("300.00")}
    assert Payout.objects.filter(receipt=receipt, state="DRAFT").count() == 1
    duty.refresh_from_db()
    assert duty.closed_at is not None
    assert [(row.source.kind, row.destination.kind) for row in Transfer.objects.order_by("at", "id")] == [
        ("BANK", "SUSPENSE"),
        ("SUSPENSE", "CASE"),
    ]
    vault.whole()


def test_who_claims_cannot_confirm(vault: Vault) -> None:
    case = vault.execution()
    receipt = unidentified(vault)
    claim = claiming.ask(
        receipt_id=receipt.pk, case_id=case.pk, why="来电确认", actor=vault.who("executor"), at=vault.at
    )
    actor = with_post(vault, vault.cast.executor, Role.FINANCE_KEEPER)
    with pytest.raises(claiming.SecondPersonNeeded):
        claiming.confirm(claim_id=claim.pk, actor=actor, at=vault.at, key=key())
    assert vault.balances() == {"BANK": D("300.00"), "SUSPENSE": D("300.00")}
    assert Claim.objects.get().state == "ASKED"


def test_who_registered_cannot_confirm_the_claim(vault: Vault) -> None:
    case = vault.execution()
    receipt = unidentified(vault)
    Receipt.objects.update(registered_by=vault.cast.registrar)
    claim = claiming.ask(
        receipt_id=receipt.pk, case_id=case.pk, why="来电确认", actor=vault.who("executor"), at=vault.at
    )
    actor = with_post(vault, vault.cast.registrar, Role.FINANCE_KEEPER)
    with pytest.raises(claiming.SecondPersonNeeded):
        claiming.confirm(claim_id=claim.pk, actor=actor, at=vault.at, key=key())
    with pytest.raises(NotAllowed):
        claiming.confirm(claim_id=claim.pk, actor=vault.who("executor"), at=vault.at, key=key())


def test_a_refused_claim_leaves_the_money_and_another_may_follow(vault: Vault) -> None:
    case = vault.execution()
    receipt = unidentified(vault)
    given = {"receipt_id": receipt.pk, "case_id": case.pk, "actor": vault.who("executor"), "at": vault.at}
    claim = claiming.ask(**given, why="猜测")  # type: ignore[arg-type]
    with pytest.raises(claiming.AlreadyClaimed):
        claiming.ask(**given, why="猜测")  # type: ignore[arg-type]
    with pytest.raises(BadInput):
        claiming.refuse(claim_id=claim.pk, opinion=" ", actor=vault.who("keeper"), at=vault.at)
    claiming.refuse(claim_id=claim.pk, opinion="付款人否认", actor=vault.who("keeper"), at=vault.at)
    assert vault.balances() == {"BANK": D("300.00"), "SUSPENSE": D("300.00")}
    assert claiming.ask(**given, why="付款人书面说明").state == "ASKED"  # type: ignore[arg-type]


def test_money_of_the_wrong_case_is_rebooked_and_both_debts_follow(vault: Vault) -> None:
    wrong = vault.execution(amount="1000.00", fee=False, seed=1)
    right = vault.execution(amount="1000.00", fee=False, seed=2)
    on = clock.day_of(vault.at)
    owed = case_queries.debt(right.matter, on).total
    receipt = vault.pay_in(wrong, "300.00")
    claim = claiming.ask(
        receipt_id=receipt.pk, case_id=right.pk, why="付款人说明", actor=vault.who("registrar"), at=vault.at
    )
    claiming.confirm(claim_id=claim.pk, actor=vault.who("keeper"), at=vault.at, key=key())
    assert case_queries.debt(wrong.matter, on).total == owed
    assert case_queries.debt(right.matter, on).total == owed - D("300.00")
    assert [row.state for row in Payout.objects.order_by("drafted_at", "pk")] == ["VOID", "DRAFT"]
    assert Event.objects.filter(case=wrong, verb="funds.receipt_moved_away").count() == 1
    assert not Duty.objects.filter(case=wrong, kind="funds.relay", closed_at=None).exists()
    vault.whole()


def test_money_on_its_way_out_is_not_rebooked(vault: Vault) -> None:
    wrong = vault.execution(amount="1000.00", fee=False, seed=1)
    right = vault.execution(amount="1000.00", fee=False, seed=2)
    receipt = vault.pay_in(wrong, "300.00")
    vault.confirm(receipt)
    claim = claiming.ask(
        receipt_id=receipt.pk, case_id=right.pk, why="付款人说明", actor=vault.who("registrar"), at=vault.at
    )
    with pytest.raises(claiming.PaidOutAlready):
        claiming.confirm(claim_id=claim.pk, actor=vault.who("keeper"), at=vault.at, key=key())
    receipt.refresh_from_db()
    assert receipt.case_id == wrong.pk
    vault.whole()


def test_a_reversed_receipt_leaves_the_debt_as_before(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    owed = case_queries.debt(case.matter, clock.day_of(vault.at)).total
    receipt = vault.pay_in(case, "300.00")
    reversing.reverse(receipt_id=receipt.pk, why="银行冲正", actor=vault.who("keeper"), at=vault.at, key=key())
    receipt.refresh_from_db()
    assert receipt.state == "REVERSED"
    assert vault.balances() == {}
    assert case_queries.debt(case.matter, clock.day_of(vault.at)).total == owed
    assert Performance.objects.count() == 2
    vault.whole()


def test_suggestions_say_why_and_the_best_comes_first(vault: Vault) -> None:
    vault.execution(amount="5000.00", seed=1)
    meant = vault.execution(amount="1000.00", fee=False, seed=2)
    owed = case_queries.debt(meant.matter, clock.day_of(vault.at)).total
    receipt = unidentified(vault, str(owed))
    found = suggesting.suggest(receipt, actor=vault.who("registrar"), at=vault.at)
    assert found[0].case == meant
    assert any("某环保科技公司" in reason for reason in found[0].reasons_for)
    assert any("欠款" in reason for reason in found[0].reasons_for)
    assert found[0].reasons_against


def test_part_of_a_case_number_is_a_reason(vault: Vault) -> None:
    case = vault.execution()
    receipt = unidentified(vault, remark="执1号案款", payer="任某兰")
    found = suggesting.suggest(receipt, actor=vault.who("registrar"), at=vault.at)
    assert [row.case.pk for row in found] == [case.pk]
