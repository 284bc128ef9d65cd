"""What the bank says through the gateway, and which verb takes it."""

from funds.services import receiving, settling
from gateways.receiving import INCOMING, RECEIVERS, Incoming, Receiver

RECEIVERS.declare(
    Receiver(
        "bank.payment", "pay", receive=settling.take_answer, still_wanted=settling.still_wanted, about="funds.payout"
    ),
)
INCOMING.declare(
    Incoming("bank.credit", receive=receiving.take_credit),
    Incoming("bank.return", receive=settling.take_return),
)
