"""Performances: dated amounts that reduce the debt of a matter. Recording never refuses; the debt is read afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from accounts.actors import Actor
from cases import queries
from cases.kinds import EXECUTION_KINDS, PerformanceSource
from cases.models import Case, Party, Performance
from cases.queries import Owing, Rulebooks
from cases.queries.debts import receipt_of
from cases.services import advancing, recording
from cases.services.recording import Happening
from cases.stages import Stage
from kernel import clock, writing
from law.debt import Statement


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


@dataclass(frozen=True, kw_only=True)
class Paid:
    """What reduced the debt of a locked case's matter: yuan, the day it counts, where it came from, whose account."""

    case: Case
    amount: Decimal
    on: date
    source: PerformanceSource
    subject: str
    payer: Party | None = None


@dataclass(frozen=True, kw_only=True)
class Counted:
    """A performance that is not yet told, with the debt of its day before and after it."""

    case: Case
    performance: Performance
    owing: Owing
    before: Statement
    after: Statement

    @property
    def discharges(self) -> bool:
        """Whether nothing is owed any more by it."""
        return self.before.total > 0 and self.after.total == 0

    def happening(self, at: datetime) -> Happening:
        """Its event: cases.performed."""
        row = self.performance
        return Happening(
            case=self.case,
            verb="cases.performed",
            happened_at=min(clock.at_time(row.on, 12), at),
            subject=row.subject,
            facts=Performed(amount=row.amount, on=row.on, source=PerformanceSource(row.source), left=self.after.total),
        )


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
    paid = Paid(case=case, amount=amount, on=on, source=source, subject=subject, payer=payer)
    counted = count([paid], at=at)
    if not counted:
        return Performance.objects.get(matter=case.matter, subject=subject, revokes__isnull=True)
    writing.insert([counted[0].performance])
    tell(counted, [], actor=actor, at=at)
    return counted[0].performance


def count(rows: Sequence[Paid], *, at: datetime, rules: Rulebooks | None = None) -> list[Counted]:
    """Count performances of different matters, reading each debt once; a subject that counts already is left out.

    The caller writes them, with what it writes besides, and tells them.
    """
    debts = queries.owing((row.case.matter for row in rows), rules=rules)
    return [
        _counted(row, debts[row.case.matter_id], at)
        for row in rows
        if row.subject not in debts[row.case.matter_id].known
    ]


def _counted(row: Paid, owing: Owing, at: datetime) -> Counted:
    performance = Performance(
        matter=row.case.matter,
        on=row.on,
        amount=row.amount,
        source=row.source,
        subject=row.subject,
        payer=row.payer,
        recorded_at=at,
    )
    before, after = owing.around(receipt_of(performance))
    return Counted(case=row.case, performance=performance, owing=owing, before=before, after=after)


def tell(counted: Sequence[Counted], following: Sequence[Happening], *, actor: Actor, at: datetime) -> None:
    """Record what was counted, the debts that it discharged, and what follows from it, in this order for each case."""
    told = [row.happening(at) for row in counted]
    discharged = [row.case for row in counted if row.discharges]
    rules = counted[0].owing.rules if counted else None
    if not discharged:
        recording.record_all([*told, *following], actor=actor, at=at, rules=rules)
        return
    recording.record_all(told, actor=actor, at=at, rules=rules)
    for case in discharged:
        _discharge(case, actor, at)
    recording.record_all(following, actor=actor, at=at, rules=rules)


def revoke(*, case: Case, performance: Performance, actor: Actor, at: datetime) -> None:
    """Take a performance back (a receipt was reversed); the debt stands as before."""
    if hasattr(performance, "revoked_by"):
        return
    on = clock.day_of(at)
    owing = queries.owing([case.matter])[case.matter_id]
    before, left = owing.at(on).total, owing.without(performance.subject).at(on).total
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


def _discharge(case: Case, actor: Actor, at: datetime) -> None:
    facts = Left(left=Decimal("0.00"))
    if case.kind in EXECUTION_KINDS and advancing.may(case, "discharge"):
        advancing.move(case=case, transition="discharge", verb="cases.debt_discharged", actor=actor, at=at, facts=facts)
    else:
        recording.record(case=case, verb="cases.debt_discharged", actor=actor, at=at, facts=facts)
