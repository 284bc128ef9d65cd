"""Drawing up a distribution plan: whose money, who takes part, which claims in which class; asking approval; taking it back.

解释506–509, 514; 执规55; 执程17. From the moment it is drawn up the receipt belongs to the plan: its drafts are dropped and the
debt of its case stands again, until each creditor's part is given to him. Nothing but this module and ``planning`` moves the
plan along its spine.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases.declaring import Symbol
from cases.models import Case, Decision, Party
from cases.services import deciding, issuing, performing
from funds.kinds import LIVE
from funds.kinds.distribution import DebtorKind, PlanRank
from funds.models import DistributionPlan, Payout, PlanSource, Receipt
from funds.services import booking, bound, dividing, finding, holding, persons, plan_claims, planning, recounting
from funds.services.claiming import PaidOutAlready
from funds.services.planning import Planned
from kernel.money import ZERO
from kernel.refusals import BadInput, Condition, NotFound, Refusal

KIND = "funds.distribution"
PAPER = "funds.distribution_plan"


class NotDistributable(Refusal):
    """The receipts are not open money of one case."""

    message = _("只能分配同一案件尚未发放的来款。请重新选择。")


class PlanIncomplete(Refusal):
    """The plan cannot be put to the director yet."""

    message = _("分配方案还不能提请审批。")


@dataclass(frozen=True)
class Drawn:
    """Facts of funds.plan_drawn, plan_issued, plan_discarded and plan_done: yuan, how many creditors."""

    amount: Decimal
    creditors: int


@dataclass(frozen=True)
class InPlan:
    """Facts of funds.receipt_in_plan and receipt_out_of_plan (yuan)."""

    amount: Decimal
    plan: Symbol


@transaction.atomic
def draw(
    *,
    receipt_ids: Sequence[UUID],
    actor: Actor,
    at: datetime,
    debtor_id: UUID | None = None,
    debtor_kind: str = "",
    ground: str = "",
) -> DistributionPlan:
    """Draw up a plan for receipts of one case. Raises NotDistributable, PaidOutAlready, UnderPlan, BadInput."""
    receipts, case = _receipts(actor, receipt_ids)
    if actor.post_id is None:
        raise NotFound()
    debtor = _debtor(case, receipts[0], debtor_id)
    for receipt in receipts:
        _set_apart(receipt, case, actor, at)
    plan = DistributionPlan.objects.create(
        court_id=case.court_id,
        case=case,
        ordinal=DistributionPlan.objects.filter(case=case).count() + 1,
        debtor=debtor,
        debtor_kind=DebtorKind(debtor_kind) if debtor_kind else plan_claims.kind_of(debtor),
        ground=ground.strip()[:300],
        pool=sum((receipt.amount for receipt in receipts), ZERO),
        cutoff=max(receipt.received_on for receipt in receipts),
        drawn_by_id=actor.post_id,
        drawn_at=at,
    )
    PlanSource.objects.bulk_create(PlanSource(plan=plan, receipt=row, amount=row.amount) for row in receipts)
    planned = Planned(plan, {case.pk: case})
    planning.add(planned, plan_claims.propose(case=case, debtor=debtor, on=plan.cutoff))
    planning.keep(planned, at)
    planned.record("funds.plan_drawn", actor=actor, at=at, facts=drawn(planned))
    for receipt in receipts:
        facts = InPlan(amount=receipt.amount, plan=Symbol(plan.symbol))
        planned.record("funds.receipt_in_plan", actor=actor, at=at, facts=facts, subject=receipt.symbol)
    return plan


@transaction.atomic
def ask(*, plan_id: UUID, why: str, actor: Actor, at: datetime) -> Decision:
    """Put the plan to the director. Raises PlanIncomplete with what is missing, PlanUnderApproval, AlreadyAsked."""
    planned = planning.planned_for(actor, plan_id, Action.CONFIRM_PAYOUT)
    plan = planned.plan
    planning.require_draft(plan, _("提请审批"))
    missing = [one for one in conditions(planned) if not one.met]
    if missing:
        raise PlanIncomplete(conditions=conditions(planned))
    planning.keep(planned, at)
    plan.decision = deciding.ask(
        case=planned.host,
        kind=KIND,
        subject=plan.symbol,
        actor=actor,
        at=at,
        proposal={"rows": plan.result["rows"], "surplus": plan.result["surplus"]},
        amount=plan.pool,
        why=why,
    )
    plan.save(update_fields=["decision"])
    return plan.decision


def approve(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """Carry the approval out: the plan is frozen, issued as a paper to everybody, and its receipts are held back.

    Raises SamePerson when the actor registered one of the receipts, NotInStage.
    """
    rows = DistributionPlan.objects.select_for_update(no_key=True, of=("self",)).select_related("debtor", "decision")
    plan = rows.get(pk=decision.subject.partition(":")[2])
    plan.case = case
    cases = {row.case_id: row.case for row in planning.claims_of(plan)} | {case.pk: case}
    planned = Planned(plan, cases)
    sources = list(PlanSource.objects.filter(plan=plan, ended_at__isnull=True).select_related("receipt__registered_by"))
    for source in sources:
        persons.not_registrar(source.receipt, actor, str(_("批准分配方案")))
    planning.take(plan, "issue", at)
    planning.freeze(planned, why=str(_("批准的方案")), actor=actor, at=at)
    plan.issued_at = at
    plan.document = issuing.issue(
        case=case, kind=PAPER, subject=plan.symbol, actor=actor, at=at, decision=decision, signer=signer(case)
    )
    plan.save(update_fields=["issued_at", "document"])
    for source in sources:
        if holding.in_force(source.receipt) is None:
            dividing.hold_back(planned, source.receipt, actor, at)
    planned.record("funds.plan_issued", actor=actor, at=at, facts=drawn(planned))


def signer(case: Case) -> str:
    """Who signs the papers of a plan: the case officer."""
    return case.officer.user.name if case.officer else ""


@transaction.atomic
def discard(*, plan_id: UUID, why: str, actor: Actor, at: datetime) -> DistributionPlan:
    """Give the plan up: the receipts are their case's alone again and are drafted anew. Raises BadInput, NotInStage."""
    if not why.strip():
        raise BadInput(reason=str(_("请写明撤销方案的原因。")))
    planned = planning.planned_for(actor, plan_id, Action.CONFIRM_PAYOUT)
    planning.require_draft(planned.plan, _("撤销"))
    planning.take(planned.plan, "discard", at, why.strip())
    planned.record("funds.plan_discarded", actor=actor, at=at, facts=drawn(planned))
    for source in PlanSource.objects.filter(plan=planned.plan, ended_at__isnull=True).select_related("receipt"):
        source.ended_at = at
        source.save(update_fields=["ended_at"])
        facts = InPlan(amount=source.amount, plan=Symbol(planned.plan.symbol))
        planned.record("funds.receipt_out_of_plan", actor=actor, at=at, facts=facts, subject=source.receipt.symbol)
        recounting.whole(source.receipt, case=planned.host, actor=actor, at=at)
    return planned.plan


def drawn(planned: Planned) -> Drawn:
    """The facts of a plan as a whole."""
    people = {row.party_id for row in planned.claims if row.party_id}
    return Drawn(amount=planned.plan.pool, creditors=len(people))


def conditions(planned: Planned) -> list[Condition]:
    """What must hold before the plan is put to the director."""
    plan, rows = planned.plan, planned.claims
    creditors = {row.party_id for row in rows if row.party_id}
    secured = [row for row in rows if row.rank == PlanRank.PRIORITY]
    ordinary = [row for row in rows if row.rank == PlanRank.ORDINARY]
    several = len({row.case.matter_id for row in ordinary}) > 1
    found = [
        Condition(
            text=gettext("有两名以上债权人"),
            met=len(creditors) > 1,
            cure=gettext("加入申请参与分配的案件；只有一名债权人的请撤销方案，直接发放。"),
            article=gettext("民事诉讼法解释第509条"),
        ),
        Condition(
            text=gettext("每项优先债权都写明优先依据"),
            met=all(row.ground for row in secured),
            cure=gettext("补填抵押、质押、建设工程价款等优先依据。"),
            article=gettext("民事诉讼法解释第506条"),
        ),
    ]
    if plan.debtor_kind == DebtorKind.COMPANY and several:
        found.append(
            Condition(
                text=gettext("企业法人不移送破产的情况和每案的查封时间都已写明"),
                met=bool(plan.ground) and all(row.seized_at for row in ordinary),
                cure=gettext("普通债权按查封先后受偿，请补填查封时间。"),
                article=gettext("民事诉讼法解释第514条"),
            )
        )
    return found


def _receipts(actor: Actor, receipt_ids: Sequence[UUID]) -> tuple[list[Receipt], Case]:
    """The receipts, locked with their one case. Raises NotFound, NotDistributable, UnderPlan, PaidOutAlready."""
    rows = [finding.receipt_for(actor, key, Action.CONFIRM_PAYOUT) for key in sorted(set(receipt_ids))]
    if not rows or len({case.pk for _receipt, case in rows}) != 1:
        raise NotDistributable()
    for receipt, _case in rows:
        bound.require_own(receipt)
        if receipt.paid_at or receipt.state not in ("MATCHED", "CLAIMED"):
            raise NotDistributable()
    receipts = sorted((receipt for receipt, _case in rows), key=lambda row: (row.received_at, row.pk))
    return receipts, rows[0][1]


def _set_apart(receipt: Receipt, case: Case, actor: Actor, at: datetime) -> None:
    """The receipt's drafts are dropped, and what it did to the debt of its case is taken back."""
    live = list(Payout.objects.filter(receipt=receipt, state__in=LIVE))
    busy = sum((row.amount for row in live if not row.is_mere_draft), ZERO)
    if busy:
        raise PaidOutAlready(amount=f"{busy:,.2f}")
    for payout in live:
        booking.drop_draft(payout, case=case, actor=actor, at=at)
    if performance := booking.performance_of(receipt):
        performing.revoke(case=case, performance=performance, actor=actor, at=at)
    receipt.split = {}
    receipt.save(update_fields=["split"])


def _debtor(case: Case, receipt: Receipt, chosen: UUID | None) -> Party:
    found = plan_claims.debtors(case)
    wanted = chosen or receipt.payer_id
    for party in found:
        if party.pk == wanted:
            return party
    if chosen or not found:
        raise BadInput(reason=str(_("请选择本案的被执行人。")))
    return found[0]
