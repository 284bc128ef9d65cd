"""Where each kind of letter goes over HTTP and how its answer is read (contract: gateways/simulators/app.py)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gateways.adapters.base import AnswerState, Parcel
from gateways.channels import REGISTRY_CHANNELS

Body = dict[str, Any]
PENDING, DONE, REFUSED = AnswerState.PENDING, AnswerState.DONE, AnswerState.REFUSED


@dataclass(frozen=True)
class Route:
    """Paths may name ``{key}`` and fields of the payload; those named in ``unsent`` stay out of the body.

    ``states`` maps the outside's words to ours; a word that is not listed is PENDING.
    """

    path: str
    ask: str
    states: Mapping[str, AnswerState]
    method: str = "POST"
    key_name: str = "request_key"
    unsent: tuple[str, ...] = ()
    shape: Callable[[Parcel, Body], Body] = lambda parcel, body: body
    word: str = "status"


def _flat(parcel: Parcel, body: Body) -> Body:
    details = body.pop("details", {})
    return {**details, **body}


def _police(parcel: Parcel, body: Body) -> Body:
    body["kind"] = body.pop("request")
    return _flat(parcel, body)


def _order(verb: str) -> Route:
    return Route(
        path=f"/bank/freezes/{{freeze_key}}/{verb}",
        ask="/bank/orders/{key}",
        states={"DONE": DONE, "REFUSED": REFUSED},
        unsent=("freeze_key",),
    )


def _inquiry(channel: str) -> Route:
    path = f"/registries/{channel.removeprefix('registry.')}/inquiries"
    return Route(path=path, ask=path + "/{key}", states={"ANSWERED": DONE, "REFUSED": REFUSED})


ROUTES: dict[tuple[str, str], Route] = {
    ("bank.payment", "pay"): Route(
        path="/bank/payments",
        ask="/bank/payments/{key}",
        states={"SETTLED": DONE, "RETURNED": DONE, "REFUSED": REFUSED},
        key_name="instruction_key",
    ),
    ("bank.freeze", "freeze"): Route(
        path="/bank/freezes", ask="/bank/freezes/{key}", states={"DONE": DONE, "REFUSED": REFUSED}
    ),
    ("bank.freeze", "renew"): _order("renew"),
    ("bank.freeze", "release"): _order("release"),
    ("bank.freeze", "levy"): _order("levy"),
    **{(channel, "inquiry"): _inquiry(channel) for channel in REGISTRY_CHANNELS},
    ("list.centre", "put"): Route(
        path="/listings",
        ask="/listings/{key}",
        states={"PUBLISHED": DONE, "WITHDRAWN": DONE, "REFUSED": REFUSED},
        shape=_flat,
    ),
    ("list.centre", "remove"): Route(
        method="DELETE",
        path="/listings/{listing_key}",
        ask="/listings/{listing_key}",
        states={"WITHDRAWN": DONE, "REFUSED": REFUSED, "PUBLISHED": AnswerState.UNKNOWN},
        unsent=("listing_key",),
    ),
    ("partner.push", "push"): Route(
        path="/partners/{partner}/pushes",
        ask="/partners/{partner}/pushes/{key}",
        states={"RECEIVED": DONE, "REFUSED": REFUSED},
        unsent=("partner",),
        shape=_flat,
    ),
    ("police.request", "request"): Route(
        path="/police/requests",
        ask="/police/requests/{key}",
        states={"ANSWERED": DONE, "REFUSED": REFUSED},
        shape=_police,
    ),
    ("sms", "text"): Route(path="/sms", ask="/sms/{key}", states={"SENT": DONE, "REFUSED": REFUSED}, key_name="key"),
}
