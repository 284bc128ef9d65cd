"""When a duty is due and who holds it: dates by law over the opening event, pauses and the calendar."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from accounts.roles import Role
from cases.declaring import OFFICER, DutyKind
from cases.models import Case, Duty, DutyPause, Event
from cases.queries.rules import Rulebooks
from kernel import clock, reading
from law import periods
from law.calendar import CHINA

UNITS = ("hours", "days", "working_days", "months")
_POSTS = """
    SELECT id, team_id
      FROM accounts_post
     WHERE court_id = %s AND role = %s AND from_on <= %s AND (until_on IS NULL OR until_on >= %s)
     ORDER BY team_id IS NOT DISTINCT FROM %s DESC, from_on, id
     LIMIT 2
"""


def freeze(kind: DutyKind, event: Event, case: Case, rules: Rulebooks) -> dict[str, object]:
    """The limit as it stands now, so that the duty keeps the rule it was opened under."""
    limit: dict[str, object] = {key: value for key in UNITS if (value := getattr(kind.limit, key))}
    if kind.limit.fact:
        limit["fact"] = kind.limit.fact
    if kind.limit.rule:
        figure = rules.of(case.court_id, clock.day_of(event.happened_at)).figure(kind.limit.rule)
        unit = next(key for key in UNITS if key in limit)
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
    posts = reading.answers(_POSTS, court_id, role, on, on, team_id)
    if team_id and posts and posts[0][1] == team_id:
        return posts[0][0], team_id
    return (posts[0][0] if len(posts) == 1 else None), None
