"""Answers from outside that the assets room takes."""

from assets.services import freezing, inquiring, releasing
from gateways.channels import REGISTRY_CHANNELS
from gateways.receiving import RECEIVERS, Receiver

RECEIVERS.declare(
    Receiver("bank.freeze", "freeze", receive=freezing.take_answer, still_wanted=freezing.still_wanted),
    Receiver("bank.freeze", "release", receive=releasing.take_release),
    Receiver("bank.freeze", "renew", receive=releasing.take_renewal),
    Receiver("bank.freeze", "levy", receive=releasing.take_levy),
    *(Receiver(channel, "inquiry", receive=inquiring.take_answer) for channel in REGISTRY_CHANNELS),
)
