"""An execution case whose notice was served and whose time has passed, and the short words of the tests of pressure."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from accounts.actors import Actor
from accounts.models import Post
from cases import locks, queries
from cases.kinds import PerformanceSource
from cases.models import Case, Decision, Duty, Party, Service
from cases.services import deciding, executing, performing, serving
from kernel import clock
from pressure.models import ConsumptionLimit, CreditWarning, Listing, Sanction
from pressure.services import limiting, listing, sanctioning, warning
from tests import factories
from tests.cast import MORNING, Cast
from tests.remembering import remembered

NOTICE = clock.at_time(date(2026, 8, 3), 9)
SERVED = date(2026, 8, 4)
PERFORM_BY = date(2026, 8, 20)


@dataclass
class Court:
    """The people of the ladder and what they do; ``at`` is the moment at which everything is done."""

    cast: Cast
    case: Case
    at: datetime = MORNING

    def who(self, name: str) -> Actor:
        """The actor of one of the cast."""
        post: Post = getattr(self.cast, name)
        return self.cast.actor(post)

    @property
    def debtor(self) -> Party:
        """The debtor."""
        found: Party = self.case.participations.get(role="DEBTOR").party
        return found

    def to(self, at: datetime) -> None:
        """Move everybody's clock."""
        self.at = at
        clock.set_to(at)

    @remembered
    def approve(self, decision: Decision) -> None:
        """The president signs."""
        deciding.approve(decision_id=decision.pk, actor=self.who("president"), at=self.at)

    def send_back(self, decision: Decision) -> None:
        """The president returns it."""
        deciding.send_back(decision_id=decision.pk, actor=self.who("president"), at=self.at, opinion="证据不足")

    @remembered
    def warned(self, days: int = 30) -> CreditWarning:
        """A warning with so many days of grace."""
        executor = self.who("executor")
        return warning.warn(case_id=self.case.pk, party_id=self.debtor.pk, days=days, actor=executor, at=self.at)

    @remembered
    def limit_asked(self) -> Decision:
        """The executor proposes a limit."""
        executor = self.who("executor")
        return limiting.propose(case_id=self.case.pk, party_id=self.debtor.pk, why="逾期", actor=executor, at=self.at)

    def limited(self) -> ConsumptionLimit:
        """And it is signed."""
        return self.limited_by(self.limit_asked())

    def limited_by(self, decision: Decision) -> ConsumptionLimit:
        """The limit that a decision imposes."""
        self.approve(decision)
        return ConsumptionLimit.objects.unended().get(case=self.case)

    @remembered
    def listing_asked(self, ground: int = 1, months: int = 1) -> Decision:
        """The executor proposes a listing."""
        return listing.propose(
            case_id=self.case.pk,
            party_id=self.debtor.pk,
            ground=ground,
            evidence="银行流水显示有履行能力",
            grace_months=months,
            actor=self.who("executor"),
            at=self.at,
        )

    def listed(self, ground: int = 1) -> Listing:
        """And it is signed."""
        self.approve(self.listing_asked(ground))
        return Listing.objects.unended().get(case=self.case)

    def published(self, ground: int) -> Listing:
        """And after service and grace it is published; the clock moves on to that day."""
        row = self.listed(ground)
        paper = Service.objects.get(document__kind="pressure.listing_decision", document__subject=row.symbol)
        self.serve(paper)
        self.to(clock.at_time(row.grace_until + timedelta(days=1), 9))
        return listing.publish(listing_id=row.pk, actor=self.who("executor"), at=self.at)

    @remembered
    def serve(self, paper: Service) -> None:
        """A paper reaches its recipient today."""
        serving.record(
            service_id=paper.pk,
            method="DIRECT",
            served_on=clock.day_of(self.at),
            actor=self.who("executor"),
            at=self.at,
        )

    def proposal(self, kind: sanctioning.SanctionKind, **given: object) -> sanctioning.Proposal:
        """A fine of 60,000 yuan, or fifteen days for the officer of the company."""
        values: dict[str, object] = {"party": self.debtor, "kind": kind, "conduct": "拒不报告财产"}
        fine = kind == sanctioning.SanctionKind.FINE
        values |= {"amount": Decimal("60000.00")} if fine else {"days": 15, "person": "环某"}
        return sanctioning.Proposal(**(values | given))  # type: ignore[arg-type]

    @remembered
    def sanction_asked(self, kind: sanctioning.SanctionKind, **given: object) -> Sanction:
        """The executor proposes a sanction."""
        executor = self.who("executor")
        return sanctioning.propose(case_id=self.case.pk, given=self.proposal(kind, **given), actor=executor, at=self.at)

    def sanctioned(self, kind: sanctioning.SanctionKind, **given: object) -> Sanction:
        """And it is approved."""
        row = self.sanction_asked(kind, **given)
        assert row.decision is not None
        self.approve(row.decision)
        row.refresh_from_db()
        return row

    @remembered
    def pay_all(self) -> None:
        """The debt is paid directly, to the fen."""
        with transaction.atomic():
            held = locks.lock(self.case.pk)
            performing.record(
                case=held,
                amount=queries.debt(held.matter, clock.day_of(self.at)).total,
                on=clock.day_of(self.at),
                source=PerformanceSource.DIRECT,
                subject="test.payment:1",
                actor=self.who("executor"),
                at=self.at,
            )

    def duties(self, kind: str = "pressure.") -> list[Duty]:
        """Open duties of the ladder."""
        rows = Duty.objects.filter(kind__startswith=kind, closed_at__isnull=True)
        return list(rows.order_by("kind", "subject"))


@remembered
def _in_the_field(cast: Cast) -> Case:
    found = factories.execution_case(cast, at=NOTICE)
    officer = cast.actor(cast.query_officer)
    executing.notify(case_id=found.pk, perform_by=PERFORM_BY, report_by=PERFORM_BY, actor=officer, at=NOTICE)
    for row in Service.objects.filter(case=found):
        serving.record(
            service_id=row.pk, method="DIRECT", served_on=SERVED, actor=officer, at=NOTICE + timedelta(days=2)
        )
    executing.hand_over(case_id=found.pk, officer=cast.executor, actor=officer, at=NOTICE + timedelta(days=2))
    found.refresh_from_db()
    return found


@pytest.fixture
def court(cast: Cast, morning: None) -> Court:
    """The case in the hands of the executor, on 20 November 2026."""
    return Court(cast, _in_the_field(cast))
