"""Cash: taken by two officers on the spot with a voucher, handed in at the bank the same day (FUND-CASH).

Until the bank shows it, cash counts as received and as not yet at the bank; reconciliation knows the difference.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Post
from accounts.roles import Action
from cases import access
from cases import locks as case_locks
from cases.declaring import Symbol
from cases.kinds import EXECUTION_KINDS
from cases.models import Case
from cases.services import recording
from funds import commands
from funds.kinds import AccountKind, ReceiptSource, ReceiptState
from funds.models import Command, Receipt, StatementLine
from funds.services import booking
from kernel import clock
from kernel.keys import uuid7
from kernel.refusals import BadInput, Refusal
from law import funds as law_funds

VOUCHER = re.compile(r"XJ\d{8}-[0-9A-F]{6}")


class TwoOfficersNeeded(Refusal):
    """Cash is taken by two officers."""

    message = _("收取现金须有两名执行人员在场（法发〔2017〕6号第8条）。请另选一名本院人员共同收款。")


class NotOpenForMoney(Refusal):
    """Money is taken in an open execution case."""

    message = _("%(number)s 不是在办的执行案件，不能收取现金。")


class ChangedMeanwhile(Refusal):
    """The cash was reversed or handed in at this very moment."""

    message = _("缴存的现金刚刚被冲正或已另行缴存。这笔流水稍后自动重新核对。")


@dataclass(frozen=True)
class HandedIn:
    """Facts of funds.cash_handed_in (yuan)."""

    amount: Decimal


def take(
    *,
    case_id: UUID,
    amount: Decimal,
    payer: str,
    second: Post | None,
    remark: str,
    actor: Actor,
    at: datetime,
    key: str,
) -> Receipt:
    """Register cash in an execution case (yuan). Raises TwoOfficersNeeded, NotOpenForMoney, BadInput, KeyReused."""
    if amount <= 0 or not payer.strip():
        raise BadInput(reason=str(_("请填写交款人和大于零的金额。")))
    inputs = {"case": case_id, "amount": amount, "payer": payer, "second": second.pk if second else None}
    result = commands.run(
        court_id=actor.court_id,
        key=key,
        verb="funds.take_cash",
        inputs=inputs,
        at=at,
        act=lambda command: _take(command, case_id, amount, payer, second, remark, actor, at),
    )
    return Receipt.objects.get(pk=result["receipt"])


def _take(
    command: Command,
    case_id: UUID,
    amount: Decimal,
    payer: str,
    second: Post | None,
    remark: str,
    actor: Actor,
    at: datetime,
) -> dict[str, Any]:
    case = access.locked_case_for(actor, case_id, Action.EXECUTE)
    _check(case, second, actor, at)
    on = clock.day_of(at)
    receipt = Receipt(
        id=uuid7(),
        court_id=case.court_id,
        number=f"XJ{on:%Y%m%d}-{command.pk.hex[-6:].upper()}",
        source=ReceiptSource.CASH,
        amount=amount,
        payer_name=payer.strip(),
        remark=remark.strip(),
        received_on=on,
        received_at=at,
        booked_at=at,
        registered_by_id=actor.post_id,
        second_officer=second,
    )
    booking.to_case(
        receipt,
        case=case,
        source=AccountKind.BANK,
        state=ReceiptState.MATCHED,
        command=command,
        actor=actor,
        at=at,
    )
    return {"receipt": receipt.pk}


def _check(case: Case, second: Post | None, actor: Actor, at: datetime) -> None:
    officers = 2 if second is not None and _is_another_officer(second, case, actor, at) else 1
    findings = law_funds.may_take_cash(officers=officers, receipt_issued=True, record_made=True)
    if not findings.allowed:
        raise TwoOfficersNeeded()
    if not case.is_open or case.kind not in EXECUTION_KINDS:
        raise NotOpenForMoney(number=case.number)


def _is_another_officer(second: Post, case: Case, actor: Actor, at: datetime) -> bool:
    in_office = Post.objects.in_force(clock.day_of(at)).filter(pk=second.pk, court_id=case.court_id).exists()
    return in_office and second.user_id != actor.user_id


def hand_in(*, receipts: list[Receipt], line: StatementLine, actor: Actor, at: datetime) -> None:
    """The bank shows the cash: the receipts name the line that brought it, and the duty of handing in is done.

    Raises ChangedMeanwhile when one was reversed or handed in before its case was held here; the line is looked at again.
    """
    cases = {case.pk: case for case in case_locks.lock_all(row.case_id for row in receipts if row.case_id)}
    keys = [row.pk for row in receipts]
    waiting = Receipt.objects.filter(pk__in=keys, deposit_line=None).exclude(state=ReceiptState.REVERSED)
    if waiting.count() != len(keys):
        raise ChangedMeanwhile()
    for receipt in receipts:
        Receipt.objects.filter(pk=receipt.pk).update(deposit_line=line)
        if receipt.case_id:
            recording.record(
                case=cases[receipt.case_id],
                verb="funds.cash_handed_in",
                actor=actor,
                at=at,
                subject=Symbol(receipt.symbol),
                facts=HandedIn(amount=receipt.amount),
            )
