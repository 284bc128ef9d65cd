"""Filing: the wizard on one page, with a check that follows what is typed."""

from collections.abc import Mapping
from dataclasses import dataclass
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
from cases.forms.causes import COMMON
from cases.forms.fields import day_text
from cases.forms.filing import Wizard
from cases.forms.parties import PartyForm
from cases.kinds import PartyKind
from cases.queries import Rulebooks, known
from cases.services import filing, parties
from cases.views import acting, fees, once
from cases.views.acting import Done
from kernel import clock
from kernel.refusals import Refusal
from law import fees as law_fees


@require_http_methods(["GET", "POST"])
@allowed(Action.FILE)
def file(request: HttpRequest) -> HttpResponse:
    """The wizard: everything on one page, checked as it is typed, kept when the session is lost."""
    actor = acting.actor_of(request)
    wizard = _wizard(request)
    if request.method != "POST":
        return _page(request, wizard)
    if not wizard.is_valid():
        return _page(request, wizard, status=400)
    try:
        done = once.only(key=request.POST.get("once", ""), actor=actor, do=lambda: _file(wizard, actor))
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return _page(request, wizard, refusal=refusal, status=refusal.status)
    return acting.go(request, done)


def _file(wizard: Wizard, actor: Actor) -> Done:
    court = Court.objects.get(pk=actor.court_id)
    case = filing.file_civil(court=court, filing=wizard.filing(), actor=actor, at=clock.now())
    return Done(reverse("cases:filed", args=[case.slug]), _("已立案，案号%(number)s。") % {"number": case.number})


def _wizard(request: HttpRequest) -> Wizard:
    return Wizard(acting.typed(request), court_id=acting.actor_of(request).court_id, on=clock.today())


def _page(request: HttpRequest, wizard: Wizard, *, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    context = {
        "wizard": wizard,
        "form": wizard,
        "refusal": refusal,
        "faults": wizard.faults if status == 400 and refusal is None else 0,
        "causes": COMMON,
        "once": acting.once_key(request),
        **_checked(acting.actor_of(request), wizard),
    }
    return render(request, "cases/filing/file.html", context, status=status)


@require_POST
@allowed(Action.FILE)
def check(request: HttpRequest) -> HttpResponse:
    """What the form says so far: the fee with its lines, the parties, likely duplicates, what is missing. Writes nothing."""
    return render(request, "cases/filing/_check.html", _checked(acting.actor_of(request), _wizard(request)))


def _checked(actor: Actor, wizard: Wizard) -> dict[str, Any]:
    head = _typed(wizard.head)
    sides = {prefix: [_Person.of(form) for form in rows] for prefix, _title, rows in wizard.sides}
    people = {prefix: [person for person in rows if person.name or person.number] for prefix, rows in sides.items()}
    numbers = {prefix: [person.number for person in rows if not person.fault] for prefix, rows in people.items()}
    claimed = head.get("claimed")
    return {
        "claimed": claimed,
        "fee": fees.of(
            law_fees.acceptance_fee(amount=claimed or None, rules=Rulebooks().of(actor.court_id, clock.today()))
        ),
        "people": [(title, people[prefix]) for prefix, title, _rows in wizard.sides],
        "known": known.open_cases(actor=actor, **numbers),
        "missing": _missing(head, people),
    }


def _typed(form: forms.Form) -> Mapping[str, Any]:
    """What can be read of a form that may be unfinished."""
    return form.cleaned_data if form.is_bound and (form.is_valid() or True) else {}


def _missing(head: Mapping[str, Any], people: Mapping[str, list[Any]]) -> list[str]:
    rows = [
        (bool(head.get("cause")), _("案由")),
        (bool(people["plaintiffs"]), _("原告")),
        (bool(people["defendants"]), _("被告")),
    ]
    return [name for there, name in rows if not there]


@dataclass(frozen=True)
class _Person:
    """A party as typed so far: what its number says, or what is wrong with it."""

    name: str
    number: str
    says: str
    fault: str = ""

    @classmethod
    def of(cls, form: PartyForm) -> "_Person":
        kind, name, typed, phone = (
            str(form[field].value() or "").strip() for field in ("kind", "name", "id_number", "phone")
        )
        try:
            identity = parties.check_identity(kind=kind, name=name, typed=typed)
            parties.check_phone(phone)
        except parties.WrongIdentity as refusal:
            return cls(name, typed, "", _("证件号码%(reason)s") % {"reason": refusal.facts["reason"]})
        except parties.WrongPhone as refusal:
            return cls(name, typed, "", refusal.text)
        return cls(name, identity.number, _says(kind, identity))


def _says(kind: str, identity: parties.Identity) -> str:
    if not identity.number:
        return _("证件号码暂缺")
    if kind != PartyKind.PERSON or identity.born_on is None:
        return _("信用代码校验相符")
    gender = _("男") if identity.gender == "M" else _("女")
    return _("%(gender)s，%(born)s生") % {"gender": gender, "born": day_text(identity.born_on)}
