"""The accounts that debtors hold with banks, what is frozen in them, and in which order.

Accounts follow from the identity number unless set; a freeze controls up to its limit of what earlier ones have left.
"""

import random
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gateways.simulators.state import Document, State, yuan

BANKS = ("中国工商银行", "中国农业银行", "中国银行", "中国建设银行", "交通银行", "招商银行", "农村信用社")


@dataclass(frozen=True)
class Standing:
    """One control in force: its place in the order and what it really holds, in yuan."""

    freeze_key: str
    limit: Decimal
    start: str
    end: str
    rank: int
    frozen: Decimal


def accounts_of(state: State, id_number: str) -> list[Document]:
    """The person's accounts with their present balances; the first look makes them."""
    held = state.get("deposits", id_number)
    if held is None:
        held = {"accounts": _drawn(id_number)}
        state.put("deposits", id_number, held)
    return list(held["accounts"])


def set_accounts(state: State, id_number: str, findings: list[Document]) -> None:
    """Fix which accounts a person holds; each finding needs at least `account` and `balance`."""
    accounts = [
        {
            "bank": str(finding.get("bank", BANKS[0])),
            "account": str(finding["account"]),
            "balance": yuan(str(finding["balance"])),
            "opened_on": str(finding.get("opened_on", "2018-01-02")),
        }
        for finding in findings
    ]
    state.put("deposits", id_number, {"accounts": accounts})


def take(state: State, id_number: str, account: str, amount: Decimal) -> None:
    """Reduce a balance by what was levied."""
    accounts = accounts_of(state, id_number)
    for held in accounts:
        if held["account"] == account:
            held["balance"] = yuan(Decimal(held["balance"]) - amount)
    state.put("deposits", id_number, {"accounts": accounts})


def standings(state: State, account: Document) -> list[Standing]:
    """The controls in force on an account today, first come first served."""
    today, left = state.today(), Decimal(account["balance"])
    found: list[Standing] = []
    for control in controls(state, account["account"]):
        if control["state"] != "IN_FORCE" or date.fromisoformat(control["end"]) < today:
            continue
        limit = Decimal(control["limit"])
        frozen = max(min(limit, left), Decimal(0))
        left -= frozen
        found.append(Standing(control["freeze_key"], limit, control["start"], control["end"], len(found) + 1, frozen))
    return found


def controls(state: State, account: str) -> list[Document]:
    """All controls ever put on an account, in the order of their arrival."""
    return list((state.get("controls", account) or {"controls": []})["controls"])


def write_controls(state: State, account: str, found: list[Document]) -> None:
    """Replace the controls of an account."""
    state.put("controls", account, {"controls": found})


def _drawn(id_number: str) -> list[Document]:
    draw = random.Random(f"deposit|{id_number}")
    accounts = []
    for bank in draw.sample(BANKS, draw.choice((0, 1, 1, 2, 2, 3))):
        balance = Decimal(draw.choice((0, 1387, 85825, 1203344, 5600000, 23118890))) / 100
        number = "62" + "".join(str(draw.randrange(10)) for _ in range(17))
        opened = date(draw.randrange(2008, 2024), draw.randrange(1, 13), draw.randrange(1, 29))
        accounts.append({"bank": bank, "account": number, "balance": yuan(balance), "opened_on": opened.isoformat()})
    return accounts
