"""The three chained periods of fifteen days, each from the person's own receipt of its paper (DIST-OBJ-1, -2, -3; 解释509, 510).

They are read from the services of the papers, so that a correction of a service moves them; what has run out is recorded
by the sweep, which also opens and closes the duties that wait for them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cases import queries
from cases.models import Party, Service
from funds.kinds.distribution import WINDOW_RULES, ObjectionStage, Window
from funds.models import DistributionPlan, PlanClaim, PlanObjection, PlanOpposition
from kernel import clock
from law import clocks


@dataclass(frozen=True, kw_only=True)
class Span:
    """One person's period: served on, its inclusive last day, whether the person has used it.

    ``about`` is the plan, or the objection that the period belongs to.
    """

    window: Window
    service_id: UUID
    party: Party
    about: UUID
    served_on: date | None
    last_day: date | None
    used: bool

    @property
    def symbol(self) -> str:
        """How events and duties name the period."""
        return f"funds.window:{self.service_id}"

    def is_over(self, today: date) -> bool:
        """Whether the period was used or has run out; one that has not begun is not over."""
        return self.used or (self.last_day is not None and self.last_day < today)

    def state(self, today: date) -> str:
        """UNSERVED, OPEN, USED or OVER."""
        if self.used:
            return "USED"
        if self.last_day is None or (self.served_on and self.served_on > today):
            return "UNSERVED"
        return "OVER" if self.last_day < today else "OPEN"


def people(plan: DistributionPlan) -> list[Party]:
    """Everybody whom the plan concerns: each creditor and the debtor, once."""
    rows = PlanClaim.objects.filter(plan=plan, dropped_at__isnull=True, party__isnull=False).select_related("party")
    found = {row.party_id: row.party for row in rows.order_by("ordinal") if row.party}
    found.setdefault(plan.debtor_id, plan.debtor)
    return list(found.values())


def spans(plan: DistributionPlan, *, at: datetime) -> list[Span]:
    """Every period of a plan, in the order of the papers; three queries for any number of persons."""
    objections = list(PlanObjection.objects.filter(plan=plan).order_by("made_at", "id"))
    papers: dict[UUID, tuple[Window, UUID]] = {}
    if plan.document_id:
        papers[plan.document_id] = (Window.OBJECT, plan.pk)
    for row in objections:
        if row.notice_id:
            papers[row.notice_id] = (Window.OPPOSE, row.pk)
        if row.opposition_notice_id:
            papers[row.opposition_notice_id] = (Window.SUE, row.pk)
    used = _used(objections)
    rules = queries.rulebook(plan.court, clock.day_of(at))
    services = Service.objects.filter(document__in=papers, party__isnull=False).select_related("party", "document")
    found = []
    for service in services.order_by("document__issued_at", "id"):
        window, about = papers[service.document_id]
        assert service.party is not None
        last = None
        if service.served_on:
            last = clocks.deadline(rule=WINDOW_RULES[window], start=service.served_on, rules=rules).last_day
        found.append(
            Span(
                window=window,
                service_id=service.pk,
                party=service.party,
                about=about,
                served_on=service.served_on,
                last_day=last,
                used=(window, about, service.party.pk) in used,
            )
        )
    return found


def of_party(found: Iterable[Span], party_id: UUID, window: Window, about: UUID) -> Span | None:
    """A person's own period."""
    rows = (row for row in found if row.party.pk == party_id and row.window == window and row.about == about)
    return next(rows, None)


def all_over(found: Sequence[Span], window: Window, about: UUID, *, at: datetime) -> bool:
    """Whether everybody's period of that kind has begun and ended."""
    today = clock.day_of(at)
    rows = [row for row in found if row.window == window and row.about == about]
    return bool(rows) and all(row.is_over(today) for row in rows)


def _used(objections: Sequence[PlanObjection]) -> set[tuple[Window, UUID, UUID]]:
    """Who has objected, opposed or sued: (window, plan or objection, person)."""
    found = {(Window.OBJECT, row.plan_id, row.party_id) for row in objections}
    late = (ObjectionStage.SUED, ObjectionStage.DECIDED)
    found |= {(Window.SUE, row.pk, row.party_id) for row in objections if row.stage in late}
    rows = PlanOpposition.objects.filter(objection__in=[row.pk for row in objections])
    return found | {
        (Window.OPPOSE, objection, party) for objection, party in rows.values_list("objection_id", "party_id")
    }
