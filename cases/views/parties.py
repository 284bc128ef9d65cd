"""Parties: correcting particulars against stale edits, entering agents, keeping property clues."""

from typing import Any
from uuid import UUID

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts import acts, audit, policy
from accounts.access import allowed, staff_required
from accounts.actors import Actor
from accounts.roles import Action
from accounts.services import signing_in
from cases import access, shell
from cases.forms import parties as forms
from cases.models import Case, Participation, Party
from cases.models.cases import ClueKind
from cases.services import clues, filing, parties
from cases.views import acting
from cases.views.acting import Done, Note, Sheet
from kernel import clock
from kernel.refusals import Difference, NotFound, Stale

CORRECTED = "cases.party_corrected"
acts.declare(CORRECTED, gettext_lazy("更正当事人资料"))
FIELDS = {
    parties.WrongIdentity: "id_number",
    parties.WrongPhone: "phone",
    parties.NameMissing: "name",
    parties.NameDiffers: "name",
    parties.IdentityTaken: "id_number",
}


@require_http_methods(["GET", "POST"])
@allowed(Action.EDIT_CASE)
def party(request: HttpRequest, key: UUID) -> HttpResponse:
    """Correct a party's particulars; an edit by somebody else in between is shown beside what was typed."""
    actor = acting.actor_of(request)
    found, case = _of(actor, key)
    secret = not policy.may(actor, Action.SEE_IDENTITY)
    form = forms.EditPartyForm(
        _versioned(request), party=found, secret=secret, initial=forms.as_typed(found, secret=secret)
    )
    sheet = Sheet(
        title=_("更正当事人资料"),
        button=_("保存"),
        form=form,
        case=case,
        template="cases/acts/party.html",
        facts=[(_("类型"), found.get_kind_display()), (_("登记的姓名或名称"), found.name)],
        notes=_shared(found, actor),
        fields=FIELDS,
        more={"party": found, "reload": reverse("cases:party", args=[found.pk])},
    )
    if "over" in request.POST:
        form.ask_why()
    if request.method == "GET" and found.id_number and not secret:
        _note(request, shell.IDENTITY_READ, found)
    return acting.act(request, sheet, lambda: _correct(request, form, found, case))


def _of(actor: Actor, key: UUID) -> tuple[Party, Case]:
    """The party and one case of it that the actor may see, the newest open one first. Raises NotFound."""
    rows = Participation.objects.filter(party_id=key, case__in=Case.objects.visible_to(actor))
    newest = rows.order_by(F("case__closed_at").desc(nulls_first=True), "-case__filed_at")
    row = newest.select_related("party", "case").first()
    if row is None:
        raise NotFound()
    return row.party, row.case


def _versioned(request: HttpRequest) -> Any:
    """What was typed; ``over`` says that the person saw the differences and keeps to what was typed."""
    typed = acting.typed(request)
    if typed is None or "over" not in typed:
        return typed
    again = typed.copy()
    again["version"] = typed["over"]
    return again


def _correct(request: HttpRequest, form: forms.EditPartyForm, found: Party, case: Case) -> Done:
    typed, given = form.cleaned_data, form.given()
    try:
        parties.correct(
            party_id=found.pk, given=given, version=typed["version"], actor=acting.actor_of(request), at=clock.now()
        )
    except Stale as refusal:
        form.ask_why()
        raise Stale(differences=[*refusal.differences, *_number(found, given.id_number)]) from refusal
    _note(request, CORRECTED, found, reason=typed["reason"].strip())
    return Done(acting.case_page(case), _("已更正%(name)s的资料。") % {"name": given.name})


def _number(found: Party, typed: str) -> list[Difference]:
    """Whether the identity numbers differ; only who may read them can have typed another."""
    if typed == found.id_number:
        return []
    return [Difference(_("证件号码"), found.id_number, typed)]


def _shared(found: Party, actor: Actor) -> list[Note]:
    """A party is one row for the whole court: other cases show the correction too."""
    count = found.participations.values("case").distinct().count()
    return [Note(_("此人在本院有 %(count)s 个案件，更正后各案同时更新。") % {"count": count})] if count > 1 else []


def _note(request: HttpRequest, act: str, found: Party, **facts: str) -> None:
    audit.write(
        actor=acting.actor_of(request),
        act=act,
        at=clock.now(),
        about=found.symbol,
        address=signing_in.address(request),
        **facts,
    )


@require_http_methods(["GET", "POST"])
@staff_required
def agent(request: HttpRequest, number: str) -> HttpResponse:
    """Enter an agent of one of the parties."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.EDIT_CASE)
    form = forms.AgentForm(acting.typed(request), case=case)
    sheet = Sheet(
        title=_("登记代理人"),
        button=_("登记"),
        form=form,
        case=case,
        notes=[Note(_("授权委托书请另行上传到卷宗。"))],
        fields=FIELDS,
    )

    def do() -> Done:
        of = form.cleaned_data["represents"]
        filing.add_agent(
            case_id=case.pk,
            represents=of.pk,
            agent=form.given(),
            special=form.cleaned_data["special"],
            until_on=form.cleaned_data["until_on"],
            actor=actor,
            at=clock.now(),
        )
        words = {"agent": form.cleaned_data["name"], "party": of.party.name}
        return Done(acting.case_page(case), _("%(agent)s已登记为%(party)s的代理人。") % words)

    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@staff_required
def clue(request: HttpRequest, number: str) -> HttpResponse:
    """Keep a property clue; the other side never sees it."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.NOTE)
    owner = forms.owner_of(case)
    given_by = "、".join(row.name for row in filing.claimants(case)[:1])
    form = forms.ClueForm(acting.typed(request), case=case, initial={"party": owner, "given_by": given_by})
    sheet = Sheet(
        title=_("记录财产线索"),
        button=_("记下线索"),
        form=form,
        case=case,
        notes=[Note(_("线索不向对方当事人显示。收到后七日内核实，紧急的三日内。"))],
    )

    def do() -> Done:
        typed = form.cleaned_data
        clues.give(
            case_id=case.pk,
            party=typed["party"],
            kind=ClueKind(typed["kind"]),
            description=typed["description"],
            given_by=typed["given_by"],
            actor=actor,
            at=clock.now(),
        )
        return Done(acting.case_page(case), _("已记下%(name)s的财产线索。") % {"name": typed["party"].name})

    return acting.act(request, sheet, do)
