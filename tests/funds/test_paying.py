"""From a receipt to the payee: the split by law, three persons, one instruction for ever, and what the bank may answer."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from accounts.roles import Role
from cases import queries as case_queries
from cases.models import Case, Document, Duty, Event
from cases.services import deciding
from funds import queries
from funds.models import Command, Payout, Receipt, Transfer
from funds.services import drafting, mending, payees, paying, settling
from gateways import simulators
from gateways.models import Message
from kernel import clock
from tests.funds.conftest import MAIN, Vault, approved, key

D = Decimal
PAID_ON = date(2020, 1, 13)


@pytest.fixture
def wang(vault: Vault) -> Case:
    """王某军 against 某环保科技公司: 1,311,000.00 due 31 October 2019, costs 10.25, execution filed on 3 January 2020."""
    vault.now_is(clock.at_time(date(2020, 1, 3), 9))
    return vault.execution(
        amount="1311000.00",
        costs="10.25",
        judged_on=date(2019, 9, 2),
        effective_on=date(2019, 10, 1),
        due_on=date(2019, 10, 31),
    )


def test_the_whole_sum_is_split_to_the_fen(vault: Vault, wang: Case) -> None:
    vault.now_is(clock.at_time(PAID_ON, 10))
    receipt = vault.pay_in(wang, "1343497.70", on=PAID_ON)
    payouts = {row.payee_kind: row for row in Payout.objects.filter(receipt=receipt)}
    assert set(payouts) == {"COURT", "PARTY"}
    assert payouts["COURT"].amount == D("15510.00")
    assert payouts["PARTY"].amount == D("1327987.70")
    assert payouts["PARTY"].parts == {"costs": "10.25", "principal": "1311000.00", "doubled_interest": "16977.45"}
    assert case_queries.debt(wang.matter, PAID_ON).total == 0
    assert Event.objects.filter(case=wang, verb="cases.debt_discharged").count() == 1


def test_the_movements_of_the_whole_sum(
    vault: Vault, wang: Case, outside: simulators.Simulators, deliver: Callable[[], None]
) -> None:
    """A table of movements: after each act, what lies where."""
    vault.now_is(clock.at_time(PAID_ON, 10))
    number = vault.number(wang)
    outside.request(
        "POST",
        "/bank/pay-in",
        {"to_sub_account": number, "amount": "1343497.70", "payer_name": "某环保科技公司", "account": MAIN},
    )
    deliver()
    receipt = Receipt.objects.get()
    assert vault.balances() == {"BANK": D("1343497.70"), "CASE": D("1343497.70")}
    vault.confirm(receipt)
    assert vault.balances() == {"BANK": D("1343497.70"), "PAYABLE": D("1327987.70"), "FEES": D("15510.00")}
    payout = vault.approve(Payout.objects.get(payee_kind="PARTY"))
    assert payout.state == "APPROVED"
    assert vault.balances()["PAYABLE"] == D("1327987.70")
    vault.send(payout)
    deliver()
    payout.refresh_from_db()
    receipt.refresh_from_db()
    assert payout.state == "SETTLED"
    assert receipt.paid_at is not None
    assert vault.balances() == {"BANK": D("15510.00"), "FEES": D("15510.00")}
    assert outside.request("GET", "/bank/balance", query={"account": MAIN}).json()["closing"] == "15510.00"
    assert (queries.in_funds(wang), queries.paid_out(wang)) == (D("0.00"), D("1327987.70"))
    assert not Duty.objects.filter(case=wang, kind__startswith="funds.", closed_at=None).exists()
    vault.whole()


def test_large_sums_need_the_president_too_and_the_approval_is_a_paper(vault: Vault, wang: Case) -> None:
    vault.now_is(clock.at_time(PAID_ON, 10))
    receipt = vault.pay_in(wang, "1343497.70", on=PAID_ON)
    vault.confirm(receipt)
    payout = Payout.objects.get(payee_kind="PARTY")
    assert payout.decision is not None
    assert payout.decision.tiers == [Role.BUREAU_DIRECTOR, Role.PRESIDENT]
    vault.approve(payout)
    paper = Document.objects.get(kind="funds.payout_approval")
    assert paper.subject == payout.symbol
    assert "壹佰叁拾贰万柒仟玖佰捌拾柒元柒角" in str(paper.data)
    assert "6217001234567890123" not in str(paper.data)


def test_a_small_sum_needs_the_director_alone(vault: Vault) -> None:
    case = vault.execution(amount="1000.00")
    receipt = vault.pay_in(case, "500.00")
    vault.confirm(receipt)
    decisions = [row.decision for row in Payout.objects.filter(state="CONFIRMED")]
    assert [row.tiers for row in decisions if row] == [[Role.BUREAU_DIRECTOR]]


def test_more_than_the_debt_goes_back_to_the_payer(vault: Vault) -> None:
    case = vault.execution(amount="1000.00")
    owed = case_queries.debt(case.matter, clock.day_of(vault.at)).total
    receipt = vault.pay_in(case, str(owed + D("88.80")))
    refund = Payout.objects.get(receipt=receipt, payee_kind="PAYER")
    assert (refund.amount, refund.payee_name, refund.payee_account) == (
        D("88.80"),
        "某环保科技公司",
        "6228480000000000001",
    )
    vault.confirm(receipt)
    assert vault.balances()["REFUND"] == D("88.80")
    assert sum(Payout.objects.values_list("amount", flat=True)) == receipt.amount


def test_two_creditors_share_in_proportion_and_no_fen_is_lost(vault: Vault) -> None:
    case = vault.two_creditors(("300000.00", "150000.00"))
    case.fee = None
    case.save(update_fields=["fee"])
    receipt = vault.pay_in(case, "100000.01")
    shares = list(Payout.objects.filter(receipt=receipt, payee_kind="PARTY").order_by("-amount"))
    assert len(shares) == 2
    assert sum(row.amount for row in shares) == D("100000.01")
    assert abs(shares[0].amount - 2 * shares[1].amount) <= D("0.02")
    owed = case_queries.debt(case.matter, clock.day_of(vault.at)).total
    rest = vault.pay_in(case, str(owed))
    given = {
        name: sum(Payout.objects.filter(payee__name=name).values_list("amount", flat=True), D(0))
        for name in {row.payee.name for row in shares if row.payee}
    }
    assert sum(given.values()) == receipt.amount + rest.amount
    assert not Payout.objects.filter(payee_kind="PAYER").exists()


def test_without_a_confirmed_account_nothing_is_set_aside(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    party = vault.creditor(case)
    party.payee_accounts.all().delete()
    receipt = vault.pay_in(case, "300.00")
    before = vault.balances()
    with pytest.raises(paying.PayeeAccountMissing):
        vault.confirm(receipt)
    assert vault.balances() == before
    assert set(Payout.objects.values_list("state", flat=True)) == {"DRAFT"}
    assert Command.objects.filter(verb="funds.confirm").count() == 0


def test_who_entered_the_payees_account_cannot_confirm_it(vault: Vault) -> None:
    case = vault.execution()
    party = vault.creditor(case)
    row = payees.enter(
        party_id=party.pk,
        bank="建设银行",
        account="4367 4200 0000 1234",
        holder=party.name,
        actor=vault.who("clerk"),
        at=vault.at,
        proof=vault.proof("clerk"),
    )
    with pytest.raises(payees.SecondPersonNeeded):
        payees.confirm(payee_account_id=row.pk, actor=vault.who("clerk"), at=vault.at)
    payees.confirm(payee_account_id=row.pk, actor=vault.who("executor"), at=vault.at, proof=vault.proof("executor"))
    assert [one.tail for one in party.payee_accounts.usable()] == ["1234"]


def test_money_goes_to_the_party_itself_unless_there_is_a_ground(vault: Vault) -> None:
    case = vault.execution()
    party = vault.creditor(case)
    given = {"party_id": party.pk, "bank": "建设银行", "account": "43674200", "holder": "张某"}
    with pytest.raises(payees.HolderDiffers):
        payees.enter(**given, actor=vault.who("clerk"), at=vault.at)
    row = payees.enter(
        **given, why_other="特别授权代领", actor=vault.who("clerk"), at=vault.at, proof=vault.proof("clerk")
    )
    assert row.why_other == "特别授权代领"


def test_a_returned_payment_goes_back_and_is_paid_anew(
    vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None]
) -> None:
    payout = approved(vault, outside, deliver)
    outside.request("POST", "/control/force", {"fault": "returned", "operation": "payment", "times": 1})
    vault.send(payout)
    deliver()
    payout.refresh_from_db()
    assert payout.state == "RETURNED"
    assert vault.balances()["CASE"] == payout.amount
    duty = Duty.objects.get(kind="funds.mend_payout", closed_at=None)
    assert duty.subject == payout.symbol
    again = mending.replace(payout_id=payout.pk, actor=vault.who("executor"), at=vault.at)
    assert (again.replaces_id, again.amount, again.instruction_key) == (payout.pk, payout.amount, f"payout:{again.pk}")
    with pytest.raises(drafting.NothingLeft):
        mending.replace(payout_id=payout.pk, actor=vault.who("executor"), at=vault.at)
    paying.confirm(payout_ids=[again.pk], actor=vault.who("executor"), at=vault.at, key=key())
    vault.send(vault.approve(again))
    deliver()
    again.refresh_from_db()
    assert again.state == "SETTLED"
    duty.refresh_from_db()
    assert duty.closed_at is not None
    assert vault.balances().get("CASE", D(0)) == 0
    vault.whole()


def test_a_payment_that_comes_back_after_it_was_settled_is_the_cases_again(
    vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None]
) -> None:
    payout = approved(vault, outside, deliver)
    outside.request("POST", "/control/force", {"fault": "returned_after", "operation": "payment", "times": 1})
    vault.send(payout)
    deliver()
    payout.refresh_from_db()
    assert payout.state == "SETTLED"
    vault.later(hours=7)
    deliver()
    payout.refresh_from_db()
    assert payout.state == "RETURNED"
    assert Receipt.objects.get().paid_at is None
    assert vault.balances()["CASE"] == payout.amount
    assert _bank(outside) == vault.balances()["BANK"]
    vault.whole()


@pytest.mark.parametrize("fault", ["lost", "lost_500", "lost_drop", "lost_timeout"])
def test_a_lost_answer_is_asked_again_and_never_sent_twice(
    vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None], fault: str
) -> None:
    payout = approved(vault, outside, deliver)
    outside.request("POST", "/control/force", {"fault": fault, "operation": "payment", "times": 1})
    vault.send(payout)
    deliver()
    vault.later(hours=3)
    settling.mark_unanswered(court=vault.cast.xixian, at=vault.at)
    deliver()
    vault.later(hours=1)
    deliver()
    payout.refresh_from_db()
    assert payout.state == "SETTLED"
    assert _bank(outside) == vault.balances().get("BANK", D(0))
    assert Transfer.objects.filter(subject=payout.symbol, destination__kind="BANK").count() == 1
    assert Message.objects.filter(channel="bank.payment").count() == 1


def test_a_payout_without_an_answer_says_so_and_cannot_be_sent_or_voided(
    vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None]
) -> None:
    payout = approved(vault, outside, deliver)
    outside.request("POST", "/control/settings", {"settle_seconds": 86400})
    vault.send(payout)
    deliver()
    vault.later(hours=3)
    assert settling.mark_unanswered(court=vault.cast.xixian, at=vault.at) == 1
    assert settling.mark_unanswered(court=vault.cast.xixian, at=vault.at) == 0
    payout.refresh_from_db()
    assert payout.state == "UNKNOWN"
    with pytest.raises(paying.NotInState):
        vault.send(payout)
    with pytest.raises(mending.CannotVoid):
        mending.void(payout_id=payout.pk, why="重复", actor=vault.who("executor"), at=vault.at, key=key())
    vault.later(hours=24)
    deliver()
    payout.refresh_from_db()
    assert payout.state == "SETTLED"


def test_a_refused_payment_returns_the_money_to_the_case(
    vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None]
) -> None:
    payout = approved(vault, outside, deliver)
    outside.request("POST", "/control/force", {"fault": "refused", "operation": "payment", "times": 1})
    vault.send(payout)
    deliver()
    payout.refresh_from_db()
    assert (payout.state, payout.reason) == ("RETURNED", "收款人户名与账号不符")
    assert _bank(outside) == vault.balances()["BANK"]


def test_a_void_payout_gives_the_money_back_and_can_be_drawn_up_again(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    receipt = vault.pay_in(case, "300.00")
    payout = vault.approved(receipt)
    mending.void(payout_id=payout.pk, why="金额有误", actor=vault.who("executor"), at=vault.at, key=key())
    assert vault.balances() == {"BANK": D("300.00"), "CASE": D("300.00")}
    again = drafting.redraft(receipt_id=receipt.pk, actor=vault.who("executor"), at=vault.at)
    assert [(row.amount, row.payee) for row in again] == [(D("300.00"), payout.payee)]
    with pytest.raises(drafting.NothingLeft):
        drafting.redraft(receipt_id=receipt.pk, actor=vault.who("executor"), at=vault.at)


def test_a_payout_not_yet_taken_by_the_bank_can_be_called_back(vault: Vault) -> None:
    case = vault.execution(amount="1000.00")
    receipt = vault.pay_in(case, "300.00")
    payout = vault.approved(receipt)
    vault.send(payout)
    mending.void(payout_id=payout.pk, why="误发", actor=vault.who("executor"), at=vault.at, key=key())
    assert Message.objects.get(channel="bank.payment").state == "CANCELLED"
    payout.refresh_from_db()
    assert payout.state == "VOID"
    vault.whole()


def test_a_question_sent_back_can_be_asked_again(vault: Vault) -> None:
    case = vault.execution(amount="1000.00")
    receipt = vault.pay_in(case, "300.00")
    vault.confirm(receipt)
    payout = Payout.objects.get(receipt=receipt, state="CONFIRMED")
    deciding.send_back(
        decision_id=payout.decision_id, actor=vault.who("director"), at=vault.at, opinion="请附收款人确认"
    )
    with pytest.raises(paying.NotInState):
        vault.send(payout)
    mending.resubmit(payout_id=payout.pk, why="已附确认", actor=vault.who("executor"), at=vault.at)
    assert vault.approve(payout).state == "APPROVED"


def test_a_batch_with_one_that_cannot_go_sends_none(vault: Vault) -> None:
    case = vault.execution(amount="1000.00", fee=False)
    first = vault.approved(vault.pay_in(case, "100.00"))
    second = vault.approved(vault.pay_in(case, "200.00"))
    mending.void(payout_id=second.pk, why="测试", actor=vault.who("executor"), at=vault.at, key=key())
    with pytest.raises(paying.SomeRefused) as refused:
        vault.send(first, second)
    assert len(refused.value.conditions) == 1
    first.refresh_from_db()
    assert first.state == "APPROVED"
    assert not Message.objects.filter(channel="bank.payment").exists()


def _bank(outside: simulators.Simulators) -> Decimal:
    rows = outside.request("GET", "/bank/accounts").json()["accounts"]
    return next(D(row["balance"]) for row in rows if row["account"] == MAIN)


def test_one_split_is_one_duty_of_the_executor(vault: Vault) -> None:
    case = vault.execution(amount="1000.00")
    receipt = vault.pay_in(case, "300.00")
    assert Payout.objects.filter(receipt=receipt).count() == 2
    duty = Duty.objects.get(case=case, kind="funds.confirm_payout", closed_at=None)
    assert duty.subject == Payout.objects.get(receipt=receipt, payee_kind="PARTY").symbol
    vault.confirm(receipt)
    assert not Duty.objects.filter(case=case, kind="funds.confirm_payout", closed_at=None).exists()
    small = vault.pay_in(vault.execution(amount="900000.00", seed=2), "5.00")
    assert list(Payout.objects.filter(receipt=small).values_list("payee_kind", flat=True)) == ["COURT"]
    assert Duty.objects.filter(case=small.case, kind="funds.confirm_payout", closed_at=None).count() == 1
