"""Moving a case along its spine: the transition and its event in one step. Nothing else assigns a stage."""

from datetime import datetime
from typing import Any

from accounts.actors import Actor
from cases import locks
from cases.kinds import EXECUTION_KINDS, ClosedHow, Lane
from cases.models import Case, Event
from cases.services import answering, recording
from cases.stages import Stage, spine_of
from kernel import writing

LANES = {
    Stage.FILED: Lane.INQUIRY,
    Stage.NOTIFIED: Lane.INQUIRY,
    Stage.INQUIRED: Lane.INQUIRY,
    Stage.IMPLEMENTING: Lane.IMPLEMENTATION,
    Stage.DISPOSAL: Lane.DISPOSAL,
    Stage.PAYING: Lane.IMPLEMENTATION,
}


def move(
    *,
    case: Case,
    transition: str,
    verb: str,
    actor: Actor,
    at: datetime,
    facts: Any = None,
    subject: str = "",
    happened_at: datetime | None = None,
    closed_how: ClosedHow | None = None,
) -> Event:
    """Take a transition of the case's spine and record its event. Raises NotFromHere and whatever a guard raises."""
    locks.require(case)
    spine = spine_of(case.kind)
    row = spine.take(case.stage, transition)
    for guard in row.guards:
        guard(case=case, at=at)
    case.stage, case.stage_since = row.target, happened_at or at
    fields = ["stage", "stage_since", "version"]
    if case.kind in EXECUTION_KINDS and row.target in LANES:
        case.lane = LANES[Stage(row.target)]
        fields.append("lane")
    if row.target in spine.closed:
        case.closed_at, case.closed_how = happened_at or at, closed_how or ClosedHow.RULED
        fields += ["closed_at", "closed_how"]
    case.version += 1
    writing.change(case, *fields)
    event = recording.record(
        case=case, verb=verb, actor=actor, at=at, facts=facts, subject=subject, happened_at=happened_at
    )
    if row.target in spine.closed:
        answering.close_all(case=case, event=event)
    return event


def may(case: Case, transition: str) -> bool:
    """Whether the spine allows the transition from the present stage."""
    return spine_of(case.kind).allows(case.stage, transition)
