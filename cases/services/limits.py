"""When a duty is due and who holds it: dates by law over the opening event, pauses and the calendar."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from uuid import UUID

from accounts.models import Post
from accounts.roles import Role
from cases.declaring import OFFICER, DutyKind
from cases.models import Case, Duty, DutyPause, Event
from cases.queries.rules import rulebook
from kernel import clock
from law import periods
from law.calendar import CHINA


def freeze(kind: DutyKind, event: Event, case: Case) -> dict[str, object]:
    """The limit as it stands now, so that the duty keeps the rule it was opened under."""
    limit = {key: value for key, value in asdict(kind.limit).items() if value and key not in {"before", "rule"}}
    if kind.limit.rule:
        figure = rulebook(case.court, clock.day_of(event.happened_at)).figure(kind.limit.rule)
        unit = next(key for key in ("hours", "days", "working_days", "months") if key in limit)
        limit |= {unit: int(figure), "rule": kind.limit.rule}
    if kind.limit.fact:
        limit["until"] = (event.facts or {}).get(kind.limit.fact) or ""
    if kind.limit.before:
        limit["before"] = int(kind.limit.before.total_seconds())
    return limit


def set_due(duty: Duty, kind: DutyKind, *, pauses: Sequence[DutyPause]) -> None:
    """Compute ``due_at``, ``due_on``, ``warn_at`` and the next moment of attention from the frozen limit."""
    duty.due_at, duty.due_on = _due(duty.limit, duty.base_at, pauses)
    if duty.due_at is None:
        duty.warn_at = duty.attention_at = None
        return
    duty.due_at -= timedelta(seconds=int(duty.limit.get("before", 0)))
    if duty.due_on is not None:
        duty.due_on = clock.day_of(duty.due_at - timedelta(microseconds=1))
        duty.provisional = CHINA.is_provisional(duty.due_on.year)
    duty.warn_at = max(duty.due_at - kind.warn, duty.base_at)
    duty.attention_at = duty.warn_at if duty.step == 0 else duty.due_at


def _due(limit: dict[str, object], base: datetime, pauses: Sequence[DutyPause]) -> tuple[datetime | None, date | None]:
    paused = sum(((row.until_at or row.from_at) - row.from_at for row in pauses), timedelta(0))
    if "hours" in limit:
        return periods.last_moment(start=base, hours=int(str(limit["hours"]))) + paused, None
    if until := str(limit.get("until", "")):
        if "T" in until:
            return datetime.fromisoformat(until) + paused, None
        day = date.fromisoformat(until) + timedelta(days=paused.days)
        return clock.end_of(day), day
    spans = {key: int(str(limit[key])) for key in ("days", "working_days", "months") if key in limit}
    if not spans:
        return None, None
    start = clock.day_of(base) + timedelta(days=paused.days)
    day = periods.last_day(start=start, **spans)
    return clock.end_of(day), day


class Holders:
    """Who holds duties: a role's post is looked up once for all duties that are opened together."""

    def __init__(self) -> None:
        self._posts: dict[tuple[str, UUID, UUID | None, date], tuple[UUID | None, UUID | None]] = {}

    def name(self, duty: Duty, kind: DutyKind, event: Event, case: Case) -> None:
        """Name the post that holds the duty; without a post the role's tray of the team or the court holds it."""
        wanted = kind.holder(event, case) if callable(kind.holder) else kind.holder
        if wanted == OFFICER:
            duty.holder_id, duty.holder_team_id = case.officer_id, case.team_id
            duty.holder_role = case.officer.role if case.officer else Role.BUREAU_DIRECTOR
            return
        duty.holder_role = wanted
        asked = (wanted, case.court_id, case.team_id, clock.day_of(event.recorded_at))
        if asked not in self._posts:
            self._posts[asked] = _post_of(*asked)
        duty.holder_id, duty.holder_team_id = self._posts[asked]


def _post_of(role: str, court_id: UUID, team_id: UUID | None, on: date) -> tuple[UUID | None, UUID | None]:
    """The role's first post in the team, with the team; else its only post in the court."""
    in_force = Post.objects.in_force(on).filter(role=role, court_id=court_id)
    if team_id and (post := in_force.filter(team_id=team_id).order_by("from_on", "id").first()):
        return post.pk, team_id
    posts = list(in_force[:2])
    return (posts[0].pk if len(posts) == 1 else None), None
