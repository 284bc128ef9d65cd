"""Holding money back: a listed reason, the approval of the director, a review date (FUND-DELAY, 法发〔2017〕6号第10条).

While it lasts the clocks of the receipt stand still and nothing of it is confirmed or sent; after the reason has ended
the money leaves within ten days.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Post
from accounts.roles import Action
from cases import queries
from cases.declaring import Symbol
from cases.models import Case, Decision
from cases.models.decisions import DecisionState
from cases.services import deciding, recording
from funds.kinds import AT_BANK, HoldReason
from funds.models import Hold, Payout, Receipt
from funds.services import finding, persons
from kernel import clock
from kernel.refusals import BadInput, NotFound, Refusal
from kernel.templatetags import dates
from law import funds as law_funds

KIND = "funds.hold"


class AlreadyHeld(Refusal):
    """The receipt is held back."""

    message = _("这笔来款已在延缓发放中。")


class HoldAsked(Refusal):
    """The same receipt waits for an answer; one question at a time."""

    message = _("这笔来款的延缓发放已于 %(day)s 由%(who)s提请，正在审批。请等审批结果，或先由提请人撤回。")


class NothingToHold(Refusal):
    """The money has left or is leaving."""

    message = _("这笔来款已付出或正在银行付款，不能延缓。")


class HoldEnded(Refusal):
    """The hold is over, or was never approved."""

    message = _("这项延缓已经解除或尚未批准。")


@dataclass(frozen=True)
class Held:
    """Facts of funds.payout_held: yuan, why, the day of the review."""

    amount: Decimal
    reason: HoldReason
    review_on: date


@dataclass(frozen=True)
class HoldOver:
    """Facts of funds.hold_ended: yuan, and the last day to pay now."""

    amount: Decimal
    pay_by: date


@transaction.atomic
def ask(*, receipt_id: UUID, reason: str, why: str, review_on: date, actor: Actor, at: datetime) -> Hold:
    """Ask for a delay, reviewed after FUND-DELAY.REVIEW days at the latest.

    Raises AlreadyHeld, HoldAsked, NothingToHold, BadInput, NotFound.
    """
    receipt, case = finding.receipt_for(actor, receipt_id, Action.CONFIRM_PAYOUT)
    today = clock.day_of(at)
    longest = queries.rulebook(case.court, today).count("FUND-DELAY.REVIEW")
    if reason not in HoldReason.values or not today < review_on or (review_on - today).days > longest:
        raise BadInput(reason=str(_("请选择法定事由，复查日须在明天至 %(most)s 天内。") % {"most": longest}))
    if reason == HoldReason.OTHER and not why.strip():
        raise BadInput(reason=str(_("其他正当理由须写明。")))
    if in_force(receipt):
        raise AlreadyHeld()
    if waiting := asked(receipt):
        raise HoldAsked(day=dates.full_day_text(clock.day_of(waiting.asked_at)), who=waiting.asked_by.user.name)
    if receipt.paid_at or Payout.objects.filter(receipt=receipt, state__in=AT_BANK).exists():
        raise NothingToHold()
    hold = Hold.objects.create(
        court_id=receipt.court_id,
        receipt=receipt,
        case=case,
        reason=reason,
        why=why.strip()[:300],
        review_on=review_on,
        asked_by=_post(actor),
        asked_at=at,
    )
    hold.decision = deciding.ask(
        case=case,
        kind=KIND,
        subject=hold.symbol,
        actor=actor,
        at=at,
        proposal={"receipt": receipt.pk, "reason": reason, "review_on": review_on},
        amount=receipt.amount,
        why=why,
    )
    hold.save(update_fields=["decision"])
    return hold


def approve(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """Carry the approval out: the receipt is held back from now on. Raises SamePerson, NothingToHold, AlreadyHeld."""
    rows = Hold.objects.select_for_update(no_key=True, of=("self",)).select_related("receipt__registered_by")
    hold = rows.get(pk=decision.subject.partition(":")[2])
    persons.not_registrar(hold.receipt, actor, str(_("批准延缓发放")))
    if in_force(hold.receipt):
        raise AlreadyHeld()
    if Payout.objects.filter(receipt=hold.receipt, state__in=AT_BANK).exists():
        raise NothingToHold()
    if not law_funds.may_hold(facts=_facts(hold)).allowed:
        raise BadInput(reason=str(_("没有法定的延缓事由。")))
    hold.from_at, hold.approved_by_id = at, actor.post_id
    hold.save(update_fields=["from_at", "approved_by"])
    facts = Held(amount=hold.receipt.amount, reason=HoldReason(hold.reason), review_on=hold.review_on)
    _record(hold, case, "funds.payout_held", facts, actor, at)


@transaction.atomic
def end(*, hold_id: UUID, why: str, actor: Actor, at: datetime) -> Hold:
    """The reason is over: the clocks run again. Raises HoldEnded, BadInput, NotFound."""
    if not why.strip():
        raise BadInput(reason=str(_("请写明延缓事由如何消失。")))
    receipt_id = Hold.objects.filter(pk=hold_id).values_list("receipt_id", flat=True).first()
    if receipt_id is None:
        raise NotFound()
    receipt, case = finding.receipt_for(actor, receipt_id, Action.CONFIRM_PAYOUT)
    hold = Hold.objects.select_for_update(no_key=True).get(pk=hold_id)
    if hold.from_at is None or hold.ended_at is not None:
        raise HoldEnded()
    hold.ended_at, hold.end_why, hold.receipt = at, why.strip()[:300], receipt
    hold.save(update_fields=["ended_at", "end_why"])
    day = clock.day_of(at)
    pay_by = law_funds.resume_by(reason_ended_on=day, rules=queries.rulebook(case.court, day))
    _record(hold, case, "funds.hold_ended", HoldOver(amount=receipt.amount, pay_by=pay_by), actor, at)
    return hold


def _post(actor: Actor) -> Post:
    """Only a person in office asks."""
    if actor.post_id is None:
        raise NotFound()
    return Post.objects.get(pk=actor.post_id)


def in_force(receipt: Receipt) -> Hold | None:
    """The hold under which a receipt is."""
    return Hold.objects.filter(receipt=receipt, from_at__isnull=False, ended_at__isnull=True).first()


def asked(receipt: Receipt) -> Hold | None:
    """The hold of a receipt that waits for its approval."""
    rows = Hold.objects.filter(receipt=receipt, from_at__isnull=True, decision__state=DecisionState.ASKED)
    return rows.select_related("asked_by__user").first()


def _facts(hold: Hold) -> law_funds.HoldFacts:
    reason = HoldReason(hold.reason)
    return law_funds.HoldFacts(
        needs_distribution=reason == HoldReason.DISTRIBUTION,
        frozen_elsewhere=reason == HoldReason.FROZEN_ELSEWHERE,
        payee_absent=reason == HoldReason.PAYEE_ABSENT,
        stayed=reason == HoldReason.STAYED,
        other_reason=hold.why if reason == HoldReason.OTHER else "",
        approved=True,
    )


def _record(hold: Hold, case: Case, verb: str, facts: Any, actor: Actor, at: datetime) -> None:
    recording.record(case=case, verb=verb, actor=actor, at=at, subject=Symbol(hold.receipt.symbol), facts=facts)
