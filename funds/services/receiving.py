"""Receiving: every line of the bank once, from a file or from its push; each finds its case or waits with a reason.

A line is known by its identity (``funds.statements``), so the same movement is never booked twice, whatever way it
comes. Lines are kept first and booked one by one, each in its own transaction under the command ``line:{identity}``.
"""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import acts, audit
from accounts.actors import Actor
from accounts.models import Court
from cases import locks as case_locks
from funds import commands
from funds.kinds import AccountKind, LineState, ReceiptState, SuspenseReason
from funds.models import Command, MainAccount, Receipt, StatementLine
from funds.services import booking, explaining, matching
from funds.services.matching import Match
from funds.statements import identity_of
from gateways.models import Message
from gateways.payloads import CreditLine
from kernel.keys import uuid7

SUSPENDED = "money_in_suspense"
acts.declare(SUSPENDED, _("不明款入账"))


def take_credit(*, message: Message, item: CreditLine, actor: Actor, at: datetime) -> None:
    """A line that the bank pushed: kept once and booked. Called by gateways in one transaction with the message."""
    main = MainAccount.objects.select_related("court").get(court=message.court, number=item.account)
    line = keep_pushed(main=main, item=item, at=at)
    if line.state == LineState.NEW:
        book(line=line, actor=actor, at=at)


def keep_pushed(*, main: MainAccount, item: CreditLine, at: datetime) -> StatementLine:
    """The line of a pushed item, made when no file brought it before."""
    identity = identity_of(
        account=main.number,
        bank_reference=item.bank_reference,
        direction=item.direction,
        amount=item.amount,
        booked_on=item.booked_on,
        balance=item.balance,
        counterparty_name=item.counterparty_name,
        counterparty_account=item.counterparty_account,
        remark=item.remark,
    )
    row = StatementLine(
        id=uuid7(),
        court_id=main.court_id,
        main=main,
        identity=identity,
        direction=item.direction,
        amount=item.amount,
        balance=item.balance,
        booked_on=item.booked_on,
        booked_at=item.booked_at,
        counterparty_name=item.counterparty_name[:120],
        counterparty_account=item.counterparty_account,
        counterparty_bank=item.counterparty_bank[:120],
        remark=item.remark[:300],
        sub_account=item.sub_account[:64],
        bank_reference=item.bank_reference[:80],
        kind=item.kind,
        instruction_key=item.instruction_key,
        taken_at=at,
    )
    StatementLine.objects.bulk_create([row], ignore_conflicts=True)
    return StatementLine.objects.select_related("main", "court").get(main=main, identity=identity)


def book(*, line: StatementLine, actor: Actor, at: datetime) -> Receipt | None:
    """Book a line once; gives its receipt, or None for money that went out, came back, or was cash handed in."""
    inputs = {"identity": line.identity, "amount": line.amount, "direction": line.direction}
    result = commands.run(
        court_id=line.court_id,
        key=f"line:{line.identity}",
        verb="funds.book",
        inputs=inputs,
        at=at,
        act=lambda command: _book(line, command, actor, at),
    )
    line.state = result["state"]
    return Receipt.objects.get(pk=result["receipt"]) if result["receipt"] else None


def _book(line: StatementLine, command: Command, actor: Actor, at: datetime) -> dict[str, Any]:
    state = explaining.explain(line=line, command=command, actor=actor, at=at)
    receipt = None
    if state is None:
        state, receipt = LineState.BOOKED, _receive(line, command, actor, at)
    StatementLine.objects.filter(pk=line.pk).update(state=state)
    return {"state": state, "receipt": receipt.pk if receipt else None}


def _receive(line: StatementLine, command: Command, actor: Actor, at: datetime) -> Receipt:
    receipt = booking.from_line(line, actor=actor, at=at)
    found = _settled(matching.match(line))
    if found.case:
        booking.to_case(
            receipt,
            case=found.case,
            source=AccountKind.BANK,
            state=ReceiptState.MATCHED,
            command=command,
            actor=actor,
            at=at,
        )
        return receipt
    reason = found.reason or SuspenseReason.NO_REFERENCE
    booking.to_suspense(receipt, reason=reason, meant=found.meant, command=command, actor=actor, at=at)
    audit.write(actor=actor, act=SUSPENDED, at=at, about=receipt.symbol, amount=str(receipt.amount), reason=str(reason))
    return receipt


def _settled(found: Match) -> Match:
    """The match with its case locked; a case that closed while we waited is routed again."""
    if found.case is None:
        return Match(None, found.reason, case_locks.lock(found.meant.pk) if found.meant else None)
    case = case_locks.lock(found.case.pk)
    if case.is_open:
        return Match(case)
    again = matching.route(case)
    if again.case is None or again.case.pk == case.pk:
        return Match(None, again.reason or SuspenseReason.CASE_CLOSED, case)
    return Match(None, SuspenseReason.CASE_CLOSED, case)


def book_waiting(*, court: Court, actor: Actor, at: datetime, limit: int = 500, import_id: UUID | None = None) -> int:
    """Book lines that are kept and not booked, oldest first, each in its own transaction; how many were booked."""
    rows = StatementLine.objects.filter(court=court, state=LineState.NEW).select_related("main", "court")
    if import_id:
        rows = rows.filter(imported_id=import_id)
    done = 0
    for line in rows.order_by("taken_at", "ordinal", "pk")[:limit]:
        book(line=line, actor=actor, at=at)
        done += 1
    return done
