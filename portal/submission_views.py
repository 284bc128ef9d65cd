"""What a party hands in on the phone: 催一下, an objection to the execution, the account on which it wants its money."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cases.kinds import EXECUTION_KINDS
from cases.models import Participation
from funds.models import PayeeAccount
from funds.services import payees
from kernel import clock
from kernel.refusals import NotFound, Refusal
from kernel.templatetags import dates
from kernel.text import mask_tail
from portal import pages
from portal.access import Reader, party_required
from portal.forms import AccountForm, HurryForm, ObjectionForm
from portal.models import Submission, SubmissionKind
from portal.services import submitting


@party_required
@require_http_methods(["GET", "POST"])
def hurry(request: HttpRequest, reader: Reader, number: str) -> HttpResponse:
    """Ask the court to go on; the page keeps what was answered."""
    row, at = reader.participation(number), clock.now()
    party = submitting.principal(row.case, row.party_id)
    earlier = _earlier(row, SubmissionKind.HURRY)
    if not submitting.may_hurry(row.case) and not earlier:
        raise NotFound()
    free = submitting.next_hurry(row.case, party.pk, at)
    waits = bool(earlier) and earlier[0].answered_at is None
    form = HurryForm(request.POST) if request.method == "POST" else HurryForm()
    note = ""
    if waits:
        note = _("已送到承办人，请等答复。")
    elif free > clock.day_of(at):
        note = _("%(day)s起可以再催一次。") % {"day": dates.day_text(free, clock.day_of(at))}
    context = {
        "question": _("催一下"),
        "lead": _("承办人收到后会在几个工作日内答复。"),
        "button": _("催一下"),
        "note": note,
        "earlier": earlier,
        "open": not note and submitting.may_hurry(row.case),
    }
    return _page(request, reader, row, form, context, lambda: submitting.hurry(
        case_id=row.case_id, words=form.cleaned_data["words"], actor=reader.actor, at=at
    ))  # fmt: skip


@party_required
@require_http_methods(["GET", "POST"])
def objection(request: HttpRequest, reader: Reader, number: str) -> HttpResponse:
    """Hand in an objection to the execution."""
    row, at = reader.participation(number), clock.now()
    if row.case.kind not in EXECUTION_KINDS:
        raise NotFound()
    earlier = _earlier(row, SubmissionKind.OBJECTION)
    waits = bool(earlier) and earlier[0].answered_at is None
    form = ObjectionForm(request.POST) if request.method == "POST" else ObjectionForm()
    context = {
        "question": _("提出执行异议"),
        "lead": _("送到立案窗口审查，符合条件的另立案号，由没有参加执行的法官办理。提出异议不停止执行。"),
        "button": _("提交异议"),
        "note": _("您的异议已送到立案窗口，%(days)s 日内审查。") % {"days": submitting.days_to_take_up(row.case, at)}
        if waits
        else "",
        "earlier": earlier,
        "open": not waits,
    }
    return _page(request, reader, row, form, context, lambda: submitting.object_to(
        case_id=row.case_id, **form.cleaned_data, actor=reader.actor, at=at
    ))  # fmt: skip


@party_required
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, reader: Reader, number: str) -> HttpResponse:
    """Where a creditor wants its money; the court confirms it before anything is paid."""
    row, at = reader.participation(number), clock.now()
    if not submitting.may_enter_account(row):
        raise NotFound()
    known = PayeeAccount.objects.filter(party=row.party, ended_at__isnull=True).order_by("-entered_at")
    form = AccountForm(request.POST) if request.method == "POST" else AccountForm()
    context = {
        "question": _("收款账户"),
        "lead": _("只能填写本人（本单位）%(name)s的账户。法院核对以后，案款才会付到这个账户。")
        % {"name": row.party.name},
        "button": _("提交账户"),
        "note": "",
        "accounts": [
            {"tail": mask_tail(one.account), "bank": one.bank, "checked": one.confirmed_at is not None}
            for one in known[:3]
        ],
        "open": True,
    }
    return _page(request, reader, row, form, context, lambda: payees.enter(
        party_id=row.party_id, holder=row.party.name, **form.cleaned_data, actor=reader.actor, at=at
    ))  # fmt: skip


def _earlier(row: Participation, kind: SubmissionKind) -> list[Submission]:
    party = submitting.principal(row.case, row.party_id)
    rows = Submission.objects.filter(case=row.case, party=party, kind=kind).select_related("opened")
    return list(rows.order_by("-made_at")[:10])


def _page(
    request: HttpRequest,
    reader: Reader,
    row: Participation,
    form: forms.Form,
    context: dict[str, Any],
    do: Callable[[], object],
) -> HttpResponse:
    """Show the form, or do the act and come back; a refusal keeps what was typed."""
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            do()
        except Refusal as found:
            refusal = found
        else:
            return redirect(request.path)
    status = refusal.status if refusal else (400 if request.method == "POST" else 200)
    frame = {"portal": pages.portal(reader, row), "case": row.case, "form": form, "refusal": refusal}
    return render(request, "portal/handing_in.html", frame | context, status=status)
