"""A distribution plan on the phone: my own row, the ratio, my last day; and my objection, or my opposition to another's."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.models import Participation, Party
from funds.kinds.distribution import OVER, PlanStage, Window
from funds.models import DistributionPlan, PlanClaim, PlanObjection
from funds.services import objecting, plan_windows, planning
from funds.services.plan_windows import Span
from kernel import clock
from kernel.refusals import NotFound, Refusal
from kernel.templatetags.countdowns import countdown
from portal import pages
from portal.access import Reader, party_required
from portal.forms_plans import ObjectionForm, OppositionForm

OBJECT = "object"
"""What the address asks for when both an opposition and an objection are open."""
SHOWN = (PlanStage.ISSUED, PlanStage.PARTLY, PlanStage.DONE)


def plans_of(row: Participation) -> list[DistributionPlan]:
    """The issued plans in which the reader, or whom the reader represents, is a creditor or the debtor; newest first."""
    party = person(row)
    claims = PlanClaim.objects.filter(party=party, dropped_at__isnull=True)
    mine = Q(debtor=party) | Q(pk__in=claims.values("plan_id"))
    here = Q(case=row.case_id) | Q(pk__in=PlanClaim.objects.filter(case=row.case_id).values("plan_id"))
    rows = DistributionPlan.objects.filter(mine, here, court_id=row.case.court_id, stage__in=SHOWN)
    return list(rows.select_related("case", "debtor", "court", "document").order_by("-issued_at"))


def ways(row: Participation) -> list[dict[str, str]]:
    """The rows on the money page that lead to the plans."""
    return [
        {
            "icon": "scale",
            "label": _("分配方案"),
            "note": f"{found.pool:,.2f}　{found.get_stage_display()}",
            "url": reverse("portal:plan", args=[row.case.slug, found.pk]),
        }
        for found in plans_of(row)
    ]


def person(row: Participation) -> Party:
    """Whose plan it is: the reader's own, or whom an agent represents."""
    return row.represents.party if row.represents else row.party


@party_required
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, reader: Reader, number: str, pk: UUID) -> HttpResponse:
    """One plan for one person. An agent reads; the party itself, or the court's desk, enters an objection."""
    row, at = reader.participation(number), clock.now()
    found = next((one for one in plans_of(row) if one.pk == pk), None)
    if found is None:
        raise NotFound()
    spans = plan_windows.spans(found, at=at)
    form, refusal = _form(request, found, row, spans, at), None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            _do(form, found, row, reader, at)
        except Refusal as why:
            refusal = why
        else:
            return redirect("portal:plan", row.case.slug, found.pk)
    status = refusal.status if refusal else (400 if request.method == "POST" else 200)
    context = _context(reader, row, found, spans, at) | {"form": form, "refusal": refusal}
    return render(request, "portal/plan.html", context, status=status)


def _form(
    request: HttpRequest, found: DistributionPlan, row: Participation, spans: list[Span], at: datetime
) -> ObjectionForm | OppositionForm | None:
    """The form for what the person may do now: oppose another's objection, or object; None when nothing is open."""
    if row.represents:
        return None
    typed, today = request.POST or None, clock.day_of(at)
    to_oppose = [
        span.about
        for span in spans
        if span.party.pk == row.party_id and span.window == Window.OPPOSE and span.state(today) == "OPEN"
    ]
    mine = plan_windows.of_party(spans, row.party_id, Window.OBJECT, found.pk)
    may_object = found.stage != PlanStage.DONE and mine is not None and mine.state(today) in ("OPEN", "UNSERVED")
    about = PlanObjection.objects.filter(pk__in=to_oppose).exclude(stage__in=OVER).order_by("made_at").first()
    if about and not (may_object and request.GET.get("to") == OBJECT):
        return OppositionForm(typed, initial={"about": about.pk}, may_object=may_object)
    return ObjectionForm(typed, plan=found, initial={"rank": "ORDINARY"}) if may_object else None


def _do(
    form: ObjectionForm | OppositionForm, found: DistributionPlan, row: Participation, reader: Reader, at: datetime
) -> None:
    grounds = form.cleaned_data["grounds"]
    if isinstance(form, OppositionForm):
        about = form.cleaned_data["about"]
        if not PlanObjection.objects.filter(pk=about, plan=found).exists():
            raise NotFound()
        objecting.oppose(objection_id=about, party_id=row.party_id, grounds=grounds, actor=reader.actor, at=at)
        return
    objecting.make(
        plan_id=found.pk, party_id=row.party_id, grounds=grounds, wants=form.wants(), actor=reader.actor, at=at
    )


def _context(
    reader: Reader, row: Participation, found: DistributionPlan, spans: list[Span], at: datetime
) -> dict[str, Any]:
    who, today = person(row), clock.day_of(at)
    division = planning.division(found, list(planning.claims_of(found)), at)
    windows = [
        {
            "what": Window(span.window).label,
            "span": span,
            "state": span.state(today),
            "left": countdown(clock.end_of(span.last_day), at, opened=clock.start_of(span.served_on))
            if span.last_day and span.served_on and span.state(today) == "OPEN"
            else None,
        }
        for span in spans
        if span.party.pk == who.pk
    ]
    objections = PlanObjection.objects.filter(plan=found).select_related("party").order_by("made_at")
    return {
        "portal": pages.portal(reader, row, "money"),
        "case": row.case,
        "plan": found,
        "division": division,
        "mine": [one for one in division.rows if one.claim.party_id == who.pk],
        "all": division.rows if found.debtor_id == who.pk else [],
        "rate": f"{division.ordinary_rate:.4%}" if division.ordinary_rate is not None else "",
        "windows": windows,
        "objections": [
            {"objection": one, "own": one.party_id == who.pk, "reserved": objecting.reserved_of(one)}
            for one in objections
        ],
        "question": _("这笔钱怎样分") if found.debtor_id == who.pk else _("我能分到多少"),
    }
