"""Reversing a receipt that was booked by mistake: an opposite transfer, never an erased one; the debt stands again."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases.models import Case
from cases.services import performing, recording
from funds import commands, ledger, locks
from funds.kinds import PayoutState, ReceiptState
from funds.models import Command, Payout, Receipt, Transfer
from funds.services import booking, bound, finding, persons
from funds.services.claiming import PaidOutAlready
from kernel import clock
from kernel.money import ZERO
from kernel.refusals import BadInput, Refusal


class AtTheBank(Refusal):
    """Cash that was handed in is in the account: it can go to another case or back to its payer, but not out of the books."""

    message = _("这笔现金已缴存银行，不能冲正。记错案件请改记，应退还的请办理退款。")


@dataclass(frozen=True)
class Reversed:
    """Facts of funds.receipt_reversed."""

    amount: Decimal
    why: str


def reverse(*, receipt_id: UUID, why: str, actor: Actor, at: datetime, key: str) -> Receipt:
    """A second person (never the registrar) reverses a receipt of a case. Raises SamePerson, PaidOutAlready, BadInput."""
    if not why.strip():
        raise BadInput(reason=str(_("请写明冲正的原因。")))

    def act(command: Command) -> dict[str, Any]:
        receipt, case = finding.receipt_for(actor, receipt_id, Action.CONFIRM_CLAIM)
        bound.require_own(receipt)
        persons.not_registrar(receipt, actor, str(_("冲正")))
        _reverse(receipt, case, why.strip(), command, actor, at)
        return {"receipt": receipt.pk}

    inputs = {"receipt": receipt_id, "why": why.strip()}
    commands.run(court_id=actor.court_id, key=key, verb="funds.reverse", inputs=inputs, at=at, act=act)
    return Receipt.objects.get(pk=receipt_id)


def _reverse(receipt: Receipt, case: Case, why: str, command: Command, actor: Actor, at: datetime) -> None:
    if receipt.deposit_line_id:
        raise AtTheBank()
    live = Payout.objects.filter(receipt=receipt).exclude(state__in=[PayoutState.VOID, PayoutState.RETURNED])
    busy = sum((row.amount for row in live if not row.is_mere_draft), ZERO)
    if busy:
        raise PaidOutAlready(amount=f"{busy:,.2f}")
    for payout in live:
        booking.drop_draft(payout, case=case, actor=actor, at=at)
    rows = Transfer.objects.filter(subject=receipt.symbol, reverses__isnull=True, reversed_by__isnull=True)
    steps = list(rows.select_related("source", "destination").order_by("-at", "-id"))
    locks.lock(*(key for step in steps for key in (step.source.key, step.destination.key)))
    for step in steps:
        ledger.reverse(transfer=step, command=command, at=at, value_on=clock.day_of(at), remark=why)
    if performance := booking.performance_of(receipt):
        performing.revoke(case=case, performance=performance, actor=actor, at=at)
    receipt.state = ReceiptState.REVERSED
    receipt.version += 1
    receipt.save(update_fields=["state", "version"])
    facts = Reversed(amount=receipt.amount, why=why[:300])
    recording.record(case=case, verb="funds.receipt_reversed", actor=actor, at=at, subject=receipt.symbol, facts=facts)
