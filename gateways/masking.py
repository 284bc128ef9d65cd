"""A letter as a page may show it: every field in words, identity numbers and accounts by their last four only."""

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from kernel import text

_DIGITS = re.compile(r"\d{4,}")


@dataclass(frozen=True)
class Line:
    """One field of a letter; ``kind`` tells the page how to write it: text, money, date or moment."""

    label: Any
    value: Any
    kind: str = "text"


LABELS: dict[str, Any] = {
    "account": _("账户"),
    "account_tail": _("账户尾号"),
    "action": _("动作"),
    "amount": _("金额"),
    "at": _("时间"),
    "balance": _("余额"),
    "bank": _("银行"),
    "bank_reference": _("银行流水号"),
    "booked_at": _("入账时间"),
    "booked_on": _("入账日"),
    "case_number": _("案号"),
    "controls": _("控制的账户"),
    "counterparty_account": _("对方账户"),
    "counterparty_bank": _("对方开户行"),
    "counterparty_name": _("对方户名"),
    "court": _("法院"),
    "currency": _("币种"),
    "debtor_name": _("被执行人"),
    "details": _("附加内容"),
    "direction": _("收付"),
    "end": _("到期日"),
    "findings": _("查询结果"),
    "found": _("是否找到"),
    "freeze_key": _("冻结编号"),
    "frozen_amount": _("实际冻结金额"),
    "ground": _("理由"),
    "id_number": _("证件号码"),
    "instruction_key": _("付款编号"),
    "kind": _("种类"),
    "limit": _("限额"),
    "list": _("名单"),
    "listing_key": _("报送编号"),
    "listing_number": _("名单编号"),
    "name": _("姓名或名称"),
    "order": _("指令"),
    "partner": _("协作单位"),
    "payee_account": _("收款账户"),
    "payee_bank": _("收款行"),
    "payee_name": _("收款人"),
    "phone": _("电话"),
    "place": _("地点"),
    "rank": _("顺位"),
    "reason": _("说明"),
    "remark": _("附言"),
    "request": _("协助事项"),
    "ruling": _("裁定书文号"),
    "seen_at": _("发现时间"),
    "start": _("起始日"),
    "status": _("结果"),
    "sub_account": _("子账户"),
    "term_end": _("期限至"),
    "text": _("内容"),
    "to_sub_account": _("收款子账户"),
}

WORDS: dict[str, Any] = {
    "ANSWERED": _("已反馈"),
    "CONSUMPTION": _("限制消费"),
    "CREDIT": _("来款"),
    "DETAIN": _("协助拘留"),
    "DISHONEST": _("失信被执行人"),
    "DONE": _("已办理"),
    "EXIT_BAN": _("限制出境"),
    "IMPOSE": _("实施惩戒"),
    "IN": _("收"),
    "LEVY": _("扣划"),
    "LIFT": _("解除惩戒"),
    "LOCATE": _("协助查找"),
    "OUT": _("付"),
    "PUBLISHED": _("已发布"),
    "RECEIVED": _("已接收"),
    "REFUSED": _("被拒绝"),
    "RELEASE": _("解冻"),
    "RENEW": _("续冻"),
    "RETURN": _("退汇"),
    "RETURNED": _("已退回"),
    "SENT": _("已发出"),
    "SETTLED": _("已付讫"),
    "VEHICLE": _("协助查扣车辆"),
    "WITHDRAWN": _("已撤销"),
}


def lines(letter: Any) -> list[Line]:
    """The fields that hold something, masked as their types say."""
    if letter is None:
        return []
    found = [(field, getattr(letter, field.name)) for field in dataclasses.fields(letter)]
    return [
        Line(LABELS.get(field.name, field.name), *_shown(value, field.metadata.get("mask", "")))
        for field, value in found
        if value is not None and value != "" and value != () and value != {}
    ]


def masked_text(value: str) -> str:
    """Free text with every run of four or more digits hidden: codes, accounts and numbers of persons."""
    return _DIGITS.sub(lambda found: "*" * len(found.group()), value)


def _shown(value: Any, mask: str) -> tuple[Any, str]:
    if mask == "tail":
        return text.mask_tail(value), "text"
    if mask == "name":
        return text.mask_name(value), "text"
    if mask == "text":
        return masked_text(value), "text"
    if isinstance(value, tuple | Mapping):
        return _("%(count)s 项") % {"count": len(value)}, "text"
    return _plain(value)


def _plain(value: Any) -> tuple[Any, str]:
    if isinstance(value, bool):
        return (_("是") if value else _("否")), "text"
    if isinstance(value, Decimal):
        return value, "money"
    if isinstance(value, date):  # a moment is a date too
        return value, "moment" if hasattr(value, "hour") else "date"
    return WORDS.get(value, value) if isinstance(value, str) else value, "text"
