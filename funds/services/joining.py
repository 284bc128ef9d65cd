"""Who takes part in a distribution: the court's other cases against the debtor, asked in time (DIST-WHO, -TITLE, -WINDOW)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases.declaring import Symbol
from cases.kinds import EXECUTION_KINDS
from cases.models import Case, Participation
from cases.services import recording
from funds.kinds.distribution import DebtorKind
from funds.models import DistributionPlan, PlanClaim
from funds.services import plan_claims, planning
from funds.services.planning import Planned
from kernel import clock
from kernel.money import ZERO
from kernel.refusals import BadInput, Condition, NotFound, Refusal


class NotEligible(Refusal):
    """The case cannot take part."""

    message = _("%(number)s 不能参与分配，条件未满足。")


class CompanyDebtor(Refusal):
    """Creditors of a company do not share; bankruptcy, or the order of seizure."""

    message = _(
        "被执行人%(name)s是企业法人，不适用参与分配。应征询移送破产审查；各方都不同意移送或者破产不予受理的，"
        "写明情况，普通债权按查封先后受偿（民事诉讼法解释第511至514条）。"
    )


@dataclass(frozen=True)
class Joined:
    """Facts of funds.plan_joined and plan_left: the case that takes part, its claims (yuan), the day it was asked."""

    about: Symbol
    amount: Decimal
    on: date


@transaction.atomic
def join(
    *,
    plan_id: UUID,
    case_id: UUID,
    asked_on: date,
    actor: Actor,
    at: datetime,
    seized_at: datetime | None = None,
    ground: str = "",
) -> DistributionPlan:
    """Let another case of the court against the same debtor take part. Raises NotEligible, CompanyDebtor, NotInStage."""
    planned = planning.planned_for(actor, plan_id, Action.CONFIRM_PAYOUT, also=_case_of_court(actor, case_id))
    plan, case = planned.plan, planned.cases[case_id]
    planning.require_draft(plan, _("加入案件"))
    plan.ground = ground.strip()[:300] or plan.ground
    rows = plan_claims.propose(case=case, debtor=plan.debtor, on=plan.cutoff)
    _require_eligible(planned, case, rows, asked_on, seized_at, at)
    for row in rows:
        row.asked_on, row.seized_at = asked_on, seized_at
    planning.add(planned, rows)
    plan.save(update_fields=["ground"])
    planning.keep(planned, at)
    facts = Joined(about=Symbol(case.symbol), amount=sum((row.amount + row.doubled for row in rows), ZERO), on=asked_on)
    for one in (planned.host, case):
        recording.record(case=one, verb="funds.plan_joined", actor=actor, at=at, subject=plan.symbol, facts=facts)
    return plan


@transaction.atomic
def leave(*, plan_id: UUID, case_id: UUID, actor: Actor, at: datetime) -> DistributionPlan:
    """Take a joined case out of a draft again. Raises BadInput, NotInStage, PlanUnderApproval."""
    planned = planning.planned_for(actor, plan_id, Action.CONFIRM_PAYOUT)
    plan = planned.plan
    planning.require_draft(plan, _("移出案件"))
    if case_id == plan.case_id or case_id not in planned.cases:
        raise BadInput(reason=str(_("只能移出参与分配的其他案件。")))
    rows = PlanClaim.objects.filter(plan=plan, case=case_id, dropped_at__isnull=True)
    total = sum((row.amount + row.doubled for row in rows), ZERO)
    rows.update(dropped_at=at)
    planning.keep(planned, at)
    facts = Joined(about=Symbol(planned.cases[case_id].symbol), amount=total, on=clock.day_of(at))
    for one in (planned.host, planned.cases[case_id]):
        recording.record(case=one, verb="funds.plan_left", actor=actor, at=at, subject=plan.symbol, facts=facts)
    return plan


def _case_of_court(actor: Actor, case_id: UUID) -> list[UUID]:
    """The case when it is the court's own: other teams' cases take part as well. Raises NotFound."""
    if not Case.objects.filter(pk=case_id, court_id=actor.court_id).exists():
        raise NotFound()
    return [case_id]


def _require_eligible(
    planned: Planned, case: Case, rows: list[PlanClaim], asked_on: date, seized_at: datetime | None, at: datetime
) -> None:
    """DIST-WHO, DIST-TITLE, DIST-WINDOW. Raises CompanyDebtor, NotEligible."""
    plan = planned.plan
    same = Participation.objects.filter(case=case, party=plan.debtor_id, role="DEBTOR").exists()
    inside = any(row.case_id == case.pk for row in planned.claims)
    in_time = clock.day_of(case.filed_at) <= asked_on <= clock.day_of(at)
    found = [
        Condition(
            text=gettext("是本院正在执行的案件"),
            met=case.kind in EXECUTION_KINDS and case.is_open,
            cure=gettext("选择在执行的案件。"),
        ),
        Condition(
            text=gettext("被执行人是%(name)s") % {"name": plan.debtor.name},
            met=same,
            cure=gettext("选择同一被执行人的案件。"),
        ),
        Condition(
            text=gettext("已取得执行依据，还有债权未受偿"),
            met=any(row.party_id for row in rows),
            cure=gettext("没有执行依据的，只能由优先权人单独加入。"),
            article=gettext("民事诉讼法解释第506条"),
        ),
        Condition(
            text=gettext("在执行程序开始后、财产执行终结前提出"),
            met=in_time,
            cure=gettext("核对申请参与分配的日期。"),
            article=gettext("民事诉讼法解释第507条"),
        ),
        Condition(text=gettext("还没有加入本方案"), met=not inside),
    ]
    if plan.debtor_kind == DebtorKind.COMPANY and not (plan.ground and seized_at):
        raise CompanyDebtor(name=plan.debtor.name, conditions=found)
    if not all(one.met for one in found):
        raise NotEligible(number=case.number, conditions=found)
