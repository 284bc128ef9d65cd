"""Paying: a draft is confirmed by the executor, approved by tiers, sent by finance; the bank's answer ends it.

The money leaves the case's account at confirmation and waits apart (PAYABLE, REFUND, TREASURY); the execution fee goes
to FEES at once. Registrar, approver and payer are three persons. One payout is one instruction key for ever: it is
never sent twice. Nothing but this module, ``mending`` and ``settling`` assigns a payout's state.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases import queries
from cases.declaring import PAPERS, Symbol
from cases.models import Case, Decision
from cases.services import deciding, issuing, recording
from funds import commands
from funds.kinds import GRANT_KINDS, PayeeKind, PayoutState
from funds.kinds.batches import BatchState
from funds.models import BatchItem, Command, Hold, Payout, PayoutHalt
from funds.services import drafting, finding, moving, opening, persons, settling
from funds.services.splitting import Share
from gateways import payloads
from gateways.services import sending
from kernel import clock
from kernel.refusals import BadInput, Condition, Refusal

KIND = "funds.payout"
PAPER = "funds.payout_approval"
TIER = "FUND-TIER"
"""From this sum on (yuan) the president approves too; a decision keeps the figure under which it was asked."""
MOST = 500
"""Payouts in one batch."""


class NotInState(Refusal):
    """The payout is not where this act begins."""

    message = _("这笔发放现在“%(state)s”，不能%(act)s。请刷新后核对。")


class PayeeAccountMissing(Refusal):
    """Nobody can be paid without a confirmed account."""

    message = _("“%(name)s”还没有经核对的收款账户。请先登记收款账户并由另一人核对。")


class OnHold(Refusal):
    """The receipt is held back with approval."""

    message = _("这笔来款已批准延缓发放，复查日 %(day)s。事由消失后请先解除延缓。")


class PayoutsHalted(Refusal):
    """The books and the bank differ, so nothing is paid."""

    message = _("本院账实不符（差额 %(difference)s 元），已停止付款。请先查清差额并重新对账。")


class InBatch(Refusal):
    """The payout is in a payment batch that has not left."""

    message = _("这笔发放在付款批 %(number)s 中。请在该批办理，或先从该批撤出。")


class SomeRefused(Refusal):
    """One of a batch cannot be done; none was."""

    message = _("有 %(count)s 笔不能办理，全部未办理。请看各笔原因。")


@dataclass(frozen=True)
class Moved:
    """Facts of the steps of a payout: yuan, to whom, of which receipt."""

    amount: Decimal
    payee_kind: PayeeKind
    payee: Symbol
    receipt: Symbol


Step = Callable[[Payout, Case], None]


def confirm(*, payout_ids: Sequence[UUID], actor: Actor, at: datetime, key: str) -> list[Payout]:
    """The executor confirms drafts: the money is set aside and approval is asked. All or none.

    Raises NotInState, SamePerson, PayeeAccountMissing, OnHold, PayoutsHalted, NotEnough, SomeRefused, KeyReused.
    """

    def act(command: Command) -> dict[str, Any]:
        rows = finding.payouts_for(actor, payout_ids, Action.CONFIRM_PAYOUT)
        moving.lock_all(payout for payout, _case in rows)
        return each(rows, lambda payout, case: confirm_locked(payout, case, command, actor, at))

    return _run(key, "funds.confirm", payout_ids, actor, at, act)


def send(*, payout_ids: Sequence[UUID], actor: Actor, at: datetime, key: str) -> list[Payout]:
    """Finance sends approved payouts to the bank, one instruction each, for ever the same. All or none.

    Raises NotInState, SamePerson, OnHold, PayoutsHalted, SomeRefused, KeyReused.
    """

    def act(command: Command) -> dict[str, Any]:
        rows = finding.payouts_for(actor, payout_ids, Action.SEND_PAYOUT)
        return each(rows, lambda payout, case: _send(payout, case, actor, at))

    return _run(key, "funds.send", payout_ids, actor, at, act)


def _run(
    key: str,
    verb: str,
    payout_ids: Sequence[UUID],
    actor: Actor,
    at: datetime,
    act: Callable[[Command], dict[str, Any]],
) -> list[Payout]:
    inputs = {"payouts": sorted(str(one) for one in set(payout_ids))}
    if not 0 < len(inputs["payouts"]) <= MOST:
        raise BadInput(reason=str(_("请选择 1 至 %(most)s 笔。") % {"most": MOST}))
    result = commands.run(court_id=actor.court_id, key=key, verb=verb, inputs=inputs, at=at, act=act)
    return list(Payout.objects.filter(pk__in=result["payouts"]).order_by("pk"))


def each(rows: Sequence[tuple[Payout, Case]], step: Step) -> dict[str, Any]:
    """Take a step with every payout; a single refusal is raised as it is, several as a list."""
    refused: list[tuple[Payout, Case, Refusal]] = []
    for payout, case in rows:
        try:
            with transaction.atomic():
                step(payout, case)
        except Refusal as refusal:
            refused.append((payout, case, refusal))
    if len(rows) == 1 and refused:
        raise refused[0][2]
    if refused:
        conditions = [
            Condition(text=f"{case.number}　{payout.payee_name}　{payout.amount:,.2f}：{refusal.text}")
            for payout, case, refusal in refused
        ]
        raise SomeRefused(count=len(refused), conditions=conditions)
    return {"payouts": [payout.pk for payout, _case in rows]}


def confirm_locked(payout: Payout, case: Case, command: Command, actor: Actor, at: datetime) -> None:
    """Confirm a locked draft: its money is set aside and approval is asked; what belongs to the court is settled at once."""
    require(payout, (PayoutState.DRAFT,), _("确认"))
    persons.not_registrar(payout.receipt, actor, str(_("确认发放")))
    _not_stopped(payout)
    _fill_account(payout, case)
    moving.set_aside(payout, command, at)
    payout.confirmed_by_id, payout.confirmed_at = actor.post_id, at
    if payout.payee_kind == PayeeKind.COURT:
        payout.settled_at = at
        save(payout, PayoutState.SETTLED)
        settling.settled(payout, case=case, verb="funds.fee_taken", day=clock.day_of(at), actor=actor, at=at)
        return
    save(payout, PayoutState.CONFIRMED)
    record(payout, case, "funds.payout_confirmed", actor, at)
    ask(payout, case, actor, at, why="")


def ask(payout: Payout, case: Case, actor: Actor, at: datetime, *, why: str) -> None:
    """Put the question to whoever may approve the amount."""
    limit = queries.rulebook(case.court, clock.day_of(at)).rule(TIER)
    proposal = {
        "receipt": payout.receipt_id,
        "payee": payout.payee_name,
        "parts": payout.parts,
        "tier": {"limit": limit.value, "own": limit.overridden},
    }
    payout.decision = deciding.ask(
        case=case,
        kind=KIND,
        subject=payout.symbol,
        actor=actor,
        at=at,
        proposal=proposal,
        amount=payout.amount,
        why=why,
    )
    payout.save(update_fields=["decision"])


def approve(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """Carry an approval out: the payout may be sent. Who registered the money approves nothing of it (SamePerson)."""
    payout = finding.locked(UUID(decision.subject.partition(":")[2]))
    require(payout, (PayoutState.CONFIRMED,), _("审批"))
    persons.not_registrar(payout.receipt, actor, str(_("审批发放")))
    persons.no_registrar_among_approvers(payout)
    payout.approved_by_id, payout.approved_at = actor.post_id, at
    save(payout, PayoutState.APPROVED)
    record(payout, case, "funds.payout_approved", actor, at)
    if PAPER in PAPERS:
        issuing.issue(
            case=case, kind=PAPER, subject=payout.symbol, actor=actor, at=at, decision=decision, signer=actor.name
        )


def _send(payout: Payout, case: Case, actor: Actor, at: datetime) -> None:
    not_batched(payout)
    hand_over(payout, case, actor, at, by_message=True)


def hand_over(payout: Payout, case: Case, actor: Actor, at: datetime, *, by_message: bool) -> None:
    """Give a locked payout to the bank: by a message of its own, or in the file that the caller writes.

    Raises NotInState, SamePerson, OnHold, PayoutsHalted.
    """
    ready(payout, actor, str(_("付款")))
    payout.sent_by_id, payout.sent_at = actor.post_id, at
    save(payout, PayoutState.SENT)
    record(payout, case, "funds.payout_sent", actor, at)
    if by_message:
        _instruct(payout, case, at)


def ready(payout: Payout, actor: Actor, act: str) -> None:
    """Raise unless the payout is approved, nothing holds it back, and the actor took no earlier step of it."""
    require(payout, (PayoutState.APPROVED,), act)
    persons.not_registrar(payout.receipt, actor, act)
    persons.not_confirmer(payout, actor, act)
    persons.not_approver(payout, actor, act)
    _not_stopped(payout)


def _instruct(payout: Payout, case: Case, at: datetime) -> None:
    sending.send(
        court=case.court,
        channel="bank.payment",
        kind="pay",
        payload=payloads.Payment(
            amount=payout.amount,
            payee_name=payout.payee_name,
            payee_account=payout.payee_account,
            payee_bank=payout.payee_bank,
            remark=remark_of(case),
            account=opening.main_account(case.court).number,
        ),
        key=payout.instruction_key,
        about=payout.symbol,
        at=at,
    )


def remark_of(case: Case) -> str:
    """What the payee reads on his statement."""
    return f"执行案款 {case.number}"


def not_batched(payout: Payout) -> None:
    """Raise InBatch while the payout waits in a payment batch."""
    waiting = BatchItem.objects.filter(
        payout=payout, out_at__isnull=True, batch__state__in=[BatchState.MADE, BatchState.RELEASED]
    )
    found = waiting.values_list("batch__number", flat=True).first()
    if found is not None:
        raise InBatch(number=found)


def _fill_account(payout: Payout, case: Case) -> None:
    """Copy the payee's account as it is confirmed now; a refund or grant keeps its own. Raises PayeeAccountMissing."""
    if payout.payee_kind == PayeeKind.COURT:
        return
    if payout.payee_kind not in (PayeeKind.PAYER, *GRANT_KINDS):
        share = Share(PayeeKind(payout.payee_kind), payout.amount, {}, "", payout.payee)
        for name, value in drafting.payee_of(payout.receipt, case, share).items():
            setattr(payout, name, value)
    if not payout.payee_account:
        raise PayeeAccountMissing(name=payout.payee_name)


def _not_stopped(payout: Payout) -> None:
    hold = Hold.objects.filter(receipt=payout.receipt_id, from_at__isnull=False, ended_at__isnull=True).first()
    if hold:
        raise OnHold(day=hold.review_on.isoformat())
    halt = PayoutHalt.objects.filter(court_id=payout.court_id, ended_at__isnull=True).first()
    if halt:
        raise PayoutsHalted(difference=f"{halt.difference:,.2f}")


def require(payout: Payout, states: tuple[PayoutState, ...], act: Any) -> None:
    """Raise NotInState unless the act begins where the payout stands."""
    if payout.state not in states:
        raise NotInState(state=payout.get_state_display(), act=act)


def save(payout: Payout, state: PayoutState) -> None:
    """Give a locked payout its state."""
    payout.state = state
    payout.version += 1
    payout.save()


def record(payout: Payout, case: Case, verb: str, actor: Actor, at: datetime) -> None:
    """Record a step of a payout."""
    facts = Moved(
        amount=payout.amount,
        payee_kind=PayeeKind(payout.payee_kind),
        payee=Symbol(payout.payee.symbol if payout.payee else ""),
        receipt=Symbol(payout.receipt.symbol),
    )
    recording.record(case=case, verb=verb, actor=actor, at=at, subject=payout.symbol, facts=facts)
