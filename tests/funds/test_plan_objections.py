"""Objections to a plan: three chained periods, only the disputed part waits, and how each objection ends (解释509, 510)."""

from datetime import date
from decimal import Decimal

import pytest

from cases.models import Duty, Event, Party
from funds.models import Hold, PlanObjection, PlanPart, Receipt
from funds.services import (
    bound,
    holding,
    objecting,
    plan_windows,
    planning,
    resolving,
)
from funds.services.shares import Wanted
from funds.views.receipts import split_lines
from tests.funds.conftest import Vault
from tests.funds.pools import (
    TODAY,
    Pool,
    everything_fits,
    example,
    issued,
    notified,
    objects,
    on_day,
    opposed,
    serve,
    sweep,
)

D = Decimal


@pytest.fixture
def pool(vault: Vault) -> Pool:
    """The worked example, not yet drawn up."""
    return example(vault)


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
    assert sum((line["amount"] for line in split_lines(pool.receipt)), D(0)) == D("500000.00")
    assert Duty.objects.get(kind="funds.notify_objection", closed_at=None).due_on == date(2026, 11, 23)
    everything_fits(pool)


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
