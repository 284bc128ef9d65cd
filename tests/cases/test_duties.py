"""Duties: opened, warned, escalated once, paused and resumed by law, closed by the event that does them."""

import threading
from datetime import date, datetime, timedelta

import pytest
from django.db import connection, transaction

from accounts.roles import Role
from cases import locks
from cases.declaring import DUTIES, EVENTS, DutyKind, EventKind, Limit, Step, of_case
from cases.models import Case, Duty, DutyNotice, DutyPause, Event, RuleOverride
from cases.services import assigning, sweeping
from cases.services.recording import record
from kernel import clock
from law.rules import NATIONAL
from tests import factories
from tests.cast import MORNING, Cast


@pytest.fixture
def visit() -> object:
    """A duty of five days that a stay pauses, with two steps of escalation."""
    verbs = ("test.asked", "test.done", "test.stayed", "test.resumed")
    EVENTS.declare(*(EventKind(verb, verb) for verb in verbs))
    DUTIES.declare(
        DutyKind(
            kind="test.visit",
            title="走访",
            holder=Role.EXECUTOR,
            limit=Limit(days=5),
            opens=("test.asked",),
            closes=("test.done",),
            pauses=("test.stayed",),
            resumes=("test.resumed",),
            about=of_case,
            warn=timedelta(days=2),
            escalate=(Step(timedelta(0), (Role.BUREAU_DIRECTOR,)), Step(timedelta(days=3), (Role.PRESIDENT,))),
        )
    )
    yield
    DUTIES.remove("test.visit")
    for verb in verbs:
        EVENTS.remove(verb)


def _happens(cast: Cast, case: Case, verb: str, at: datetime = MORNING) -> Event:
    with transaction.atomic():
        return record(case=locks.lock(case.pk), verb=verb, actor=cast.actor(cast.judge), at=at)


def _duty() -> Duty:
    return Duty.objects.get(kind="test.visit")


def test_five_days_run_from_the_next_day_and_off_a_rest_day(cast: Cast, visit: object) -> None:
    assert cast.executor
    _happens(cast, factories.civil_case(cast), "test.asked")
    duty = _duty()
    assert (duty.due_on, duty.due_at) == (date(2026, 11, 25), clock.end_of(date(2026, 11, 25)))
    assert (duty.holder, duty.holder_role) == (cast.executor, "EXECUTOR")


def test_the_same_duty_is_open_once(cast: Cast, visit: object) -> None:
    case = factories.civil_case(cast)
    _happens(cast, case, "test.asked")
    _happens(cast, case, "test.asked")
    assert Duty.objects.filter(kind="test.visit").count() == 1


def test_doing_it_in_time_is_told_from_doing_it_late(cast: Cast, visit: object) -> None:
    case = factories.civil_case(cast)
    _happens(cast, case, "test.asked")
    _happens(cast, case, "test.done", MORNING + timedelta(days=6))
    assert _duty().closed_in_time is False


def test_a_stay_gives_back_the_days_it_took(cast: Cast, visit: object) -> None:
    case = factories.civil_case(cast)
    _happens(cast, case, "test.asked")
    _happens(cast, case, "test.stayed", MORNING + timedelta(days=1))
    paused = _duty()
    assert (paused.paused_at is not None, paused.attention_at) == (True, None)
    _happens(cast, case, "test.resumed", MORNING + timedelta(days=11))
    duty = _duty()
    assert (duty.paused_at, duty.due_on) == (None, date(2026, 12, 7))  # 5 December is a Saturday
    assert DutyPause.objects.get().until_at == MORNING + timedelta(days=11)


def test_the_sweep_warns_then_says_past_then_escalates_each_once(cast: Cast, visit: object) -> None:
    assert cast.director
    assert cast.president
    _happens(cast, factories.civil_case(cast), "test.asked")
    Duty.objects.exclude(kind="test.visit").delete()
    due = _duty().due_at
    assert due is not None
    for moment in (due - timedelta(days=2), due, due + timedelta(days=3)):
        sweeping.sweep(at=moment)
        sweeping.sweep(at=moment)
    notices = [(row.step, row.label, row.watchers) for row in DutyNotice.objects.order_by("step")]
    assert notices == [
        (0, "WARNED", ["role:EXECUTOR"]),
        (1, "PAST", ["role:EXECUTOR"]),
        (2, "ESCALATED", [cast.director.symbol]),
        (3, "ESCALATED", [cast.president.symbol]),
    ]
    assert _duty().attention_at is None


def test_a_poisoned_duty_does_not_stop_the_night(cast: Cast, visit: object, monkeypatch: pytest.MonkeyPatch) -> None:
    _happens(cast, factories.civil_case(cast), "test.asked")
    Duty.objects.exclude(kind="test.visit").delete()
    at = _duty().due_at
    assert at is not None

    def broken(*_given: object) -> list[str]:
        raise RuntimeError("poison")

    monkeypatch.setattr(sweeping, "_watchers", broken)
    assert sweeping.sweep(at=at) == 1
    assert _duty().attention_at == at + timedelta(hours=1)
    assert DutyNotice.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_warn_once(cast: Cast, visit: object) -> None:
    assert cast.executor
    for seed in range(6):
        _happens(cast, factories.civil_case(cast, seed=seed), "test.asked")
    Duty.objects.exclude(kind="test.visit").delete()
    at = MORNING + timedelta(days=30)
    gate = threading.Barrier(2)

    def sweep() -> None:
        gate.wait()
        try:
            sweeping.sweep(at=at)
        finally:
            connection.close()

    threads = [threading.Thread(target=sweep) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert DutyNotice.objects.count() == 6 * 4


def test_a_courts_stricter_figure_binds_only_new_duties(cast: Cast) -> None:
    before = factories.execution_case(cast)
    RuleOverride.objects.create(
        court=cast.xixian, rule="EXE-NOTICE", value="3", from_on=date(2026, 1, 1), why="本院三日内发出",
        set_by=cast.administrator,
    )  # fmt: skip
    after = factories.execution_case(cast, seed=50)
    due = {row.case_id: row.due_on for row in Duty.objects.filter(kind="cases.notify")}
    assert (due[before.pk], due[after.pk]) == (date(2026, 11, 30), date(2026, 11, 23))


def test_duties_go_with_the_case_to_its_new_officer(cast: Cast) -> None:
    case = factories.execution_case(cast)
    director = cast.actor(cast.director)
    assigning.assign(case_id=case.pk, officer=cast.executor, actor=director, at=MORNING)
    assigning.assign(case_id=case.pk, officer=cast.other_judge, actor=director, at=MORNING)
    kept = Duty.objects.get(case=case, kind="cases.execute_in_time")
    assert (kept.holder, kept.holder_role) == (cast.other_judge, "EXECUTION_JUDGE")


def test_recording_on_a_case_that_is_not_held_is_a_fault(cast: Cast) -> None:
    case = factories.civil_case(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    connection.run_on_commit = []
    with pytest.raises(locks.NotLocked):
        record(case=case, verb="cases.stage_moved", actor=cast.actor(cast.judge), at=MORNING)
    assert Event.objects.filter(case=case, verb="cases.stage_moved").count() == 0


def test_a_rolled_back_lock_is_forgotten(cast: Cast) -> None:
    case = factories.civil_case(cast)
    connection.run_on_commit = []

    class Undone(Exception):
        pass

    def fail() -> None:
        with transaction.atomic():
            locks.lock(case.pk)
            assert locks.is_locked(case.pk)
            raise Undone

    with pytest.raises(Undone):
        fail()
    assert not locks.is_locked(case.pk)


def test_facts_hold_no_names(cast: Cast) -> None:
    factories.execution_case(cast)
    for event in Event.objects.all():
        assert "王某军" not in str(event.facts), event.verb


def test_every_limit_of_these_rooms_is_a_figure_of_the_law_or_a_day_that_the_event_gives() -> None:
    for kind in DUTIES:
        if kind.kind.partition(".")[0] in {"cases", "assets", "pressure"}:
            limit = kind.limit
            plain = limit.hours or limit.days or limit.working_days or limit.months
            assert not plain or NATIONAL.figure(limit.rule), kind.kind
