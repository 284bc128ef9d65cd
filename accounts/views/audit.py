"""The security journal of the court, and its workbook."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from accounts import acts, journal
from accounts import audit as writer
from accounts.access import allowed
from accounts.forms import AuditFilter
from accounts.roles import Action
from accounts.services import signing_in
from accounts.views import acting
from kernel import clock, paging

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@allowed(Action.READ_AUDIT)
def audit(request: HttpRequest) -> HttpResponse:
    """Entries by act, person and day, the newest first."""
    chosen = _chosen(request)
    page = paging.page(_entries(request, chosen), order=journal.ORDER, token=request.GET.get("page", ""))
    context = {"filter": chosen, "page": page, "lines": journal.lines(page.rows), "query": request.GET.urlencode()}
    return render(request, "accounts/audit.html", context)


@require_GET
@allowed(Action.READ_AUDIT)
def export(request: HttpRequest) -> HttpResponse:
    """What the filters show, as a workbook; the export is an entry itself."""
    chosen = _chosen(request)
    book, count = journal.export(_entries(request, chosen))
    now = clock.now()
    writer.write(
        actor=acting.actor_of(request),
        act=acts.AUDIT_EXPORTED,
        at=now,
        address=signing_in.address(request),
        rows=count,
        filters={key: getattr(value, "symbol", str(value)) for key, value in _typed(chosen).items() if value},
    )
    name = f"shanzhi-audit-{clock.day_of(now):%Y%m%d}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(book, content_type=XLSX, headers=headers)


def _chosen(request: HttpRequest) -> AuditFilter:
    return AuditFilter(request.GET, court_id=acting.actor_of(request).court_id)


def _typed(chosen: AuditFilter) -> dict[str, Any]:
    return chosen.cleaned_data if chosen.is_valid() else {}


def _entries(request: HttpRequest, chosen: AuditFilter) -> Any:
    return journal.entries(acting.actor_of(request).court_id, **_typed(chosen))
