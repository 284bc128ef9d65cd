"""The bank's answers: paid, refused, returned, come back after it was paid, or nothing yet.

An answer may come late, twice, out of order, or from the statement instead of the reply: the payout's state decides
what is new, everything else changes nothing. A payout without an answer is asked about again and never sent again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Court
from cases import locks as case_locks
from cases.declaring import Symbol
from cases.models import Case
from cases.services import recording
from funds import commands
from funds.kinds import AT_BANK, GRANT_KINDS, PayeeKind, PayoutState
from funds.models import BatchItem, Command, Payout, Receipt, StatementLine
from funds.payments import keys
from funds.services import finding, moving
from gateways.models import Message
from gateways.payloads import CreditLine, PaymentReply
from kernel import clock
from kernel.money import ZERO

PATIENCE = timedelta(hours=2)
"""After so long without an answer a payout reads “银行未答复”; the question to the bank goes on by itself."""
PATIENCE_FOR_FILES = timedelta(hours=24)
"""The same for a payout that left in a file: its answer is the next day's statement."""


@dataclass(frozen=True)
class Settled:
    """Facts of funds.payout_settled and funds.fee_taken: yuan, to whom, the bank's day, days since the money came."""

    amount: Decimal
    payee_kind: PayeeKind
    payee: Symbol
    on: date
    days: int
    receipt: Symbol


@dataclass(frozen=True)
class Returned:
    """Facts of funds.payout_returned: yuan, to whom it should have gone, why it came back."""

    amount: Decimal
    payee: Symbol
    reason: str
    receipt: Symbol


@dataclass(frozen=True)
class Unanswered:
    """Facts of funds.payout_unknown (yuan)."""

    amount: Decimal


@dataclass(frozen=True)
class ReceiptDeposited:
    """Facts of funds.receipt_deposited: what of the receipt lies in deposit, the rest is paid (yuan)."""

    amount: Decimal


@dataclass(frozen=True)
class ReceiptPaid:
    """Facts of funds.receipt_paid: yuan, days from the money's arrival to the last payment."""

    amount: Decimal
    days: int


def take_answer(*, message: Message, reply: PaymentReply, actor: Actor, at: datetime) -> None:
    """The bank's reply to a payment; called by gateways in one transaction with the message."""
    payout_id = UUID(message.about_key)

    def act(command: Command) -> dict[str, str]:
        if reply.status == "SETTLED":
            reference, day = reply.bank_reference, clock.day_of(reply.at or at)
            return _done(_settle(payout_id, command, reference, day, actor, at))
        return _done(_return(payout_id, command, reply.reason, reply.bank_reference, actor, at))

    inputs = {"status": reply.status, "reference": reply.bank_reference}
    commands.run(
        court_id=message.court_id, key=f"settle:{payout_id}", verb="funds.settle", inputs=inputs, at=at, act=act
    )


def take_return(*, message: Message, item: CreditLine, actor: Actor, at: datetime) -> None:
    """A payment that came back, as the bank pushes it, by its whole key or the short one of a file.

    When the reply or the statement said so before, nothing changes.
    """
    found = keys.found_in(item.instruction_key)
    payout = Payout.objects.filter(pk=found, court_id=message.court_id).first() if found else None
    if payout is None:
        raise LookupError(f"no payout {item.instruction_key}")
    reason, day = item.remark or str(_("退汇")), item.booked_on
    commands.run(
        court_id=message.court_id,
        key=f"return:{payout.pk}",
        verb="funds.return",
        inputs={"payout": payout.pk, "reference": item.bank_reference},
        at=at,
        act=lambda command: _done(_come_back(payout.pk, command, reason, day, actor, at)),
    )


def still_wanted(message: Message) -> bool:
    """Whether the payment is still to be sent: asked just before the message leaves."""
    return Payout.objects.filter(pk=message.about_key, state__in=AT_BANK).exists()


def refused(*, payout_id: UUID, reason: str, actor: Actor, at: datetime) -> bool:
    """The bank refused a payment of a file before it left: it goes back to the case's account; False when it is not new."""
    court_id = Payout.objects.values_list("court_id", flat=True).get(pk=payout_id)
    result = commands.run(
        court_id=court_id,
        key=f"refuse:{payout_id}",
        verb="funds.refuse",
        inputs={"payout": payout_id},
        at=at,
        act=lambda command: _done(_return(payout_id, command, reason, "", actor, at)),
    )
    return bool(result["changed"] == "yes")


def paid(*, payout_id: UUID, command: Command, line: StatementLine, actor: Actor, at: datetime) -> None:
    """The statement shows the payment: it is settled, when the reply did not say so before."""
    _settle(payout_id, command, line.bank_reference, line.booked_on, actor, at)


def paid_together(
    *, payout_ids: Sequence[UUID], command: Command, line: StatementLine, actor: Actor, at: datetime
) -> None:
    """The statement shows these payments as one line: each is settled by it; all cases are locked before any account."""
    payouts = list(Payout.objects.filter(pk__in=payout_ids).order_by("pk"))
    case_locks.lock_all({payout.case_id for payout in payouts})
    moving.lock_to_leave(payouts)
    for payout in payouts:
        _settle(payout.pk, command, line.bank_reference, line.booked_on, actor, at)


def came_back(*, payout_id: UUID, command: Command, line: StatementLine, actor: Actor, at: datetime) -> None:
    """The statement shows that the payment came back."""
    _come_back(payout_id, command, line.remark or str(_("退汇")), line.booked_on, actor, at)


def _settle(payout_id: UUID, command: Command, reference: str, day: date, actor: Actor, at: datetime) -> bool:
    payout, case = _locked(payout_id)
    if payout.state not in AT_BANK:
        return False
    moving.leave(payout, command, at, day)
    payout.state, payout.settled_at, payout.bank_reference = PayoutState.SETTLED, at, reference[:80]
    payout.version += 1
    payout.save(update_fields=["state", "settled_at", "bank_reference", "version"])
    verb = "funds.grant_paid" if payout.payee_kind in GRANT_KINDS else "funds.payout_settled"
    settled(payout, case=case, verb=verb, day=day, actor=actor, at=at)
    return True


def settled(payout: Payout, *, case: Case, verb: str, day: date, actor: Actor, at: datetime) -> None:
    """Record that the money reached its payee, and that the receipt is paid when nothing of it is left."""
    receipt = payout.receipt
    begun = payout.drafted_at if payout.payee_kind in GRANT_KINDS else receipt.received_at
    facts = Settled(
        amount=payout.amount,
        payee_kind=PayeeKind(payout.payee_kind),
        payee=Symbol(payout.payee.symbol if payout.payee else ""),
        on=day,
        days=(at - begun).days,
        receipt=Symbol(receipt.symbol),
    )
    recording.record(case=case, verb=verb, actor=actor, at=at, subject=payout.symbol, facts=facts)
    finish(receipt, case=case, actor=actor, at=at)


def finish(receipt: Receipt, *, case: Case, actor: Actor, at: datetime) -> None:
    """Say when nothing of a receipt is left: all of it paid, or what is not paid deposited. Money of a fund has no clock."""
    sums = dict.fromkeys(PayoutState, ZERO) | dict(
        Payout.objects.filter(receipt=receipt).order_by().values_list("state").annotate(Sum("amount"))
    )
    paid, deposited = sums[PayoutState.SETTLED], sums[PayoutState.DEPOSITED]
    whole = ReceiptPaid(amount=receipt.amount, days=(at - receipt.received_at).days)
    if paid == receipt.amount and receipt.paid_at is None:
        Receipt.objects.filter(pk=receipt.pk).update(paid_at=at)
        if receipt.case_id:
            recording.record(
                case=case, verb="funds.receipt_paid", actor=actor, at=at, subject=receipt.symbol, facts=whole
            )
    elif deposited and paid + deposited == receipt.amount and receipt.deposited_at is None:
        Receipt.objects.filter(pk=receipt.pk).update(deposited_at=at)
        facts = ReceiptDeposited(amount=deposited)
        recording.record(
            case=case, verb="funds.receipt_deposited", actor=actor, at=at, subject=receipt.symbol, facts=facts
        )


def _return(payout_id: UUID, command: Command, reason: str, reference: str, actor: Actor, at: datetime) -> bool:
    """Refused or returned before it was ever settled here: the money goes back to the case's account."""
    payout, case = _locked(payout_id)
    if payout.state not in AT_BANK:
        return False
    payout.bank_reference = reference[:80]
    _returned(payout, case, command, reason, actor, at)
    return True


def _come_back(payout_id: UUID, command: Command, reason: str, day: date, actor: Actor, at: datetime) -> bool:
    """Returned, perhaps after it was settled: then the bank account has the money again first."""
    payout, case = _locked(payout_id)
    if payout.state not in (*AT_BANK, PayoutState.SETTLED):
        return False
    if payout.state == PayoutState.SETTLED:
        moving.come_back(payout, command, at, day)
        Receipt.objects.filter(pk=payout.receipt_id).update(paid_at=None)
    _returned(payout, case, command, reason, actor, at)
    return True


def _returned(payout: Payout, case: Case, command: Command, reason: str, actor: Actor, at: datetime) -> None:
    moving.give_back(payout, command, at)
    payout.state, payout.reason, payout.settled_at = PayoutState.RETURNED, reason[:300], None
    payout.version += 1
    payout.save(update_fields=["state", "reason", "bank_reference", "settled_at", "version"])
    facts = Returned(
        amount=payout.amount,
        payee=Symbol(payout.payee.symbol if payout.payee else ""),
        reason=reason[:300],
        receipt=Symbol(payout.receipt.symbol),
    )
    recording.record(case=case, verb="funds.payout_returned", actor=actor, at=at, subject=payout.symbol, facts=facts)


def mark_unanswered(*, court: Court, at: datetime) -> int:
    """Payouts that the bank has not answered for two hours read so; how many. The money stays where it waits."""
    rows = Payout.objects.filter(court=court, state=PayoutState.SENT, sent_at__lte=at - PATIENCE)
    in_files = BatchItem.objects.filter(batch__sent_at__gt=at - PATIENCE_FOR_FILES, batch__file__isnull=False)
    rows = rows.exclude(pk__in=in_files.values("payout"))
    ids = list(rows.values_list("pk", flat=True)[:200])
    actor = Actor.system(court, "clock")
    return sum(_mark(payout_id, actor, at) for payout_id in ids)


@transaction.atomic
def _mark(payout_id: UUID, actor: Actor, at: datetime) -> bool:
    payout, case = _locked(payout_id)
    if payout.state != PayoutState.SENT:
        return False
    payout.state = PayoutState.UNKNOWN
    payout.version += 1
    payout.save(update_fields=["state", "version"])
    facts = Unanswered(amount=payout.amount)
    recording.record(case=case, verb="funds.payout_unknown", actor=actor, at=at, subject=payout.symbol, facts=facts)
    return True


def _locked(payout_id: UUID) -> tuple[Payout, Case]:
    case = case_locks.lock(Payout.objects.values_list("case_id", flat=True).get(pk=payout_id))
    return finding.locked(payout_id), case


def _done(changed: bool) -> dict[str, str]:
    return {"changed": "yes" if changed else "no"}
