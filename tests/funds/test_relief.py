"""Relief and rewards: funds of their own, by year, source and person; never below zero, never in 到位 (I-12, I-14)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from accounts.models import AuditEntry
from cases.kinds import ClosedHow
from cases.models import Case, Decision, Document, Event, Performance
from cases.services import deciding
from funds import granted, queries
from funds.kinds import AccountKind
from funds.kinds.apart import FundSource
from funds.models import Grant, Payout, Receipt
from funds.services import funding, mending, persons, relieving
from gateways import simulators
from insight.formulas import closings
from insight.frames import Frame, Span
from insight.proofs import acts
from kernel import clock
from kernel.refusals import NotAllowed
from tests.funds.conftest import MAIN, Vault, key
from tests.remembering import remembered

D = Decimal


@remembered
def money_in(vault: Vault, amount: str, fund: str = "RELIEF", source: str = "FISCAL") -> Receipt:
    """Money that came without a case, booked into a fund by two persons."""
    receipt = vault.receive(vault.credit(amount, payer="隰县财政局", remark="司法救助专项"))
    assert receipt is not None
    row = funding.ask(
        receipt_id=receipt.pk, fund=fund, source=source, why="财政拨款文件", actor=vault.who("registrar"), at=vault.at
    )
    funding.confirm(intake_id=row.pk, actor=vault.who("keeper"), at=vault.at, key=key())
    receipt.refresh_from_db()
    return receipt


def given(vault: Vault, case: Case, amount: str, **more: object) -> relieving.GrantInput:
    facts: dict[str, object] = {
        "fund": AccountKind.RELIEF,
        "source": FundSource.FISCAL,
        "amount": D(amount),
        "why": "伤后失去劳动能力，子女在读",
        "payee": vault.creditor(case),
        "hardship": "INJURY",
        "wage": D("6000.00"),
        "debtor_unable": True,
    }
    return relieving.GrantInput(**(facts | more))  # type: ignore[arg-type]


@remembered
def asked(vault: Vault, case: Case, amount: str, **more: object) -> Grant:
    return relieving.ask(
        case_id=case.pk, given=given(vault, case, amount, **more), actor=vault.who("executor"), at=vault.at
    )


def granted_to(vault: Vault, case: Case, amount: str, **more: object) -> list[Payout]:
    """Asked, approved by the director and the president; its payouts wait for the payer."""
    grant = asked(vault, case, amount, **more)
    for name in ("director", "president"):
        deciding.approve(decision_id=grant.decision.pk, actor=vault.who(name), at=vault.at)  # type: ignore[union-attr]
    return list(grant.payouts.order_by("pk"))


def test_two_payments_make_165000_and_never_a_fen_recovered(
    vault: Vault, outside: simulators.Simulators, deliver: Callable[[], None]
) -> None:
    """50,000 + 115,000 → 165,000 by year, source and person; 到位金额 stays what the debtor paid (I-12, I-14)."""
    case = vault.execution(amount="300000.00", fee=False)
    body = {
        "to_sub_account": MAIN,
        "amount": "200000.00",
        "payer_name": "隰县财政局",
        "account": MAIN,
        "remark": "救助",
    }
    outside.request("POST", "/bank/pay-in", body)
    deliver()
    receipt = Receipt.objects.get()
    row = funding.ask(
        receipt_id=receipt.pk, fund="RELIEF", source="FISCAL", why="拨款", actor=vault.who("registrar"), at=vault.at
    )
    funding.confirm(intake_id=row.pk, actor=vault.who("keeper"), at=vault.at, key=key())
    vault.pay_in(case, "1000.00")
    for amount in ("50000.00", "115000.00"):
        vault.send(*granted_to(vault, case, amount, again=amount == "115000.00"))
        deliver()
    table = granted.by_year(vault.cast.xixian.pk, 2026)
    assert table.total == D("165000.00")
    assert [(line.label, line.amount, line.count) for line in table.by_source] == [("财政", D("165000.00"), 2)]
    assert [(line.label, line.amount) for line in table.by_person] == [("王某军", D("165000.00"))]
    assert granted.by_year(vault.cast.xixian.pk, 2025).total == 0
    Case.objects.filter(pk=case.pk).update(closed_at=vault.at, closed_how=ClosedHow.ROUND_ENDED, stage="CLOSED")
    frame = Frame.of(court_id=vault.cast.xixian.pk, span=Span.YEAR, at=vault.at)
    got, sought = closings.arrived(frame)
    assert (got.value, sought.value) == (D("1000.00"), D("300000.00"))
    assert Performance.objects.filter(matter=case.matter).count() == 1
    assert (queries.paid_out(case), queries.in_funds(case)) == (D("0.00"), D("1000.00"))
    assert vault.balances() == {"BANK": D("36000.00"), "RELIEF": D("35000.00"), "CASE": D("1000.00")}
    vault.whole()


def test_relief_is_drawn_from_the_oldest_money_of_its_source(vault: Vault) -> None:
    case = vault.execution(amount="300000.00", fee=False)
    first = money_in(vault, "30000.00")
    vault.later(days=1)
    second = money_in(vault, "30000.00")
    money_in(vault, "90000.00", source="DONATION")
    payouts = granted_to(vault, case, "40000.00")
    assert [(row.receipt_id, row.amount) for row in payouts] == [(first.pk, D("30000.00")), (second.pk, D("10000.00"))]
    assert {row.state for row in payouts} == {"APPROVED"}
    assert vault.balances() == {"BANK": D("150000.00"), "RELIEF": D("110000.00"), "GRANTS": D("40000.00")}
    assert Document.objects.get(kind=relieving.PAPER).title == "专项资金发放审批表"


def test_the_fund_never_goes_below_zero(vault: Vault) -> None:
    case = vault.execution(amount="300000.00", fee=False)
    money_in(vault, "50000.00")
    money_in(vault, "90000.00", source="INSURANCE")
    with pytest.raises(relieving.FundTooSmall) as refused:
        asked(vault, case, "50000.01")
    assert "50,000.00" in refused.value.text
    assert not Grant.objects.exists()
    one, other = asked(vault, case, "30000.00"), asked(vault, case, "30000.00", again=True)
    for grant in (one, other):
        deciding.approve(decision_id=grant.decision.pk, actor=vault.who("director"), at=vault.at)  # type: ignore[union-attr]
    deciding.approve(decision_id=one.decision.pk, actor=vault.who("president"), at=vault.at)  # type: ignore[union-attr]
    with pytest.raises(relieving.FundTooSmall):
        deciding.approve(decision_id=other.decision.pk, actor=vault.who("president"), at=vault.at)  # type: ignore[union-attr]
    other.refresh_from_db()
    assert other.state == "ASKED"
    assert vault.balances()["RELIEF"] == D("110000.00")
    vault.whole()


def test_relief_keeps_within_36_wages_and_within_what_is_unpaid(vault: Vault) -> None:
    case = vault.execution(amount="10000.00", fee=False, due_on=date(2026, 11, 19))
    money_in(vault, "500000.00")
    with pytest.raises(relieving.NotAllowedByLaw) as refused:
        asked(vault, case, "60000.00")
    assert any(not row.met and "限额" in row.text for row in refused.value.conditions)
    with pytest.raises(relieving.NotAllowedByLaw):
        asked(vault, case, "5000.00", debtor_unable=False)
    assert not Decision.objects.exists()


def test_money_enters_a_fund_by_two_persons_and_leaves_suspense(vault: Vault) -> None:
    receipt = vault.receive(vault.credit("20000.00", payer="某保险公司", remark="救助险"))
    assert receipt is not None
    row = funding.ask(
        receipt_id=receipt.pk, fund="RELIEF", source="INSURANCE", why="保单", actor=vault.who("registrar"), at=vault.at
    )
    with pytest.raises(NotAllowed):
        funding.confirm(intake_id=row.pk, actor=vault.who("registrar"), at=vault.at, key=key())
    assert vault.balances() == {"BANK": D("20000.00"), "SUSPENSE": D("20000.00")}
    funding.confirm(intake_id=row.pk, actor=vault.who("keeper"), at=vault.at, key=key())
    receipt.refresh_from_db()
    assert (receipt.state, receipt.case) == ("FUND", None)
    assert vault.balances() == {"BANK": D("20000.00"), "RELIEF": D("20000.00")}
    with pytest.raises(funding.NotUnidentified):
        funding.ask(
            receipt_id=receipt.pk, fund="REWARD", source="FISCAL", why="再记", actor=vault.who("registrar"), at=vault.at
        )
    vault.whole()


def test_who_asked_for_relief_does_not_pay_it(vault: Vault) -> None:
    case = vault.execution(amount="300000.00", fee=False)
    money_in(vault, "50000.00")
    (payout,) = granted_to(vault, case, "50000.00")
    assert payout.confirmed_by == vault.cast.executor
    assert payout.approved_by == vault.cast.president
    both = persons._approvers(payout)
    assert {vault.cast.director.user_id, vault.cast.president.user_id} == both


def test_a_reward_is_paid_from_its_own_fund_and_names_nobody_in_the_journal(vault: Vault) -> None:
    case = vault.execution(amount="300000.00", fee=False)
    money_in(vault, "9000.00", fund="REWARD", source="APPLICANT")
    tip = {
        "fund": AccountKind.REWARD,
        "source": FundSource.APPLICANT,
        "payee": None,
        "payee_name": "赵某举",
        "payee_account": "6217001234567890999",
        "payee_bank": "农业银行",
        "recovered": D("80000.00"),
    }
    with pytest.raises(relieving.NotAllowedByLaw):
        asked(vault, case, "8000.00", **(tip | {"known_to_court": True}))
    (payout,) = granted_to(vault, case, "8000.00", **tip)
    assert (payout.payee_kind, payout.payee_name) == ("REWARD", "赵某举")
    assert vault.balances() == {"BANK": D("9000.00"), "REWARD": D("1000.00"), "GRANTS": D("8000.00")}
    kept = str(list(Event.objects.filter(case=case).values_list("facts", flat=True)))
    papers = str(list(Document.objects.filter(case=case).values_list("data", flat=True)))
    assert "赵某举" not in kept
    assert "赵某举" not in papers


def test_a_voided_grant_goes_back_to_its_fund(vault: Vault) -> None:
    case = vault.execution(amount="300000.00", fee=False)
    money_in(vault, "50000.00")
    (payout,) = granted_to(vault, case, "50000.00")
    mending.void(payout_id=payout.pk, why="申请人撤回", actor=vault.who("executor"), at=vault.at, key=key())
    assert vault.balances() == {"BANK": D("50000.00"), "RELIEF": D("50000.00")}
    assert funding.available(vault.cast.xixian.pk, "RELIEF", "FISCAL") == D("50000.00")
    assert clock.day_of(vault.at) == date(2026, 11, 20)


def test_money_of_a_fund_is_told_in_the_journal_and_the_nightly_proof_holds(vault: Vault) -> None:
    receipt = money_in(vault, "100.00")
    assert AuditEntry.objects.get(act=funding.FUND_BOOKED).about == receipt.symbol
    assert [check.name for check in acts.CHECKS if check.run(vault.cast.xixian, vault.at).broken] == []
