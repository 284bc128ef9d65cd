"""Depositing (提存): money whose payee does not take it leaves the clock and is kept apart (法发〔2017〕6号第14条、第15条).

One of five reasons, evidence, and the approval of the director. The payout itself is deposited: its money moves to
DEPOSIT and it reads “已提存”, not “已到账”. When the payee comes, the same payout goes the normal road again. Unidentified
money can be deposited when its public notice has ended without an owner.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases import access, queries
from cases.declaring import Symbol
from cases.models import Case, Decision
from cases.services import deciding, files, issuing, recording
from funds import commands, ledger, locks
from funds.kinds import AccountKind, PayeeKind, PayoutState, ReceiptState
from funds.kinds.apart import DepositReason, DepositState
from funds.models import Command, Deposit, Payout, Receipt
from funds.services import drafting, finding, holding, moving, noticed, paying, persons, settling
from funds.services.splitting import DEPOSIT_FEE
from kernel import canonical, clock
from kernel.keys import uuid7
from kernel.money import ZERO
from kernel.refusals import BadInput, NotFound, Refusal
from law import funds as law_funds

KIND = "funds.deposit"
NOTICE = "funds.deposit_notice"
APPROVAL = "funds.deposit_approval"
FROM = (PayoutState.DRAFT, PayoutState.APPROVED)
"""States of a payout that can be deposited: nothing is being decided and the bank has nothing of it."""


class EvidenceMissing(Refusal):
    """A deposit is asked for with evidence."""

    message = _("申请提存须附证明材料（拒领记录、查找经过、通知回执等）。请上传文件。")
    status = 400


class NotDepositable(Refusal):
    """Only what a party is to receive, and nobody decides or pays right now, can be deposited."""

    message = _("这笔发放现在“%(state)s”（%(kind)s），不能提存。待审批的请先撤回，已退回的请先重新拟发放。")


class AlreadyDeposited(Refusal):
    """The money is deposited, or the question waits for an answer."""

    message = _("这笔款已提存或者正在审批提存。")


class NoticeNotEnded(Refusal):
    """Unidentified money is told to the public first."""

    message = _("这笔不明款还没有公告期满，不能提存。请先公告认领，期满无人认领再办理。")


@dataclass(frozen=True)
class Evidence:
    """A file as it was given."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Deposited:
    """Facts of funds.payout_deposited and funds.suspense_deposited: yuan, why, the fee, the last day to claim."""

    amount: Decimal
    fee: Decimal
    reason: DepositReason
    deposit: Symbol
    claim_by: date


@dataclass(frozen=True)
class FeeTaken:
    """Facts of funds.deposit_fee_taken (yuan)."""

    amount: Decimal
    receipt: Symbol


@transaction.atomic
def ask(*, payout_id: UUID, reason: str, why: str, evidence: Evidence | None, actor: Actor, at: datetime) -> Deposit:
    """Ask to deposit a payout. Raises NotDepositable, AlreadyDeposited, EvidenceMissing, BadInput, NotFound."""
    payout, case = finding.payout_for(actor, payout_id, Action.CONFIRM_PAYOUT)
    _check_reason(reason, why)
    require(payout)
    if Deposit.objects.filter(payout=payout, state=DepositState.ASKED).exists():
        raise AlreadyDeposited()
    return _ask(payout.receipt, payout, case, payout.amount, reason, why, evidence, actor, at)


@transaction.atomic
def ask_for_suspense(*, receipt_id: UUID, why: str, evidence: Evidence | None, actor: Actor, at: datetime) -> Deposit:
    """Ask to deposit unidentified money whose notice ended without an owner. Raises NoticeNotEnded, AlreadyDeposited."""
    row = Receipt.objects.visible_to(actor).filter(pk=receipt_id, state=ReceiptState.SUSPENSE).first()
    if row is None:
        raise NotFound()
    case_id = noticed.case_of_ended(row, clock.day_of(at))
    if case_id is None:
        raise NoticeNotEnded()
    case = access.locked_case_for(actor, case_id, Action.CLAIM_MONEY)
    receipt = Receipt.objects.select_for_update(no_key=True, of=("self",)).get(pk=row.pk)
    taken = Deposit.objects.filter(receipt=receipt, state__in=[DepositState.ASKED, DepositState.DEPOSITED])
    if receipt.state != ReceiptState.SUSPENSE or taken.exists():
        raise AlreadyDeposited()
    _check_reason(DepositReason.OTHER, why)
    return _ask(receipt, None, case, receipt.amount, DepositReason.OTHER, why, evidence, actor, at)


def _check_reason(reason: str, why: str) -> None:
    if reason not in DepositReason.values or not why.strip():
        raise BadInput(reason=str(_("请选择提存事由并写明具体情况。")))


def require(payout: Payout) -> None:
    """Raise NotDepositable, OnHold or InBatch unless the payout is a party's and stands where a deposit can begin."""
    if payout.payee_kind != PayeeKind.PARTY or payout.state not in FROM or payout.drawn_from != AccountKind.CASE:
        raise NotDepositable(state=payout.get_state_display(), kind=payout.get_payee_kind_display())
    if hold := holding.in_force(payout.receipt):
        raise paying.OnHold(day=hold.review_on.isoformat())
    paying.not_batched(payout)


def _ask(
    receipt: Receipt,
    payout: Payout | None,
    case: Case,
    amount: Decimal,
    reason: str,
    why: str,
    evidence: Evidence | None,
    actor: Actor,
    at: datetime,
) -> Deposit:
    if evidence is None or actor.post_id is None:
        raise EvidenceMissing()
    file = files.store(court=case.court, name=evidence.name, content=evidence.content, actor=actor, at=at)
    key = uuid7()
    deposit = Deposit.objects.create(
        id=key,
        court_id=case.court_id,
        number=f"TC{clock.day_of(at):%Y%m%d}-{key.hex[-6:].upper()}",
        receipt=receipt,
        payout=payout,
        case=case,
        reason=reason,
        why=why.strip()[:300],
        evidence=file,
        amount=amount,
        asked_by_id=actor.post_id,
        asked_at=at,
    )
    deposit.decision = deciding.ask(
        case=case,
        kind=KIND,
        subject=deposit.symbol,
        actor=actor,
        at=at,
        proposal={"receipt": receipt.pk, "payout": payout.pk if payout else "", "reason": reason},
        amount=amount,
        why=why,
    )
    deposit.save(update_fields=["decision"])
    return deposit


def approve(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """Carry the approval out: the money is deposited now. Raises NotDepositable, SamePerson, NotEnough."""
    rows = Deposit.objects.select_for_update(no_key=True, of=("self",)).select_related("receipt__registered_by")
    deposit = rows.get(pk=decision.subject.partition(":")[2])
    persons.not_registrar(deposit.receipt, actor, str(_("批准提存")))
    if not law_funds.may_deposit(facts=_facts(deposit)).allowed:
        raise BadInput(reason=str(_("提存须经执行局局长或者主管院领导批准。")))
    rules = queries.rulebook(case.court, clock.day_of(at))
    deposit.claim_by = law_funds.claim_deposit_by(deposited_on=clock.day_of(at), rules=rules)
    deposit.approved_by_id, deposit.from_at, deposit.state = actor.post_id, at, DepositState.DEPOSITED
    if deposit.payout_id:
        deposit.fee = law_funds.deposit_fee(amount=deposit.amount, rules=rules)
        deposit.amount -= deposit.fee
    step = _take_payout if deposit.payout_id else _take_suspense
    commands.run(
        court_id=case.court_id,
        key=f"deposit:{deposit.pk}",
        verb="funds.deposit",
        inputs={"deposit": deposit.pk},
        at=at,
        act=lambda command: step(deposit, case, command, actor, at),
    )
    deposit.save()
    for kind in (APPROVAL, NOTICE) if deposit.payout_id else (APPROVAL,):
        issuing.issue(
            case=case, kind=kind, subject=deposit.symbol, actor=actor, at=at, decision=decision, signer=actor.name
        )


def _facts(deposit: Deposit) -> law_funds.DepositFacts:
    reason = DepositReason(deposit.reason)
    return law_funds.DepositFacts(
        refuses=reason == DepositReason.REFUSES,
        missing=reason == DepositReason.MISSING,
        no_heir_or_guardian=reason == DepositReason.NO_HEIR,
        unreachable=reason == DepositReason.UNREACHABLE,
        other_reason=deposit.why if reason == DepositReason.OTHER else "",
        approved=True,
    )


def told(deposit: Deposit) -> Deposited:
    """What the event of a deposit says."""
    assert deposit.claim_by is not None
    return Deposited(
        amount=deposit.amount,
        fee=deposit.fee,
        reason=DepositReason(deposit.reason),
        deposit=Symbol(deposit.symbol),
        claim_by=deposit.claim_by,
    )


def _take_payout(deposit: Deposit, case: Case, command: Command, actor: Actor, at: datetime) -> dict[str, Any]:
    """CASE or PAYABLE → DEPOSIT for the payout, and → FEES for what the depositing costs."""
    assert deposit.payout_id is not None
    payout = finding.locked(deposit.payout_id)
    require(payout)
    source = moving.where_it_lies(payout)
    locks.lock(source, *(ledger.key_of(kind, case.court_id) for kind in (AccountKind.DEPOSIT, AccountKind.FEES)))
    if deposit.fee:
        _take_fee(payout, deposit.fee, source, case, command, actor, at)
    if payout.amount:
        moving.deposit(payout, source, command, at)
    payout.drawn_from = AccountKind.DEPOSIT
    paying.save(payout, PayoutState.DEPOSITED)
    record(case, "funds.payout_deposited", payout.symbol, told(deposit), actor, at)
    settling.finish(payout.receipt, case=case, actor=actor, at=at)
    return {"payout": payout.pk}


def _take_fee(
    payout: Payout, fee: Decimal, source: str, case: Case, command: Command, actor: Actor, at: datetime
) -> None:
    """The fee leaves the payout, the last parts of the debt first, as a payout of its own to the court."""
    if fee >= payout.amount:
        raise BadInput(reason=str(_("这笔款不足以支付提存费用，不宜提存。")))
    left, parts = fee, {}
    for part, amount in reversed(payout.parts.items()):
        cut = min(left, Decimal(amount))
        left -= cut
        if rest := Decimal(amount) - cut:
            parts[part] = rest
    payout.amount -= fee
    payout.parts = canonical.plain(dict(reversed(parts.items())))
    key = uuid7()
    own = Payout(
        id=key,
        court_id=payout.court_id,
        receipt=payout.receipt,
        case=case,
        payee_kind=PayeeKind.COURT,
        payee_name=str(drafting.FEE_HOLDER),
        amount=fee,
        parts=canonical.plain({DEPOSIT_FEE: fee}),
        state=PayoutState.SETTLED,
        instruction_key=f"payout:{key}",
        drafted_at=at,
        settled_at=at,
    )
    own.save(force_insert=True)
    moving.take_fee(own, source, command, at)
    facts = FeeTaken(amount=fee, receipt=Symbol(payout.receipt.symbol))
    record(case, "funds.deposit_fee_taken", own.symbol, facts, actor, at)


def _take_suspense(deposit: Deposit, case: Case, command: Command, actor: Actor, at: datetime) -> dict[str, Any]:
    """SUSPENSE → DEPOSIT: the notice brought no owner."""
    receipt = Receipt.objects.select_for_update(no_key=True, of=("self",)).get(pk=deposit.receipt_id)
    if receipt.state != ReceiptState.SUSPENSE:
        raise AlreadyDeposited()
    swap(receipt, AccountKind.SUSPENSE, AccountKind.DEPOSIT, case, command, at)
    Receipt.objects.filter(pk=receipt.pk).update(state=ReceiptState.DEPOSITED)
    record(case, "funds.suspense_deposited", receipt.symbol, told(deposit), actor, at)
    return {"receipt": receipt.pk}


def swap(
    receipt: Receipt, source: AccountKind, destination: AccountKind, case: Case, command: Command, at: datetime
) -> None:
    """A whole receipt of the court between two of its accounts."""
    keys = (ledger.key_of(source, receipt.court_id), ledger.key_of(destination, receipt.court_id))
    held = locks.lock(*keys)
    ledger.post(
        source=held[keys[0]],
        destination=held[keys[1]],
        amount=receipt.amount,
        command=command,
        at=at,
        value_on=clock.day_of(at),
        subject=receipt.symbol,
        case_id=case.pk,
        remark=receipt.number,
    )


def record(case: Case, verb: str, subject: str, facts: Any, actor: Actor, at: datetime) -> None:
    """Record a step of a deposit."""
    recording.record(case=case, verb=verb, actor=actor, at=at, subject=subject, facts=facts)


def in_deposit(court_id: UUID) -> Decimal:
    """What the court keeps in deposit (yuan), as its rows say; the ledger's DEPOSIT must hold the same."""
    lying = Payout.objects.filter(court_id=court_id).in_deposit().exclude(deposits__state=DepositState.HANDED)
    payouts = sum(lying.values_list("amount", flat=True), ZERO)
    receipts = Receipt.objects.filter(court_id=court_id, state=ReceiptState.DEPOSITED)
    return payouts + sum(receipts.values_list("amount", flat=True), ZERO)
