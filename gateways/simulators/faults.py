"""Misbehaviour of the outside world, decided by the seed and not by chance, and the answers it pushes.

Whether a fault strikes is a function of (seed, fault, operation, key, attempt), so a run can be replayed whatever the
order of its threads. Faults of the wire (down, lost) are decided anew at each attempt; the others once per key.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from gateways.simulators.state import BadInput, Document, State, moment_of, number_field, once, text_of

WIRE = ("lost_500", "lost_drop", "lost_timeout")
NAMES = (
    "late",
    "twice",
    "out_of_order",
    "refused",
    "lost",
    *WIRE,
    "down",
    "returned",
    "returned_after",
    "duplicate_credit",
)
KNOWN_AT_ONCE = ("request_key", "freeze_key", "order", "channel", "list", "kind", "partner", "limit", "key", "phone")


class Dropped(ConnectionResetError):
    """The connection was closed after the request had been carried out."""


def strikes(state: State, fault: str, operation: str, key: str) -> bool:
    """Whether this fault meets this operation on this key; a hit is recorded."""
    hit = _forced(state, fault, operation, key) or _share(state, fault, operation, key) < state.rates().get(fault, 0)
    if hit:
        record = {"at": state.now_text(), "fault": fault, "operation": operation, "key": key}
        state.append("faults", fault, record)
    return hit


def is_down(state: State, operation: str, key: str) -> bool:
    """Whether the service refuses before it has read the request."""
    return strikes(state, "down", operation, _attempt(state, "down", operation, key))


def lost_how(state: State, operation: str, key: str) -> str:
    """How the answer of a request that was carried out is lost; empty when it arrives."""
    attempt = _attempt(state, "lost", operation, key)
    for way in WIRE:
        if strikes(state, way, operation, attempt):
            return way
    if not strikes(state, "lost", operation, attempt):
        return ""
    return WIRE[int(_share(state, "lost-how", operation, attempt) * len(WIRE))]


def delay(state: State, operation: str, key: str, *, seconds: float) -> timedelta:
    """How long until the answer, lateness included."""
    late = _seconds(state, "late_seconds") if strikes(state, "late", operation, key) else timedelta(0)
    return timedelta(seconds=seconds) + late


def schedule(
    state: State, topic: str, key: str, body: Document, due: datetime, *, after: datetime | None = None, label: str = ""
) -> None:
    """Put an answer in the post, to be pushed when due: perhaps twice, perhaps later than what was due at `after`."""
    if not body.get("final") and strikes(state, "out_of_order", topic, key):
        due = max(due, after or due) + _seconds(state, "overtaken_seconds")
    entry = {"topic": topic, "key": key, "body": body, "label": label or topic}
    state.wait("scheduled", due, entry)
    if strikes(state, "twice", topic, key):
        state.wait("scheduled", due + _seconds(state, "again_seconds"), entry)


def deliver_due(state: State) -> None:
    """Move what has become due into the feed it belongs to, in the order of its moments."""
    now = state.now()
    for _due, entry in state.take_due("scheduled", now):
        feed = "credits" if entry["topic"] == "bank.credit" else "answers"
        state.append(feed, entry["label"], {**entry, "at": text_of(now)})


def answer_later(state: State, *, topic: str, operation: str, key: str, asked: Document, result: Document) -> Document:
    """File the result of a request under (topic, key), to be seen and pushed when it is due; shows it as of now."""
    due = state.now() + delay(state, operation, key, seconds=float(state.settings()["answer_seconds"]))
    result = {**result, "at": text_of(due)}
    document = {"asked": asked, "due": text_of(due), "result": result}
    state.put(topic, key, document)
    schedule(state, topic, key, result, due)
    return shown(state, document)


def shown(state: State, document: Document) -> Document:
    """The result once it is due; before that only that it is pending."""
    if state.now() >= moment_of(document["due"]):
        return dict(document["result"])
    pending = {name: value for name, value in document["result"].items() if name in KNOWN_AT_ONCE}
    return {**pending, "status": "PENDING", "at": None, "reason": ""}


def already(state: State, topic: str, key: str, asked: Document) -> Document | None:
    """What was answered to the same request before, as of now; KeyReused when the content differs."""
    document = once(state, topic, key, asked)
    return shown(state, document) if document else None


def answers_since(state: State, body: Document, query: Document) -> Document:
    """What the outside has pushed after a cursor."""
    deliver_due(state)
    since, limit = number_field(query, "since", 0), number_field(query, "limit", 100)
    found = state.feed("answers", since, limit, str(query.get("topic", "")))
    answers = [
        {"cursor": number, **{name: entry[name] for name in ("topic", "key", "at", "body")}} for number, entry in found
    ]
    return {"answers": answers, "next": found[-1][0] if found else since}


def report(state: State, body: Document, query: Document) -> Document:
    """What was injected so far."""
    injected = [{"number": number, **entry} for number, entry in state.feed("faults")]
    totals: dict[str, int] = {}
    for entry in injected:
        totals[entry["fault"]] = totals.get(entry["fault"], 0) + 1
    return {"seed": state.seed, "rates": state.rates(), "totals": totals, "injected": injected}


def set_rates(state: State, body: Document, query: Document) -> Document:
    """Replace the rates of all faults."""
    rates = body.get("faults")
    if not isinstance(rates, dict):
        raise BadInput("缺少字段：faults")
    state.put("rates", "rates", checked(rates))
    return {"rates": state.rates()}


def checked(rates: dict[str, Any]) -> dict[str, float]:
    """Rates with known names between 0 and 1."""
    if unknown := set(rates) - set(NAMES):
        raise BadInput(f"没有这种故障：{'、'.join(sorted(unknown))}")
    try:
        numbers = {name: float(rate) for name, rate in rates.items()}
    except (TypeError, ValueError):
        raise BadInput("故障的比率应为 0 到 1 之间的数") from None
    if not all(0 <= rate <= 1 for rate in numbers.values()):
        raise BadInput("故障的比率应为 0 到 1 之间的数")
    return numbers


def force(state: State, body: Document, query: Document) -> Document:
    """Let a fault strike the next matching operations, whatever its rate."""
    fault = str(body.get("fault", ""))
    if fault not in NAMES:
        raise BadInput(f"没有这种故障：{fault}")
    wish = {
        "fault": fault,
        "operation": str(body.get("operation", "")),
        "key": str(body.get("key", "")),
        "times": number_field(body, "times", 1),
    }
    if wish["times"]:
        state.put("forced", str(state.number("forced")), wish)
    return wish


def _forced(state: State, fault: str, operation: str, key: str) -> bool:
    plain = key.split("#")[0]
    for number in state.keys("forced"):
        wish = state.need("forced", number)
        if wish["fault"] != fault or wish["operation"] not in ("", operation) or wish["key"] not in ("", plain):
            continue
        if wish["times"] > 1:
            state.put("forced", number, {**wish, "times": wish["times"] - 1})
        else:
            state.drop("forced", number)
        return True
    return False


def _seconds(state: State, setting: str) -> timedelta:
    return timedelta(seconds=float(state.settings()[setting]))


def _attempt(state: State, fault: str, operation: str, key: str) -> str:
    """The key with the number of this attempt, so that a retry may fare better; counted only while it can matter."""
    return f"{key}#{state.number(f'{fault}:{operation}:{key}')}" if state.rates() else f"{key}#0"


def _share(state: State, fault: str, operation: str, key: str) -> float:
    """A number in [0, 1) that depends on nothing but the seed and the names."""
    digest = hashlib.sha256(f"{state.seed}|{fault}|{operation}|{key}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
