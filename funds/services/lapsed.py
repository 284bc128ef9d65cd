"""Deposits that nobody claimed in five years: found by the clock, handed to the treasury by persons (民法典574②, from memory).

The clock only says that the period is over, which opens the keeper's duty; whether the money goes to the treasury is asked,
approved and sent by three persons (``remitting``). Until the approval the payee may still come.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from accounts.actors import Actor
from accounts.models import Court
from cases import locks
from cases.declaring import Symbol
from cases.services import recording
from funds.kinds import ReceiptState
from funds.kinds.apart import DepositState
from funds.models import Deposit, Receipt, Remittance
from kernel import clock

MOST = 200
"""How many deposits one sweep looks at."""


@dataclass(frozen=True)
class Lapsed:
    """Facts of funds.deposit_lapsed, deposit_handed_over and deposit_kept_again: yuan, the last day to claim."""

    amount: Decimal
    claim_by: date
    deposit: Symbol


def sweep(*, court: Court, at: datetime) -> int:
    """Tell of each deposit once that its last day to claim is past; how many were found."""
    rows = Deposit.objects.filter(court=court, state=DepositState.DEPOSITED, lapsed_at__isnull=True)
    keys = list(
        rows.filter(claim_by__lt=clock.day_of(at)).order_by("claim_by", "pk").values_list("pk", "case_id")[:MOST]
    )
    actor = Actor.system(court, "clock")
    return sum(_lapse(key, case_id, actor, at) for key, case_id in keys)


@transaction.atomic
def _lapse(deposit_id: UUID, case_id: UUID, actor: Actor, at: datetime) -> bool:
    locks.lock(case_id)
    deposit = _locked([deposit_id])[0]
    if deposit.state != DepositState.DEPOSITED or deposit.lapsed_at is not None:
        return False
    deposit.lapsed_at = at
    deposit.save(update_fields=["lapsed_at"])
    _record(deposit, "funds.deposit_lapsed", actor, at)
    return True


def waiting(court_id: UUID) -> "QuerySet[Deposit]":
    """Deposits whose last day to claim is past and that are in no remittance."""
    rows = Deposit.objects.filter(court_id=court_id, state=DepositState.DEPOSITED, lapsed_at__isnull=False)
    return rows.exclude(remitted_in__dropped=False)


def cases(remittance_id: UUID) -> list[UUID]:
    """The cases of a remittance's deposits."""
    rows = Deposit.objects.filter(remitted_in__remittance=remittance_id)
    return list(rows.order_by().values_list("case_id", flat=True).distinct())


def claimed(row: Remittance) -> list[str]:
    """The numbers of a remittance's deposits whose payee came meanwhile."""
    rows = Deposit.objects.filter(remitted_in__remittance=row).exclude(state=DepositState.DEPOSITED)
    return list(rows.order_by("number").values_list("number", flat=True))


def hand_over(row: Remittance, *, actor: Actor, at: datetime) -> None:
    """The deposits of an approved remittance are the treasury's; the caller holds their cases."""
    for deposit in _of(row):
        deposit.state, deposit.ended_at = DepositState.HANDED, at
        _save(deposit, ReceiptState.TREASURY)
        _record(deposit, "funds.deposit_handed_over", actor, at)


def keep_again(row: Remittance, *, actor: Actor, at: datetime) -> None:
    """The remittance was taken back or returned: its deposits lie in deposit as before."""
    for deposit in _of(row):
        deposit.state, deposit.ended_at = DepositState.DEPOSITED, None
        _save(deposit, ReceiptState.DEPOSITED)
        _record(deposit, "funds.deposit_kept_again", actor, at)


def _of(row: Remittance) -> list[Deposit]:
    return _locked(Deposit.objects.filter(remitted_in__remittance=row).values_list("pk", flat=True))


def _locked(keys: "QuerySet[Deposit, UUID] | list[UUID]") -> list[Deposit]:
    rows = Deposit.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=list(keys)).order_by("pk")
    return list(rows.select_related("case__court", "case__matter", "payout", "receipt"))


def _save(deposit: Deposit, state: ReceiptState) -> None:
    """Keep the deposit; unidentified money says itself where it lies."""
    deposit.version += 1
    deposit.save(update_fields=["state", "ended_at", "version"])
    if deposit.payout_id is None:
        Receipt.objects.filter(pk=deposit.receipt_id).update(state=state)


def _record(deposit: Deposit, verb: str, actor: Actor, at: datetime) -> None:
    assert deposit.claim_by is not None
    subject = deposit.payout.symbol if deposit.payout else deposit.receipt.symbol
    facts = Lapsed(amount=deposit.amount, claim_by=deposit.claim_by, deposit=Symbol(deposit.symbol))
    recording.record(case=deposit.case, verb=verb, actor=actor, at=at, subject=subject, facts=facts)
