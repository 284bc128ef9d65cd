"""The rows of a draft plan: what the executor corrects, adds and drops; each time the plan is reckoned anew."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases.models import Participation
from funds.kinds.distribution import PlanRank
from funds.models import DistributionPlan, PlanClaim
from funds.services import planning
from kernel import clock
from kernel.money import ZERO
from kernel.refusals import BadInput, NotFound, Stale


@dataclass(frozen=True)
class Changed:
    """Facts of funds.plan_row_changed: the class, what was claimed and what is claimed now (yuan)."""

    rank: PlanRank
    before: Decimal
    amount: Decimal


@dataclass(frozen=True, kw_only=True)
class RowInput:
    """What the executor enters of a row: amounts in yuan, class, grounds and order."""

    amount: Decimal
    doubled: Decimal = ZERO
    rank: str = PlanRank.ORDINARY
    basis: str = ""
    ground: str = ""
    priority: int = 0
    limit: Decimal | None = None
    seized_at: datetime | None = None
    has_title: bool = True


@transaction.atomic
def correct(*, claim_id: UUID, given: RowInput, version: int, actor: Actor, at: datetime) -> PlanClaim:
    """Enter what a row should say; the plan is reckoned anew. Raises Stale, BadInput, NotInStage, PlanUnderApproval."""
    plan_id = PlanClaim.objects.filter(pk=claim_id, dropped_at__isnull=True).values_list("plan_id", flat=True).first()
    if plan_id is None:
        raise NotFound()
    planned = planning.planned_for(actor, plan_id, Action.CONFIRM_PAYOUT)
    planning.require_draft(planned.plan, _("修改债权"))
    if planned.plan.version != version:
        raise Stale()
    row = PlanClaim.objects.select_for_update(no_key=True).get(pk=claim_id)
    before = row.amount + row.doubled
    _check(given)
    _enter(row, given)
    row.save()
    planning.keep(planned, at)
    facts = Changed(rank=PlanRank(row.rank), before=before, amount=row.amount + row.doubled)
    planned.record("funds.plan_row_changed", actor=actor, at=at, facts=facts)
    return row


@transaction.atomic
def add(*, plan_id: UUID, party_id: UUID, given: RowInput, actor: Actor, at: datetime) -> PlanClaim:
    """Add a party of a case of the plan with a claim that no judgment of the court holds, such as a mortgage (解释506②).

    Its money is paid in the case that the receipt came for and reduces no debt kept here. Raises BadInput, NotInStage.
    """
    planned = planning.planned_for(actor, plan_id, Action.CONFIRM_PAYOUT)
    planning.require_draft(planned.plan, _("加入债权"))
    found = Participation.objects.filter(party=party_id, case__in=planned.cases).select_related("party").first()
    if found is None:
        raise BadInput(reason=str(_("请先把债权人登记为案件当事人（例如案外人），再加入分配。")))
    _check(given)
    row = PlanClaim(case=planned.host, party=found.party, label=found.party.name, in_debt=False)
    row.asked_on = clock.day_of(at)
    _enter(row, given)
    planning.add(planned, [row])
    planning.keep(planned, at)
    facts = Changed(rank=PlanRank(row.rank), before=ZERO, amount=row.amount + row.doubled)
    planned.record("funds.plan_row_changed", actor=actor, at=at, facts=facts)
    return row


@transaction.atomic
def drop(*, claim_id: UUID, actor: Actor, at: datetime) -> DistributionPlan:
    """Take a row out of a draft. Raises NotInStage, PlanUnderApproval, NotFound."""
    plan_id = PlanClaim.objects.filter(pk=claim_id, dropped_at__isnull=True).values_list("plan_id", flat=True).first()
    if plan_id is None:
        raise NotFound()
    planned = planning.planned_for(actor, plan_id, Action.CONFIRM_PAYOUT)
    planning.require_draft(planned.plan, _("删去债权"))
    row = PlanClaim.objects.select_for_update(no_key=True).get(pk=claim_id)
    row.dropped_at = at
    row.save(update_fields=["dropped_at"])
    planning.keep(planned, at)
    facts = Changed(rank=PlanRank(row.rank), before=row.amount + row.doubled, amount=ZERO)
    planned.record("funds.plan_row_changed", actor=actor, at=at, facts=facts)
    return planned.plan


def _check(given: RowInput) -> None:
    if given.amount < 0 or given.doubled < 0 or given.rank not in PlanRank.values:
        raise BadInput(reason=str(_("债权额不能小于零，并请选择顺位。")))
    if given.rank == PlanRank.PRIORITY and not given.ground.strip():
        raise BadInput(reason=str(_("优先债权须写明优先依据，例如抵押登记证号。")))


def _enter(row: PlanClaim, given: RowInput) -> None:
    row.amount, row.doubled, row.rank = given.amount, given.doubled, given.rank
    row.basis, row.ground = given.basis.strip()[:200] or row.basis, given.ground.strip()[:200]
    row.priority, row.limit, row.seized_at, row.has_title = (
        given.priority,
        given.limit,
        given.seized_at,
        given.has_title,
    )
