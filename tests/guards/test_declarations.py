"""The tables of the house: complete, drawn, closed; and a new row is one declaration in one file."""

from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from django.db import transaction

from accounts.roles import Action, Role
from cases import checks, locks, stages
from cases.declaring import DECISIONS, DUTIES, EVENTS, Card, DecisionKind, DutyKind, EventKind, Limit, of_case
from cases.models import Case, Duty
from cases.services import deciding, recording
from enforcement import celery as schedule
from kernel.transitions import NotFromHere
from tests import factories
from tests.cast import MORNING, Cast

ROOT = Path(__file__).resolve().parents[2]
PAIRS = [
    (spine.kind, stage, row.name)
    for spine in stages.SPINES.values()
    for stage, row in product(spine.stages, spine.transitions)
    if stage not in row.sources
]


def test_every_pair_that_is_not_in_the_table_is_refused() -> None:
    assert len(PAIRS) > 100
    for kind, stage, name in PAIRS:
        with pytest.raises(NotFromHere):
            stages.spine_of(kind).take(stage, name)


def test_the_drawing_of_the_spines_is_fresh() -> None:
    drawn = (ROOT / "docs" / "spines.md").read_text(encoding="utf-8")
    assert drawn == stages.drawing() + "\n", "run: make manage ARGS=draw_spines"


def test_every_spine_can_be_walked_to_its_end() -> None:
    for spine in stages.SPINES.values():
        reached, todo = {spine.initial}, [spine.initial]
        while todo:
            here = todo.pop()
            targets = {row.target for row in spine.transitions if here in row.sources} - reached
            reached |= targets
            todo += targets
        assert reached == set(spine.stages), spine.kind


def test_the_declarations_fit_together() -> None:
    assert checks.declarations() == []


def test_an_unknown_verb_is_found() -> None:
    kind = DutyKind(
        kind="test.lost",
        title="x",
        holder=Role.CLERK,
        limit=Limit(days=1),
        opens=("no.such",),
        closes=("cases.closed",),
    )
    DUTIES.declare(kind)
    try:
        assert [row.id for row in checks.declarations()] == ["cases.E001"]
    finally:
        DUTIES.remove("test.lost")


def test_the_worker_serves_every_queue() -> None:
    routed = {route["queue"] for route in schedule.app.conf.task_routes.values()} | {
        schedule.app.conf.task_default_queue
    }
    assert routed == set(schedule.QUEUES)
    scheduled = {row["task"] for row in schedule.app.conf.beat_schedule.values()}
    schedule.app.loader.import_default_modules()
    assert scheduled <= set(schedule.app.tasks)


@pytest.fixture
def one_new_row() -> object:
    """A visit that someone must make within three days, decided by the director: one event, one duty, one decision."""
    done: list[str] = []

    def carry_out(*, decision: object, case: Case, actor: object, at: object) -> None:
        recording.record(case=case, verb="test.visit_ordered", actor=actor, at=at)  # type: ignore[arg-type]
        done.append(case.number)

    EVENTS.declare(EventKind("test.visit_ordered", "安排走访"), EventKind("test.visited", "已走访"))
    DUTIES.declare(
        DutyKind(
            kind="test.visit", title="走访", holder=Role.BUREAU_DIRECTOR, limit=Limit(working_days=3),
            opens=("test.visit_ordered",), closes=("test.visited",), about=of_case, warn=timedelta(days=1),
        )
    )  # fmt: skip
    DECISIONS.declare(
        DecisionKind(
            kind="test.visit", title="走访", tiers=(Role.BUREAU_DIRECTOR,), ask=Action.PROPOSE_CLOSING,
            decide=Action.APPROVE_CLOSING, card=lambda decision: Card(), carry_out=carry_out,
        )
    )  # fmt: skip
    yield done
    for registry, name in (
        (EVENTS, "test.visit_ordered"),
        (EVENTS, "test.visited"),
        (DUTIES, "test.visit"),
        (DECISIONS, "test.visit"),
    ):
        registry.remove(name)  # type: ignore[attr-defined]


def test_a_new_duty_and_decision_are_one_declaration_each(cast: Cast, one_new_row: list[str]) -> None:
    case = factories.execution_case(cast)
    with transaction.atomic():
        decision = deciding.ask(
            case=locks.lock(case.pk), kind="test.visit", subject=case.symbol, actor=cast.actor(cast.judge), at=MORNING
        )
    deciding.approve(decision_id=decision.pk, actor=cast.actor(cast.director), at=MORNING)
    assert one_new_row == [case.number]
    duty = Duty.objects.get(kind="test.visit")
    assert (str(duty.due_on), duty.holder) == ("2026-11-25", cast.director)
    with transaction.atomic():
        recording.record(case=locks.lock(case.pk), verb="test.visited", actor=cast.actor(cast.judge), at=MORNING)
    duty.refresh_from_db()
    assert duty.closed_in_time is True
