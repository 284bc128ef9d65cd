"""The SMS centre: takes texts once by key and keeps them for reading."""

import re

from gateways.simulators import faults
from gateways.simulators.state import BadInput, Document, State, number_field, text_field

BLOCKED = "号码不可达"


def send(state: State, body: Document, query: Document) -> Document:
    """Take one text for one phone."""
    key = text_field(body, "key")
    if before := faults.already(state, "sms", key, body):
        return before
    phone, text = text_field(body, "phone"), text_field(body, "text")
    if not re.fullmatch(r"\+?\d{5,15}", phone):
        raise BadInput("手机号码写法不对：phone")
    result: Document = {"key": key, "phone": phone, "status": "SENT", "reason": ""}
    if faults.strikes(state, "refused", "sms", key):
        result |= {"status": "REFUSED", "reason": BLOCKED}
    else:
        state.append("outbox", phone, {"key": key, "phone": phone, "text": text, "at": state.now_text()})
    return faults.answer_later(state, topic="sms", operation="sms", key=key, asked=body, result=result)


def message(state: State, body: Document, query: Document, key: str) -> Document:
    """How a text stands."""
    return faults.shown(state, state.need("sms", key))


def outbox(state: State, body: Document, query: Document) -> Document:
    """The texts sent after a cursor, oldest first, to one phone if named."""
    since, limit = number_field(query, "since", 0), number_field(query, "limit", 200)
    found = state.feed("outbox", since, limit, str(query.get("phone", "")))
    return {
        "messages": [{**entry, "cursor": number} for number, entry in found],
        "next": found[-1][0] if found else since,
    }
