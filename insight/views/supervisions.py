"""督办: issue one on a case or a duty, answer it, and see what is still owed."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policy
from accounts.access import staff_required
from accounts.actors import Actor
from accounts.roles import Action
from cases import access
from cases.declaring import DUTIES
from cases.models import Case, Duty
from cases.queries import rows as duty_rows
from cases.queries import subjects
from cases.views import acting
from cases.views.acting import Done, Note, Sheet
from insight.models import Supervision
from insight.services import supervising
from kernel import clock, paging
from kernel.refusals import NotFound
from kernel.templatetags.countdowns import countdown

ORDER = ("-issued_at", "-id")
USUAL = timedelta(days=3)


class SuperviseForm(forms.Form):
    """What is asked and by when."""

    request = forms.CharField(label=gettext_lazy("督办要求"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    reply_by = forms.DateField(
        label=gettext_lazy("答复期限"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )


class ReplyForm(forms.Form):
    """What was done and what comes next."""

    reply = forms.CharField(label=gettext_lazy("办理情况"), max_length=500, widget=forms.Textarea(attrs={"rows": 5}))


@require_http_methods(["GET", "POST"])
@staff_required
def supervise(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the officer about the case, or about the duty in the address."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.SUPERVISE)
    duty = _duty(case, request.GET.get("duty", ""))
    form = SuperviseForm(acting.typed(request), initial={"reply_by": clock.today() + USUAL})
    officer = case.officer.user.name if case.officer else _("还没有承办人")
    sheet = Sheet(
        title=_("督办"),
        button=_("发出督办"),
        form=form,
        case=case,
        facts=[(_("承办人"), officer), *([(_("待办"), _title(duty))] if duty else [])],
        notes=[Note(_("承办人会收到一项“答复督办”待办；原待办的承办人和期限不变。"))],
        more={"form_url": request.get_full_path()},
    )

    def do() -> Done:
        supervising.issue(
            case_id=case.pk, duty_id=duty.pk if duty else None, actor=actor, at=clock.now(), **form.cleaned_data
        )
        back = reverse("insight:supervisions")
        return Done(back, _("已向%(name)s发出督办。") % {"name": officer})

    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@staff_required
def reply(request: HttpRequest, supervision_id: UUID) -> HttpResponse:
    """The officer's answer."""
    actor = acting.actor_of(request)
    row = (
        Supervision.objects.visible_to(actor)
        .select_related("case", "issued_by__user", "duty")
        .filter(pk=supervision_id)
    )
    found = row.first()
    if found is None:
        raise NotFound
    form = ReplyForm(acting.typed(request))
    sheet = Sheet(
        title=_("答复督办"),
        button=_("送交答复"),
        form=form,
        case=access.case_for(actor, found.case.number, Action.NOTE),
        facts=[(_("督办人"), found.issued_by.user.name), (_("要求"), found.request)],
    )

    def do() -> Done:
        supervising.answer(supervision_id=found.pk, actor=actor, at=clock.now(), **form.cleaned_data)
        return Done(acting.case_page(found.case), _("已答复督办。"))

    return acting.act(request, sheet, do)


@require_GET
@staff_required
def supervisions(request: HttpRequest) -> HttpResponse:
    """Those of the court for leaders, those of the own cases for everybody else; the newest first."""
    actor, now = acting.actor_of(request), clock.now()
    policy.require(actor, Action.SEE_CASES)
    wanted = request.GET.get("state", "open")
    rows = Supervision.objects.visible_to(actor).select_related("case", "issued_by__user", "replied_by__user", "duty")
    counts = {
        "open": rows.filter(replied_at__isnull=True).count(),
        "answered": rows.filter(replied_at__isnull=False).count(),
    }
    chosen = rows.filter(replied_at__isnull=wanted != "answered")
    page = paging.page(chosen, order=ORDER, token=request.GET.get("page", ""))
    parties = subjects.sides({row.case_id for row in page.rows})
    context = {
        "page": page,
        "chips": [
            {"label": _("待答复"), "url": "?state=open", "count": counts["open"], "active": wanted != "answered"},
            {
                "label": _("已答复"),
                "url": "?state=answered",
                "count": counts["answered"],
                "active": wanted == "answered",
            },
        ],
        "rows": [_row(row, actor, now, subjects.against(parties.get(row.case_id))) for row in page.rows],
    }
    return render(request, "insight/supervisions.html", context)


def _row(row: Supervision, actor: Actor, now: datetime, parties: str) -> dict[str, Any]:
    owed = row.replied_at is None and row.case.officer_id in actor.post_ids
    return {
        "act": {"label": _("答复"), "url": reverse("insight:reply", args=[row.pk]), "panel": True} if owed else None,
        "row": row,
        "left": countdown(clock.end_of(row.reply_by), now, opened=row.issued_at, done=row.replied_at is not None),
        "case_url": acting.case_page(row.case),
        "parties": parties,
        "about": _title(row.duty) if row.duty else "",
        "in_time": row.replied_at is not None and clock.day_of(row.replied_at) <= row.reply_by,
    }


def _duty(case: Case, typed: str) -> Duty | None:
    if not typed:
        return None
    try:
        key = UUID(typed)
    except ValueError as error:
        raise NotFound from error
    found = Duty.objects.open().filter(case=case, pk=key).first()
    if found is None:
        raise NotFound
    return found


def _title(duty: Duty) -> str:
    names = subjects.words([duty.subject])
    return duty_rows.title_of(duty, DUTIES.find(duty.kind), names.get(duty.subject, ""))
