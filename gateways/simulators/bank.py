"""The court's bank: its accounts with running balances, payments out, money coming in, statements.

A payment is accepted or refused at once and settles, or comes back, when it is due; whatever is due is booked before
any other request is served, so lines are in the order of their moments and the running balance never skips.
"""

from datetime import datetime, timedelta
from decimal import Decimal

from gateways.simulators import faults, statements
from gateways.simulators.state import (
    SHANGHAI,
    BadInput,
    Document,
    File,
    State,
    day_field,
    number_field,
    once,
    text_field,
    text_of,
    yuan,
    yuan_field,
)

COURT_ACCOUNT = "1410310001000001"
WRONG_NAME = "收款人户名与账号不符"
NO_COVER = "账户余额不足"
ACCOUNT_CLOSED = "收款账户状态异常，款项退回"


def open_account(state: State, body: Document, query: Document) -> Document:
    """Open a main account of a court; `sub_prefix` tells which sub-accounts belong to it."""
    number = text_field(body, "account")
    if state.get("accounts", number):
        raise BadInput(f"账户已存在：{number}")
    opening = yuan(str(body.get("opening_balance", "0")))
    return _account(state, number, text_field(body, "name", ""), text_field(body, "sub_prefix", ""), opening)


def accounts(state: State, body: Document, query: Document) -> Document:
    """The main accounts with their balances."""
    _book_due(state)
    return {"accounts": state.documents("accounts")}


def pay(state: State, body: Document, query: Document) -> Document:
    """Take a payment order: one for each instruction key, for ever."""
    key = text_field(body, "instruction_key")
    if before := once(state, "payments", key, body):
        return _accepted(before)
    _book_due(state)
    amount, account = yuan_field(body, "amount"), main_account(state, body, "")
    payee = {name: text_field(body, name) for name in ("payee_name", "payee_account")}
    payment: Document = {
        "asked": body,
        "instruction_key": key,
        "account": account["account"],
        "amount": yuan(amount),
        **payee,
        "payee_bank": text_field(body, "payee_bank", ""),
        "remark": text_field(body, "remark", ""),
        "bank_reference": _reference(state),
        "status": "PENDING",
        "reason": "",
        "accepted_at": state.now_text(),
        "at": state.now_text(),
    }
    if reason := _refusal(state, key, account, amount):
        payment |= {"status": "REFUSED", "reason": reason, "bank_reference": None}
    state.put("payments", key, payment)
    _announce(state, payment)
    return _accepted(payment)


def payment(state: State, body: Document, query: Document, key: str) -> Document:
    """How a payment stands."""
    _book_due(state)
    return _standing(state.need("payments", key))


def pay_in(state: State, body: Document, query: Document) -> Document:
    """Somebody pays into a sub-account of the court."""
    key = text_field(body, "key", "")
    if key and (before := once(state, "pay-ins", key, body)):
        return dict(before["line"])
    _book_due(state)
    amount, sub_account = yuan_field(body, "amount"), text_field(body, "to_sub_account")
    account = main_account(state, body, sub_account)
    payer = (text_field(body, "payer_name"), text_field(body, "payer_account", ""), text_field(body, "payer_bank", ""))
    remark = text_field(body, "remark", "")
    line = receive(
        state, account["account"], amount=amount, sub_account=sub_account, payer=payer, remark=remark, kind="CREDIT"
    )
    if key:
        state.put("pay-ins", key, {"asked": body, "line": line})
    return line


def receive(
    state: State,
    account: str,
    *,
    amount: Decimal,
    sub_account: str,
    payer: tuple[str, str, str],
    remark: str,
    kind: str,
) -> Document:
    """Book money coming in and announce it; the line may be announced late or twice, or even booked twice."""
    line = _line(state, account, "IN", amount, state.now(), kind, payer, remark, sub_account=sub_account)
    key = line["bank_reference"]
    due = state.now() + faults.delay(state, "credit", key, seconds=0)
    faults.schedule(state, "bank.credit", key, line, due, label=account)
    if faults.strikes(state, "duplicate_credit", "credit", key):
        state.append("lines", account, line)
        faults.schedule(state, "bank.credit", key, line, due, label=account)
    return line


def credits_since(state: State, body: Document, query: Document) -> Document:
    """Incoming lines in the order in which they became visible."""
    _book_due(state)
    faults.deliver_due(state)
    since, limit = number_field(query, "since", 0), number_field(query, "limit", 500)
    found = state.feed("credits", since, limit, str(query.get("account", "")))
    lines = [{**entry["body"], "cursor": number} for number, entry in found]
    if query.get("returns", "0") in ("", "0"):
        lines = [line for line in lines if line["kind"] != "RETURN"]
    return {"lines": lines, "next": found[-1][0] if found else since}


def statement(state: State, body: Document, query: Document) -> File:
    """The statement of a day as camt.053 or CSV."""
    account, day = _of_day(state, query)
    sheet = statements.Sheet.of(account, day, _lines(state, account["account"]))
    wanted = query.get("format", "camt053")
    if wanted == "camt053":
        return File("application/xml; charset=utf-8", statements.camt053(sheet))
    if wanted == "csv":
        return File("text/csv; charset=gb18030", statements.table(sheet))
    raise BadInput("format 只能是 camt053 或 csv")


def balance(state: State, body: Document, query: Document) -> Document:
    """Opening and closing balance of a day, and what moved."""
    account, day = _of_day(state, query)
    return statements.Sheet.of(account, day, _lines(state, account["account"])).totals()


def _of_day(state: State, query: Document) -> tuple[Document, str]:
    _book_due(state)
    day = day_field(query, "day") if "day" in query else state.today()
    return main_account(state, query, ""), day.isoformat()


def _account(state: State, number: str, name: str, sub_prefix: str, opening: str) -> Document:
    account = {"account": number, "name": name, "sub_prefix": sub_prefix, "opening": opening, "balance": opening}
    account["promised"] = "0.00"
    state.put("accounts", number, account)
    return account


def main_account(state: State, body: Document, sub_account: str) -> Document:
    """The account named, else the one whose prefix fits, else the default one (opened when first needed)."""
    if number := str(body.get("account") or ""):
        return state.need("accounts", number)
    for account in state.documents("accounts"):
        if account["sub_prefix"] and sub_account.startswith(account["sub_prefix"]):
            return account
    return state.get("accounts", COURT_ACCOUNT) or _account(state, COURT_ACCOUNT, "人民法院执行款专户", "", "0.00")


def _refusal(state: State, key: str, account: Document, amount: Decimal) -> str:
    if faults.strikes(state, "refused", "payment", key):
        return WRONG_NAME
    return NO_COVER if Decimal(account["balance"]) - Decimal(account["promised"]) < amount else ""


def _announce(state: State, payment: Document) -> None:
    """Say that the order was taken and when it will be over; book it then."""
    key, now = payment["instruction_key"], state.now()
    if payment["status"] == "REFUSED":
        return faults.schedule(state, "bank.payment", key, {**_standing(payment), "final": True}, now)
    due = now + faults.delay(state, "payment", key, seconds=float(state.settings()["settle_seconds"]))
    faults.schedule(state, "bank.payment", key, _standing(payment), now, after=due)
    _promise(state, payment["account"], Decimal(payment["amount"]))
    outcome = "RETURNED" if faults.strikes(state, "returned", "payment", key) else "SETTLED"
    state.wait("pending", due, {"key": key, "outcome": outcome})
    if outcome == "SETTLED" and faults.strikes(state, "returned_after", "payment", key):
        later = due + timedelta(seconds=float(state.settings()["late_seconds"]))
        state.wait("pending", later, {"key": key, "outcome": "RETURNED"})
    _book_due(state)
    return None


def _book_due(state: State) -> None:
    """Book the payments that have become due, in the order of their moments."""
    for moment, entry in state.take_due("pending", state.now()):
        _book(state, state.need("payments", entry["key"]), entry["outcome"], moment)


def _book(state: State, payment: Document, outcome: str, moment: datetime) -> None:
    payee = (payment["payee_name"], payment["payee_account"], payment["payee_bank"])
    named = {"instruction_key": payment["instruction_key"]}
    account, amount, key = payment["account"], Decimal(payment["amount"]), payment["instruction_key"]
    if payment["status"] == "PENDING":
        _promise(state, account, -amount)
        _line(state, account, "OUT", amount, moment, "PAYMENT", payee, payment["remark"], **named)
    if outcome == "RETURNED":
        remark = f"退汇 原流水{payment['bank_reference']} {ACCOUNT_CLOSED}"
        line = _line(state, account, "IN", amount, moment, "RETURN", payee, remark, **named)
        faults.schedule(state, "bank.credit", line["bank_reference"], line, moment, label=account)
    payment |= {"status": outcome, "at": text_of(moment), "reason": ACCOUNT_CLOSED if outcome == "RETURNED" else ""}
    state.put("payments", key, payment)
    faults.schedule(state, "bank.payment", key, {**_standing(payment), "final": True}, moment)


def _line(
    state: State,
    number: str,
    direction: str,
    amount: Decimal,
    moment: datetime,
    kind: str,
    other: tuple[str, str, str],
    remark: str,
    *,
    sub_account: str = "",
    instruction_key: str = "",
) -> Document:
    account = state.need("accounts", number)
    balance = Decimal(account["balance"]) + (amount if direction == "IN" else -amount)
    state.put("accounts", number, {**account, "balance": yuan(balance)})
    own = state.get("payments", instruction_key) if direction == "OUT" else None
    line = {
        "account": number,
        "sub_account": sub_account,
        "booked_on": moment.astimezone(SHANGHAI).date().isoformat(),
        "booked_at": text_of(moment),
        "amount": yuan(amount),
        "direction": direction,
        "currency": "CNY",
        "balance": yuan(balance),
        "counterparty_name": other[0],
        "counterparty_account": other[1],
        "counterparty_bank": other[2],
        "remark": remark,
        "bank_reference": own["bank_reference"] if own else _reference(state),
        "kind": kind,
        "instruction_key": instruction_key,
    }
    state.append("lines", number, line)
    return line


def _lines(state: State, account: str) -> list[Document]:
    return [line for _, line in state.feed("lines", label=account)]


def _promise(state: State, number: str, amount: Decimal) -> None:
    """Keep in mind what accepted payments will take; a negative amount when one has been booked."""
    account = state.need("accounts", number)
    state.put("accounts", number, {**account, "promised": yuan(Decimal(account["promised"]) + amount)})


def _reference(state: State) -> str:
    return f"{state.today():%Y%m%d}{state.number('bank-reference'):010d}"


def _accepted(payment: Document) -> Document:
    """The answer to the order itself, the same however often it is sent."""
    refused = payment["status"] == "REFUSED"
    shown = {name: payment[name] for name in ("instruction_key", "bank_reference", "amount")}
    answer = {"answer": "REFUSED" if refused else "ACCEPTED", "reason": payment["reason"] if refused else ""}
    return {**shown, **answer, "at": payment["accepted_at"]}


def _standing(payment: Document) -> Document:
    return {name: payment[name] for name in ("instruction_key", "status", "bank_reference", "amount", "at", "reason")}
