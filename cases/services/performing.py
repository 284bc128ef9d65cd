"""Performances: dated amounts that reduce the debt of a matter. Recording never refuses; the debt is read afterwards."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from accounts.actors import Actor
from cases import queries
from cases.kinds import EXECUTION_KINDS, PerformanceSource
from cases.models import Case, Matter, Party, Performance
from cases.services import advancing, recording
from cases.stages import Stage
from kernel import clock


@dataclass(frozen=True)
class Performed:
    """Facts of cases.performed and cases.performance_revoked: yuan, the legal day, what is left."""

    amount: Decimal
    on: date
    source: PerformanceSource
    left: Decimal


@dataclass(frozen=True)
class Left:
    """Facts of cases.debt_discharged and cases.debt_revived."""

    left: Decimal


def record(
    *,
    case: Case,
    amount: Decimal,
    on: date,
    source: PerformanceSource,
    subject: str,
    actor: Actor,
    at: datetime,
    payer: Party | None = None,
) -> Performance:
    """Record a performance on a locked case of the matter (yuan, the day it counts). The same subject counts once."""
    known = Performance.objects.filter(matter=case.matter, subject=subject, revokes__isnull=True).first()
    if known:
        return known
    before = _left(case.matter, on)
    row = Performance.objects.create(
        matter=case.matter, on=on, amount=amount, source=source, subject=subject, payer=payer, recorded_at=at
    )
    left = _left(case.matter, on)
    recording.record(
        case=case,
        verb="cases.performed",
        actor=actor,
        at=at,
        happened_at=min(clock.at_time(on, 12), at),
        subject=subject,
        facts=Performed(amount=amount, on=on, source=source, left=left),
    )
    if before > 0 and left == 0:
        _discharge(case, actor, at)
    return row


def revoke(*, case: Case, performance: Performance, actor: Actor, at: datetime) -> None:
    """Take a performance back (a receipt was reversed); the debt stands as before."""
    if hasattr(performance, "revoked_by"):
        return
    on = clock.day_of(at)
    before = _left(case.matter, on)
    Performance.objects.create(
        matter=case.matter,
        on=performance.on,
        amount=performance.amount,
        source=performance.source,
        subject=performance.subject,
        payer=performance.payer,
        recorded_at=at,
        revokes=performance,
    )
    left = _left(case.matter, on)
    recording.record(
        case=case,
        verb="cases.performance_revoked",
        actor=actor,
        at=at,
        subject=performance.subject,
        facts=Performed(
            amount=performance.amount, on=performance.on, source=PerformanceSource(performance.source), left=left
        ),
    )
    if before == 0 and left > 0:
        recording.record(case=case, verb="cases.debt_revived", actor=actor, at=at, facts=Left(left=left))
        if case.kind in EXECUTION_KINDS and case.stage == Stage.PAYING:
            advancing.move(case=case, transition="revive", verb="cases.stage_moved", actor=actor, at=at)


def _left(matter: Matter, on: date) -> Decimal:
    return queries.debt(matter, on).total


def _discharge(case: Case, actor: Actor, at: datetime) -> None:
    facts = Left(left=Decimal("0.00"))
    if case.kind in EXECUTION_KINDS and advancing.may(case, "discharge"):
        advancing.move(case=case, transition="discharge", verb="cases.debt_discharged", actor=actor, at=at, facts=facts)
    else:
        recording.record(case=case, verb="cases.debt_discharged", actor=actor, at=at, facts=facts)
