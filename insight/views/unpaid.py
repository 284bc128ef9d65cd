"""The standing list of effective judgments that are unpaid for longer than six months."""

from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.access import allowed
from accounts.roles import Action
from accounts.services import signing_in
from insight import unpaid as standing
from insight.services import exporting
from insight.views import framing


@require_GET
@allowed(Action.LEAD)
def unpaid(request: HttpRequest) -> HttpResponse:
    """Every such judgment with why, what was done last and what comes next, the largest sum first."""
    frame = framing.frame_of(request)
    found = standing.unpaid(frame)
    shown = found[: standing.MOST]
    cells = standing.cells(shown, frame.at)
    context = {
        "frame": frame,
        "count": len(found),
        "months": standing.months(frame),
        "owed": sum((row.owed for row in found), Decimal("0.00")),
        "acts": [{"label": _("导出表格"), "icon": "download", "url": reverse("insight:unpaid_export")}],
        "columns": [{"label": label, "kind": kind} for label, kind in standing.HEADS],
        "rows": [{"id": row.judgment.pk, "cells": line} for row, line in zip(shown, cells, strict=True)],
        "total_text": _("本页 %(shown)s 条，共 %(total)s 条") % {"shown": len(shown), "total": len(found)},
    }
    return render(request, "insight/unpaid.html", context)


@require_GET
@allowed(Action.LEAD)
def unpaid_export(request: HttpRequest) -> HttpResponse:
    """The whole list as a workbook."""
    frame = framing.frame_of(request)
    book = exporting.write(
        heads_and_rows=standing.sheet(standing.unpaid(frame), frame.at),
        title=_("未兑现的生效裁判"),
        key="unpaid",
        actor=framing.actor_of(request),
        at=frame.at,
        address=signing_in.address(request),
    )
    return framing.download(book, "unpaid", frame.at)
