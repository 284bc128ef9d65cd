"""The national lists, the partners that are told of them, and the police that is asked for help."""

import random
from datetime import timedelta

from gateways.simulators import faults
from gateways.simulators.state import BadInput, Document, State, text_field, text_of

LISTS = ("DISHONEST", "CONSUMPTION")
HELP = ("LOCATE", "DETAIN", "VEHICLE", "EXIT_BAN")
FORM_WRONG = "报送要素校验未通过，退回"
PLACES = ("临汾市尧都区", "太原市小店区", "运城市盐湖区", "西安市未央区")


def publish(state: State, body: Document, query: Document) -> Document:
    """Put a person on a list."""
    key = text_field(body, "request_key")
    if before := faults.already(state, "listing", key, body):
        return _with_end(state, before)
    which = str(body.get("list", "DISHONEST"))
    if which not in LISTS:
        raise BadInput(f"没有这个名单：{which}")
    for name in ("name", "id_number", "case_number"):
        text_field(body, name)
    result: Document = {"request_key": key, "list": which, "reason": ""}
    if faults.strikes(state, "refused", "listing", key):
        result |= {"status": "REFUSED", "listing_number": None, "reason": FORM_WRONG}
    else:
        result |= {"status": "PUBLISHED", "listing_number": f"{which[0]}{state.number('listing'):010d}"}
    return faults.answer_later(state, topic="listing", operation="listing", key=key, asked=body, result=result)


def listing(state: State, body: Document, query: Document, key: str) -> Document:
    """How a listing stands."""
    return _with_end(state, faults.shown(state, state.need("listing", key)))


def withdraw(state: State, body: Document, query: Document, key: str) -> Document:
    """Take a person off a list; a second time changes nothing."""
    document = state.need("listing", key)
    if document["result"]["status"] == "REFUSED":
        raise BadInput(f"该报送未被接收，无从撤销：{key}")
    if not state.get("withdrawals", key):
        end = {"at": state.now_text(), "reason": text_field(body, "reason", "")}
        state.put("withdrawals", key, end)
        answer = {**document["result"], "status": "WITHDRAWN", **end, "final": True}
        faults.schedule(state, "listing", key, answer, state.now())
    return listing(state, body, query, key)


def listings(state: State, body: Document, query: Document) -> Document:
    """Who is on the lists now."""
    found = []
    for document in state.documents("listing"):
        shown = _with_end(state, faults.shown(state, document))
        wanted = all(
            not query.get(name) or str(value) == query[name]
            for name, value in (("id_number", document["asked"]["id_number"]), ("list", shown["list"]))
        )
        if wanted and shown["status"] == "PUBLISHED":
            asked = {name: document["asked"].get(name) for name in ("name", "id_number", "case_number", "court")}
            found.append({**shown, **asked})
    return {"listings": found}


def push(state: State, body: Document, query: Document, partner: str) -> Document:
    """Tell a partner (railway, airline, bank …) of a listing or its end."""
    key, topic = text_field(body, "request_key"), f"partner.{partner}"
    if before := faults.already(state, topic, key, body):
        return before
    result: Document = {"request_key": key, "partner": partner, "status": "RECEIVED", "reason": ""}
    if faults.strikes(state, "refused", "push", f"{partner}:{key}"):
        result |= {"status": "REFUSED", "reason": FORM_WRONG}
    return faults.answer_later(state, topic=topic, operation=f"push-{partner}", key=key, asked=body, result=result)


def pushed(state: State, body: Document, query: Document, partner: str, key: str) -> Document:
    """Whether a partner has received a push."""
    return faults.shown(state, state.need(f"partner.{partner}", key))


def pushes(state: State, body: Document, query: Document, partner: str) -> Document:
    """Everything a partner was told, with what it was told."""
    documents = state.documents(f"partner.{partner}")
    return {"pushes": [{**faults.shown(state, one), "content": one["asked"]} for one in documents]}


def ask_police(state: State, body: Document, query: Document) -> Document:
    """Ask the police to find, hold or stop somebody."""
    key, kind = text_field(body, "request_key"), text_field(body, "kind")
    if before := faults.already(state, "police", key, body):
        return before
    if kind not in HELP:
        raise BadInput(f"没有这种协助事项：{kind}")
    text_field(body, "name")
    result: Document = {"request_key": key, "kind": kind, "status": "ANSWERED", "reason": ""}
    if faults.strikes(state, "refused", "police", key):
        result |= {"status": "REFUSED", "reason": FORM_WRONG, "found": False, "place": "", "seen_at": None}
    else:
        result |= _sighting(state, kind, text_field(body, "id_number"))
    return faults.answer_later(state, topic="police", operation="police", key=key, asked=body, result=result)


def police_answer(state: State, body: Document, query: Document, key: str) -> Document:
    """What the police answered."""
    return faults.shown(state, state.need("police", key))


def _sighting(state: State, kind: str, id_number: str) -> Document:
    draw = random.Random(f"police|{kind}|{id_number}")
    if kind == "EXIT_BAN" or draw.random() < 0.4:
        return {"found": kind == "EXIT_BAN", "place": "", "seen_at": None}
    seen = state.now() - timedelta(hours=draw.randrange(1, 72))
    return {"found": True, "place": draw.choice(PLACES), "seen_at": text_of(seen)}


def _with_end(state: State, shown: Document) -> Document:
    end = state.get("withdrawals", shown["request_key"])
    return {**shown, "status": "WITHDRAWN", **end} if end else shown
