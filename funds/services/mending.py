"""Mending: a payout that was sent back, voided before the bank had it, returned by the bank, or lacks an account."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases.declaring import Symbol
from cases.models import Case
from cases.models.decisions import DecisionState
from cases.services import deciding, recording
from funds import commands
from funds.kinds import GRANT_KINDS, AccountKind, PayeeKind, PayoutState
from funds.models import Command, Payout
from funds.services import drafting, finding, moving, payees, paying, persons, releasing, remitting
from funds.services.splitting import Share
from gateways import queries as gateway_queries
from gateways.services import sending
from kernel.keys import uuid7
from kernel.refusals import BadInput, Refusal


class CannotVoid(Refusal):
    """What has reached the bank cannot be voided."""

    message = _("付款指令已到银行，不能作废。请等待银行答复；如退回，可重新发放。")


@dataclass(frozen=True)
class Voided:
    """Facts of funds.payout_void."""

    amount: Decimal
    why: str


@dataclass(frozen=True)
class Replaced:
    """Facts of funds.payout_replaced: the payout that takes the place of the returned one."""

    by: Symbol


@transaction.atomic
def resubmit(*, payout_id: UUID, why: str, actor: Actor, at: datetime) -> Payout:
    """Ask again after the approver sent a payout back. Raises NotInState, AlreadyAsked."""
    payout, case = finding.payout_for(actor, payout_id, Action.CONFIRM_PAYOUT)
    paying.require(payout, (PayoutState.CONFIRMED,), _("重新提请"))
    persons.not_registrar(payout.receipt, actor, str(_("提请发放")))
    payout.confirmed_by_id = actor.post_id
    payout.save(update_fields=["confirmed_by"])
    paying.ask(payout, case, actor, at, why=why)
    return payout


def void(*, payout_id: UUID, why: str, actor: Actor, at: datetime, key: str) -> Payout:
    """Take a payout back before the bank has it; the money returns to the case's account.

    Raises CannotVoid, InBatch, BadInput.
    """
    if not why.strip():
        raise BadInput(reason=str(_("请写明作废的原因。")))

    def act(command: Command) -> dict[str, Any]:
        payout, case = finding.payout_for(actor, payout_id, Action.CONFIRM_PAYOUT)
        _void(payout, case, why.strip(), command, actor, at)
        return {"payout": payout.pk}

    inputs = {"payout": payout_id, "why": why.strip()}
    commands.run(court_id=actor.court_id, key=key, verb="funds.void", inputs=inputs, at=at, act=act)
    return Payout.objects.get(pk=payout_id)


def _void(payout: Payout, case: Case, why: str, command: Command, actor: Actor, at: datetime) -> None:
    fee_taken = payout.payee_kind == PayeeKind.COURT and payout.state == PayoutState.SETTLED
    paying.not_batched(payout)
    remitting.not_remitted(payout)
    before_bank = (PayoutState.DRAFT, PayoutState.CONFIRMED, PayoutState.APPROVED)
    if payout.state == PayoutState.SENT:
        _call_back(payout, why, at)
    elif payout.state not in before_bank and not fee_taken:
        raise CannotVoid()
    if payout.decision and payout.decision.state == DecisionState.ASKED:
        deciding.withdraw(decision_id=payout.decision.pk, actor=actor, at=at, why=why)
    if payout.state != PayoutState.DRAFT:
        moving.give_back(payout, command, at)
    payout.reason, payout.settled_at = why[:300], None
    if payout.drawn_from == AccountKind.DEPOSIT:
        releasing.keep_again(payout, case=case, actor=actor, at=at)
    else:
        paying.save(payout, PayoutState.VOID)
    if fee_taken:
        payout.receipt.paid_at = None
        payout.receipt.save(update_fields=["paid_at"])
    facts = Voided(amount=payout.amount, why=why[:300])
    recording.record(case=case, verb="funds.payout_void", actor=actor, at=at, subject=payout.symbol, facts=facts)


def _call_back(payout: Payout, why: str, at: datetime) -> None:
    message = gateway_queries.messages_about(payout.symbol).first()
    if message is None:  # it left in a file
        raise CannotVoid()
    try:
        sending.cancel(message=message, reason=why, at=at)
    except sending.AlreadySent as refusal:
        raise CannotVoid() from refusal


@transaction.atomic
def replace(*, payout_id: UUID, actor: Actor, at: datetime) -> Payout:
    """Draft a new payout in the place of a returned one, to the payee's account as it is now. Raises NotInState."""
    old, case = finding.payout_for(actor, payout_id, Action.CONFIRM_PAYOUT)
    paying.require(old, (PayoutState.RETURNED,), _("重新发放"))
    if Payout.objects.filter(replaces=old).exists() or drafting.unassigned(old.receipt) < old.amount:
        raise drafting.NothingLeft()
    share = Share(PayeeKind(old.payee_kind), old.amount, {}, "", old.payee)
    new_id = uuid7()
    new = Payout(
        id=new_id,
        court_id=old.court_id,
        receipt=old.receipt,
        case=case,
        payee_kind=old.payee_kind,
        payee=old.payee,
        amount=old.amount,
        parts=old.parts,
        instruction_key=f"payout:{new_id}",
        replaces=old,
        drafted_at=at,
        drawn_from=old.drawn_from,
        grant=old.grant,
        **(_own_account(old) if old.grant_id else drafting.payee_of(old.receipt, case, share)),
    )
    new.save(force_insert=True)
    facts = Replaced(by=Symbol(new.symbol))
    recording.record(case=case, verb="funds.payout_replaced", actor=actor, at=at, subject=old.symbol, facts=facts)
    drafting.announce(new, case=case, actor=actor, at=at)
    return new


def _own_account(old: Payout) -> dict[str, str]:
    """A grant names its own account, which is mended on the draft."""
    return {"payee_name": old.payee_name, "payee_account": old.payee_account, "payee_bank": old.payee_bank}


@transaction.atomic
def readdress(*, payout_id: UUID, holder: str, account: str, bank: str, actor: Actor, at: datetime) -> Payout:
    """Enter where a refund goes, for a draft whose payer's account is not known. Raises NotInState, BadInput."""
    payout, case = finding.payout_for(actor, payout_id, Action.CONFIRM_PAYOUT)
    paying.require(payout, (PayoutState.DRAFT,), _("修改收款账户"))
    if payout.payee_kind not in (PayeeKind.PAYER, *GRANT_KINDS):
        raise BadInput(reason=str(_("当事人的收款账户请在“收款账户”中登记。")))
    digits = payees.account_number(account)
    payout.payee_name, payout.payee_account, payout.payee_bank = holder.strip(), digits, bank.strip()
    if not payout.payee_name:
        raise BadInput(reason=str(_("请填写户名。")))
    payout.version += 1
    payout.save(update_fields=["payee_name", "payee_account", "payee_bank", "version"])
    paying.record(payout, case, "funds.payout_readdressed", actor, at)
    return payout
