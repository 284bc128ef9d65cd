"""What the bank says through the gateway, and which verb takes it."""

from datetime import datetime

from accounts.actors import Actor
from funds.services import receiving, remitted, settling
from gateways.models import Message
from gateways.payloads import CreditLine
from gateways.receiving import INCOMING, RECEIVERS, Incoming, Receiver


def take_return(*, message: Message, item: CreditLine, actor: Actor, at: datetime) -> None:
    """A payment that came back: of a payout, or of a remittance."""
    ours = item.instruction_key.startswith(remitted.PREFIX)
    (remitted if ours else settling).take_return(message=message, item=item, actor=actor, at=at)


RECEIVERS.declare(
    Receiver(
        "bank.payment", "pay", receive=settling.take_answer, still_wanted=settling.still_wanted, about="funds.payout"
    ),
    Receiver(
        "bank.payment",
        "pay",
        receive=remitted.take_answer,
        still_wanted=remitted.still_wanted,
        about="funds.remittance",
    ),
)
INCOMING.declare(
    Incoming("bank.credit", receive=receiving.take_credit),
    Incoming("bank.return", receive=take_return),
)
