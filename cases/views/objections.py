"""Execution objections: filing one against a case, giving it to a judge, the ruling, and what was done by it."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import staff_required
from accounts.roles import Action
from cases import access
from cases.forms.objections import FollowForm, ObjectForm, ReviewForm, RuleForm
from cases.kinds import ObjectionOutcome
from cases.models import Case, Objection
from cases.queries import barred
from cases.services import assigning, objecting, parties
from cases.views import acting
from cases.views.acting import Done, Note, Sheet
from kernel import clock
from kernel.refusals import NotFound


@require_http_methods(["GET", "POST"])
@staff_required
def file(request: HttpRequest, number: str) -> HttpResponse:
    """File an objection against an execution, for a party or somebody outside it."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.FILE)
    form = ObjectForm(acting.typed(request), case=case, initial={"received_on": clock.today()})
    sheet = Sheet(
        title=_("执行异议立案"),
        button=_("立案"),
        form=form,
        case=case,
        notes=[Note(_("另立执异案号，由没有参加执行的法官审查。审查期间不停止执行。"))],
        fields={parties.WrongIdentity: "id_number", parties.WrongPhone: "phone"},
    )

    def do() -> Done:
        outsider = form.outsider()
        found = (
            parties.enter(court=case.court, given=outsider) if outsider else form.people[form.cleaned_data["objector"]]
        )
        made = objecting.file(case_id=case.pk, objector=found, given=form.given(), actor=actor, at=clock.now())
        page = reverse("cases:case", args=[made.case.slug])
        return Done(page, _("已立案，案号%(number)s。请指定审查法官。") % {"number": made.case.number})

    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@staff_required
def review(request: HttpRequest, number: str) -> HttpResponse:
    """Give an objection to a judge who took no part in the execution."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.ASSIGN)
    row = _of(case)
    form = ReviewForm(
        acting.typed(request), court_id=case.court_id, on=clock.today(), barred=barred.executed_it(case)
    )  # fmt: skip
    sheet = Sheet(
        title=_("指定审查法官"),
        button=_("指定"),
        form=form,
        case=case,
        facts=_facts(row),
        notes=acting.blocked(case, "review") or [Note(_("参加过本案执行的人不在名单内。"))],
        fields={assigning.ExecutedIt: "judge", objecting.NotAJudge: "judge", assigning.NotAnOfficer: "judge"},
    )

    def do() -> Done:
        judge = form.cleaned_data["judge"]
        objecting.begin_review(case_id=case.pk, judge=judge, actor=actor, at=clock.now())
        return Done(acting.case_page(case), _("由%(name)s审查。") % {"name": judge.user.name})

    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@staff_required
def rule(request: HttpRequest, number: str) -> HttpResponse:
    """Enter the panel's ruling; its paper is made and the case closes."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.RULE_OBJECTION)
    row = _of(case)
    away = barred.executed_it(case) | {actor.user_id}
    form = RuleForm(acting.typed(request), court_id=case.court_id, on=clock.today(), barred=away)
    sheet = Sheet(
        title=_("录入异议裁定"),
        button=_("作出裁定"),
        form=form,
        case=case,
        facts=_facts(row),
        notes=acting.blocked(case, "rule") or [Note(_("裁定书随即制作，送达各方；送达之日起计算复议或者起诉的期限。"))],
        wide=True,
    )

    def do() -> Done:
        typed = form.cleaned_data
        objecting.rule(
            case_id=case.pk, outcome=ObjectionOutcome(typed["outcome"]), reasons=typed["reasons"], order=typed["order"],
            members=typed["members"], actor=actor, at=clock.now(),
        )  # fmt: skip
        return Done(acting.case_page(case), _("已作出裁定，请送达。"))

    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@staff_required
def follow(request: HttpRequest, key: UUID) -> HttpResponse:
    """Record in the execution what was done by the ruling."""
    actor = acting.actor_of(request)
    row = Objection.objects.filter(pk=key).select_related("against", "objector", "case").first()
    if row is None:
        raise NotFound()
    case = access.case_for(actor, row.against.number, Action.EXECUTE)
    form = FollowForm(acting.typed(request))
    facts = [*_facts(row), (_("裁定"), row.order or "—")]
    sheet = Sheet(title=_("按异议裁定办理"), button=_("登记办理"), form=form, case=case, facts=facts)

    def do() -> Done:
        objecting.follow(objection_id=row.pk, done=form.cleaned_data["done"], actor=actor, at=clock.now())
        return Done(acting.case_page(case), _("已登记按裁定办理。"))

    return acting.act(request, sheet, do)


def _of(case: Case) -> Objection:
    row = Objection.objects.filter(case=case).select_related("objector").first()
    if row is None:
        raise NotFound()
    return row


def _facts(row: Objection) -> list[tuple[str, Any]]:
    return [
        (_("异议人"), f"{row.objector.name}，{row.get_kind_display()}"),
        (_("针对"), row.contested),
        (_("请求和理由"), row.request),
    ]
