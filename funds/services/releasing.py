"""A deposit is claimed: the payee comes, and its payout goes the normal road; or the owner of unidentified money is found."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases import access
from cases.declaring import Symbol
from cases.models import Case
from funds import commands
from funds.kinds import AccountKind, PayoutState, ReceiptState
from funds.kinds.apart import DepositState
from funds.models import Command, Deposit, Payout, Receipt
from funds.services import depositing, finding, paying, settling
from kernel.refusals import BadInput, NotFound, Refusal


class NotInDeposit(Refusal):
    """Only what lies in deposit can be claimed."""

    message = _("这笔提存现在“%(state)s”，不能办理领取。")


@dataclass(frozen=True)
class Claimed:
    """Facts of funds.deposit_claimed, funds.receipt_reopened and funds.suspense_taken_back (yuan)."""

    amount: Decimal
    deposit: Symbol


def claim(*, deposit_id: UUID, why: str, actor: Actor, at: datetime, key: str) -> Deposit:
    """The payee comes: the same payout goes the normal road, DEPOSIT → PAYABLE → bank, with its own approval.

    Unidentified money goes back to suspense, to be claimed to its case. Raises NotInDeposit, PayeeAccountMissing,
    SamePerson, OnHold, PayoutsHalted, KeyReused, BadInput.
    """
    if not why.strip():
        raise BadInput(reason=str(_("请写明领取人和核对经过。")))
    found = Deposit.objects.visible_to(actor).filter(pk=deposit_id).values_list("case_id", "payout_id").first()
    if found is None:
        raise NotFound()
    needs = Action.CONFIRM_PAYOUT if found[1] else Action.CONFIRM_CLAIM

    def act(command: Command) -> dict[str, Any]:
        case = access.locked_case_for(actor, found[0], needs)
        deposit = Deposit.objects.select_for_update(no_key=True).get(pk=deposit_id)
        if deposit.state != DepositState.DEPOSITED:
            raise NotInDeposit(state=deposit.get_state_display())
        deposit.state, deposit.ended_at, deposit.end_why = DepositState.CLAIMED, at, why.strip()[:300]
        deposit.save(update_fields=["state", "ended_at", "end_why"])
        (_release if deposit.payout_id else _take_back)(deposit, case, command, actor, at)
        return {"deposit": deposit.pk}

    inputs = {"deposit": deposit_id, "why": why.strip()}
    commands.run(court_id=actor.court_id, key=key, verb="funds.claim_deposit", inputs=inputs, at=at, act=act)
    return Deposit.objects.get(pk=deposit_id)


def _release(deposit: Deposit, case: Case, command: Command, actor: Actor, at: datetime) -> None:
    assert deposit.payout_id is not None
    payout = finding.locked(deposit.payout_id)
    facts = Claimed(amount=payout.amount, deposit=Symbol(deposit.symbol))
    depositing.record(case, "funds.deposit_claimed", payout.symbol, facts, actor, at)
    if payout.receipt.deposited_at is not None:
        Receipt.objects.filter(pk=payout.receipt_id).update(deposited_at=None)
        payout.receipt.deposited_at = None
        depositing.record(case, "funds.receipt_reopened", payout.receipt.symbol, facts, actor, at)
    payout.approved_by, payout.approved_at = None, None
    paying.save(payout, PayoutState.DRAFT)
    paying.confirm_locked(payout, case, command, actor, at)


def _take_back(deposit: Deposit, case: Case, command: Command, actor: Actor, at: datetime) -> None:
    receipt = Receipt.objects.select_for_update(no_key=True, of=("self",)).get(pk=deposit.receipt_id)
    depositing.swap(receipt, AccountKind.DEPOSIT, AccountKind.SUSPENSE, case, command, at)
    Receipt.objects.filter(pk=receipt.pk).update(state=ReceiptState.SUSPENSE)
    facts = Claimed(amount=receipt.amount, deposit=Symbol(deposit.symbol))
    depositing.record(case, "funds.suspense_taken_back", receipt.symbol, facts, actor, at)


def keep_again(payout: Payout, *, case: Case, actor: Actor, at: datetime) -> None:
    """A claimed deposit whose payout is taken back before the bank has it lies in deposit as before."""
    chain, row = [payout.pk], payout
    while row.replaces is not None:
        row = row.replaces
        chain.append(row.pk)
    deposit = Deposit.objects.select_for_update(no_key=True).get(payout__in=chain)
    deposit.payout, deposit.state, deposit.ended_at, deposit.end_why = payout, DepositState.DEPOSITED, None, ""
    deposit.save(update_fields=["payout", "state", "ended_at", "end_why"])
    paying.save(payout, PayoutState.DEPOSITED)
    depositing.record(case, "funds.payout_deposited", payout.symbol, depositing.told(deposit), actor, at)
    settling.finish(payout.receipt, case=case, actor=actor, at=at)
