"""What the wall shows: months of new and closed cases, what runs out first, and what has just happened; names masked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F
from django.db.models.functions import TruncMonth

from cases import sentences
from cases.declaring import DUTIES, EVENTS
from cases.models import Case, Duty, Event
from cases.queries import rows, subjects
from insight.formulas import caseload
from insight.frames import Frame
from kernel import clock, text

MONTHS = 12
TICKER, URGENT = 5, 5
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
        height = 66 - (44 * (row.stock - low) / (high - low) if high > low else 22)
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
    names = subjects.sides({duty.case_id for duty in found})
    return [
        {
            "left": rows.left_of(duty, frame.at),
            "lane": duty.case.get_lane_display(),
            "title": _title(duty),
            "whom": masked(names.get(duty.case_id)),
        }
        for duty in found
    ]


def _title(duty: Duty) -> str:
    kind = DUTIES.find(duty.kind)
    return str(kind.title) if kind else duty.kind


def ticker(frame: Frame) -> list[dict[str, Any]]:
    """The last turning events of execution cases, with every party's name masked."""
    verbs = [kind.verb for kind in EVENTS if kind.turning]
    found = list(
        Event.objects.filter(court_id=frame.court_id, verb__in=verbs, recorded_at__lte=frame.at)
        .exclude(case__lane="")
        .select_related("case")
        .order_by("-recorded_at", "-seq")[:TICKER]
    )
    names = subjects.sides({event.case_id for event in found})
    return [
        {"at": entry.at, "whom": masked(names.get(entry.event.case_id)), "sentence": _hidden(entry, names)}
        for entry in sentences.describe(found)
    ]


def _hidden(entry: sentences.Entry, names: dict[Any, tuple[list[str], list[str]]]) -> str:
    """The sentence with the names of the case's parties masked and case numbers shortened."""
    said = entry.sentence
    for side in names.get(entry.event.case_id, ([], [])):
        for name in sorted(side, key=len, reverse=True):
            said = said.replace(name, text.mask_name(name))
    return said


def masked(names: tuple[list[str], list[str]] | None) -> str:
    """The first name of the owing side, masked; of the claiming side when nobody owes."""
    claiming, owing = names or ([], [])
    first = (owing or claiming or [""])[0]
    return text.mask_name(first) if first else ""


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
