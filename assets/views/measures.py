"""The renewal radar: every freeze that runs out, the first to run out first; and the clues of a case."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policy
from accounts.access import allowed
from accounts.roles import Action
from assets import queries
from assets.forms import ClueResultForm
from assets.models import Measure
from assets.models.measures import OrderState
from assets.queries import lists
from assets.services import clueing
from assets.views import reading
from cases import access
from cases.models import Case, Clue
from cases.queries import subjects
from cases.views import acting
from cases.views.acting import Done, Sheet
from cases.views.answering import chip
from gateways.models import OPEN, Message
from kernel import clock, paging
from kernel.refusals import NotFound
from kernel.templatetags.countdowns import countdown
from law import freezing

ORDER = ("last_day", "id")


@require_GET
@allowed(Action.SEE_PROPERTY)
def measures(request: HttpRequest) -> HttpResponse:
    """Measures in force by their last day, with the T-90/60/30/15/7 marks of 解释485 and 保规18."""
    actor, at = acting.actor_of(request), clock.now()
    today = clock.day_of(at)
    every = _of_case(request, queries.expiring(actor))
    typed = request.GET.get("within", "")
    within = int(typed) if typed.isdecimal() and int(typed) in lists.HORIZONS else None
    shown = lists.horizon(every, within, today).select_related("asset", "order__party", "case")
    page = paging.page(shown, order=ORDER, token=request.GET.get("page", ""))
    counts = lists.horizons(every, today)
    on_the_way = _renewals({row.order_id for row in page.rows})
    sides = subjects.sides({row.case_id for row in page.rows})
    reading.note(request, "assets.measures", count=len(page.rows))
    context = {
        "rows": [_row(row, sides, on_the_way, today, at) for row in page.rows],
        "page": page,
        "chips": [
            chip(request, _("全部"), within is None, within=""),
            *(
                chip(request, _("%(days)s 日内") % {"days": days}, within == days, within=str(days))
                | {"count": counts[days]}
                for days in lists.HORIZONS
            ),
        ],
        "held": lists.sum_held(lists.horizon(every, within, today)),
        "may_renew": policy.may(actor, Action.FREEZE),
    }
    return render(request, "assets/measures.html", context)


def _of_case(request: HttpRequest, rows: Any) -> Any:
    """Only the measures of one dispute when the address names a case of it."""
    typed = request.GET.get("case", "")
    if not typed:
        return rows
    case = access.case_for(acting.actor_of(request), typed)
    return rows.filter(case__matter_id=case.matter_id)


def _renewals(order_ids: set[UUID]) -> set[str]:
    """The freezes of which a renewal is with the bank, in one query."""
    abouts = [f"assets.freeze_order:{key}" for key in order_ids]
    return set(Message.objects.filter(about__in=abouts, kind="renew", state__in=OPEN).values_list("about", flat=True))


def _row(row: Measure, sides: Any, on_the_way: set[str], today: date, at: datetime) -> dict[str, Any]:
    end = clock.end_of(row.last_day or today)
    window = freezing.renewal_window(end=row.last_day or today)
    passed = [days for days, day in zip(freezing.WARNING_DAYS, window.warn_on, strict=True) if day <= today]
    renewing = row.order.symbol in on_the_way
    return {
        "row": row,
        "left": countdown(end, at, opened=clock.start_of(row.from_on or today), warn_at=end - lists.NEAR),
        "mark": f"T-{passed[-1]}" if passed else "",
        "ask_by": window.ask_by,
        "late_to_ask": today > window.ask_by,
        "parties": subjects.against(sides.get(row.case_id)),
        "renewing": renewing,
        "releasing": row.order.state == OrderState.RELEASING,
        "url": reverse("assets:order", args=[row.order_id]),
    }


@require_GET
@allowed(Action.SEE_PROPERTY)
def clues(request: HttpRequest, number: str) -> HttpResponse:
    """The clues of the dispute, unchecked ones first; they are never shown to the other side."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.SEE_PROPERTY)
    reading.note(request, case.symbol)
    rows = (
        Clue.objects.filter(matter_id=case.matter_id).select_related("party").order_by("checked_at", "given_at", "id")
    )
    context = {
        "case": case,
        "sides": subjects.against(subjects.sides([case.pk]).get(case.pk)),
        "rows": sorted(rows, key=lambda row: row.checked_at is not None),
        "may_check": policy.may(actor, Action.INQUIRE),
        "may_add": case.is_open and policy.may(actor, Action.NOTE),
    }
    return render(request, "assets/clues.html", context)


@require_http_methods(["GET", "POST"])
@allowed(Action.INQUIRE)
def check_clue(request: HttpRequest, number: str, key: UUID) -> HttpResponse:
    """Record what checking a clue brought."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.INQUIRE)
    clue = _clue(case, key)
    form = ClueResultForm(acting.typed(request))

    def do() -> Done:
        clueing.check(case_id=case.pk, clue_id=clue.pk, result=form.cleaned_data["result"], actor=actor, at=clock.now())
        return Done(reverse("assets:clues", args=[case.slug]), _("已登记核查结果。"))

    sheet = Sheet(
        title=_("核查财产线索"),
        button=_("登记结果"),
        form=form,
        case=case,
        facts=[
            (_("财产所有人"), clue.party.name),
            (_("类型"), clue.get_kind_display()),
            (_("线索"), clue.description),
            (_("提供人"), clue.given_by),
        ],
    )
    return acting.act(request, sheet, do)


def _clue(case: Case, key: UUID) -> Clue:
    row = Clue.objects.filter(pk=key, matter_id=case.matter_id).select_related("party").first()
    if row is None:
        raise NotFound()
    return row
