"""The distribution plan: the worked example to the fen, who takes part, approval, objections and what they freeze (law.md §7)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import pytest

from cases import queries as case_queries
from cases.kinds import ItemNature, ParticipationRole
from cases.models import Case, Duty, Event, Participation, Party, Service
from cases.services import assigning, deciding, filing, serving, trial
from funds import ledger, queries
from funds.kinds import AccountKind
from funds.models import DistributionPlan, Hold, Payout, PlanObjection, PlanPart, Receipt
from funds.services import (
    bound,
    distributing,
    drafting,
    holding,
    joining,
    objecting,
    plan_rows,
    plan_sweeping,
    plan_windows,
    planning,
    resolving,
    reversing,
)
from funds.services.claiming import PaidOutAlready
from funds.services.shares import Wanted
from kernel import clock
from tests import factories
from tests.funds.conftest import Vault, key

D = Decimal
DUE = date(2026, 7, 15)
TODAY = date(2026, 11, 20)


def judged(vault: Vault, name: str, seed: int, amount: str, *, company: bool = False) -> Case:
    """An execution case of ``name`` against 赵某 or a company, without a fee; costs, so that no interest grows."""
    court, clerk, judge = vault.cast.xixian, vault.who("filing_clerk"), vault.who("trial_judge")
    begun = clock.at_time(date(2026, 1, 5), 9)
    owing = factories.company("某商贸公司", 13) if company else factories.person("赵某", 77, "13800000077")
    given = filing.Filing(
        cause="民间借贷纠纷",
        plaintiffs=[factories.person(name, seed, f"138000000{seed % 100:02d}")],
        defendants=[owing],
        claimed=D(amount),
    )
    civil = filing.file_civil(court=court, filing=given, actor=clerk, at=begun)
    trial.begin(case_id=civil.pk, judge=vault.cast.trial_judge, actor=clerk, at=begun)
    payer = civil.participations.get(role="DEFENDANT").party
    payee = civil.participations.get(role="PLAINTIFF").party
    items = [trial.ItemInput(amount=D(amount), payers=[payer], payee=payee, due_on=DUE, nature=ItemNature.COSTS)]
    trial.judge(
        case_id=civil.pk,
        items=items,
        judged_on=date(2026, 6, 1),
        actor=judge,
        at=clock.at_time(date(2026, 6, 1), 10),
    )
    trial.take_effect(
        case_id=civil.pk, effective_on=date(2026, 6, 20), actor=judge, at=clock.at_time(date(2026, 6, 20), 9)
    )
    case = filing.file_execution(basis_id=civil.pk, actor=clerk, at=vault.at)
    case = assigning.assign(case_id=case.pk, officer=vault.cast.executor, actor=clerk, at=vault.at)
    Case.objects.filter(pk=case.pk).update(fee=None)
    case.refresh_from_db()
    vault.payee_account(payee, case)
    return case


@dataclass
class Pool:
    """A receipt of 500,000, three creditors with their own cases, a mortgagee, costs of 15,400: the worked example."""

    vault: Vault
    cases: list[Case]
    receipt: Receipt
    mortgagee: Party

    @property
    def plan(self) -> DistributionPlan:
        return DistributionPlan.objects.get(case=self.cases[0])

    def party(self, place: int) -> Party:
        return self.vault.creditor(self.cases[place])

    def row(self, label: str):  # type: ignore[no-untyped-def]
        return self.plan.claims.get(label=label, dropped_at=None)

    def shares(self) -> dict[str, tuple[Decimal, Decimal]]:
        found = planning.division(self.plan, list(planning.claims_of(self.plan)), self.vault.at)
        return {row.claim.label: (row.paid, row.reserved) for row in found.rows}

    def drafted(self) -> dict[str, Decimal]:
        rows = Payout.objects.filter(state="DRAFT").order_by("pk")
        return {row.payee_name: row.amount for row in rows}


@pytest.fixture
def pool(vault: Vault) -> Pool:
    """The example of law.md §7, not yet drawn up."""
    cases = [
        judged(vault, "债权人甲", 41, "300000.00"),
        judged(vault, "债权人乙", 42, "150000.00"),
        judged(vault, "债权人丙", 43, "100001.00"),
    ]
    Case.objects.filter(pk=cases[0].pk).update(fee=D("15400.00"))
    cases[0].refresh_from_db()
    mortgagee = Party.objects.create(court=vault.cast.xixian, kind="ORGANISATION", name="某银行隰县支行")
    Participation.objects.create(case=cases[0], party=mortgagee, role=ParticipationRole.THIRD_PARTY)
    vault.payee_account(mortgagee, cases[0])
    receipt = vault.pay_in(cases[0], "500000.00", payer="赵某")
    return Pool(vault, cases, receipt, mortgagee)


def drawn(pool: Pool) -> DistributionPlan:
    """The plan drawn up with everybody in it."""
    vault, executor = pool.vault, pool.vault.who("executor")
    plan = distributing.draw(receipt_ids=[pool.receipt.pk], actor=executor, at=vault.at)
    for case in pool.cases[1:]:
        joining.join(plan_id=plan.pk, case_id=case.pk, asked_on=TODAY, actor=executor, at=vault.at)
    mortgage = plan_rows.RowInput(amount=D("200000.00"), rank="PRIORITY", ground="不动产抵押登记")
    plan_rows.add(plan_id=plan.pk, party_id=pool.mortgagee.pk, given=mortgage, actor=executor, at=vault.at)
    return pool.plan


def issued(pool: Pool) -> DistributionPlan:
    """The plan approved and issued."""
    plan, vault = drawn(pool), pool.vault
    decision = distributing.ask(plan_id=plan.pk, why="", actor=vault.who("executor"), at=vault.at)
    deciding.approve(decision_id=decision.pk, actor=vault.who("director"), at=vault.at)
    return pool.plan


def serve(pool: Pool, document_id: object, on: date, *, only: Iterable[Party] = (), but: Iterable[Party] = ()) -> None:
    """Record that a paper was served on a day."""
    rows = Service.objects.filter(document=document_id, served_on=None)
    names = [party.pk for party in only]
    for row in rows.filter(party__in=names) if names else rows.exclude(party__in=[party.pk for party in but]):
        serving.record(
            service_id=row.pk, method="DIRECT", served_on=on, actor=pool.vault.who("executor"), at=pool.vault.at
        )


def sweep(pool: Pool) -> None:
    plan_sweeping.run(court=pool.vault.cast.xixian, at=pool.vault.at)


def on_day(pool: Pool, day: date) -> None:
    pool.vault.now_is(clock.at_time(day, 9))


def test_the_worked_example_is_divided_to_the_fen(pool: Pool) -> None:
    plan = drawn(pool)
    assert pool.shares() == {
        f"申请执行费（{pool.cases[0].number}）": (D("15400.00"), D("0.00")),
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


def owed(case: Case) -> Decimal:
    """What the case's dispute owes on the day of the receipt."""
    total: Decimal = case_queries.debt(case.matter, TODAY).total
    return total


def test_a_discarded_plan_leaves_the_receipt_to_its_case(pool: Pool) -> None:
    plan = drawn(pool)
    distributing.discard(plan_id=plan.pk, why="其他债权人撤回申请", actor=pool.vault.who("executor"), at=pool.vault.at)
    assert pool.plan.stage == "DISCARDED"
    assert owed(pool.cases[0]) == D("0.00")
    rows = Payout.objects.filter(state="DRAFT").order_by("-amount").values_list("payee_kind", "amount")
    assert list(rows) == [("PARTY", D("300000.00")), ("PAYER", D("184600.00")), ("COURT", D("15400.00"))]
    pool.vault.whole()


def test_the_director_approves_and_the_plan_is_issued_to_everybody_and_the_receipt_held(pool: Pool) -> None:
    plan = issued(pool)
    assert (plan.stage, plan.versions.count()) == ("ISSUED", 1)
    assert plan.document is not None
    assert plan.document.number == pool.cases[0].number
    assert sorted(plan.document.services.values_list("recipient", flat=True)) == sorted(
        ["债权人甲", "债权人乙", "债权人丙", "某银行隰县支行", "赵某"]
    )
    hold = Hold.objects.get()
    assert (hold.receipt, hold.reason, hold.decision) == (pool.receipt, "DISTRIBUTION", plan.decision)
    assert hold.approved_by == pool.vault.cast.director
    relay = Duty.objects.get(kind="funds.relay", case=pool.cases[0], closed_at=None)
    assert relay.paused_at is not None
    assert Duty.objects.filter(kind="funds.serve_plan", closed_at=None).count() == 5
    with pytest.raises(bound.UnderPlan):
        holding.end(hold_id=hold.pk, why="无", actor=pool.vault.who("executor"), at=pool.vault.at)
    sweep(pool)
    cases = set(Event.objects.filter(verb="funds.plan_issued").values_list("case_id", flat=True))
    assert cases == {case.pk for case in pool.cases}


def test_who_registered_the_money_does_not_approve_its_plan(pool: Pool) -> None:
    Receipt.objects.filter(pk=pool.receipt.pk).update(registered_by=pool.vault.cast.director)
    plan = drawn(pool)
    decision = distributing.ask(plan_id=plan.pk, why="", actor=pool.vault.who("executor"), at=pool.vault.at)
    with pytest.raises(distributing.persons.SamePerson):
        deciding.approve(decision_id=decision.pk, actor=pool.vault.who("director"), at=pool.vault.at)
    assert (pool.plan.stage, Hold.objects.count()) == ("DRAFT", 0)
    with pytest.raises(planning.PlanUnderApproval):
        plan_rows.drop(claim_id=pool.row("债权人丙").pk, actor=pool.vault.who("executor"), at=pool.vault.at)


def test_each_person_has_fifteen_days_from_its_own_service_and_a_holiday_moves_the_last_day(pool: Pool) -> None:
    plan = issued(pool)
    on_day(pool, date(2026, 12, 18))
    serve(pool, plan.document_id, date(2026, 11, 20), only=[pool.party(0)])  # 5 December is a Saturday
    serve(pool, plan.document_id, date(2026, 12, 17), only=[pool.party(1)])  # 1 January is a holiday, 2 and 3 a weekend
    serve(pool, plan.document_id, date(2026, 12, 18), only=[pool.party(2)])
    found = {span.party.name: span.last_day for span in plan_windows.spans(plan, at=pool.vault.at)}
    assert found == {
        "债权人甲": date(2026, 12, 7),
        "债权人乙": date(2027, 1, 4),
        "债权人丙": date(2027, 1, 4),
        "某银行隰县支行": None,
        "赵某": None,
    }
    sweep(pool)
    rows = Duty.objects.filter(kind="funds.plan_object").order_by("due_on").values_list("due_on", "closed_at")
    assert list(rows) == [
        (date(2026, 12, 7), pool.vault.at),
        (date(2027, 1, 4), None),
        (date(2027, 1, 4), None),
    ]
    with pytest.raises(objecting.WindowClosed) as refused:
        objects(pool, 0)
    assert "2026-12-07" in refused.value.text
    assert PlanObjection.objects.count() == 0


def objects(
    pool: Pool, place: int, *, label: str = "债权人甲", amount: str = "200000.00", rank: str = "ORDINARY"
) -> PlanObjection:
    """A creditor objects that another row should say less."""
    wants = {pool.row(label).pk: Wanted(amount=D(amount), rank=rank)}
    return objecting.make(
        plan_id=pool.plan.pk,
        party_id=pool.party(place).pk,
        grounds="其中十万元已经清偿",
        wants=wants,
        actor=pool.vault.who("executor"),
        at=pool.vault.at,
    )


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


def everything_fits(pool: Pool) -> None:
    """Owned receipts add up to the money that came, each case holds its own, each debt fell by what its creditor gets."""
    pool.vault.whole()
    owned = Receipt.objects.owned()
    assert sum((row.amount for row in owned), D(0)) == D("500000.00")
    for case in pool.cases:
        mine = sum((row.amount for row in owned.filter(case=case)), D(0))
        gone = sum((row.amount for row in Payout.objects.filter(case=case).exclude(state__in=["DRAFT", "VOID"])), D(0))
        assert ledger.balance(ledger.key_of(AccountKind.CASE, case.pk)) == mine - gone
    for place, whole in enumerate((D("315400.00"), D("150000.00"), D("100001.00"))):
        parts = PlanPart.objects.filter(claim__case=pool.cases[place], claim__in_debt=True)
        assert owed(pool.cases[place]) == whole - sum((part.amount for part in parts), D(0))


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


def test_an_objection_freezes_only_the_disputed_part_and_the_rest_is_drafted_in_the_same_moment(pool: Pool) -> None:
    issued(pool)
    serve(pool, pool.plan.document_id, TODAY)
    row = objects(pool, 2)
    assert row.reserve == {str(pool.row("债权人甲").pk): "100000.00"}
    assert pool.shares()["债权人甲"] == (D("55236.08"), D("100000.00"))
    assert pool.drafted() == {
        "本院诉讼费用": D("15400.00"),
        "债权人甲": D("55236.08"),
        "债权人乙": D("77618.04"),
        "债权人丙": D("51745.88"),
        "某银行隰县支行": D("200000.00"),
    }
    assert pool.plan.stage == "PARTLY"
    rest = Receipt.objects.get(plan_sources__ended_at=None, plan_sources__plan=pool.plan)
    assert (rest.amount, rest.case, holding.in_force(rest) is not None) == (D("100000.00"), pool.cases[0], True)
    pool.receipt.refresh_from_db()
    assert (pool.receipt.state, holding.in_force(pool.receipt)) == ("DIVIDED", None)
    assert Duty.objects.get(kind="funds.notify_objection", closed_at=None).due_on == date(2026, 11, 23)
    everything_fits(pool)


def notified(pool: Pool) -> PlanObjection:
    """债权人丙 objects, the others are told on the same day."""
    issued(pool)
    serve(pool, pool.plan.document_id, TODAY)
    row = objects(pool, 2)
    row = objecting.notify(objection_id=row.pk, actor=pool.vault.who("executor"), at=pool.vault.at)
    serve(pool, row.notice_id, TODAY)
    return row


def test_nobody_opposes_and_the_plan_is_corrected_as_objected(pool: Pool) -> None:
    row = notified(pool)
    executor = pool.vault.who("executor")
    with pytest.raises(resolving.WindowOpen):
        resolving.correct(objection_id=row.pk, actor=executor, at=pool.vault.at)
    on_day(pool, date(2026, 12, 8))
    sweep(pool)
    assert Duty.objects.get(kind="funds.correct_plan", closed_at=None).due_on == date(2026, 12, 11)
    resolving.correct(objection_id=row.pk, actor=executor, at=pool.vault.at)
    # 284,600 over 200,000 + 150,000 + 100,001
    assert pool.shares()["债权人甲"] == (D("126488.61"), D("0.00"))
    assert pool.shares()["债权人乙"] == (D("94866.45"), D("0.00"))
    assert pool.shares()["债权人丙"] == (D("63244.94"), D("0.00"))
    assert [version.number for version in pool.plan.versions.all()] == [1, 2]
    assert pool.plan.stage == "DONE"
    parts = PlanPart.objects.filter(claim__label="债权人甲").order_by("at").values_list("amount", flat=True)
    assert list(parts) == [D("55236.08"), D("71252.53")]
    everything_fits(pool)


def opposed(pool: Pool) -> PlanObjection:
    """债权人甲 opposes, the objector is told on the next working day."""
    row, executor = notified(pool), pool.vault.who("executor")
    on_day(pool, date(2026, 11, 23))
    objecting.oppose(
        objection_id=row.pk, party_id=pool.party(0).pk, grounds="没有清偿", actor=executor, at=pool.vault.at
    )
    row = objecting.tell(objection_id=row.pk, actor=executor, at=pool.vault.at)
    serve(pool, row.opposition_notice_id, date(2026, 11, 23))
    return row


def test_opposed_and_not_sued_on_in_time_the_original_plan_stands(pool: Pool) -> None:
    row = opposed(pool)
    on_day(pool, date(2026, 12, 8))  # the fifteenth day
    sweep(pool)
    row.refresh_from_db()
    assert row.stage == "TOLD"
    on_day(pool, date(2026, 12, 9))
    sweep(pool)
    row.refresh_from_db()
    assert (row.stage, pool.plan.stage, pool.plan.versions.count()) == ("LAPSED", "DONE", 1)
    assert sum(part.amount for part in PlanPart.objects.filter(claim__label="债权人甲")) == D("155236.08")
    everything_fits(pool)


def test_sued_on_the_reserve_waits_until_the_outcome_is_entered(pool: Pool) -> None:
    row, executor = opposed(pool), pool.vault.who("executor")
    resolving.sue(
        objection_id=row.pk,
        sued_on=date(2026, 11, 23),
        number="（2026）晋1031民初900号",
        actor=executor,
        at=pool.vault.at,
    )
    on_day(pool, date(2027, 1, 20))
    sweep(pool)
    assert (pool.plan.stage, planning.reserve_of(pool.plan)) == ("PARTLY", {pool.row("债权人甲").pk: D("100000.00")})
    resolving.decide(
        objection_id=row.pk,
        outcome="PARTLY",
        on=date(2027, 1, 19),
        why="（2026）晋1031民初900号判决",
        wants={pool.row("债权人甲").pk: Wanted(amount=D("250000.00"), rank="ORDINARY")},
        actor=executor,
        at=pool.vault.at,
    )
    # 284,600 over 250,000 + 150,000 + 100,001
    assert pool.shares()["债权人甲"] == (D("142299.72"), D("0.00"))
    assert (pool.plan.stage, pool.plan.versions.count()) == ("DONE", 2)
    everything_fits(pool)


def test_a_rejected_suit_leaves_the_original_plan(pool: Pool) -> None:
    row, executor = opposed(pool), pool.vault.who("executor")
    resolving.sue(objection_id=row.pk, sued_on=date(2026, 11, 23), number="民初900号", actor=executor, at=pool.vault.at)
    resolving.decide(
        objection_id=row.pk, outcome="REJECTED", on=date(2026, 11, 23), why="驳回", actor=executor, at=pool.vault.at
    )
    assert sum(part.amount for part in PlanPart.objects.filter(claim__label="债权人甲")) == D("155236.08")
    assert pool.plan.stage == "DONE"


def test_an_outcome_that_would_take_back_what_was_given_is_refused_and_nothing_is_left_behind(pool: Pool) -> None:
    row, executor = opposed(pool), pool.vault.who("executor")
    resolving.sue(objection_id=row.pk, sued_on=date(2026, 11, 23), number="民初900号", actor=executor, at=pool.vault.at)
    before = Event.objects.count()
    with pytest.raises(resolving.GivenAlready):
        resolving.decide(
            objection_id=row.pk,
            outcome="PARTLY",
            on=date(2026, 11, 23),
            why="判决",
            wants={pool.row("债权人乙").pk: Wanted(amount=D("1.00"), rank="ORDINARY")},
            actor=executor,
            at=pool.vault.at,
        )
    row.refresh_from_db()
    assert (row.stage, Event.objects.count(), pool.plan.versions.count()) == ("SUED", before, 1)
    assert pool.row("债权人乙").amount == D("150000.00")


def test_a_creditor_who_wants_more_makes_the_others_wait_for_what_they_could_lose(pool: Pool) -> None:
    issued(pool)
    serve(pool, pool.plan.document_id, TODAY)
    row = objects(pool, 2, label="债权人丙", amount="200001.00")
    # 284,600 over 300,000 + 150,000 + 200,001: 131,353.65 and 65,676.82
    assert row.reserve == {
        str(pool.row("债权人甲").pk): "23882.43",
        str(pool.row("债权人乙").pk): "11941.22",
    }
    everything_fits(pool)


def test_an_objection_must_name_what_it_disputes_and_only_those_concerned_object(pool: Pool) -> None:
    issued(pool)
    with pytest.raises(objecting.NothingDisputed):
        objects(pool, 2, amount="300000.00")
    with pytest.raises(objecting.NotConcerned):
        objecting.make(
            plan_id=pool.plan.pk,
            party_id=Party.objects.create(court=pool.vault.cast.xixian, kind="PERSON", name="路人").pk,
            grounds="不公平",
            wants={},
            actor=pool.vault.who("executor"),
            at=pool.vault.at,
        )
    objects(pool, 2)
    with pytest.raises(objecting.ObjectedAlready):
        objects(pool, 2, amount="100000.00")
    assert PlanObjection.objects.count() == 1


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
