"""What the wall shows: months of new and closed cases, what runs out first, and what has just happened; names masked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F
from django.db.models.functions import TruncMonth

from cases import sentences
from cases.declaring import DUTIES, EVENTS
from cases.kinds import CLAIMING, OWING, PartyKind
from cases.models import Case, Duty, Event, Participation
from cases.queries import rows
from insight.formulas import caseload
from insight.frames import Frame
from kernel import clock, text

MONTHS = 12
TICKER, URGENT = 4, 5
FIRST_CLAUSE = re.compile("[，（：；]")
SAID_TWICE = frozenset({"cases.performed"})  # the receipt says it
HIGH, WIDE = 260, 451  # pixels of the chart of months


@dataclass(frozen=True)
class Month:
    """One month: how many cases came, how many closed, how many were open at its end."""

    first: date
    new: int
    closed: int
    stock: int


def months(frame: Frame, unclosed: int) -> list[Month]:
    """The twelve months that end now; the stock is reckoned backwards from what is open now. Two queries."""
    firsts = _firsts(frame.last)
    since = clock.start_of(firsts[0])
    new = _by_month(caseload.of_court(frame).filter(filed_at__gte=since), "filed_at")
    closed = _by_month(caseload.of_court(frame).filter(closed_at__gte=since, closed_at__lte=frame.at), "closed_at")
    found, stock = [], unclosed
    for first in reversed(firsts):
        found.append(Month(first, new.get(first, 0), closed.get(first, 0), stock))
        stock += closed.get(first, 0) - new.get(first, 0)
    return found[::-1]


def _firsts(last: date) -> list[date]:
    index = last.year * 12 + last.month - 1
    return [date(place // 12, place % 12 + 1, 1) for place in range(index - MONTHS + 1, index + 1)]


def _by_month(found: Any, field: str) -> dict[date, int]:
    month = TruncMonth(field, tzinfo=clock.SHANGHAI)
    counted = found.order_by().annotate(month=month).values("month").annotate(total=Count("pk"))
    return {row["month"].date(): row["total"] for row in counted}


def chart(found: Sequence[Month]) -> dict[str, Any]:
    """Bars and the line of the stock in a field of fixed size; the first, the lowest and the last point are labelled."""
    most = max((max(row.new, row.closed) for row in found), default=0) or 1
    stocks = [row.stock for row in found]
    low, high = min(stocks), max(stocks)
    slot, bar = WIDE / len(found), WIDE / len(found) * 0.34
    bars, points = [], []
    for place, row in enumerate(found):
        left = place * slot + slot * 0.12
        bars.append(
            {
                "new": _bar(left, bar, row.new, most),
                "closed": _bar(left + bar + 2, bar, row.closed, most),
                "label": f"{row.first.month}",
                "middle": round(place * slot + slot / 2, 1),
            }
        )
        height = 74 - (44 * (row.stock - low) / (high - low) if high > low else 22)
        points.append({"x": round(place * slot + slot / 2, 1), "y": round(height, 1), "value": row.stock})
    for place in {0, stocks.index(low), len(found) - 1}:
        points[place]["said"] = True
    return {
        "bars": bars,
        "points": points,
        "line": " ".join(f"{point['x']},{point['y']}" for point in points),
        "wide": WIDE,
        "high": HIGH,
    }


def _bar(left: float, width: float, count: int, most: int) -> dict[str, float]:
    height = round(150 * count / most, 1)
    return {"x": round(left, 1), "y": round(HIGH - 30 - height, 1), "width": round(width, 1), "height": height}


def urgent(frame: Frame) -> list[dict[str, Any]]:
    """The duties that run out first, with the masked name of the other side."""
    found = (
        Duty.objects.open()
        .filter(court_id=frame.court_id, paused_at__isnull=True, due_at__isnull=False)
        .exclude(case__lane="")
        .select_related("case", "holder__user", "holder_team")
        .order_by("due_at", "id")[:URGENT]
    )
    people = _people({duty.case_id for duty in found})
    return [
        {
            "left": rows.left_of(duty, frame.at),
            "lane": duty.case.get_lane_display(),
            "title": _title(duty),
            "whom": _whom(people.get(duty.case_id, ())),
        }
        for duty in found
    ]


def _title(duty: Duty) -> str:
    kind = DUTIES.find(duty.kind)
    return str(kind.title) if kind else duty.kind


def ticker(frame: Frame) -> list[dict[str, Any]]:
    """The last turning events of execution cases in a few words, with the names of persons masked."""
    verbs = [kind.verb for kind in EVENTS if kind.turning and kind.verb not in SAID_TWICE]
    found = list(
        Event.objects.filter(court_id=frame.court_id, verb__in=verbs, recorded_at__lte=frame.at)
        .exclude(case__lane="")
        .select_related("case")
        .order_by("-recorded_at", "-seq")[:TICKER]
    )
    people = _people({event.case_id for event in found})
    return [
        {
            "at": entry.event.recorded_at,
            "whom": _whom(people.get(entry.event.case_id, ())),
            "sentence": _hidden(entry.sentence, people.get(entry.event.case_id, ())),
        }
        for entry in sentences.describe(found)
    ]


@dataclass(frozen=True)
class Somebody:
    """A party as the wall may name it: persons are masked, organisations are not."""

    name: str
    shown: str
    owes: bool


def _people(case_ids: Iterable[UUID]) -> dict[UUID, list[Somebody]]:
    found = Participation.objects.filter(case__in=list(case_ids), role__in=[*CLAIMING, *OWING]).order_by(
        "ordinal", "id"
    )
    people: dict[UUID, list[Somebody]] = {}
    for case_id, role, name, kind in found.values_list("case_id", "role", "party__name", "party__kind"):
        shown = name if kind == PartyKind.ORGANISATION else text.mask_name(name)
        people.setdefault(case_id, []).append(Somebody(name, shown, role in OWING))
    return people


def _whom(people: Sequence[Somebody]) -> str:
    """The first of those who owe, else of those who claim."""
    return next((one.shown for one in sorted(people, key=lambda one: not one.owes)), "")


def _hidden(sentence: str, people: Sequence[Somebody]) -> str:
    """The beginning of the sentence, its persons masked."""
    said = FIRST_CLAUSE.split(sentence, maxsplit=1)[0]
    for one in sorted(people, key=lambda one: -len(one.name)):
        said = said.replace(one.name, one.shown)
    return said


def today(frame: Frame) -> dict[str, int]:
    """How many execution cases came and closed today."""
    begun: datetime = clock.start_of(frame.last)
    rows_of = caseload.of_court(frame)
    return {
        "new": rows_of.filter(filed_at__gte=begun).count(),
        "closed": rows_of.filter(closed_at__gte=begun, closed_at__lte=frame.at).count(),
    }


def moved_today(frame: Frame) -> dict[str, int]:
    """How many cases came into each lane today."""
    found = Case.objects.open().filter(court_id=frame.court_id, stage_since__gte=clock.start_of(frame.last))
    return dict(
        found.exclude(lane="")
        .order_by()
        .values(lane_of=F("lane"))
        .annotate(total=Count("pk"))
        .values_list("lane_of", "total")
    )
