"""How an objection to a plan ends: corrected when nobody opposes, lapsed without a suit, decided by the judgment, withdrawn.

Unopposed, the plan is corrected as objected; opposed and not sued on within fifteen days, the plan stands; sued on, the
disputed sum waits for the judgment (解释510). Then what was reserved is divided.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from cases.declaring import Symbol
from cases.services import issuing
from funds.kinds.distribution import Outcome, Window
from funds.models import PlanObjection
from funds.services import dividing, objecting, plan_windows, planning
from funds.services.distributing import PAPER, signer
from funds.services.planning import Planned
from funds.services.shares import Wanted
from kernel import clock
from kernel.money import ZERO
from kernel.refusals import BadInput, Refusal


class WindowOpen(Refusal):
    """Somebody may still act."""

    message = _("还有人的期限没有届满（%(names)s），届满后才能办理。")


class GivenAlready(Refusal):
    """The result would take back what was given."""

    message = _("%(name)s按原方案已分得 %(given)s 元，多于裁判结果的 %(share)s 元。请先核对裁判主文和已发金额。")


@dataclass(frozen=True)
class Sued:
    """Facts of funds.plan_sued: the day of the suit, yuan that wait for it."""

    on: date
    reserved: Decimal
    plan: Symbol


@dataclass(frozen=True)
class Decided:
    """Facts of funds.plan_decided: how the suit ended."""

    outcome: Outcome
    plan: Symbol


@dataclass(frozen=True)
class Corrected:
    """Facts of funds.plan_corrected: which version stands now."""

    number: int


@transaction.atomic
def sue(*, objection_id: UUID, sued_on: date, number: str, actor: Actor, at: datetime) -> PlanObjection:
    """Enter that the objector sued in time: what he disputes waits for the judgment (解释510③). Raises WindowClosed."""
    planned, row = objecting.for_act(actor, objection_id)
    if not number.strip() or sued_on > clock.day_of(at):
        raise BadInput(reason=str(_("请填写异议之诉案号，起诉日不能晚于今天。")))
    objecting.in_time(planned, row.party, Window.SUE, row.pk, sued_on, at)
    objecting.take(row, "sue", at)
    row.sued_on, row.suit_number = sued_on, number.strip()[:60]
    row.save(update_fields=["sued_on", "suit_number"])
    facts = Sued(on=sued_on, reserved=objecting.reserved_of(row), plan=Symbol(planned.plan.symbol))
    planned.record("funds.plan_sued", actor=actor, at=at, facts=facts, subject=row.symbol)
    return row


@transaction.atomic
def correct(*, objection_id: UUID, actor: Actor, at: datetime) -> PlanObjection:
    """Nobody opposed: the plan is corrected as objected, issued anew for information, and what it gives is divided.

    Raises WindowOpen while somebody may still oppose, NotFromHere.
    """
    planned, row = objecting.for_act(actor, objection_id)
    found = plan_windows.spans(planned.plan, at=at)
    if not plan_windows.all_over(found, Window.OPPOSE, row.pk, at=at):
        today = clock.day_of(at)
        waiting = [span.party.name for span in found if span.about == row.pk and not span.is_over(today)]
        raise WindowOpen(names="、".join(waiting) or "—")
    objecting.take(row, "correct", at)
    _apply(
        planned, objecting.wants_of(row), str(_("无人反对，按%(name)s的异议修正") % {"name": row.party.name}), actor, at
    )
    return row


@transaction.atomic
def decide(
    *,
    objection_id: UUID,
    outcome: str,
    on: date,
    why: str,
    actor: Actor,
    at: datetime,
    wants: Mapping[UUID, Wanted] | None = None,
) -> PlanObjection:
    """Enter the outcome of the suit: as objected, as entered here, or as planned; then the reserve is divided.

    Raises NotFromHere, NothingDisputed, GivenAlready, BadInput.
    """
    planned, row = objecting.for_act(actor, objection_id)
    if outcome not in Outcome.values or not why.strip() or on > clock.day_of(at):
        raise BadInput(reason=str(_("请选择诉讼结果，写明裁判文书，生效日不能晚于今天。")))
    objecting.take(row, "decide", at)
    row.outcome, row.outcome_on, row.outcome_why = outcome, on, why.strip()[:300]
    row.save(update_fields=["outcome", "outcome_on", "outcome_why"])
    facts = Decided(outcome=Outcome(outcome), plan=Symbol(planned.plan.symbol))
    planned.record("funds.plan_decided", actor=actor, at=at, facts=facts, subject=row.symbol)
    if outcome == Outcome.REJECTED:
        dividing.divide(planned, actor=actor, at=at)
        return row
    wanted = objecting.wants_of(row) if outcome == Outcome.UPHELD else objecting.real(planned.claims, wants or {})
    _apply(planned, wanted, str(_("按异议之诉裁判：%(why)s") % {"why": row.outcome_why}), actor, at)
    return row


@transaction.atomic
def withdraw(*, objection_id: UUID, why: str, actor: Actor, at: datetime) -> PlanObjection:
    """The objector takes the objection back, or the suit on it is withdrawn: the plan stands. Raises NotFromHere, BadInput."""
    planned, row = objecting.for_act(actor, objection_id)
    if not why.strip():
        raise BadInput(reason=str(_("请写明撤回的情况。")))
    objecting.take(row, "withdraw", at)
    row.outcome_why = why.strip()[:300]
    row.save(update_fields=["outcome_why"])
    objecting.note(planned, row, "funds.plan_objection_withdrawn", actor, at)
    dividing.divide(planned, actor=actor, at=at)
    return row


def lapse(planned: Planned, row: PlanObjection, *, actor: Actor, at: datetime) -> None:
    """The fifteen days to sue are over without a suit: the plan stands (解释510②). The caller holds the plan."""
    objecting.take(row, "lapse", at)
    objecting.note(planned, row, "funds.plan_objection_lapsed", actor, at)


def unopposed(planned: Planned, row: PlanObjection, *, actor: Actor, at: datetime) -> None:
    """The fifteen days of everybody are over and nobody opposed: the executor is to correct the plan."""
    objecting.note(planned, row, "funds.plan_unopposed", actor, at)


def _apply(planned: Planned, wanted: Mapping[UUID, Wanted], why: str, actor: Actor, at: datetime) -> None:
    """Give the rows what was wanted of them, keep it as a new version, issue it, and divide. Raises GivenAlready."""
    for claim in planned.claims:
        if want := wanted.get(claim.pk):
            claim.doubled = claim.doubled if want.amount else ZERO
            claim.amount, claim.rank = want.amount, want.rank
            claim.save(update_fields=["amount", "doubled", "rank"])
    result, had = planning.keep(planned, at), dividing.given(planned)
    for line in result.rows:
        before = had.get(line.claim.pk, ZERO)
        if before > line.share:
            raise GivenAlready(name=line.claim.label, given=f"{before:,.2f}", share=f"{line.share:,.2f}")
    version = planning.freeze(planned, why=why, actor=actor, at=at)
    plan = planned.plan
    more = {"why": why}
    issuing.issue(
        case=planned.host, kind=PAPER, subject=plan.symbol, actor=actor, at=at, more=more, signer=signer(planned.host)
    )
    planned.record("funds.plan_corrected", actor=actor, at=at, facts=Corrected(number=version.number))
    dividing.divide(planned, actor=actor, at=at)
