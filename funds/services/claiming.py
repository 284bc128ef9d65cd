"""Claiming: whose unidentified money is. Suggestions come with their reasons; a person asks, a second one confirms.

A receipt that was booked to the wrong case goes the same way (re-booking): two persons, and the debt of both cases
follows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import policy
from accounts.actors import Actor
from accounts.roles import Action
from cases import locks as case_locks
from cases.declaring import Symbol
from cases.models import Case
from cases.services import performing, recording
from funds import commands, ledger, locks
from funds.kinds import NOT_OF_CASES, AccountKind, ClaimState, PayoutState, ReceiptSource, ReceiptState
from funds.models import Claim, Command, Payout, Receipt
from funds.services import booking, bound, excluding, matching, opening, payer_claims, persons
from kernel import clock
from kernel.refusals import BadInput, NotFound, Refusal


class AlreadyClaimed(Refusal):
    """Somebody else's claim waits for confirmation."""

    message = gettext_lazy("这笔款已有人认领，正在等第二人复核。")


class NotClaimable(Refusal):
    """The receipt belongs to this case already, or is reversed."""

    message = gettext_lazy("这笔款现在“%(state)s”，不能认领到 %(number)s。")


class CaseNotOpen(Refusal):
    """Money is claimed into an open case."""

    message = gettext_lazy("%(number)s 已结案，且没有在执行的关联案件，不能认领到该案。")


class SecondPersonNeeded(Refusal):
    """Who claims cannot confirm, nor can who registered the money."""

    message = gettext_lazy("认领由您提出或来款由您登记，须由另一人复核。")
    status = 403


class AlreadyDecided(Refusal):
    """The claim is confirmed or refused."""

    message = gettext_lazy("这项认领已复核。")


class NotMatchedByItself(Refusal):
    """Only a match that the system made can be switched off."""

    message = gettext_lazy("这笔款不是系统自动匹配入案的，没有可以停用的自动匹配。")


class PaidOutAlready(Refusal):
    """Money that is on its way out cannot move to another case."""

    message = gettext_lazy("这笔款已有 %(amount)s 元进入发放，须先作废相应发放才能改记。")


@dataclass(frozen=True)
class ClaimAsked:
    """Facts of funds.claim_asked, claim_confirmed and claim_refused (yuan)."""

    amount: Decimal
    receipt: Symbol


@dataclass(frozen=True)
class MovedAway:
    """Facts of funds.receipt_moved_away: the money went to another case (yuan)."""

    amount: Decimal
    to: Symbol


@transaction.atomic
def ask(
    *,
    receipt_id: UUID,
    case_id: UUID,
    why: str,
    actor: Actor,
    at: datetime,
    reasons: Sequence[str] = (),
    switch_off: bool = False,
) -> Claim:
    """Say that money belongs to a case; ``switch_off`` asks that the payer be no longer matched to the wrong case by itself.

    Raises AlreadyClaimed, NotClaimable, CaseNotOpen, BadInput, NotFound, PayerUnknown, NotMatchedByItself.
    """
    policy.require(actor, Action.CLAIM_MONEY)
    if not why.strip():
        raise BadInput(reason=_("请写明认领的依据。"))
    case = _open_case(actor, case_id)
    receipt = _receipt(actor, receipt_id)
    if receipt.state in NOT_OF_CASES or receipt.case_id == case.pk:
        raise NotClaimable(state=receipt.get_state_display(), number=case.number)
    if receipt.claims.filter(state=ClaimState.ASKED).exists():
        raise AlreadyClaimed()
    if switch_off:
        _require_switchable(receipt)
    claim = Claim.objects.create(
        court_id=receipt.court_id,
        receipt=receipt,
        case=case,
        why=why.strip()[:300],
        reasons=[str(reason) for reason in reasons],
        switch_off=switch_off,
        asked_by_id=actor.post_id,
        asked_at=at,
    )
    _record(claim, case, "funds.claim_asked", actor, at)
    return claim


def confirm(*, claim_id: UUID, actor: Actor, at: datetime, key: str) -> Receipt:
    """The second person confirms: the money is the case's. Raises SecondPersonNeeded, AlreadyDecided, PaidOutAlready."""

    def act(command: Command) -> dict[str, Any]:
        claim, case, receipt = _claim_for(actor, claim_id)
        _confirm(claim, case, receipt, command, actor, at)
        return {"receipt": receipt.pk}

    result = commands.run(
        court_id=actor.court_id, key=key, verb="funds.claim", inputs={"claim": claim_id}, at=at, act=act
    )
    return Receipt.objects.get(pk=result["receipt"])


@transaction.atomic
def refuse(*, claim_id: UUID, opinion: str, actor: Actor, at: datetime) -> Claim:
    """The second person refuses; the money stays where it is. Raises BadInput, AlreadyDecided."""
    if not opinion.strip():
        raise BadInput(reason=_("请写明不通过的理由。"))
    claim, case, _receipt_row = _claim_for(actor, claim_id)
    _decide(claim, ClaimState.REFUSED, actor, at, opinion)
    _record(claim, case, "funds.claim_refused", actor, at)
    return claim


def _confirm(claim: Claim, case: Case, receipt: Receipt, command: Command, actor: Actor, at: datetime) -> None:
    if not case.is_open:
        raise CaseNotOpen(number=case.number)
    if receipt.state in NOT_OF_CASES:
        raise NotClaimable(state=receipt.get_state_display(), number=case.number)
    _decide(claim, ClaimState.CONFIRMED, actor, at, "")
    _record(claim, case, "funds.claim_confirmed", actor, at)
    if receipt.case_id is None:
        booking.to_case(
            receipt,
            case=case,
            source=AccountKind.SUSPENSE,
            state=ReceiptState.CLAIMED,
            command=command,
            actor=actor,
            at=at,
        )
    else:
        wrong = case_locks.lock(receipt.case_id)  # both are held already, in order
        _move(receipt, wrong, case, command, actor, at)
        if claim.switch_off:
            excluding.switch_off(claim=claim, receipt=receipt, case=wrong, actor=actor, at=at)
    payer_claims.settle(receipt=receipt, case=case, actor=actor, at=at)


def _require_switchable(receipt: Receipt) -> None:
    if receipt.state != ReceiptState.MATCHED:
        raise NotMatchedByItself()
    excluding.require_payer(receipt)


def _move(receipt: Receipt, old: Case, case: Case, command: Command, actor: Actor, at: datetime) -> None:
    """Re-book: drafts of the old case are dropped, its debt rises again, the new case's debt falls."""
    bound.require_own(receipt)
    live = Payout.objects.filter(receipt=receipt).exclude(state__in=[PayoutState.VOID, PayoutState.RETURNED])
    busy = [row.amount for row in live if not row.is_mere_draft]
    if busy:
        raise PaidOutAlready(amount=f"{sum(busy):,.2f}")
    for payout in live:
        booking.drop_draft(payout, case=old, actor=actor, at=at)
    if performance := booking.performance_of(receipt):
        performing.revoke(case=old, performance=performance, actor=actor, at=at)
    facts = MovedAway(amount=receipt.amount, to=Symbol(case.symbol))
    recording.record(case=old, verb="funds.receipt_moved_away", actor=actor, at=at, subject=receipt.symbol, facts=facts)
    source, destination = ledger.key_of(AccountKind.CASE, old.pk), opening.case_account_key(case)
    held = locks.lock(source, destination)
    ledger.post(
        source=held[source],
        destination=held[destination],
        amount=receipt.amount,
        command=command,
        at=at,
        value_on=clock.day_of(at),
        subject=receipt.symbol,
        case_id=case.pk,
        remark=receipt.number,
    )
    receipt.case, receipt.state = case, ReceiptState.CLAIMED
    receipt.payer = matching.payer_of(case, receipt.payer_name)
    receipt.on_behalf = receipt.payer is None and receipt.source != ReceiptSource.LEVY
    receipt.relation = matching.relation_to(case, receipt.payer_name) if receipt.on_behalf else ""
    receipt.version += 1
    receipt.save()
    booking.count(receipt, case=case, actor=actor, at=at)


def _open_case(actor: Actor, case_id: UUID) -> Case:
    """The case, or the dispute's open execution case, locked. Raises NotFound, CaseNotOpen."""
    case = Case.objects.visible_to(actor).select_related("court", "matter").filter(pk=case_id).first()
    if case is None:
        raise NotFound()
    routed = matching.route(case)
    if routed.case is None:
        raise CaseNotOpen(number=case.number)
    return case_locks.lock(routed.case.pk)


def _receipt(actor: Actor, receipt_id: UUID) -> Receipt:
    rows = Receipt.objects.visible_to(actor).select_for_update(no_key=True, of=("self",))
    receipt = rows.filter(pk=receipt_id).first()
    if receipt is None:
        raise NotFound()
    return receipt


def _claim_for(actor: Actor, claim_id: UUID) -> tuple[Claim, Case, Receipt]:
    """A claim to decide, with its cases locked in order. Raises NotFound, SecondPersonNeeded, AlreadyDecided."""
    policy.require(actor, Action.CONFIRM_CLAIM)
    claim = Claim.objects.visible_to(actor).select_related("receipt", "asked_by").filter(pk=claim_id).first()
    if claim is None:
        raise NotFound()
    cases = case_locks.lock_all({claim.case_id, *filter(None, [claim.receipt.case_id])})
    claim = Claim.objects.select_for_update(no_key=True, of=("self",)).select_related("asked_by").get(pk=claim_id)
    receipt = _receipt(actor, claim.receipt_id)
    if claim.asked_by and claim.asked_by.user_id == actor.user_id:
        raise SecondPersonNeeded()
    if actor.user_id in persons.registrars(receipt):
        raise SecondPersonNeeded()
    if claim.state != ClaimState.ASKED:
        raise AlreadyDecided()
    return claim, next(case for case in cases if case.pk == claim.case_id), receipt


def _decide(claim: Claim, state: ClaimState, actor: Actor, at: datetime, opinion: str) -> None:
    claim.state, claim.decided_by_id, claim.decided_at, claim.opinion = state, actor.post_id, at, opinion.strip()[:300]
    claim.save(update_fields=["state", "decided_by", "decided_at", "opinion"])


def _record(claim: Claim, case: Case, verb: str, actor: Actor, at: datetime) -> None:
    facts = ClaimAsked(amount=claim.receipt.amount, receipt=Symbol(claim.receipt.symbol))
    recording.record(case=case, verb=verb, actor=actor, at=at, subject=claim.symbol, facts=facts)
