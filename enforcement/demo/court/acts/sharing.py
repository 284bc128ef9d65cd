"""Sharing money among several creditors, as the executor, the director and a creditor do it."""

from decimal import Decimal

from cases.models import Case, Service
from cases.services import serving
from enforcement.demo.court.acts import deciding
from enforcement.demo.court.acts.execution import crew
from enforcement.demo.court.telling import Telling
from funds.kinds.distribution import PlanRank
from funds.models import DistributionPlan, PlanObjection, Receipt
from funds.services import cash, distributing, joining, objecting
from funds.services.shares import Wanted
from kernel import clock


def take_cash(t: Telling, amount: str) -> Receipt:
    """The debtor brings cash; the executor and the judge take it together."""
    return cash.take(
        case_id=t.case.pk,
        amount=Decimal(amount),
        payer=t.debtor.name,
        second=t.post(crew(t).judge),
        remark="变卖车辆所得",
        actor=t.actor(crew(t).executor),
        at=t.at,
        key=f"demo:{t.story.key}:cash",
    )


def draw(t: Telling, receipt: Receipt, others: list[Case]) -> DistributionPlan:
    """The executor draws up a plan; the creditors of the other cases have asked to take part."""
    executor = t.actor(crew(t).executor)
    plan = distributing.draw(receipt_ids=[receipt.pk], actor=executor, at=t.at)
    for case in others:
        joining.join(plan_id=plan.pk, case_id=case.pk, asked_on=clock.day_of(t.at), actor=executor, at=t.at)
    distributing.ask(plan_id=plan.pk, why="三案债权人均已申请参与分配", actor=executor, at=t.at)
    return plan


def approve(t: Telling) -> None:
    """The director approves; the plan is issued."""
    deciding.agree(t, t.case, distributing.KIND, "yu")


def serve(t: Telling, subject: str) -> None:
    """Hand the papers of a plan, or of an objection to it, to everybody today."""
    rows = Service.objects.filter(document__subject=subject, served_on__isnull=True)
    for row in rows.order_by("pk"):
        serving.record(service_id=row.pk, method="DIRECT", served_on=t.day(0), actor=t.actor(crew(t).executor), at=t.at)


def object_to(t: Telling, plan: DistributionPlan, case: Case, *, by: str, amount: str) -> PlanObjection:
    """A creditor says that another's claim is too high; the others are told."""
    executor = t.actor(crew(t).executor)
    claim = plan.claims.get(case=case, party__isnull=False, dropped_at__isnull=True)
    objector = plan.claims.get(label=by, dropped_at__isnull=True)
    assert objector.party is not None
    row = objecting.make(
        plan_id=plan.pk,
        party_id=objector.party.pk,
        grounds="该案被执行人已在判决后另行偿还部分借款，有转账记录，债权额应当扣减。",
        wants={claim.pk: Wanted(amount=Decimal(amount), rank=PlanRank.ORDINARY)},
        actor=executor,
        at=t.at,
    )
    return objecting.notify(objection_id=row.pk, actor=executor, at=t.at)
