"""Decisions: ask, approve, send back with an opinion, withdraw. Never one's own; tier after tier; all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import policy
from accounts.actors import Actor
from accounts.roles import Role
from cases import locks
from cases.declaring import DECISIONS, DecisionKind, Symbol
from cases.models import Case, Decision, DecisionStep
from cases.models.decisions import DecisionState
from cases.services import recording
from kernel import canonical
from kernel.refusals import Condition, NotFound, Refusal


class OwnRequest(Refusal):
    """Who asks cannot decide."""

    message = _("这是您本人提请的事项，须由他人审批。")


class NotYourTier(Refusal):
    """Another role has the authority now."""

    message = _("此事项现在由%(role)s审批。")


class AlreadyDecided(Refusal):
    """The decision is no longer open."""

    message = _("此事项已%(state)s，不能再办理。")


class AlreadyAsked(Refusal):
    """The same question is waiting for an answer."""

    message = _("同一事项已在审批中，请等待审批结果或先撤回。")


class OpinionMissing(Refusal):
    """A return needs an opinion."""

    message = _("退回时请写明意见，便于提请人修改。")
    status = 400


class SomeRefused(Refusal):
    """One of a batch cannot be approved; none was."""

    message = _("有 %(count)s 项不能批量同意，全部未办理。请看各项原因。")


@dataclass(frozen=True)
class Asked:
    """Facts of the decision's events."""

    kind: str
    about: Symbol
    tier: Role
    amount: Decimal | None = None


def ask(
    *,
    case: Case,
    kind: str,
    subject: str,
    actor: Actor,
    at: datetime,
    proposal: dict[str, Any] | None = None,
    amount: Decimal | None = None,
    why: str = "",
) -> Decision:
    """Put a question on a locked case. Raises NotAllowed, AlreadyAsked."""
    row = DECISIONS.get(kind)
    policy.require(actor, row.ask)
    if Decision.objects.filter(kind=kind, subject=subject, state=DecisionState.ASKED).exists():
        raise AlreadyAsked()
    decision = Decision(
        court_id=case.court_id,
        case=case,
        kind=kind,
        subject=subject,
        proposal=canonical.plain(proposal or {}),
        amount=amount,
        why=why.strip(),
        asked_by_id=actor.post_id,
        asked_at=at,
    )
    tiers = row.tiers(decision) if callable(row.tiers) else row.tiers
    decision.tiers, decision.tier_role = [str(role) for role in tiers], str(tiers[0])
    decision.save(force_insert=True)
    _record(decision, case, "cases.decision_asked", actor, at)
    return decision


@transaction.atomic
def approve(*, decision_id: UUID, actor: Actor, at: datetime, opinion: str = "") -> Decision:
    """Approve at the present tier; at the last one the act is carried out here, and its refusal undoes the approval."""
    decision, case = _open(decision_id, actor)
    return _approve(decision, case, actor, at, opinion)


@transaction.atomic
def approve_all(*, decision_ids: Sequence[UUID], actor: Actor, at: datetime) -> list[Decision]:
    """Approve a batch, all or nothing. Raises SomeRefused with every reason."""
    found = {row.pk: row for row in Decision.objects.visible_to(actor).filter(pk__in=decision_ids)}
    locks.lock_all({row.case_id for row in found.values()})
    done, refused = [], []
    for key in sorted(set(decision_ids)):
        try:
            if key not in found or not DECISIONS.get(found[key].kind).batch:
                raise NotBatchable()
            decision, case = _open(key, actor)
            with transaction.atomic():
                done.append(_approve(decision, case, actor, at, ""))
        except Refusal as refusal:
            label = found[key].case.number if key in found else str(key)
            refused.append(Condition(text=f"{label}：{refusal.text}"))
    if refused:
        raise SomeRefused(count=len(refused), conditions=refused)
    return done


class NotBatchable(Refusal):
    """This kind is decided one at a time."""

    message = _("此类事项须逐件审批。")


@transaction.atomic
def send_back(*, decision_id: UUID, actor: Actor, at: datetime, opinion: str) -> Decision:
    """Return the question with an opinion. Raises OpinionMissing."""
    if not opinion.strip():
        raise OpinionMissing()
    decision, case = _open(decision_id, actor)
    _check(decision, actor)
    _finish(decision, DecisionState.SENT_BACK, actor, at, opinion)
    _record(decision, case, "cases.decision_sent_back", actor, at)
    return decision


@transaction.atomic
def withdraw(*, decision_id: UUID, actor: Actor, at: datetime, why: str = "") -> Decision:
    """Take one's own question back while it is open."""
    decision, case = _open(decision_id, actor)
    if decision.asked_by_id not in actor.post_ids:
        raise NotYourTier(role=decision.asked_by.user.name)
    _finish(decision, DecisionState.WITHDRAWN, actor, at, why)
    _record(decision, case, "cases.decision_withdrawn", actor, at)
    return decision


def _open(decision_id: UUID, actor: Actor) -> tuple[Decision, Case]:
    found = Decision.objects.visible_to(actor).filter(pk=decision_id).values_list("case_id", flat=True).first()
    if found is None:
        raise NotFound()
    case = locks.lock(found)
    decision = Decision.objects.select_for_update(of=("self",)).select_related("asked_by__user").get(pk=decision_id)
    if decision.state != DecisionState.ASKED:
        raise AlreadyDecided(state=decision.get_state_display())
    decision.case = case
    return decision, case


def _check(decision: Decision, actor: Actor) -> None:
    kind: DecisionKind = DECISIONS.get(decision.kind)
    policy.require(actor, kind.decide)
    if actor.user_id == decision.asked_by.user_id:
        raise OwnRequest()
    if actor.kind == "system" or Role(decision.tier_role) not in actor.roles:
        raise NotYourTier(role=Role(decision.tier_role).label)


def _approve(decision: Decision, case: Case, actor: Actor, at: datetime, opinion: str) -> Decision:
    _check(decision, actor)
    if decision.tier + 1 < len(decision.tiers):
        _step(decision, DecisionState.APPROVED, actor, at, opinion)
        decision.tier += 1
        decision.tier_role = decision.tiers[decision.tier]
        decision.version += 1
        decision.save(update_fields=["tier", "tier_role", "version"])
        _record(decision, case, "cases.decision_passed_on", actor, at)
        return decision
    _finish(decision, DecisionState.APPROVED, actor, at, opinion)
    _record(decision, case, "cases.decision_approved", actor, at)
    DECISIONS.get(decision.kind).carry_out(decision=decision, case=case, actor=actor, at=at)
    return decision


def _finish(decision: Decision, state: DecisionState, actor: Actor, at: datetime, opinion: str) -> None:
    _step(decision, state, actor, at, opinion)
    decision.state, decision.decided_at = state, at
    decision.version += 1
    decision.save(update_fields=["state", "decided_at", "version"])


def _step(decision: Decision, act: DecisionState, actor: Actor, at: datetime, opinion: str) -> None:
    DecisionStep.objects.create(
        decision=decision,
        act=act,
        tier_role=decision.tier_role,
        actor=actor.symbol,
        actor_name=actor.name,
        acting_for=Role(decision.tier_role) != actor.role and bool(actor.standing_in_for),
        opinion=opinion.strip(),
        at=at,
    )


def _record(decision: Decision, case: Case, verb: str, actor: Actor, at: datetime) -> None:
    facts = Asked(
        kind=decision.kind, about=Symbol(decision.subject), tier=Role(decision.tier_role), amount=decision.amount
    )
    recording.record(case=case, verb=verb, actor=actor, at=at, subject=decision.symbol, facts=facts)
