"""Drawing up a distribution plan: the worked example to the fen, who takes part, approval, money in its own case (law.md §7)."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from cases.models import Case, Duty, Service
from cases.services import closing, deciding, serving
from funds import queries
from funds.models import DistributionPlan, Hold, Payout, PlanPart, Receipt
from funds.services import (
    bound,
    distributing,
    drafting,
    joining,
    plan_rows,
    plan_sweeping,
    planning,
    reversing,
)
from funds.services.claiming import PaidOutAlready
from kernel import clock
from tests import factories
from tests.funds.conftest import Vault, key
from tests.funds.pools import (
    TODAY,
    Pool,
    drawn,
    everything_fits,
    example,
    issued,
    judged,
    on_day,
    owed,
    serve,
    sweep,
)

D = Decimal


@pytest.fixture
def pool(vault: Vault) -> Pool:
    """The worked example, not yet drawn up."""
    return example(vault)


def test_the_worked_example_is_divided_to_the_fen(pool: Pool) -> None:
    plan = drawn(pool)
    assert pool.shares() == {
        "申请执行费": (D("15400.00"), D("0.00")),
        "债权人甲": (D("155236.08"), D("0.00")),
        "债权人乙": (D("77618.04"), D("0.00")),
        "债权人丙": (D("51745.88"), D("0.00")),
        "某银行隰县支行": (D("200000.00"), D("0.00")),
    }
    assert sum((paid for paid, _reserved in pool.shares().values()), D(0)) == plan.pool == D("500000.00")
    found = planning.division(plan, list(planning.claims_of(plan)), pool.vault.at)
    assert found.ordinary_rate == D("0.517454")
    assert (
        found.of(pool.row("债权人甲").pk).line.text == "债权人甲：债权300,000.00元，分得155,236.08元（清偿率51.7454%）"
    )
    assert found.of(pool.row("债权人甲").pk).unpaid == D("144763.92")


def test_drawing_up_takes_the_receipt_out_of_its_case_alone(pool: Pool) -> None:
    host = pool.cases[0]
    assert Payout.objects.filter(state="DRAFT").count() == 3  # fee, creditor, surplus to the payer
    assert owed(host) == D("0.00")
    drawn(pool)
    assert Payout.objects.exclude(state="VOID").count() == 0
    assert owed(host) == D("315400.00")
    assert [duty.kind for duty in Duty.objects.filter(case=host, closed_at=None, kind="funds.draw_plan")] == []
    executor, at = pool.vault.who("executor"), pool.vault.at
    with pytest.raises(bound.UnderPlan):
        drafting.redraft(receipt_id=pool.receipt.pk, actor=executor, at=at)
    with pytest.raises(bound.UnderPlan):
        reversing.reverse(receipt_id=pool.receipt.pk, why="误", actor=pool.vault.who("keeper"), at=at, key=key())
    with pytest.raises(bound.UnderPlan):
        distributing.draw(receipt_ids=[pool.receipt.pk], actor=executor, at=at)
    pool.vault.whole()


def test_a_discarded_plan_leaves_the_receipt_to_its_case(pool: Pool) -> None:
    plan = drawn(pool)
    distributing.discard(plan_id=plan.pk, why="其他债权人撤回申请", actor=pool.vault.who("executor"), at=pool.vault.at)
    assert pool.plan.stage == "DISCARDED"
    assert owed(pool.cases[0]) == D("0.00")
    rows = Payout.objects.filter(state="DRAFT").order_by("-amount").values_list("payee_kind", "amount")
    assert list(rows) == [("PARTY", D("300000.00")), ("PAYER", D("184600.00")), ("COURT", D("15400.00"))]
    pool.vault.whole()


def test_who_registered_the_money_does_not_approve_its_plan(pool: Pool) -> None:
    Receipt.objects.filter(pk=pool.receipt.pk).update(registered_by=pool.vault.cast.director)
    plan = drawn(pool)
    decision = distributing.ask(plan_id=plan.pk, why="", actor=pool.vault.who("executor"), at=pool.vault.at)
    with pytest.raises(distributing.persons.SamePerson):
        deciding.approve(decision_id=decision.pk, actor=pool.vault.who("director"), at=pool.vault.at)
    assert (pool.plan.stage, Hold.objects.count()) == ("DRAFT", 0)
    with pytest.raises(planning.PlanUnderApproval):
        plan_rows.drop(claim_id=pool.row("债权人丙").pk, actor=pool.vault.who("executor"), at=pool.vault.at)


def test_every_creditor_is_paid_in_his_own_case(pool: Pool) -> None:
    plan = issued(pool)
    serve(pool, plan.document_id, TODAY)
    on_day(pool, date(2026, 12, 8))
    sweep(pool)
    child = Receipt.objects.get(case=pool.cases[1], source="DIVIDED")
    assert (child.amount, child.received_on, child.state) == (D("77618.04"), TODAY, "MATCHED")
    relay = Duty.objects.get(kind="funds.relay", case=pool.cases[1])
    assert relay.due_at == pool.vault.at.replace(day=11)  # 72 hours from the day on which it could be divided
    payout = pool.vault.approved(child)
    assert (payout.case, payout.parts) == (pool.cases[1], {"costs": "77618.04"})
    assert queries.in_funds(pool.cases[1]) == D("77618.04")
    with pytest.raises(bound.UnderPlan):
        reversing.reverse(receipt_id=child.pk, why="误", actor=pool.vault.who("keeper"), at=pool.vault.at, key=key())
    everything_fits(pool)


def test_without_objection_the_money_is_drafted_when_the_last_period_has_run_out(pool: Pool) -> None:
    plan = issued(pool)
    serve(pool, plan.document_id, TODAY)
    on_day(pool, date(2026, 12, 7))  # the last day itself: 5 December is a Saturday
    sweep(pool)
    assert (pool.plan.stage, PlanPart.objects.count()) == ("ISSUED", 0)
    on_day(pool, date(2026, 12, 8))
    sweep(pool)
    sweep(pool)
    assert (pool.plan.stage, PlanPart.objects.count()) == ("DONE", 5)
    assert pool.drafted() == {
        "本院诉讼费用": D("15400.00"),
        "债权人甲": D("155236.08"),
        "债权人乙": D("77618.04"),
        "债权人丙": D("51745.88"),
        "某银行隰县支行": D("200000.00"),
    }
    everything_fits(pool)


def test_a_case_takes_part_only_against_the_same_debtor_with_a_title_and_in_time(pool: Pool) -> None:
    vault, executor = pool.vault, pool.vault.who("executor")
    plan = distributing.draw(receipt_ids=[pool.receipt.pk], actor=executor, at=vault.at)
    other = factories.execution_case(vault.cast)
    with pytest.raises(joining.NotEligible) as refused:
        joining.join(plan_id=plan.pk, case_id=other.pk, asked_on=date(2026, 11, 1), actor=executor, at=vault.at)
    assert [one.met for one in refused.value.conditions] == [True, False, False, False, True]
    joining.join(plan_id=plan.pk, case_id=pool.cases[1].pk, asked_on=TODAY, actor=executor, at=vault.at)
    with pytest.raises(joining.NotEligible):
        joining.join(plan_id=plan.pk, case_id=pool.cases[1].pk, asked_on=TODAY, actor=executor, at=vault.at)
    joining.leave(plan_id=plan.pk, case_id=pool.cases[1].pk, actor=executor, at=vault.at)
    assert plan.claims.filter(dropped_at=None).count() == 2
    with pytest.raises(distributing.PlanIncomplete) as missing:
        distributing.ask(plan_id=plan.pk, why="", actor=executor, at=vault.at)
    assert [one.met for one in missing.value.conditions] == [False, True]


def test_creditors_of_a_company_do_not_share_but_stand_by_the_order_of_seizure(vault: Vault) -> None:
    executor = vault.who("executor")
    first = judged(vault, "债权人甲", 41, "300000.00", company=True)
    second = judged(vault, "债权人乙", 42, "150000.00", company=True)
    receipt = vault.pay_in(first, "280000.00", payer="某商贸公司")
    plan = distributing.draw(receipt_ids=[receipt.pk], actor=executor, at=vault.at)
    assert plan.debtor_kind == "COMPANY"
    with pytest.raises(joining.CompanyDebtor) as refused:
        joining.join(plan_id=plan.pk, case_id=second.pk, asked_on=TODAY, actor=executor, at=vault.at)
    assert "第511至514条" in refused.value.text
    early, late = datetime(2026, 8, 1, 1, tzinfo=vault.at.tzinfo), datetime(2026, 9, 1, 1, tzinfo=vault.at.tzinfo)
    joining.join(
        plan_id=plan.pk,
        case_id=second.pk,
        asked_on=TODAY,
        seized_at=early,
        ground="各方均不同意移送破产审查",
        actor=executor,
        at=vault.at,
    )
    with pytest.raises(distributing.PlanIncomplete):
        distributing.ask(plan_id=plan.pk, why="", actor=executor, at=vault.at)
    plan.refresh_from_db()
    mine = plan.claims.get(label="债权人甲")
    given = plan_rows.RowInput(amount=mine.amount, seized_at=late)
    plan_rows.correct(claim_id=mine.pk, given=given, version=plan.version, actor=executor, at=vault.at)
    found = planning.division(plan, list(planning.claims_of(plan)), vault.at)
    assert {row.claim.label: row.share for row in found.rows} == {
        "债权人甲": D("130000.00"),
        "债权人乙": D("150000.00"),
    }
    assert "解释" in found.rows[0].line.basis


def test_two_creditors_of_one_judgment_share_by_a_plan(vault: Vault) -> None:
    case = vault.two_creditors(("300000.00", "100000.00"))
    Case.objects.filter(pk=case.pk).update(fee=None)
    receipt = vault.pay_in(case, "100000.00", payer="某商贸公司")
    assert Duty.objects.filter(kind="funds.draw_plan", closed_at=None).count() == 1
    plan = distributing.draw(receipt_ids=[receipt.pk], actor=vault.who("executor"), at=vault.at)
    assert plan.claims.count() == 2
    found = planning.division(plan, list(planning.claims_of(plan)), vault.at)
    assert sum((row.share for row in found.rows), D(0)) == D("100000.00")
    assert found.rows[0].share == D("75000.00")


def test_money_already_on_its_way_is_not_distributed(pool: Pool) -> None:
    pool.vault.confirm(pool.receipt)
    with pytest.raises(PaidOutAlready):
        distributing.draw(receipt_ids=[pool.receipt.pk], actor=pool.vault.who("executor"), at=pool.vault.at)
    assert DistributionPlan.objects.count() == 0


def test_what_is_more_than_all_claims_goes_back_to_the_debtor(vault: Vault) -> None:
    first, second = judged(vault, "债权人甲", 41, "3000.00"), judged(vault, "债权人乙", 42, "2000.00")
    receipt = vault.pay_in(first, "6000.00", payer="赵某")
    executor = vault.who("executor")
    plan = distributing.draw(receipt_ids=[receipt.pk], actor=executor, at=vault.at)
    joining.join(plan_id=plan.pk, case_id=second.pk, asked_on=TODAY, actor=executor, at=vault.at)
    decision = distributing.ask(plan_id=plan.pk, why="", actor=executor, at=vault.at)
    deciding.approve(decision_id=decision.pk, actor=vault.who("director"), at=vault.at)
    plan.refresh_from_db()
    for row in Service.objects.filter(document=plan.document_id):
        serving.record(service_id=row.pk, method="DIRECT", served_on=TODAY, actor=executor, at=vault.at)
    vault.now_is(clock.at_time(date(2026, 12, 8), 9))
    plan_sweeping.run(court=vault.cast.xixian, at=vault.at)
    rows = Payout.objects.filter(state="DRAFT").order_by("-amount").values_list("payee_kind", "payee_name", "amount")
    assert list(rows) == [
        ("PARTY", "债权人甲", D("3000.00")),
        ("PARTY", "债权人乙", D("2000.00")),
        ("PAYER", "赵某", D("1000.00")),
    ]
    vault.whole()


def test_no_case_of_a_running_plan_is_closed(pool: Pool) -> None:
    drawn(pool)
    executor = pool.vault.who("executor")
    with pytest.raises(closing.NotReadyToClose) as refused:
        closing.propose(case_id=pool.cases[1].pk, how="PERFORMED", why="已分配", actor=executor, at=pool.vault.at)
    assert [one.text for one in refused.value.conditions if "分配方案" in one.text] == ["没有进行中的分配方案"]


def test_a_case_that_joins_while_the_plan_is_waited_for_is_locked_as_well(
    pool: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan, seen = drawn(pool), planning._inside
    answers = iter([{pool.cases[0].pk}])  # as it was before the others joined
    monkeypatch.setattr(planning, "_inside", lambda plan_id: next(answers, None) or seen(plan_id))
    distributing.ask(plan_id=plan.pk, why="", actor=pool.vault.who("executor"), at=pool.vault.at)
    assert pool.plan.decision is not None
