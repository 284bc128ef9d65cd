"""The adapter that speaks the outside's JSON contract, over whatever carries a request: HTTP, or a call in-process."""

from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import quote

from gateways import channels, payloads, wire
from gateways.adapters.base import (
    Answer,
    AnswerState,
    Batch,
    Garbled,
    Item,
    KeyKnown,
    Lost,
    Parcel,
    Rejected,
    Unreachable,
)
from gateways.adapters.routes import ROUTES, Route
from kernel import encryption

FEED_SIZE = 200
FEED_KINDS = {"bank.credit": ("CREDIT", "LEVY"), "bank.return": ("RETURN",)}


class Transport(Protocol):
    """Carries one request; raises Unreachable when it certainly did not arrive and Lost when that is not known."""

    def call(
        self, method: str, path: str, body: dict[str, Any] | None = None, query: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Status and decoded body."""


@dataclass(frozen=True)
class OutsideAdapter:
    """Sends, asks and takes by the routes of each kind of letter."""

    transport: Transport

    def send(self, parcel: Parcel) -> Answer:
        """Hand the letter over; what comes back at once may be final already."""
        route = ROUTES[parcel.channel, parcel.kind]
        body = {name: value for name, value in wire.to_plain(parcel.payload).items() if name not in route.unsent}
        body = {**route.shape(parcel, body), route.key_name: parcel.key}
        status, content = self.transport.call(route.method, _path(route.path, parcel), body)
        _raise_for(status, content)
        return _read(route, parcel, content)

    def ask(self, parcel: Parcel) -> Answer:
        """What became of it; UNKNOWN when the outside has never seen the key."""
        route = ROUTES[parcel.channel, parcel.kind]
        status, content = self.transport.call("GET", _path(route.ask, parcel))
        if status == 404:
            return Answer(AnswerState.UNKNOWN)
        _raise_for(status, content)
        return _read(route, parcel, content)

    def take(self, channel: str, source: str, cursor: str) -> Batch:
        """Lines of the bank's feed after the cursor, those of this channel's kinds."""
        query = {"since": cursor or "0", "limit": str(FEED_SIZE), "returns": "1", "account": source}
        status, content = self.transport.call("GET", "/bank/credits", query=query)
        _raise_for(status, content)
        try:
            lines, after = content["lines"], str(content["next"])
            wanted = [line for line in lines if line.get("kind", "CREDIT") in FEED_KINDS[channel]]
            items = [_item(channel, line) for line in wanted]
        except (KeyError, TypeError, AttributeError, wire.Unreadable) as error:
            raise Garbled(str(error)) from error
        return Batch(items=items, cursor=after, full=len(lines) >= FEED_SIZE)


def _path(pattern: str, parcel: Parcel) -> str:
    names = {**wire.to_plain(parcel.payload), "key": parcel.key}
    return pattern.format(**{name: quote(value, safe="") for name, value in names.items() if isinstance(value, str)})


def _raise_for(status: int, content: Any) -> None:
    if status < 300:
        return
    text = content.get("text", "") if isinstance(content, dict) else ""
    if status in {429, 503}:
        raise Unreachable(f"{status} {text}")
    if status >= 500:
        raise Lost(f"{status} {text}")
    raise (KeyKnown if status == 409 else Rejected)(f"{status} {text}")


def _read(route: Route, parcel: Parcel, content: Any) -> Answer:
    if not isinstance(content, dict):
        raise Garbled("the answer is not an object")
    word = str(content.get("status") or content.get("answer") or "")
    state = route.states.get(word, AnswerState.PENDING)
    reference = str(content.get("bank_reference") or content.get("listing_number") or "")
    if state not in {AnswerState.DONE, AnswerState.REFUSED}:
        return Answer(state, reference=reference)
    reply_type = channels.get(parcel.channel).kind(parcel.kind).reply
    assert reply_type is not None
    try:
        reply = wire.from_plain(reply_type, {**content, "status": word})
    except wire.Unreadable as error:
        raise Garbled(str(error)) from error
    return Answer(state, reply=reply, reference=reference)


def _item(channel: str, line: dict[str, Any]) -> Item:
    content = wire.from_plain(payloads.CreditLine, line)
    account = encryption.digest(content.account)[:10].replace("=", "")
    return Item(
        key=f"{account}:{content.bank_reference}:{content.direction}:{content.amount}:{content.booked_on}",
        content=content,
    )
