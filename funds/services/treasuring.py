"""The treasury's receipt for a fine or a confiscation: its number is entered when the bank has paid (M-21)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases.services import recording
from funds.kinds import PayeeKind, PayoutState
from funds.models import Payout
from funds.services import finding, paying
from kernel import clock
from kernel.refusals import BadInput


@dataclass(frozen=True)
class TreasuryEntered:
    """Facts of funds.treasury_entered: yuan, the number of the treasury's receipt, its day."""

    amount: Decimal
    number: str
    on: date


@transaction.atomic
def enter(*, payout_id: UUID, number: str, on: date, actor: Actor, at: datetime) -> Payout:
    """Enter the treasury's receipt of a settled payout. Raises NotInState, BadInput, NotFound."""
    payout, case = finding.payout_for(actor, payout_id, Action.SEND_PAYOUT)
    paying.require(payout, (PayoutState.SETTLED,), _("登记缴款票据"))
    if payout.payee_kind != PayeeKind.TREASURY or not number.strip() or on > clock.day_of(at):
        raise BadInput(reason=str(_("请填写缴款票据号和不晚于今天的缴款日。")))
    payout.treasury_number, payout.treasury_on = number.strip()[:60], on
    paying.save(payout, PayoutState.SETTLED)
    facts = TreasuryEntered(amount=payout.amount, number=payout.treasury_number, on=on)
    recording.record(case=case, verb="funds.treasury_entered", actor=actor, at=at, subject=payout.symbol, facts=facts)
    return payout
