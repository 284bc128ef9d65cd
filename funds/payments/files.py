"""A batch as an order of payments, and the order as the bytes of its one file."""

from collections.abc import Callable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from funds.kinds.batches import BatchWay
from funds.models import MainAccount, PaymentBatch, Payout
from funds.payments import bank_csv, keys, pain001
from funds.payments.model import Instruction, PaymentOrder, unfit
from kernel import clock

WRITERS: dict[BatchWay, Callable[[PaymentOrder], bytes]] = {
    BatchWay.PAIN_03: lambda order: pain001.write(order, version="03"),
    BatchWay.PAIN_09: lambda order: pain001.write(order, version="09"),
    BatchWay.CSV: bank_csv.write,
}


def instruction(payout: Payout, remark: str) -> Instruction:
    """One payout as the bank reads it."""
    return Instruction(
        reference=keys.shortened(payout.instruction_key),
        amount=payout.amount,
        name=payout.payee_name,
        account=payout.payee_account,
        bank=payout.payee_bank,
        remark=remark,
    )


def order(batch: PaymentBatch, main: MainAccount, instructions: Sequence[Instruction], *, at: datetime) -> PaymentOrder:
    """The batch as an order from the court's account, to be executed on the day it leaves."""
    return PaymentOrder(
        message=message_of(batch),
        number=batch.number,
        made_at=at,
        execute_on=clock.day_of(at),
        payer=main.holder,
        account=main.number,
        bank=main.bank,
        instructions=tuple(instructions),
    )


def message_of(batch: PaymentBatch) -> str:
    """The message id of a batch: thirty-four characters."""
    return f"PB{batch.pk.hex.upper()}"


def write(found: PaymentOrder, way: BatchWay) -> bytes:
    """The bytes of the file; the same order gives the same bytes."""
    return WRITERS[way](found)


def name_of(batch: PaymentBatch, way: BatchWay) -> str:
    """The name under which the file is given out."""
    return f"{batch.number}.{'csv' if way == BatchWay.CSV else 'xml'}"


def why_not(row: Instruction) -> str:
    """Why the payment cannot be written into a file; empty when it can."""
    found = unfit(row)
    if found is None:
        return ""
    return {
        "ACCOUNT": _("收款账号不是 6 至 34 位数字或大写字母"),
        "NAME": _("户名为空或超过 60 字"),
        "CHARACTERS": _("户名、开户行或用途含有银行不接受的字符"),
        "BANK": _("没有开户行"),
    }[found.code]
