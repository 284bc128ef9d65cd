"""Statement files: upload, control totals, what was rejected or ignored, and how far the booking is."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import allowed
from accounts.models import Court
from accounts.roles import Action
from funds.forms.money import StatementForm
from funds.kinds import LineState
from funds.models import StatementImport, StatementLine
from funds.services import importing, opening, reconciling
from funds.views import acting
from funds.views.acting import Sheet, actor_of
from kernel import calling, clock, paging
from kernel.refusals import NotFound

NAMES = ("read", "accepted", "rejected", "ignored")


@require_GET
@allowed(Action.REGISTER_RECEIPT, Action.RECONCILE)
def imports(request: HttpRequest) -> HttpResponse:
    """The files that were imported, the latest first."""
    rows = StatementImport.objects.filter(court_id=actor_of(request).court_id).select_related("imported_by__user")
    page = paging.page(rows, order=("-at", "-id"), token=request.GET.get("page", ""))
    return render(request, "funds/imports.html", {"page": page})


@require_http_methods(["GET", "POST"])
@allowed(Action.REGISTER_RECEIPT)
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file; small ones are booked at once, larger ones by the worker while the page shows how far it is."""
    actor = actor_of(request)
    court = Court.objects.get(pk=actor.court_id)
    main = opening.main_account(court)
    form = StatementForm(acting.typed(request), request.FILES if request.method == "POST" else None)
    facts = [(_("案款专户"), f"{main.bank} {main.number}")]
    sheet = Sheet(_("导入流水"), _("导入"), form, reverse("funds:import"), facts=facts, multipart=True)

    def do() -> tuple[str, str]:
        file, at = form.cleaned_data["file"], clock.now()
        row = importing.take_and_book(court=court, name=file.name, content=file.read(), actor=actor, at=at)
        reconciling.after_import(imported=row, actor=actor, at=at)
        if row.lines_new > importing.AT_ONCE:
            transaction.on_commit(_book_the_rest)
        return reverse("funds:imported", args=[row.pk]), _("已导入，请核对控制总数。")

    return acting.act(request, sheet, do)


def _book_the_rest() -> None:
    calling.call("funds.tasks.book_lines")


@require_GET
@allowed(Action.REGISTER_RECEIPT, Action.RECONCILE)
def imported(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One file: control totals, lines left out with their reasons, and its lines."""
    rows = StatementImport.objects.filter(court_id=actor_of(request).court_id, pk=pk)
    found = rows.select_related("imported_by__user", "main").first()
    if found is None:
        raise NotFound()
    lines = StatementLine.objects.filter(imported=found).select_related("receipt__case")
    page = paging.page(lines, order=("ordinal", "id"), token=request.GET.get("page", ""))
    waiting = lines.filter(state=LineState.NEW).count()
    context = {
        "found": found,
        "totals": [_total(found, name) for name in NAMES],
        "page": page,
        "done": found.lines_new - waiting,
        "compared": found.comparisons.order_by("-at").first(),
    }
    return render(request, "funds/imported.html", context)


def _total(found: StatementImport, name: str) -> dict[str, Any]:
    words = {"read": _("读入"), "accepted": _("接受"), "rejected": _("拒绝"), "ignored": _("忽略")}
    return {"label": words[name], **found.control.get(name, {})}
