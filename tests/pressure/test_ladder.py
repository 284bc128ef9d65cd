"""The ladder: warning and grace, limit, listing, publication, and the repair that full payment brings."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from cases import locks, queries
from cases.kinds import PerformanceSource
from cases.models import Case, Decision, Document, Duty, Event, Party, Service
from cases.services import deciding, executing, performing, serving
from kernel import clock
from pressure import queries as pressure_queries
from pressure.models import ConsumptionLimit, CreditWarning, Listing
from pressure.services import limiting, listing, sanctioning, standing, warning
from tests import factories
from tests.cast import MORNING, Cast

NOTICE = clock.at_time(date(2026, 8, 3), 9)
SERVED = date(2026, 8, 4)
PERFORM_BY = date(2026, 8, 20)


@pytest.fixture
def case(cast: Cast) -> Case:
    """An execution case whose notice was served and whose time for performing has passed."""
    found = factories.execution_case(cast, at=NOTICE)
    officer = cast.actor(cast.query_officer)
    executing.notify(case_id=found.pk, perform_by=PERFORM_BY, report_by=PERFORM_BY, actor=officer, at=NOTICE)
    for row in Service.objects.filter(case=found):
        serving.record(
            service_id=row.pk, method="DIRECT", served_on=SERVED, actor=officer, at=NOTICE + timedelta(days=2)
        )
    executing.hand_over(case_id=found.pk, officer=cast.executor, actor=officer, at=NOTICE + timedelta(days=2))
    return found


def _debtor(case: Case) -> Party:
    return case.participations.get(role="DEBTOR").party


def _approve(cast: Cast, decision: Decision, at: datetime = MORNING) -> None:
    deciding.approve(decision_id=decision.pk, actor=cast.actor(cast.president), at=at)


def _limit(cast: Cast, case: Case) -> ConsumptionLimit:
    executor = cast.actor(cast.executor)
    _approve(cast, limiting.propose(case_id=case.pk, party_id=_debtor(case).pk, why="逾期", actor=executor, at=MORNING))
    return ConsumptionLimit.objects.get(case=case)


def _list(cast: Cast, case: Case, ground: int) -> Listing:
    executor = cast.actor(cast.executor)
    decision = listing.propose(
        case_id=case.pk,
        party_id=_debtor(case).pk,
        ground=ground,
        evidence="银行流水显示有履行能力",
        actor=executor,
        at=MORNING,
    )
    _approve(cast, decision)
    return Listing.objects.get(case=case)


def _pay_all(cast: Cast, case: Case, at: datetime = MORNING) -> None:
    with transaction.atomic():
        held = locks.lock(case.pk)
        owed = queries.debt(held.matter, clock.day_of(at)).total
        performing.record(
            case=held, amount=owed, on=clock.day_of(at), source=PerformanceSource.DIRECT, subject="test.payment:1",
            actor=cast.actor(cast.executor), at=at,
        )  # fmt: skip


def test_a_warning_gives_a_grace_that_is_a_duty_with_a_date(cast: Cast, case: Case) -> None:
    row = warning.warn(case_id=case.pk, party_id=_debtor(case).pk, days=30, actor=cast.actor(cast.executor), at=MORNING)
    assert row.last_day == date(2026, 12, 20)
    duty = Duty.objects.get(kind="pressure.grace", closed_at__isnull=True)
    assert (duty.due_on, duty.holder) == (date(2026, 12, 20), cast.executor)
    with pytest.raises(warning.WarnedAlready):
        warning.warn(case_id=case.pk, party_id=_debtor(case).pk, days=30, actor=cast.actor(cast.executor), at=MORNING)
    assert CreditWarning.objects.count() == 1


def test_a_limit_is_the_presidents_and_never_the_directors(cast: Cast, case: Case) -> None:
    decision = limiting.propose(
        case_id=case.pk, party_id=_debtor(case).pk, why="逾期", actor=cast.actor(cast.executor), at=MORNING
    )
    director = cast.actor(cast.director)
    with pytest.raises(Exception, match=r"not_found|not_allowed|not_your_tier"):
        deciding.approve(decision_id=decision.pk, actor=director, at=MORNING)
    assert ConsumptionLimit.objects.count() == 0
    _approve(cast, decision)
    row = ConsumptionLimit.objects.get()
    assert (row.from_on, row.last_day) == (date(2026, 11, 20), None)
    assert Document.objects.filter(kind="pressure.consumption_limit_order").count() == 1


def test_a_limit_before_the_notices_time_is_refused_with_what_is_missing(cast: Cast, case: Case) -> None:
    early = clock.at_time(date(2026, 8, 10), 9)
    with pytest.raises(limiting.NotLimitable) as refused:
        limiting.propose(case_id=case.pk, party_id=_debtor(case).pk, why="", actor=cast.actor(cast.executor), at=early)
    assert [row.text for row in refused.value.conditions if not row.met] == ["执行通知书指定的期间已经届满"]
    assert Decision.objects.count() == 0


def test_listing_limits_too_and_waits_for_its_grace(cast: Cast, case: Case) -> None:
    row = _list(cast, case, 1)
    assert (row.state, row.last_day, row.grace_until) == ("DECIDED", None, date(2026, 12, 21))
    assert ConsumptionLimit.objects.filter(case=case, ended_on__isnull=True).count() == 1
    with pytest.raises(listing.NotPublishable) as refused:
        listing.publish(listing_id=row.pk, actor=cast.actor(cast.executor), at=MORNING)
    assert [found.met for found in refused.value.conditions] == [True, False, False, True]
    row.refresh_from_db()
    assert row.published_on is None


def test_full_payment_refuses_every_verb_and_opens_the_repair(cast: Cast, case: Case) -> None:
    limit = _limit(cast, case)
    row = _list(cast, case, 1)
    _pay_all(cast, case)
    executor, debtor = cast.actor(cast.executor), _debtor(case)
    acts = (
        lambda: warning.warn(case_id=case.pk, party_id=debtor.pk, days=30, actor=executor, at=MORNING),
        lambda: limiting.propose(case_id=case.pk, party_id=debtor.pk, why="", actor=executor, at=MORNING),
        lambda: listing.propose(
            case_id=case.pk, party_id=debtor.pk, ground=1, evidence="x", actor=executor, at=MORNING
        ),
        lambda: listing.publish(listing_id=row.pk, actor=executor, at=MORNING),
        lambda: sanctioning.propose(
            case_id=case.pk,
            given=sanctioning.Proposal(
                party=debtor, kind=sanctioning.SanctionKind.FINE, conduct="拒报", amount=Decimal("60000")
            ),
            actor=executor,
            at=MORNING,
        ),
    )
    for act in acts:
        with pytest.raises(standing.DebtDischarged):
            act()
    repair = Duty.objects.filter(case=case, closed_at__isnull=True, kind__startswith="pressure.").order_by("kind")
    assert [(duty.kind, duty.subject, duty.due_on) for duty in repair] == [
        ("pressure.lift_limit", limit.symbol, date(2026, 11, 25)),
        ("pressure.remove_listing", row.symbol, date(2026, 11, 25)),
    ]
    listing.remove(listing_id=row.pk, actor=executor, at=MORNING)
    limiting.lift(limit_id=limit.pk, reason="履行完毕", actor=executor, at=MORNING)
    assert not repair.all().exists()
    assert pressure_queries.in_force(case, MORNING) == ()


def test_a_published_listing_with_a_term_needs_a_decision_to_end_early(cast: Cast, case: Case) -> None:
    row = _list(cast, case, 4)
    assert row.last_day == date(2028, 11, 20)
    later = clock.at_time(date(2026, 12, 22), 9)
    paper = Service.objects.get(document__kind="pressure.listing_decision")
    serving.record(
        service_id=paper.pk, method="DIRECT", served_on=date(2026, 11, 21), actor=cast.actor(cast.executor),
        at=clock.at_time(date(2026, 11, 21), 15),
    )  # fmt: skip
    listing.publish(listing_id=row.pk, actor=cast.actor(cast.executor), at=later)
    _pay_all(cast, case, later)
    assert Duty.objects.filter(kind="pressure.decide_early_removal", closed_at__isnull=True).count() == 1
    with pytest.raises(listing.NotRemovable):
        listing.remove(listing_id=row.pk, actor=cast.actor(cast.executor), at=later)
    decision = listing.propose_early_removal(listing_id=row.pk, why="已付清", actor=cast.actor(cast.executor), at=later)
    _approve(cast, decision, later)
    row.refresh_from_db()
    assert (row.state, row.ended_on) == ("REMOVED", date(2026, 12, 22))


def test_a_fine_on_an_organisation_has_a_floor(cast: Cast, case: Case) -> None:
    given = sanctioning.Proposal(
        party=_debtor(case), kind=sanctioning.SanctionKind.FINE, conduct="拒不报告财产", amount=Decimal("49999.99")
    )
    with pytest.raises(sanctioning.NotSanctionable):
        sanctioning.propose(case_id=case.pk, given=given, actor=cast.actor(cast.executor), at=MORNING)
    assert Event.objects.filter(verb="pressure.sanctioned").count() == 0


def test_detention_of_an_officer_is_numbered_and_tells_the_family(cast: Cast, case: Case) -> None:
    assert cast.bailiff.team == cast.team
    given = sanctioning.Proposal(
        party=_debtor(case), kind=sanctioning.SanctionKind.DETENTION, conduct="拒不报告财产", days=15, person="环某"
    )
    row = sanctioning.propose(case_id=case.pk, given=given, actor=cast.actor(cast.executor), at=MORNING)
    assert row.decision is not None
    _approve(cast, row.decision)
    row.refresh_from_db()
    assert row.sanction_case is not None
    assert row.sanction_case.number == "（2026）晋1031司惩1号"
    sanctioning.detain(sanction_id=row.pk, actor=cast.actor(cast.executor), at=MORNING)
    duty = Duty.objects.get(kind="pressure.tell_family", closed_at__isnull=True)
    assert duty.holder == cast.bailiff
    row.refresh_from_db()
    assert row.last_day == date(2026, 12, 5)
