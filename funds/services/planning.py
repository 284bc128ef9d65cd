"""Finding a plan for an act: every case that takes part, locked in order, then the plan; and what a plan forbids meanwhile."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.actors import Actor
from accounts.roles import Action
from cases import locks, queries
from cases.models import Case, Event
from cases.models.decisions import DecisionState
from cases.services import recording
from funds.kinds.distribution import OVER, PLAN_SPINE
from funds.models import DistributionPlan, PlanClaim, PlanObjection, PlanVersion
from funds.services import shares
from kernel import canonical, clock
from kernel.money import ZERO
from kernel.refusals import NotFound, Refusal
from law.rules import Rulebook


class PlanUnderApproval(Refusal):
    """What is asked cannot be changed meanwhile."""

    message = _("分配方案正在审批，不能修改。请等待审批结果或先撤回。")


class NotInStage(Refusal):
    """The plan is not where this act begins."""

    message = _("分配方案现在是“%(stage)s”，不能%(act)s。请刷新后核对。")


@dataclass
class Planned:
    """A plan for an act, with its cases by key, all locked."""

    plan: DistributionPlan
    cases: dict[UUID, Case]

    @property
    def host(self) -> Case:
        """The case that the money came for."""
        return self.cases[self.plan.case_id]

    @property
    def claims(self) -> list[PlanClaim]:
        """The rows that stand, in their order, each with its locked case."""
        rows = list(claims_of(self.plan))
        for row in rows:
            row.case = self.cases[row.case_id]
        return rows

    def record(self, verb: str, *, actor: Actor, at: datetime, facts: Any = None, subject: str = "") -> Event:
        """Record what happened in the case that the money came for."""
        about = subject or self.plan.symbol
        return recording.record(case=self.host, verb=verb, actor=actor, at=at, subject=about, facts=facts)


def planned_for(actor: Actor, plan_id: UUID, to: Action, *, also: Iterable[UUID] = ()) -> Planned:
    """A plan that the actor may act on, with its cases and those named, locked. Raises NotFound, NotAllowed."""
    if actor.kind != "system":
        policy.require(actor, to)
        plan = DistributionPlan.objects.visible_to(actor).filter(pk=plan_id).first()
        if plan is None:
            raise NotFound()
        if not Case.objects.visible_to(actor).filter(pk=plan.case_id).exists():
            raise NotFound()
    return locked(plan_id, also=also)


def locked(plan_id: UUID, *, also: Iterable[UUID] = ()) -> Planned:
    """The plan and its cases, locked: cases first, in order. Raises NotFound.

    Who waited for a case that joined meanwhile gives back what he holds and begins again, so that the order is kept.
    """
    case_id = DistributionPlan.objects.filter(pk=plan_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound()
    known = {case_id, *also, *_inside(plan_id)}
    while True:
        with transaction.atomic():
            planned, now = _lock(plan_id, known), _inside(plan_id)
            if now <= known:
                return planned
            transaction.set_rollback(True)
        known |= now


def _inside(plan_id: UUID) -> set[UUID]:
    """The cases that take part."""
    rows = PlanClaim.objects.filter(plan=plan_id, dropped_at__isnull=True)
    return set(rows.values_list("case_id", flat=True))


def _lock(plan_id: UUID, case_ids: set[UUID]) -> Planned:
    cases = {case.pk: case for case in locks.lock_all(case_ids)}
    rows = DistributionPlan.objects.select_for_update(no_key=True, of=("self",)).select_related("debtor", "document")
    plan = rows.get(pk=plan_id)
    plan.case = cases[plan.case_id]
    return Planned(plan, cases)


def claims_of(plan: DistributionPlan) -> "QuerySet[PlanClaim]":
    """The rows of a plan that stand."""
    rows = PlanClaim.objects.filter(plan=plan, dropped_at__isnull=True).select_related("case__matter", "party")
    return rows.order_by("ordinal")


def take(plan: DistributionPlan, transition: str, at: datetime, why: str = "") -> None:
    """Take a transition of the plan's spine. Raises NotInStage."""
    row = PLAN_SPINE.find(transition)
    assert row is not None
    if plan.stage not in row.sources:
        raise NotInStage(stage=plan.get_stage_display(), act=row.label)
    plan.stage = row.target
    if row.target in PLAN_SPINE.closed:
        plan.ended_at, plan.why_ended = at, why[:300]
    plan.version += 1
    plan.save(update_fields=["stage", "ended_at", "why_ended", "version"])


def require_draft(plan: DistributionPlan, act: Any) -> None:
    """Raise NotInStage or PlanUnderApproval unless the plan may be changed."""
    if plan.stage != PLAN_SPINE.initial:
        raise NotInStage(stage=plan.get_stage_display(), act=act)
    if asked(plan):
        raise PlanUnderApproval()


def asked(plan: DistributionPlan) -> bool:
    """Whether the plan is before the person with authority."""
    return plan.decision is not None and plan.decision.state == DecisionState.ASKED


def rules_of(plan: DistributionPlan, at: datetime) -> Rulebook:
    """The figures of the plan's court."""
    return queries.rulebook(plan.court, clock.day_of(at))


def division(plan: DistributionPlan, claims: list[PlanClaim], at: datetime) -> shares.Division:
    """How the plan divides its pool now, with what open objections reserve."""
    return shares.divide(
        pool=plan.pool,
        debtor_kind=plan.debtor_kind,
        claims=claims,
        reserve=reserve_of(plan),
        rules=rules_of(plan, at),
    )


def reserve_of(plan: DistributionPlan) -> dict[UUID, Decimal]:
    """What open objections reserve of each row (yuan), added up."""
    found: dict[UUID, Decimal] = {}
    rows = PlanObjection.objects.filter(plan=plan).exclude(stage__in=OVER)
    for reserve in rows.values_list("reserve", flat=True):
        for key, amount in reserve.items():
            found[UUID(key)] = found.get(UUID(key), ZERO) + Decimal(amount)
    return found


def keep(planned: Planned, at: datetime) -> shares.Division:
    """Reckon the plan anew and keep the division with it."""
    found = division(planned.plan, planned.claims, at)
    planned.plan.result = canonical.plain(found.as_dict())
    planned.plan.version += 1
    planned.plan.save(update_fields=["result", "version"])
    return found


def freeze(planned: Planned, *, why: str, actor: Actor, at: datetime) -> PlanVersion:
    """Keep the plan as a version that nothing changes."""
    number = PlanVersion.objects.filter(plan=planned.plan).count() + 1
    return PlanVersion.objects.create(
        plan=planned.plan,
        number=number,
        why=why[:300],
        result=planned.plan.result,
        made_by=actor.symbol,
        made_at=at,
    )


def add(planned: Planned, rows: Sequence[PlanClaim]) -> None:
    """Number the rows after those that the plan ever had, and keep them."""
    last = PlanClaim.objects.filter(plan=planned.plan).count()
    for place, row in enumerate(rows, start=last + 1):
        row.plan, row.ordinal = planned.plan, place
        row.save(force_insert=True)
