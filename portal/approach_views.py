"""主动联系 on the phone: I want to pay, I want to mediate; with the case's own account for a payment ahead."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.models import Duty, Participation
from funds.payable import payable
from kernel import clock
from kernel.refusals import NotFound, Refusal
from kernel.templatetags import dates
from portal import pages
from portal.access import Reader, party_required
from portal.forms import ApproachForm
from portal.models import Approach
from portal.services import approaching


@party_required
@require_http_methods(["GET", "POST"])
def approach(request: HttpRequest, reader: Reader, number: str) -> HttpResponse:
    """Come forward; the page keeps what was said and what was answered."""
    row = reader.participation(number)
    if not approaching.may_approach(row.case, row.party_id) and not _earlier(row):
        raise NotFound()
    form = ApproachForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            approaching.make(case_id=row.case_id, actor=reader.actor, at=clock.now(), **form.cleaned_data)
        except Refusal as found:
            refusal = found
        else:
            return redirect("portal:approach", row.case.slug)
    status = refusal.status if refusal else (400 if request.method == "POST" else 200)
    context = _context(reader, row, clock.now()) | {"form": form, "refusal": refusal}
    return render(request, "portal/approach.html", context, status=status)


def _earlier(row: Participation) -> bool:
    return Approach.objects.filter(case=row.case, party_id=row.party_id).exists()


def _context(reader: Reader, row: Participation, at: datetime) -> dict[str, Any]:
    asked = list(Approach.objects.filter(case=row.case, party_id=row.party_id).order_by("-made_at")[:10])
    waiting = next((one for one in asked if one.answered_at is None), None)
    due = Duty.objects.open().filter(kind="portal.answer_approach", subject=waiting.symbol).first() if waiting else None
    by = dates.day_text(due.due_on, clock.day_of(at)) if due and due.due_on else ""
    return {
        "portal": pages.portal(reader, row),
        "case": row.case,
        "asked": asked,
        "waiting": waiting,
        "waiting_words": _("承办人会在%(day)s前答复。") % {"day": by} if by else _("请等承办人答复。"),
        "may_ask": waiting is None and approaching.may_approach(row.case, row.party_id),
        "pay": payable(row.case, at=at),
    }
