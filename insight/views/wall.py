"""The wall of the command centre: dark, legible from five metres, refreshed by itself, names masked."""

from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts.access import allowed
from accounts.models import Court
from accounts.roles import Action
from funds import relays
from funds.models import Receipt
from insight import boards, indicators
from insight import wall as board
from insight.formulas import money
from insight.frames import Frame
from insight.views import framing, leader
from kernel import clock
from kernel.money import ZERO

SHOWN = ("KPI-REAL-FIRST", "KPI-ARRIVE", "KPI-DONE", "KPI-DAYS", "KPI-PRES", "KPI-PAYDAYS")


@require_GET
@allowed(Action.LEAD)
def wall(request: HttpRequest) -> HttpResponse:
    """Stock, lanes, money and six indicators of this moment."""
    frame = framing.frame_of(request)
    stock = boards.stock(frame)
    unclosed = int(stock.unclosed.value)
    lanes = [row for row in boards.lanes(frame) if row.key]
    moved = board.moved_today(frame)
    context = {
        "frame": frame,
        "court": Court.objects.get(pk=frame.court_id),
        "stock": stock,
        "today": board.today(frame),
        "chart": board.chart(board.months(frame, unclosed)),
        "lanes": [_lane(row, moved.get(row.key, 0)) for row in lanes],
        "lane_cases": sum(row.cases for row in lanes),
        "lane_past": sum(row.past for row in lanes),
        "urgent": board.urgent(frame),
        "stats": leader.stats(frame, SHOWN),
        "ticker": board.ticker(frame),
        **_money(frame),
    }
    return render(request, "insight/wall.html", context)


def _lane(row: boards.LaneLoad, moved: int) -> dict[str, Any]:
    """A lane with the widths of its bar: past and near are duties, the rest are cases without either."""
    rest = max(row.cases - row.past - row.near, 0)
    return {"row": row, "moved": moved, "rest": rest or (1 if not row.past + row.near else 0)}


def _money(frame: Frame) -> dict[str, Any]:
    columns = relays.ageing(frame.court_id, at=frame.at)
    running = [column for column in columns if not column.held]
    tallest = max((column.amount for column in columns), default=ZERO) or Decimal(1)
    came = Receipt.objects.filter(court_id=frame.court_id, received_at__gte=clock.start_of(frame.last))
    arrived = (
        came.exclude(state="REVERSED").exclude(source="DIVIDED").aggregate(count=Count("pk"), amount=Sum("amount"))
    )
    late = money.late(frame).order_by("received_at")
    unknown = indicators.read("KPI-UNKNOWN", frame)
    return {
        "to_pay": sum((column.amount for column in running), ZERO),
        "to_pay_count": sum(column.count for column in running),
        "arrived_count": arrived["count"],
        "arrived": arrived["amount"] or ZERO,
        "in_time": _in_time(frame),
        "unknown": unknown.denominator.value - unknown.numerator.value,
        "unknown_fall": unknown,
        "late_count": late.count(),
        "late_amount": late.aggregate(total=Sum("amount"))["total"] or ZERO,
        "late_at": _where(list(late[:20]), frame),
        "ageing": [
            {"column": column, "share": round(62 * float(column.amount / tallest), 1)}
            for column in columns
            if column.count or not (column.late or column.held)
        ][:6],
    }


def _where(found: list[Receipt], frame: Frame) -> str:
    """The step at which most of the late money waits."""
    labels = [row.label for row in relays.relays(found, at=frame.at)]
    return max(set(labels), key=labels.count) if labels else ""


def _in_time(frame: Frame) -> Decimal | None:
    """What share of the payouts of the frame were made within three days, in percent."""
    found = money.settled(frame).order_by().aggregate(
        total=Count("pk"), quick=Count("pk", filter=Q(took__lte=money.LATE))
    )  # fmt: skip
    if not found["total"]:
        return None
    return Decimal(found["quick"] * 100) / Decimal(found["total"])
