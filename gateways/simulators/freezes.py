"""Freezing what debtors hold: freeze, renew, release and levy, each answered once under its own key.

A freeze takes effect when the bank reads it, even if its answer is late; a later one waits behind it and moves up by
itself when the earlier one ends. A levy takes from what is really frozen and pays it into the court's account.
"""

from collections.abc import Callable
from decimal import Decimal

from gateways.simulators import bank, deposits, faults
from gateways.simulators.state import Document, State, day_field, text_field, yuan, yuan_field

NOTHING_HELD = "查无开户信息"
PAPERS_INCOMPLETE = "法律文书要素不全，退回"
NOT_IN_FORCE = "冻结已失效或已解除"
TOO_MUCH = "扣划金额超过实际冻结金额"


def freeze(state: State, body: Document, query: Document) -> Document:
    """Freeze one account, or the debtor's accounts one after the other, up to the limit in all."""
    key = text_field(body, "request_key")
    if before := faults.already(state, "bank.freeze", key, body):
        return {**before, "live": _live(state, key)}
    limit, end = yuan_field(body, "limit"), day_field(body, "term_end").isoformat()
    id_number, account = text_field(body, "id_number"), text_field(body, "account", "")
    text_field(body, "debtor_name"), text_field(body, "ruling")
    result: Document = {"request_key": key, "status": "DONE", "reason": "", "limit": yuan(limit)}
    controls: list[Document] = []
    if faults.strikes(state, "refused", "freeze", key):
        result |= {"status": "REFUSED", "reason": PAPERS_INCOMPLETE}
    else:
        controls = _control(state, key, id_number, account, limit, end)
        result["reason"] = "" if controls else NOTHING_HELD
    result |= _summary(controls)
    state.put("freeze-of", key, {"id_number": id_number, "accounts": [one["account"] for one in controls]})
    shown = faults.answer_later(state, topic="bank.freeze", operation="freeze", key=key, asked=body, result=result)
    return {**shown, "live": _live(state, key)}


def freeze_result(state: State, body: Document, query: Document, key: str) -> Document:
    """What the bank answered, and how the freeze stands today."""
    return {**faults.shown(state, state.need("bank.freeze", key)), "live": _live(state, key)}


def renew(state: State, body: Document, query: Document, key: str) -> Document:
    """Carry a freeze to a later last day; refused when it has lapsed."""
    end = day_field(body, "term_end").isoformat()
    return _order(state, "RENEW", key, body, {"term_end": end}, lambda: _change(state, key, {"end": end}))


def release(state: State, body: Document, query: Document, key: str) -> Document:
    """Lift a freeze, or lower its limit."""
    lower = yuan(yuan_field(body, "limit")) if body.get("limit") else ""
    change = {"limit": lower} if lower else {"state": "RELEASED"}
    return _order(state, "RELEASE", key, body, {"limit": lower or "0.00"}, lambda: _change(state, key, change))


def levy(state: State, body: Document, query: Document, key: str) -> Document:
    """Take frozen money into the court's account."""
    amount = yuan_field(body, "amount")
    return _order(state, "LEVY", key, body, {"amount": yuan(amount)}, lambda: _take(state, key, body, amount))


def order_result(state: State, body: Document, query: Document, key: str) -> Document:
    """What came of a renewal, a release or a levy."""
    return faults.shown(state, state.need("bank.order", key))


def _order(
    state: State, order: str, freeze_key: str, body: Document, facts: Document, act: Callable[[], str]
) -> Document:
    state.need("bank.freeze", freeze_key)
    key, asked = text_field(body, "request_key"), {**body, "order": order, "freeze_key": freeze_key}
    text_field(body, "ruling")
    if before := faults.already(state, "bank.order", key, asked):
        return before
    reason = PAPERS_INCOMPLETE if faults.strikes(state, "refused", order.lower(), key) else act()
    status = "REFUSED" if reason else "DONE"
    result = {"request_key": key, "freeze_key": freeze_key, "order": order, "status": status, "reason": reason, **facts}
    return faults.answer_later(state, topic="bank.order", operation=order.lower(), key=key, asked=asked, result=result)


def _control(state: State, key: str, id_number: str, account: str, limit: Decimal, end: str) -> list[Document]:
    start, placed, left = state.today().isoformat(), list[Document](), limit
    held_first = sorted(deposits.accounts_of(state, id_number), key=lambda held: -Decimal(held["balance"]))
    for held in held_first:
        if (account and not held["account"].endswith(account)) or left <= 0:
            continue
        control = {"freeze_key": key, "limit": yuan(left), "start": start, "end": end, "state": "IN_FORCE"}
        existing = deposits.controls(state, held["account"])
        deposits.write_controls(state, held["account"], [*existing, control])
        shown = [_shown(held, one) for one in deposits.standings(state, held) if one.freeze_key == key]
        left -= sum((Decimal(one["frozen_amount"]) for one in shown), Decimal(0))
        placed.extend(shown)
    return placed


def _shown(held: Document, standing: deposits.Standing) -> Document:
    return {
        "bank": held["bank"],
        "account": held["account"],
        "account_tail": held["account"][-4:],
        "balance": held["balance"],
        "limit": yuan(standing.limit),
        "frozen_amount": yuan(standing.frozen),
        "rank": standing.rank,
        "start": standing.start,
        "end": standing.end,
    }


def _summary(controls: list[Document]) -> Document:
    total = sum((Decimal(one["frozen_amount"]) for one in controls), Decimal(0))
    first = controls[0] if controls else {"start": None, "end": None, "account_tail": None}
    return {
        "frozen_amount": yuan(total),
        "start": first["start"],
        "end": first["end"],
        "account_tail": first["account_tail"],
        "rank": min((one["rank"] for one in controls), default=None),
        "controls": controls,
    }


def _standings(state: State, key: str) -> list[tuple[Document, deposits.Standing]]:
    """The controls of a freeze that are in force today, with their accounts."""
    made = state.need("freeze-of", key)
    held = [one for one in deposits.accounts_of(state, made["id_number"]) if one["account"] in made["accounts"]]
    return [(one, found) for one in held for found in deposits.standings(state, one) if found.freeze_key == key]


def _live(state: State, key: str) -> Document:
    found = _standings(state, key)
    if found:
        summary = _summary([_shown(held, standing) for held, standing in found])
        return {"state": "IN_FORCE", **{name: summary[name] for name in ("frozen_amount", "rank", "end")}}
    made = state.need("freeze-of", key)
    states = [
        control["state"]
        for account in made["accounts"]
        for control in deposits.controls(state, account)
        if control["freeze_key"] == key
    ]
    ended = "LAPSED" if "IN_FORCE" in states else "RELEASED" if states else "NONE"
    return {"state": ended, "frozen_amount": "0.00", "rank": None, "end": None}


def _change(state: State, key: str, change: Document) -> str:
    """Change every control of a freeze that is in force; the reason when there is none."""
    found = _standings(state, key)
    for held, _ in found:
        controls = deposits.controls(state, held["account"])
        changed = [{**one, **change} if one["freeze_key"] == key else one for one in controls]
        deposits.write_controls(state, held["account"], changed)
    return "" if found else NOT_IN_FORCE


def _take(state: State, key: str, body: Document, amount: Decimal) -> str:
    found = _standings(state, key)
    if not found:
        return NOT_IN_FORCE
    if sum((standing.frozen for _, standing in found), Decimal(0)) < amount:
        return TOO_MUCH
    asked, made, left = state.need("bank.freeze", key)["asked"], state.need("freeze-of", key), amount
    for held, standing in found:
        part = min(standing.frozen, left)
        left -= part
        if part:
            deposits.take(state, made["id_number"], held["account"], part)
            _lower(state, key, held["account"], part)
            _credit(state, body, asked["debtor_name"], held, part)
    return ""


def _lower(state: State, key: str, account: str, part: Decimal) -> None:
    """What was levied no longer needs to be held."""
    controls = deposits.controls(state, account)
    for one in controls:
        if one["freeze_key"] == key:
            one["limit"] = yuan(Decimal(one["limit"]) - part)
    deposits.write_controls(state, account, controls)


def _credit(state: State, body: Document, debtor: str, held: Document, part: Decimal) -> None:
    sub_account = text_field(body, "to_sub_account")
    account = bank.main_account(state, body, sub_account)
    bank.receive(
        state,
        account["account"],
        amount=part,
        sub_account=sub_account,
        payer=(debtor, held["account"], held["bank"]),
        remark=text_field(body, "remark", "法院扣划"),
        kind="LEVY",
    )
