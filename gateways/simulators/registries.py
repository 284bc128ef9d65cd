"""Registries of property: an inquiry is answered later with typed findings, stable for an identity number."""

import random
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from gateways.simulators import deposits, faults
from gateways.simulators.state import BadInput, Document, State, text_field, yuan

UNREADABLE = "证件号码核验未通过，退回"
NAMES = ("安和", "广源", "晋隰", "鑫达", "恒通", "瑞丰")
BRANDS = (("大众", "朗逸"), ("五菱", "宏光"), ("比亚迪", "秦"), ("长城", "哈弗H6"), ("福田", "轻卡"))


def inquire(state: State, body: Document, query: Document, channel: str) -> Document:
    """Ask one registry about one person; the answer is filed and comes when due."""
    _check(channel)
    key, topic = text_field(body, "request_key"), f"registry.{channel}"
    if before := faults.already(state, topic, key, body):
        return before
    id_number = text_field(body, "id_number")
    text_field(body, "name")
    result: Document = {"request_key": key, "channel": channel, "status": "ANSWERED", "reason": "", "findings": []}
    if faults.strikes(state, "refused", "inquiry", f"{channel}:{key}"):
        result |= {"status": "REFUSED", "reason": UNREADABLE}
    else:
        result["findings"] = findings(state, channel, id_number)
    return faults.answer_later(state, topic=topic, operation=f"inquiry-{channel}", key=key, asked=body, result=result)


def inquiry(state: State, body: Document, query: Document, channel: str, key: str) -> Document:
    """The answer of a registry, or that it is pending."""
    _check(channel)
    return faults.shown(state, state.need(f"registry.{channel}", key))


def set_fixture(state: State, body: Document, query: Document) -> Document:
    """Fix what a registry finds on a person; an empty list: nothing."""
    channel, id_number, found = text_field(body, "channel"), text_field(body, "id_number"), body.get("findings")
    _check(channel)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise BadInput("findings 应为对象的列表")
    if channel == "deposit":
        if not all("account" in one and "balance" in one for one in found):
            raise BadInput("存款需有 account 和 balance")
        deposits.set_accounts(state, id_number, found)
    else:
        kind = channel.upper()
        state.put("fixtures", f"{channel}|{id_number}", {"findings": [{"type": kind, **one} for one in found]})
    return {"channel": channel, "id_number": id_number, "findings": findings(state, channel, id_number)}


def findings(state: State, channel: str, id_number: str) -> list[Document]:
    """What a registry finds on a person today."""
    if channel == "deposit":
        return [_deposit(state, held) for held in deposits.accounts_of(state, id_number)]
    if fixed := state.get("fixtures", f"{channel}|{id_number}"):
        return list(fixed["findings"])
    draw = random.Random(f"{channel}|{id_number}")
    count, make = DRAWN[channel]
    return [{"type": channel.upper(), **make(draw)} for _ in range(draw.choice(count))]


def _check(channel: str) -> None:
    if channel != "deposit" and channel not in DRAWN:
        raise BadInput(f"没有这个查询渠道：{channel}")


def _deposit(state: State, held: Document) -> Document:
    standings = deposits.standings(state, held)
    frozen = sum((one.frozen for one in standings), Decimal(0))
    return {
        "type": "DEPOSIT",
        **held,
        "account_tail": held["account"][-4:],
        "currency": "CNY",
        "available": yuan(Decimal(held["balance"]) - frozen),
        "status": "冻结" if standings else "正常",
        "prior_freezes": [{"rank": one.rank, "limit": yuan(one.limit), "end": one.end} for one in standings],
    }


def _vehicle(draw: random.Random) -> Document:
    brand, model = draw.choice(BRANDS)
    return {
        "plate": f"晋L{draw.randrange(10000, 99999)}",
        "brand": brand,
        "model": model,
        "vin": "L" + "".join(draw.choice("ABCDEFGHJKLMNPRSTUVWXYZ0123456789") for _ in range(16)),
        "registered_on": date(draw.randrange(2010, 2025), draw.randrange(1, 13), draw.randrange(1, 29)).isoformat(),
        "status": draw.choice(("正常", "正常", "逾期未检验", "抵押")),
        "sealed": False,
    }


def _real_estate(draw: random.Random) -> Document:
    return {
        "certificate": f"晋（{draw.randrange(2012, 2025)}）隰县不动产权第{draw.randrange(1, 9999999):07d}号",
        "address": f"隰县龙泉镇{draw.choice(('迎宾', '新建', '南关', '北大'))}街{draw.randrange(1, 200)}号",
        "area": f"{draw.randrange(45, 160)}.{draw.randrange(100):02d}",
        "usage": draw.choice(("住宅", "住宅", "商业", "仓储")),
        "share": draw.choice(("单独所有", "共同共有", "按份共有50%")),
        "mortgaged": draw.random() < 0.5,
        "sealed": False,
    }


def _equity(draw: random.Random) -> Document:
    subscribed = draw.choice((500000, 1000000, 3000000))
    return {
        "company": f"隰县{draw.choice(NAMES)}商贸有限公司",
        "credit_code": f"91141031MA0{draw.randrange(10**6):06d}X",
        "share_percent": f"{draw.choice((10, 30, 51, 100))}.00",
        "subscribed": yuan(str(subscribed)),
        "paid": yuan(str(subscribed * draw.choice((0, 1)))),
        "status": draw.choice(("存续", "存续", "吊销")),
    }


def _securities(draw: random.Random) -> Document:
    quantity, cents = draw.randrange(1, 60) * 100, draw.randrange(300, 4000)
    return {
        "account": f"A{draw.randrange(10**9):09d}",
        "code": f"60{draw.randrange(10000):04d}",
        "quantity": quantity,
        "market_value": yuan(Decimal(quantity * cents) / 100),
    }


def _tax(draw: random.Random) -> Document:
    return {
        "payer": f"隰县{draw.choice(NAMES)}实业有限公司",
        "year": draw.randrange(2023, 2026),
        "taxable_income": yuan(str(draw.randrange(30, 220) * 1000)),
    }


def _social_security(draw: random.Random) -> Document:
    return {
        "employer": f"隰县{draw.choice(NAMES)}实业有限公司",
        "base": yuan(str(draw.randrange(35, 120) * 100)),
        "status": draw.choice(("参保缴费", "参保缴费", "暂停缴费")),
    }


DRAWN: dict[str, tuple[tuple[int, ...], Callable[[random.Random], Document]]] = {
    "vehicle": ((0, 0, 1, 1, 2), _vehicle),
    "real_estate": ((0, 0, 0, 1, 2), _real_estate),
    "equity": ((0, 0, 0, 1), _equity),
    "securities": ((0, 0, 0, 1), _securities),
    "tax": ((0, 1), _tax),
    "social_security": ((0, 1), _social_security),
}
