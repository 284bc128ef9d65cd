"""Work for money without a case: each court has one administrative case (执他) that carries its unidentified money.

Duties, decisions, papers and events hang on a case, so the money that has none gets one: every receipt in suspense has
its duty there (FUND-UNKNOWN), public notices are decided and numbered there, and its chain tells what became of each
receipt. It is opened with the first unidentified receipt and closed when nothing is left. Booking never touches it: a
sweep compares it with the receipts afterwards, so whatever takes a receipt out of suspense also ends its duty.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Court
from cases import locks
from cases.kinds import CaseKind, ClosedHow
from cases.models import Case, Decision, Duty, Matter
from cases.services import advancing, filing, recording
from funds.kinds import ReceiptState, SuspenseReason
from funds.models import MainAccount, Receipt
from funds.services import payer_claims
from kernel import clock
from law import funds as law_funds
from law.rules import Rulebook

CAUSE = "不明案款甄别"
DUTIES = ("funds.identify", "funds.after_notice")
BATCH = 200


@dataclass(frozen=True)
class Unidentified:
    """Facts of funds.money_unidentified: yuan, the day of arrival, why no case was found."""

    amount: Decimal
    on: date
    reason: SuspenseReason


@dataclass(frozen=True)
class Identified:
    """Facts of funds.money_identified: yuan, and what the receipt is now."""

    amount: Decimal
    now: ReceiptState


@dataclass(frozen=True)
class Cleared:
    """Facts of funds.unidentified_cleared: how many receipts the case carried."""

    receipts: int


def case_of(court_id: UUID) -> Case | None:
    """The open case that carries the court's unidentified money; None while there is none."""
    rows = Case.objects.open().filter(court_id=court_id, kind=CaseKind.OTHER_EXECUTION, cause=CAUSE)
    return rows.select_related("court", "matter").first()


def carrying(court: Court, *, actor: Actor, at: datetime) -> Case:
    """The same, opened when it is missing, and locked. The caller is in a transaction and holds no case."""
    MainAccount.objects.select_for_update(no_key=True).filter(court=court).first()  # one opener at a time
    known = case_of(court.pk)
    if known:
        return locks.lock(known.pk)
    matter = Matter.objects.create(court=court, cause=CAUSE, opened_on=clock.day_of(at))
    return filing.open_case(matter=matter, kind=CaseKind.OTHER_EXECUTION, sides={}, actor=actor, at=at)


def sweep(*, court: Court, at: datetime) -> int:
    """Let the carrying case agree with the receipts, and look at payers' claims again; how many receipts changed."""
    payer_claims.look_again(court=court, at=at)
    waiting = {row.pk: row for row in _waiting(court.pk)}
    if not waiting and case_of(court.pk) is None:
        return 0
    with transaction.atomic():
        actor = Actor.system(court, "clock")
        case = carrying(court, actor=actor, at=at)
        known = _open_duties(case)
        fresh = [row for key, row in waiting.items() if key not in known][:BATCH]
        for receipt in fresh:
            facts = Unidentified(amount=receipt.amount, on=receipt.received_on, reason=SuspenseReason(receipt.reason))
            _tell(case, "funds.money_unidentified", receipt, facts, actor, at, happened_at=receipt.received_at)
        gone = list(Receipt.objects.filter(pk__in=known - waiting.keys())) if known else []
        _found(case, gone, actor, at)
        if not waiting:
            _close(case, actor, at)
    return len(fresh) + len(gone)


def _waiting(court_id: UUID) -> Iterable[Receipt]:
    rows = Receipt.objects.filter(court_id=court_id, state=ReceiptState.SUSPENSE)
    return rows.defer("payer_account", "split").order_by("received_at", "pk")


def _open_duties(case: Case) -> set[UUID]:
    subjects = Duty.objects.open().filter(case=case, kind__in=DUTIES).values_list("subject", flat=True)
    return {UUID(subject.partition(":")[2]) for subject in subjects}


def _found(case: Case, gone: Iterable[Receipt], actor: Actor, at: datetime) -> None:
    for receipt in gone:
        facts = Identified(amount=receipt.amount, now=ReceiptState(receipt.state))
        _tell(case, "funds.money_identified", receipt, facts, actor, at)


def _tell(
    case: Case,
    verb: str,
    receipt: Receipt,
    facts: object,
    actor: Actor,
    at: datetime,
    happened_at: datetime | None = None,
) -> None:
    moment = min(happened_at, at) if happened_at else at
    recording.record(case=case, verb=verb, actor=actor, at=at, happened_at=moment, subject=receipt.symbol, facts=facts)


def _close(case: Case, actor: Actor, at: datetime) -> None:
    """Nothing is left to identify: the case ends, unless a decision on it is open."""
    if Decision.objects.filter(case=case, state="ASKED").exists():
        return
    told = case.events.filter(verb="funds.money_identified").count()
    advancing.move(
        case=case,
        transition="finish",
        verb="funds.unidentified_cleared",
        actor=actor,
        at=at,
        facts=Cleared(receipts=told),
        closed_how=ClosedHow.CLEARED,
    )


def last_day(receipt: Receipt, *, rules: Rulebook) -> date:
    """The last day to find the case of a receipt (FUND-UNKNOWN: three working days, a local figure)."""
    return law_funds.identify_by(arrived_on=clock.day_of(receipt.received_at), rules=rules)
