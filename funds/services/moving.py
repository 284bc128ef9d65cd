"""The four movements of a payout between the case's account, the account where it waits, and the bank."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from funds import ledger, locks
from funds.kinds import RESERVED, RESERVES, AccountKind, PayeeKind
from funds.models import Command, Payout, Transfer
from kernel import clock


def lock_all(payouts: Iterable[Payout]) -> None:
    """Lock every account that setting these payouts aside touches, in one order, before the first of them moves."""
    locks.lock(*(key for payout in payouts for key in (source_of(payout), _reserve(payout))))


def lock_to_leave(payouts: Iterable[Payout]) -> None:
    """Lock every account that the bank's payment of these payouts touches, in one order, before the first of them leaves."""
    locks.lock(*(key for payout in payouts for key in (_reserve(payout), _bank(payout))))


def set_aside(payout: Payout, command: Command, at: datetime) -> Transfer:
    """Its account → the account where it waits (PAYABLE, FEES, TREASURY, REFUND, GRANTS). Raises NotEnough."""
    return _move(payout, source_of(payout), _reserve(payout), command, at, clock.day_of(at))


def give_back(payout: Payout, command: Command, at: datetime) -> Transfer:
    """The waiting account → where it came from: voided or returned."""
    return _move(payout, _reserve(payout), source_of(payout), command, at, clock.day_of(at))


def leave(payout: Payout, command: Command, at: datetime, value_on: date) -> Transfer:
    """The waiting account → BANK: the bank has paid, on ``value_on``."""
    return _move(payout, _reserve(payout), _bank(payout), command, at, value_on)


def come_back(payout: Payout, command: Command, at: datetime, value_on: date) -> Transfer:
    """The opposite of ``leave``: a settled payment came back to the bank account on ``value_on``."""
    left = Transfer.objects.select_related("source", "destination").get(
        subject=payout.symbol, destination__kind=AccountKind.BANK, reverses__isnull=True
    )
    held = locks.lock(left.source.key, left.destination.key)
    day = ledger.open_day(held[left.destination.key], value_on)
    return ledger.reverse(transfer=left, command=command, at=at, value_on=day, remark=payout.instruction_key)


def deposit(payout: Payout, source: str, command: Command, at: datetime) -> Transfer:
    """The case's account or the waiting account → DEPOSIT: nobody takes the money now."""
    return _move(payout, source, ledger.key_of(AccountKind.DEPOSIT, payout.court_id), command, at, clock.day_of(at))


def take_fee(payout: Payout, source: str, command: Command, at: datetime) -> Transfer:
    """The case's account or the waiting account → FEES: what depositing costs."""
    return _move(payout, source, _reserve(payout), command, at, clock.day_of(at))


def where_it_lies(payout: Payout) -> str:
    """The key of the account that holds the payout's money now: set aside, or not yet."""
    return _reserve(payout) if payout.state in RESERVED else source_of(payout)


def source_of(payout: Payout) -> str:
    """The key of the account that the payout is drawn from."""
    owner: UUID = payout.case_id if payout.drawn_from == AccountKind.CASE else payout.court_id
    return ledger.key_of(AccountKind(payout.drawn_from), owner)


def _move(payout: Payout, source: str, destination: str, command: Command, at: datetime, value_on: date) -> Transfer:
    held = locks.lock(source, destination)
    return ledger.post(
        source=held[source],
        destination=held[destination],
        amount=payout.amount,
        command=command,
        at=at,
        value_on=ledger.open_day(held[destination], value_on),
        subject=payout.symbol,
        case_id=payout.case_id,
        remark=payout.receipt.number,
    )


def _reserve(payout: Payout) -> str:
    return ledger.key_of(RESERVES[PayeeKind(payout.payee_kind)], payout.court_id)


def _bank(payout: Payout) -> str:
    return ledger.key_of(AccountKind.BANK, payout.court_id)
