"""Answers of the list centre. They need no act: the state of a listing is ours; the answer is kept with the message."""

from gateways.receiving import RECEIVERS, Receiver
from pressure.services import answers, limiting, listing

RECEIVERS.declare(
    Receiver("list.centre", "put", receive=answers.keep, still_wanted=listing.still_wanted, about="pressure.listing"),
    Receiver("list.centre", "put", receive=answers.keep, still_wanted=limiting.still_wanted, about="pressure.limit"),
)
