"""The four movements of a payout between the case's account, the account where it waits, and the bank."""

from collections.abc import Iterable
from datetime import date, datetime

from funds import ledger, locks
from funds.kinds import RESERVES, AccountKind, PayeeKind
from funds.models import Command, Payout, Transfer
from kernel import clock


def lock_all(payouts: Iterable[Payout]) -> None:
    """Lock every account that setting these payouts aside touches, in one order, before the first of them moves."""
    locks.lock(*(key for payout in payouts for key in (_case(payout), _reserve(payout))))


def set_aside(payout: Payout, command: Command, at: datetime) -> Transfer:
    """CASE → the account where it waits (PAYABLE, FEES, TREASURY, REFUND). Raises NotEnough."""
    return _move(payout, _case(payout), _reserve(payout), command, at, clock.day_of(at))


def give_back(payout: Payout, command: Command, at: datetime) -> Transfer:
    """The waiting account → CASE: voided or returned."""
    return _move(payout, _reserve(payout), _case(payout), command, at, clock.day_of(at))


def leave(payout: Payout, command: Command, at: datetime, value_on: date) -> Transfer:
    """The waiting account → BANK: the bank has paid, on ``value_on``."""
    return _move(payout, _reserve(payout), _bank(payout), command, at, value_on)


def come_back(payout: Payout, command: Command, at: datetime, value_on: date) -> Transfer:
    """The opposite of ``leave``: a settled payment came back to the bank account on ``value_on``."""
    left = Transfer.objects.select_related("source", "destination").get(
        subject=payout.symbol, destination__kind=AccountKind.BANK, reverses__isnull=True
    )
    return ledger.reverse(transfer=left, command=command, at=at, value_on=value_on, remark=payout.instruction_key)


def _move(payout: Payout, source: str, destination: str, command: Command, at: datetime, value_on: date) -> Transfer:
    held = locks.lock(source, destination)
    return ledger.post(
        source=held[source],
        destination=held[destination],
        amount=payout.amount,
        command=command,
        at=at,
        value_on=value_on,
        subject=payout.symbol,
        case_id=payout.case_id,
        remark=payout.receipt.number,
    )


def _case(payout: Payout) -> str:
    return ledger.key_of(AccountKind.CASE, payout.case_id)


def _reserve(payout: Payout) -> str:
    return ledger.key_of(RESERVES[PayeeKind(payout.payee_kind)], payout.court_id)


def _bank(payout: Payout) -> str:
    return ledger.key_of(AccountKind.BANK, payout.court_id)
