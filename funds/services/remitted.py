"""The bank's answers about remittances: paid, refused, come back; by the reply, by the feed of returns, by the statement."""

import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

from accounts.actors import Actor
from funds import commands, ledger
from funds.kinds import AccountKind, LineState
from funds.kinds.apart import RemittanceState
from funds.models import Command, Remittance, StatementLine, Transfer
from funds.services import remitting
from gateways.models import Message
from gateways.payloads import CreditLine, PaymentReply
from kernel import clock

PREFIX = "remit:"
_KEY = re.compile(r"remit:([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})")


def take_answer(*, message: Message, reply: PaymentReply, actor: Actor, at: datetime) -> None:
    """The bank's reply; called by gateways in one transaction with the message."""
    row_id, court_id = UUID(message.about_key), message.court_id
    day = clock.day_of(reply.at or at)

    def act(command: Command) -> dict[str, Any]:
        row = remitting.locked(row_id, court_id)
        if reply.status == "SETTLED":
            return _settle(row, command, reply.bank_reference, day, actor, at)
        return _return(row, command, reply.reason, day, actor, at)

    inputs = {"status": reply.status, "reference": reply.bank_reference}
    commands.run(court_id=court_id, key=f"settle:{row_id}", verb="funds.settle", inputs=inputs, at=at, act=act)


def still_wanted(message: Message) -> bool:
    """Whether the payment is still to be sent."""
    return Remittance.objects.filter(pk=message.about_key, state=RemittanceState.SENT).exists()


def take_return(*, message: Message, item: CreditLine, actor: Actor, at: datetime) -> None:
    """A remittance that came back, as the bank pushes it."""
    row_id, court_id = UUID(item.instruction_key.removeprefix(PREFIX)), message.court_id

    def act(command: Command) -> dict[str, Any]:
        return _return(remitting.locked(row_id, court_id), command, item.remark, item.booked_on, actor, at)

    inputs = {"remittance": row_id, "reference": item.bank_reference}
    commands.run(court_id=court_id, key=f"return:{row_id}", verb="funds.return", inputs=inputs, at=at, act=act)


def explain(*, line: StatementLine, command: Command, actor: Actor, at: datetime) -> LineState | None:
    """What a statement's line says about a remittance; None when it says nothing of one."""
    row = _of(line)
    if row is None:
        return None
    held = remitting.locked(row.pk, line.court_id)
    if line.direction == "OUT":
        _settle(held, command, line.bank_reference, line.booked_on, actor, at)
        return LineState.PAYMENT
    _return(held, command, line.remark, line.booked_on, actor, at)
    return LineState.RETURNED


def named_in(text: str) -> UUID | None:
    """The remittance that a text names by its instruction key."""
    found = _KEY.search(text)
    return UUID(found[1]) if found else None


def _of(line: StatementLine) -> Remittance | None:
    rows = Remittance.objects.filter(court_id=line.court_id, amount=line.amount)
    found = named_in(f"{line.instruction_key} {line.remark}")
    if found:
        return rows.filter(pk=found).first()
    if line.direction == "OUT" and line.bank_reference:
        return rows.filter(bank_reference=line.bank_reference).first()
    return None


def _settle(row: Remittance, command: Command, reference: str, day: date, actor: Actor, at: datetime) -> dict[str, Any]:
    if row.state != RemittanceState.SENT:
        return {"changed": "no"}
    remitting.leave(row, command, at, day)
    row.settled_at, row.bank_reference = at, reference[:80]
    return remitting.settle(row, RemittanceState.SETTLED, actor, at)


def _return(row: Remittance, command: Command, reason: str, day: date, actor: Actor, at: datetime) -> dict[str, Any]:
    """Refused, or come back after it was paid: then the bank account has the money again first."""
    if row.state not in (RemittanceState.SENT, RemittanceState.SETTLED):
        return {"changed": "no"}
    if row.state == RemittanceState.SETTLED:
        left = Transfer.objects.select_related("source", "destination").get(
            subject=row.symbol, destination__kind=AccountKind.BANK, reverses__isnull=True
        )
        ledger.reverse(transfer=left, command=command, at=at, value_on=clock.day_of(at), remark=row.instruction_key)
        row.settled_at = None
    remitting.give_back(row, command, actor, at)
    row.reason = reason[:300]
    return remitting.settle(row, RemittanceState.RETURNED, actor, at)
