"""The frame that an address asks for, the chips that change it, and the addresses of figures and lists."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from accounts.actors import Actor
from insight.frames import Frame, Span, span_of
from kernel import clock

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def actor_of(request: HttpRequest) -> Actor:
    """The staff actor that the door let in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def frame_of(request: HttpRequest) -> Frame:
    """The frame of the reader's court over the span in the address, now."""
    span = span_of(request.GET.get("span", ""))
    return Frame.of(court_id=actor_of(request).court_id, span=span, at=clock.now())


def chips(request: HttpRequest, frame: Frame) -> list[dict[str, Any]]:
    """One chip for each span; the rest of the address stays."""
    kept = {key: value for key, value in request.GET.items() if key not in {"span", "page"}}
    return [
        {"label": span.label, "url": f"?{urlencode(kept | {'span': span.value})}", "active": span == frame.span}
        for span in Span
    ]


def download(book: bytes, name: str, at: datetime) -> HttpResponse:
    """A workbook as a file that the browser saves and never keeps."""
    disposition = f'attachment; filename="shanzhi-{name}-{clock.day_of(at):%Y%m%d}.xlsx"'
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return HttpResponse(book, content_type=XLSX, headers=headers)


def indicator_url(key: str, frame: Frame) -> str:
    """The page of an indicator over the same span."""
    return f"{reverse('insight:indicator', args=[key])}?span={frame.span}"


def list_url(key: str, frame: Frame) -> str:
    """The list behind another figure of the leader's page, over the same span."""
    return f"{reverse('insight:rows', args=[key])}?span={frame.span}"
