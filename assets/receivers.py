"""Answers from outside that the assets room takes."""

from assets.services import controlling, freezing, inquiring, levying, releasing, renewing
from gateways.channels import REGISTRY_CHANNELS
from gateways.receiving import RECEIVERS, Receiver

RECEIVERS.declare(
    Receiver("bank.freeze", "freeze", receive=controlling.take_answer, still_wanted=freezing.still_wanted),
    Receiver("bank.freeze", "release", receive=releasing.take_answer),
    Receiver("bank.freeze", "renew", receive=renewing.take_answer),
    Receiver("bank.freeze", "levy", receive=levying.take_answer),
    *(Receiver(channel, "inquiry", receive=inquiring.take_answer) for channel in REGISTRY_CHANNELS),
)
