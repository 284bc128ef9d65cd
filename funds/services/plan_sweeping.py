"""What time does to a plan: periods begin and run out, objections lapse, and the money that nobody can dispute is drafted.

The clock drafts; it never corrects a plan and never pays. It may run at any time and twice.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Court
from cases.models import Event
from cases.services import recording
from funds.kinds.distribution import ObjectionStage, PlanStage, Window
from funds.models import DistributionPlan, PlanObjection
from funds.services import distributing, dividing, plan_windows, planning, resolving
from funds.services.plan_windows import Span
from funds.services.planning import Planned
from kernel import clock

RECEIVED, CLOSED, ISSUED = "funds.plan_received", "funds.plan_window_closed", "funds.plan_issued"
UNOPPOSED = "funds.plan_unopposed"


@dataclass(frozen=True)
class Received:
    """Facts of funds.plan_received: which period begins, the day of service, its inclusive last day."""

    window: Window
    on: date
    by: date


@dataclass(frozen=True)
class WindowOver:
    """Facts of funds.plan_window_closed: which period is over."""

    window: Window


def run(*, court: Court, at: datetime) -> int:
    """Bring every running plan of a court up to date; how many there are."""
    rows = DistributionPlan.objects.filter(court=court, stage__in=[PlanStage.ISSUED, PlanStage.PARTLY])
    ids = list(rows.order_by("drawn_at", "id").values_list("pk", flat=True)[:500])
    for plan_id in ids:
        bring_up(plan_id=plan_id, actor=Actor.system(court, "clock"), at=at)
    return len(ids)


@transaction.atomic
def bring_up(*, plan_id: UUID, actor: Actor, at: datetime) -> DistributionPlan:
    """Bring one plan up to date."""
    planned = planning.locked(plan_id)
    plan = planned.plan
    _tell_joined(planned, actor, at)
    spans = plan_windows.spans(plan, at=at)
    _note(planned, spans, actor, at)
    _end_objections(planned, spans, actor, at)
    quiet = plan_windows.all_over(spans, Window.OBJECT, plan.pk, at=at)
    if dividing.may(planned, quiet=quiet):
        dividing.divide(planned, actor=actor, at=at)
    return plan


def _tell_joined(planned: Planned, actor: Actor, at: datetime) -> None:
    """The joined cases hear of the issue here: the approval holds the lock of the money's own case alone."""
    plan = planned.plan
    if plan.stage not in (PlanStage.ISSUED, PlanStage.PARTLY):
        return
    told = set(Event.objects.filter(verb=ISSUED, subject=plan.symbol).values_list("case_id", flat=True))
    for case in planned.cases.values():
        if case.pk not in told:
            facts = distributing.drawn(planned)
            recording.record(case=case, verb=ISSUED, actor=actor, at=at, subject=plan.symbol, facts=facts)


def _note(planned: Planned, spans: list[Span], actor: Actor, at: datetime) -> None:
    """Say which periods have begun and which are over, each once."""
    today = clock.day_of(at)
    wanted = [span.symbol for span in spans]
    said = Event.objects.filter(case=planned.host, verb__in=[RECEIVED, CLOSED], subject__in=wanted)
    known = set(said.values_list("verb", "subject"))
    for span in spans:
        if (RECEIVED, span.symbol) not in known and span.served_on and span.last_day and span.served_on <= today:
            facts = Received(window=span.window, on=span.served_on, by=span.last_day)
            planned.record(RECEIVED, actor=actor, at=at, facts=facts, subject=span.symbol)
        if span.is_over(today) and (CLOSED, span.symbol) not in known:
            over = WindowOver(window=span.window)
            planned.record(CLOSED, actor=actor, at=at, facts=over, subject=span.symbol)


def _end_objections(planned: Planned, spans: list[Span], actor: Actor, at: datetime) -> None:
    """Without a suit in time an objection lapses; without opposition the executor is to correct the plan."""
    rows = PlanObjection.objects.filter(plan=planned.plan, stage__in=[ObjectionStage.TOLD, ObjectionStage.NOTIFIED])
    for row in rows.select_related("party").order_by("made_at", "id"):
        if row.stage == ObjectionStage.TOLD and plan_windows.all_over(spans, Window.SUE, row.pk, at=at):
            resolving.lapse(planned, row, actor=actor, at=at)
        elif plan_windows.all_over(spans, Window.OPPOSE, row.pk, at=at) and not _said(planned, UNOPPOSED, row.symbol):
            resolving.unopposed(planned, row, actor=actor, at=at)


def _said(planned: Planned, verb: str, subject: str) -> bool:
    return Event.objects.filter(case=planned.host, verb=verb, subject=subject).exists()
