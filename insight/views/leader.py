"""The leader's page: eight figures with target and history, the stock, money that waits, what is overdue, the proofs."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.access import allowed
from accounts.roles import Action
from funds import relays
from insight import boards, indicators, queries
from insight.formulas import money
from insight.frames import Frame
from insight.indicators import BOARD, DEFINITIONS, FURTHER, Indicator
from insight.models import Supervision
from insight.services.invariants import INVARIANTS, KEYS
from insight.views import framing, invariants
from kernel.templatetags.figures import wan

TALLEST = 84  # pixels of the tallest column of the ageing


@require_GET
@allowed(Action.LEAD)
def leader(request: HttpRequest) -> HttpResponse:
    """Eight figures and what stands behind the day; every number opens its formula and its rows."""
    frame = framing.frame_of(request)
    stock = boards.stock(frame)
    context = {
        "frame": frame,
        "chips": framing.chips(request, frame),
        "stats": stats(frame),
        "further": [(row, framing.indicator_url(row.key, frame)) for row in indicators.read_all(frame, FURTHER)],
        "stock": stock,
        "closing_rate": indicators.read("KPI-CLOSE", frame),
        "closing_url": framing.indicator_url("KPI-CLOSE", frame),
        "stock_parts": [(sign, part, framing.list_url(part.key, frame)) for sign, part in _signed(stock)],
        **_money(frame),
        "funnel": _funnel(frame),
        "lanes": _lanes(frame),
        "past_total": boards.past_duties(frame).count(),
        "past_url": framing.list_url("overdue", frame),
        "proofs": proofs(frame),
        "open_supervisions": Supervision.objects.filter(court_id=frame.court_id, replied_at__isnull=True).count(),
    }
    return render(request, "insight/leader.html", context)


def stats(frame: Frame, keys: tuple[str, ...] = BOARD) -> list[dict[str, Any]]:
    """The tiles: value, target, distance, and the days behind."""
    found = indicators.read_all(frame, keys)
    histories = queries.histories(frame, {key: DEFINITIONS[key].version for key in keys})
    return [_stat(row, histories[row.key]) for row in found]


def _stat(row: Indicator, history: list[tuple[date, Decimal]]) -> dict[str, Any]:
    points = [float(value) for _on, value in queries.thinned(history)]
    if row.value is not None and points:
        points.append(float(row.value))
    return {
        "label": row.title,
        "value": row.text,
        "unit": row.unit if row.value is not None else "",
        "state": row.state,
        "note": row.note,
        "url": framing.indicator_url(row.key, row.frame),
        "history": points if len(points) > 1 else [],
        "target": float(row.target) if row.target is not None else None,
    }


def _signed(stock: boards.Stock) -> list[tuple[str, Any]]:
    return [("", stock.old), ("＋", stock.new), ("－", stock.closed), ("＝", stock.unclosed)]


def _money(frame: Frame) -> dict[str, Any]:
    columns = relays.ageing(frame.court_id, at=frame.at)
    tallest = max((column.amount for column in columns), default=Decimal(0)) or Decimal(1)
    late = money.late(frame)
    amounts = list(late.values_list("amount", flat=True))
    return {
        "ageing": [
            {
                "label": column.label,
                "count": column.count,
                "value": wan(column.amount),
                "share": int(TALLEST * column.amount / tallest),
                "state": "held" if column.held else ("past" if column.late else ""),
            }
            for column in columns
        ],
        "late_count": len(amounts),
        "late_amount": sum(amounts, Decimal("0.00")),
        "late_url": framing.list_url("late", frame),
        "waiting_url": framing.list_url("waiting", frame),
    }


def _funnel(frame: Frame) -> list[dict[str, Any]]:
    steps = boards.funnel(frame)
    most = steps[0][2] or 1
    return [
        {
            "label": label,
            "count": count,
            "share": round(100 * count / most, 1),
            "url": framing.list_url(f"funnel-{key}", frame),
        }
        for key, label, count in steps
    ]


def _lanes(frame: Frame) -> list[dict[str, Any]]:
    return [
        {
            "label": row.label,
            "cases": row.cases,
            "past": row.past,
            "near": row.near,
            "url": framing.list_url(f"overdue-{row.key.lower() or 'other'}", frame),
        }
        for row in boards.lanes(frame)
    ]


def proofs(frame: Frame) -> list[dict[str, Any]]:
    """The newest proof of each invariant; one that was never proved says so."""
    found = queries.proofs(frame.court_id, KEYS)
    return [
        {
            "title": row.title,
            "means": row.means,
            "proof": found.get(row.key),
            "state": "idle" if row.key not in found else ("done" if found[row.key].holds else "past"),
            "word": invariants.proof_word(found.get(row.key)),
            "url": reverse("insight:invariants"),
        }
        for row in INVARIANTS
    ]
