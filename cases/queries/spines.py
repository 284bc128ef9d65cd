"""The spine of a case with its dates, read from the events that led to each stage."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from cases.declaring import EVENTS
from cases.kinds import EXECUTION_KINDS, ClosedHow, Lane
from cases.models import Case, Duty, Event
from cases.stages import Stage, spine_of
from kernel import clock
from kernel.templatetags import dates

END_LIMITS = frozenset({"cases.execute_in_time", "cases.try"})  # duties whose limit is the end of the case


def spine(case: Case, duties: Sequence[Duty], at: datetime) -> dict[str, Any]:
    """Lanes and nodes of the case's spine for ``_parts/spine.html``; ``duties`` are the open ones of the case."""
    reached = _reached(case)
    names = list(spine_of(case.kind).stages.items())
    return {
        "nodes": [_node(case, stage, str(label), reached, duties, at) for stage, label in names],
        "lanes": _lanes(case) if case.kind in EXECUTION_KINDS else [],
    }


def _reached(case: Case) -> dict[str, datetime]:
    """When each stage was first reached."""
    leading = {row.verb: row.stage for row in EVENTS if row.stage}
    rows = Event.objects.filter(case=case, verb__in=list(leading)).order_by("seq")
    found: dict[str, datetime] = {}
    for verb, moment in rows.values_list("verb", "happened_at"):
        found.setdefault(leading[verb], moment)
    found.setdefault(case.stage, case.stage_since)
    return found


def _node(
    case: Case, stage: str, label: str, reached: dict[str, datetime], duties: Sequence[Duty], at: datetime
) -> dict[str, Any]:
    order = list(spine_of(case.kind).stages)
    if stage == case.stage and case.closed_at is None:
        days = (clock.day_of(at) - clock.day_of(case.stage_since)).days + 1
        return {"label": label, "note": _("现在，第 %(days)s 天") % {"days": days}, "state": "now"}
    if stage == Stage.CLOSED:
        return _end(case, label, duties, at)
    if order.index(stage) > order.index(case.stage):
        return {"label": label, "note": "", "state": "todo"}
    if stage in reached:
        return {"label": label, "note": _day(reached[stage], at), "state": "done"}
    return {"label": label, "note": _("未经过"), "state": "todo"}


def _end(case: Case, label: str, duties: Sequence[Duty], at: datetime) -> dict[str, Any]:
    if case.closed_at is not None:
        how = ClosedHow(case.closed_how).label
        return {"label": label, "note": f"{_day(case.closed_at, at)}，{how}", "state": "done"}
    limit = next((duty for duty in duties if duty.kind in END_LIMITS and duty.due_on), None)
    if limit is None or limit.due_at is None:
        return {"label": label, "note": "", "state": "todo"}
    day = dates.day_text(limit.due_on, clock.day_of(at))
    if at > limit.due_at and limit.paused_at is None:
        return {"label": label, "note": _("应于 %(day)s") % {"day": day}, "state": "past"}
    return {"label": label, "note": _("不晚于 %(day)s") % {"day": day}, "state": "todo"}


def _lanes(case: Case) -> list[dict[str, Any]]:
    """The lanes above the seven stages of an execution: three, one, one, and the two of money and closing."""
    paying = case.stage in {Stage.PAYING, Stage.CLOSED}
    rows = [(Lane.INQUIRY, 3), (Lane.IMPLEMENTATION, 1), (Lane.DISPOSAL, 1)]
    lanes = [{"label": lane.label, "span": span, "now": case.lane == lane and not paying} for lane, span in rows]
    return [*lanes, {"label": _("案款与结案"), "span": 2, "now": paying}]


def _day(moment: datetime, at: datetime) -> str:
    return dates.day_text(clock.day_of(moment), clock.day_of(at))
