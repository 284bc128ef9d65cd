"""Preservation before the suit: one page with both parties, the property, the security, reckoned as it is typed."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import allowed
from accounts.actors import Actor
from accounts.models import Court
from accounts.roles import Action
from assets.forms import PreSuitForm
from assets.services import pre_suit
from assets.views import preservations
from cases.forms.parties import PartyForm
from cases.views import acting, once
from cases.views.acting import Done
from kernel import clock
from kernel.refusals import Refusal


class Wizard:
    """The three forms of the page."""

    def __init__(self, data: Any, actor: Actor) -> None:
        self.matter = PreSuitForm(data)
        self.applicant = PartyForm(data, prefix="applicant", court_id=actor.court_id)
        self.against = PartyForm(data, prefix="against", court_id=actor.court_id)

    def is_valid(self) -> bool:
        """All three, so that every error is shown at once."""
        return all([form.is_valid() for form in (self.matter, self.applicant, self.against)])

    def request(self) -> pre_suit.Request:
        """What the service takes."""
        return pre_suit.Request(
            applicant=self.applicant.given(), against=self.against.given(), **self.matter.cleaned_data
        )


@require_http_methods(["GET", "POST"])
@allowed(Action.FILE)
def apply(request: HttpRequest) -> HttpResponse:
    """Open a 财保 case and put the application before a judge, who rules within 48 hours."""
    actor = acting.actor_of(request)
    wizard = Wizard(acting.typed(request), actor)
    if request.method != "POST":
        return _page(request, wizard)
    if not wizard.is_valid():
        return _page(request, wizard, status=400)
    try:
        done = once.only(key=request.POST.get("once", ""), actor=actor, do=lambda: _open(wizard, actor))
    except Refusal as refusal:
        return _refused(request, wizard, refusal)
    return acting.go(request, done)


def _open(wizard: Wizard, actor: Actor) -> Done:
    court = Court.objects.get(pk=actor.court_id)
    row = pre_suit.open_case(court=court, given=wizard.request(), actor=actor, at=clock.now())
    text = _("已立案，案号 %(number)s，转审判法官 48 小时内裁定。") % {"number": row.case.number}
    return Done(reverse("assets:preservation", args=[row.case.slug]), text)


def _refused(request: HttpRequest, wizard: Wizard, refusal: Refusal) -> HttpResponse:
    if refusal.status in {403, 404}:
        raise refusal
    field = refusal.facts.get("field")
    if field in wizard.matter.fields:
        wizard.matter.add_error(field, refusal.text)
        return _page(request, wizard, status=refusal.status)
    return _page(request, wizard, refusal=refusal, status=refusal.status)


def _page(request: HttpRequest, wizard: Wizard, *, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    context = {
        "wizard": wizard,
        "sides": [(_("申请人"), wizard.applicant), (_("被申请人"), wizard.against)],
        "refusal": refusal,
        "once": acting.once_key(request),
        "reckoned": preservations.reckoned(None, wizard.matter) if wizard.matter.is_bound else None,
    }
    return render(request, "assets/pre_suit.html", context, status=status)


@require_POST
@allowed(Action.FILE)
def reckoned(request: HttpRequest) -> HttpResponse:
    """Security, fee and the 48 hours for what is typed so far; posted, because names and numbers stand in the form."""
    form: forms.Form = PreSuitForm(request.POST)
    return render(request, "assets/_reckoned.html", {"reckoned": preservations.reckoned(None, form)})
