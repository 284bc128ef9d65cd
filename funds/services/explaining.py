"""Lines that are no new money: our own payments, payments that came back, cash that officers handed in at the bank."""

from datetime import datetime

from accounts.actors import Actor
from funds.kinds import LineState, ReceiptSource, ReceiptState
from funds.models import Command, Payout, Receipt, StatementLine
from funds.payments import keys
from funds.services import cash, remitted, settling, whole_batches
from kernel.money import ZERO


def explain(*, line: StatementLine, command: Command, actor: Actor, at: datetime) -> LineState | None:
    """What the line is, when it is not a receipt; the payout or the cash it belongs to is brought up to date.

    A payment that the statement shows is settled by it (a lost answer finds its end here); None means new money.
    """
    if (state := remitted.explain(line=line, command=command, actor=actor, at=at)) is not None:
        return state
    payout = _payout_of(line)
    if line.direction == "OUT":
        if payout is None:
            return _explain_whole(line, command, actor, at)
        settling.paid(payout_id=payout.pk, command=command, line=line, actor=actor, at=at)
        return LineState.PAYMENT
    if payout is not None:
        settling.came_back(payout_id=payout.pk, command=command, line=line, actor=actor, at=at)
        return LineState.RETURNED
    receipts = _handed_in(line)
    if receipts:
        cash.hand_in(receipts=receipts, line=line, actor=actor, at=at)
        return LineState.HANDED_IN
    return None


def _explain_whole(line: StatementLine, command: Command, actor: Actor, at: datetime) -> LineState:
    """A bank that books a whole batch as one line: its total settles what of the batch is at the bank."""
    if not (ids := whole_batches.payouts_of(line)):
        return LineState.UNEXPLAINED
    settling.paid_together(payout_ids=ids, command=command, line=line, actor=actor, at=at)
    return LineState.PAYMENT


def is_plain(line: StatementLine) -> bool:
    """Whether the line can only be new money: it came in and names no payment of ours and no voucher."""
    words = f"{line.instruction_key} {line.remark}"
    ours = keys.found_in(words) or remitted.named_in(words)
    return line.direction == "IN" and not ours and not cash.VOUCHER.search(words)


def _payout_of(line: StatementLine) -> Payout | None:
    found = keys.found_in(f"{line.instruction_key} {line.remark}")
    rows = Payout.objects.filter(court_id=line.court_id, amount=line.amount)
    if found:
        return rows.filter(pk=found).first()
    if line.direction == "OUT" and line.bank_reference:
        return rows.filter(bank_reference=line.bank_reference).first()
    return None


def _handed_in(line: StatementLine) -> list[Receipt]:
    """The cash receipts whose vouchers the remark names, when they add up to the line."""
    vouchers = cash.VOUCHER.findall(line.remark)
    if not vouchers:
        return []
    rows = Receipt.objects.filter(
        court_id=line.court_id, source=ReceiptSource.CASH, number__in=vouchers, deposit_line__isnull=True
    )
    found = list(rows.exclude(state=ReceiptState.REVERSED))
    return found if found and sum((row.amount for row in found), ZERO) == line.amount else []
