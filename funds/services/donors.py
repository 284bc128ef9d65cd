"""Who paid for the debtor, told apart from the debtor (FUND-3RD-PAYER, M-23).

What an officer of the court gives of his own is recorded with the approval of the discipline office; it reduces the
debt and is no amount recovered unless the court decides so (FUND-3RD-PAYER.COUNTS).
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases.services import recording
from funds.kinds import DonorKind, ReceiptState
from funds.models import Receipt
from funds.services import finding
from kernel.refusals import BadInput, Refusal


class ApprovalMissing(Refusal):
    """What staff give of their own needs the approval of the discipline office."""

    message = _("干警自愿补足须写明廉政审批：审批人、日期和文号。")
    status = 400


class PaidByDebtor(Refusal):
    """The debtor paid; nobody paid for it."""

    message = _("付款人就是被执行人，不能登记为代付。")


@dataclass(frozen=True)
class DonorRecorded:
    """Facts of funds.donor_recorded (yuan)."""

    amount: Decimal
    kind: DonorKind


@transaction.atomic
def record(*, receipt_id: UUID, kind: str, note: str, actor: Actor, at: datetime) -> Receipt:
    """Say who paid for the debtor. Raises ApprovalMissing, PaidByDebtor, BadInput, NotFound."""
    receipt, case = finding.receipt_for(actor, receipt_id, Action.CONFIRM_PAYOUT)
    if kind not in DonorKind.values or receipt.state == ReceiptState.REVERSED:
        raise BadInput(reason=str(_("请选择代付人的类型。")))
    if receipt.payer_id is not None:
        raise PaidByDebtor()
    if kind == DonorKind.STAFF_VOLUNTARY and not note.strip():
        raise ApprovalMissing()
    receipt.donor_kind, receipt.donor_note = kind, note.strip()[:300]
    receipt.version += 1
    receipt.save(update_fields=["donor_kind", "donor_note", "version"])
    facts = DonorRecorded(amount=receipt.amount, kind=DonorKind(kind))
    recording.record(case=case, verb="funds.donor_recorded", actor=actor, at=at, subject=receipt.symbol, facts=facts)
    return receipt
