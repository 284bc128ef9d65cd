"""Papers of a case: the page of one, its files, recording how it was served, and making one by hand."""

import base64
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts import audit, policy
from accounts.access import staff_required
from accounts.actors import Actor
from accounts.roles import Action
from cases import access
from cases.forms_papers import ServiceForm
from cases.models import Case, Document, Service
from cases.papermaking import paper, pdf
from cases.papermaking.printing import Printed
from cases.papers import returns
from cases.services import drafting, files, rendering, serving
from kernel import clock
from kernel.refusals import NotFound, Refusal
from law import citations

FILES = {"pdf": "pdf", "docx": "word"}


class NotRendered(Refusal):
    """The paper could not be made into a file."""

    message = gettext_lazy("这份文书没有生成成功：%(fault)s")


def _of(request: HttpRequest, number: str, key: UUID, to: Action = Action.SEE_CASES) -> Document:
    """The paper of a case that the actor may see."""
    case = access.case_for(_actor(request), number, to)
    rows = Document.objects.select_related("case__court", "pdf", "word", "issued_by__user", "decision")
    found = rows.filter(case=case, pk=key).first()
    if found is None:
        raise NotFound()
    return found


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


@require_GET
@staff_required
def document(request: HttpRequest, number: str, key: UUID) -> HttpResponse:
    """What the paper is, its files, to whom it went and how."""
    found = _of(request, number, key)
    actor = _actor(request)
    services = found.services.select_related("party", "proof", "recorded_by__user").order_by("pk")
    context = {
        "document": found,
        "case": found.case,
        "services": services,
        "unserved": sum(1 for row in services if not row.served_on),
        "today": clock.today(),
        "may_serve": policy.may(actor, Action.SERVE),
        "may_issue": policy.may(actor, Action.ISSUE),
    }
    return render(request, "cases/document.html", context)


@require_GET
@staff_required
def document_pages(request: HttpRequest, number: str, key: UUID) -> HttpResponse:
    """The pages of the paper as pictures, for the page to show."""
    found = _of(request, number, key)
    _note_reading(request, found)
    return _pages(request, Printed.of(found))


@require_GET
@staff_required
def document_file(request: HttpRequest, number: str, key: UUID, kind: str) -> HttpResponse:
    """The PDF or the Word file, made now when it does not exist yet. Raises NotRendered."""
    if kind not in FILES:
        raise NotFound()
    found = _of(request, number, key)
    if getattr(found, FILES[kind]) is None:
        rendering.render(document_id=found.pk, at=clock.now())
        found.refresh_from_db()
    stored = getattr(found, FILES[kind])
    if stored is None:
        raise NotRendered(fault=found.render_error or _("请稍后再试"))
    _note_reading(request, found)
    return _file(stored.name, stored.media_type, files.read(stored), download=kind != "pdf")


@require_POST
@staff_required
def document_render(request: HttpRequest, number: str, key: UUID) -> HttpResponse:
    """Try again to make the files of a paper."""
    found = _of(request, number, key, Action.ISSUE)
    rendering.render(document_id=found.pk, at=clock.now())
    found.refresh_from_db()
    if found.pdf is None:
        raise NotRendered(fault=found.render_error or _("请稍后再试"))
    messages.success(request, _("已重新生成。"))
    return redirect(_page(found))


@require_http_methods(["GET", "POST"])
@staff_required
def serve(request: HttpRequest, number: str, key: UUID) -> HttpResponse:
    """Record how one recipient was served, with the return of service."""
    case = access.case_for(_actor(request), number, Action.SERVE)
    rows = Service.objects.select_related("document__case", "document__court", "party")
    row = rows.filter(case=case, pk=key).first()
    if row is None:
        raise NotFound()
    today = clock.today()
    form = ServiceForm(request.POST or None, request.FILES or None, initial={"served_on": today})
    refusal, status = None, 200
    if request.method == "POST":
        status = 400
        if form.is_valid():
            try:
                _serve(row, form.cleaned_data, _actor(request), clock.now())
            except Refusal as fault:
                if fault.status in {403, 404}:
                    raise
                refusal, status = fault, fault.status
            else:
                messages.success(request, _("已登记送达%(name)s。") % {"name": row.recipient})
                return _go(request, _page(row.document))
    context = {"service": row, "document": row.document, "form": form, "refusal": refusal, "multipart": True}
    return render(request, "cases/serve.html", context, status=status)


@transaction.atomic
def _serve(row: Service, typed: dict[str, Any], actor: Actor, at: datetime) -> None:
    proof = typed["proof"]
    kept = None
    if proof:
        kept = files.store(court=row.document.court, name=proof.name, content=proof.read(), actor=actor, at=at)
    serving.record(
        service_id=row.pk, method=typed["method"], served_on=typed["served_on"], actor=actor, at=at, proof=kept
    )


@require_GET
@staff_required
def service_return(request: HttpRequest, number: str, key: UUID) -> HttpResponse:
    """The return of service to print, take along and have signed."""
    case = access.case_for(_actor(request), number, Action.SERVE)
    rows = Service.objects.select_related("document", "case__court", "party")
    row = rows.filter(case=case, pk=key).first()
    if row is None:
        raise NotFound()
    printed = returns.of(row)
    return _file(f"{printed.title}{row.recipient}.pdf", files.BY_SUFFIX[".pdf"], pdf.write(printed))


@require_GET
@staff_required
def service_proof(request: HttpRequest, number: str, key: UUID) -> HttpResponse:
    """The return of service that was uploaded."""
    case = access.case_for(_actor(request), number)
    row = Service.objects.select_related("proof").filter(case=case, pk=key, proof__isnull=False).first()
    if row is None or row.proof is None:
        raise NotFound()
    return _file(row.proof.name, row.proof.media_type, files.read(row.proof), download=True)


@require_http_methods(["GET", "POST"])
@staff_required
def issue(request: HttpRequest, number: str) -> HttpResponse:
    """Choose a paper, look at it, issue it."""
    case = access.case_for(_actor(request), number, Action.ISSUE)
    kind = str((request.POST if request.method == "POST" else request.GET).get("kind", ""))
    refusal = None
    if request.method == "POST":
        try:
            made = drafting.issue(case_id=case.pk, kind=kind, actor=_actor(request), at=clock.now())
        except Refusal as fault:
            if fault.status in {403, 404}:
                raise
            refusal = fault
        else:
            messages.success(request, _("已制作%(title)s，文号 %(number)s。") % _names(made))
            return redirect(_page(made))
    elif kind:
        refusal = _refused(case, kind)
    choices = [(row, citations.full(row.article)) for row in drafting.choices(case)]
    context = {"case": case, "choices": choices, "kind": kind, "refusal": refusal}
    return render(request, "cases/issue.html", context, status=refusal.status if refusal else 200)


@require_GET
@staff_required
def issue_pages(request: HttpRequest, number: str) -> HttpResponse:
    """The pages of a paper as it would be issued now."""
    case = access.case_for(_actor(request), number, Action.ISSUE)
    return _pages(request, drafting.preview(case=case, kind=str(request.GET.get("kind", "")), at=clock.now()))


def _refused(case: Case, kind: str) -> Refusal | None:
    try:
        drafting.preview(case=case, kind=kind, at=clock.now())
    except Refusal as fault:
        return fault
    return None


def _pages(request: HttpRequest, printed: Printed) -> HttpResponse:
    try:
        pictures = [base64.b64encode(page).decode() for page in pdf.pictures(printed)]
    except Refusal as fault:
        return render(request, "cases/_paper_pages.html", {"refusal": fault})
    return render(request, "cases/_paper_pages.html", {"pictures": pictures, "title": printed.title})


def _file(name: str, media_type: str, content: bytes, *, download: bool = False) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(download, name),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)


def _note_reading(request: HttpRequest, found: Document) -> None:
    """Reading a paper with identity or account numbers is entered in the journal."""
    if paper.holds_secrets(found.data):
        address = request.META.get("REMOTE_ADDR")
        audit.write(
            actor=_actor(request), act="cases.document_read", at=clock.now(), about=found.symbol, address=address
        )


def _page(found: Document) -> str:
    return reverse("cases:document", args=[found.case.slug, found.pk])


def _names(made: Document) -> dict[str, str]:
    return {"title": made.title, "number": made.number}


def _go(request: HttpRequest, url: str) -> HttpResponse:
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)
