"""Acts of an execution case that belong to the case itself: assigning, the notice, the hand-over, proposing to close."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import staff_required
from accounts.roles import Action, Role
from cases import access, queries
from cases.declaring import DECISIONS
from cases.forms.acts import AssignForm, CallForm, CloseForm, HandOverForm, NotifyForm, roles_for
from cases.kinds import OWING, ClosedHow
from cases.models import Case, Decision
from cases.services import advancing, assigning, calling, closing, executing, following
from cases.stages import Stage
from cases.views import acting
from cases.views.acting import Done, Note, Sheet
from kernel import clock
from kernel.refusals import Condition
from law.calendar import CHINA

USUAL_DAYS = 7  # the court's habit, not law: the clerk may type any day from today


@require_http_methods(["GET", "POST"])
@staff_required
def assign(request: HttpRequest, number: str) -> HttpResponse:
    """Choose the case officer; the one with the fewest open cases is proposed."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.ASSIGN)
    form = AssignForm(acting.typed(request), court_id=case.court_id, on=clock.today(), roles=roles_for(case.kind))
    form.initial["officer"] = case.officer or form.idlest
    notes = [Note(_("按未结案件数从少到多排列，默认选最少的一位。"))]
    if case.officer:
        notes.append(Note(_("现由%(name)s承办，未了待办随案移交。") % {"name": case.officer.user.name}, "warn"))
    sheet = Sheet(
        title=_("改派承办人") if case.officer else _("确定承办人"),
        button=_("改派") if case.officer else _("分案"),
        form=form,
        case=case,
        facts=[(_("案由"), case.cause), (_("阶段"), Stage(case.stage).label)],
        notes=notes,
        fields={assigning.NotAnOfficer: "officer"},
    )

    def do() -> Done:
        officer = form.cleaned_data["officer"]
        assigning.assign(case_id=case.pk, officer=officer, actor=actor, at=clock.now())
        return Done(acting.case_page(case), _("由%(name)s承办。") % {"name": officer.user.name})

    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@staff_required
def notify(request: HttpRequest, number: str) -> HttpResponse:
    """Issue the execution notice and the property-report order together."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.EXECUTE)
    day = _usual_day()
    form = NotifyForm(acting.typed(request), initial={"perform_by": day, "report_by": day})
    owed = queries.debt(case.matter, clock.today()).total
    sheet = Sheet(
        title=_("发执行通知书和报告财产令"),
        button=_("发出通知"),
        form=form,
        case=case,
        facts=[(_("被执行人"), _owing(case)), (_("今日应付"), _("%(amount)s 元") % {"amount": f"{owed:,.2f}"})],
        notes=acting.blocked(case, "notify")
        or [Note(_("两份文书同时制作、编号，随后列入送达待办。默认七日，遇休息日顺延。"))],
    )

    def do() -> Done:
        days = form.cleaned_data
        made = executing.notify(
            case_id=case.pk, perform_by=days["perform_by"], report_by=days["report_by"], actor=actor, at=clock.now()
        )
        titles = "、".join(document.title for document in made)
        return Done(acting.case_page(case), _("已制作%(titles)s，请送达。") % {"titles": titles})

    return acting.act(request, sheet, do)


def _usual_day() -> date:
    return CHINA.next_working_day(clock.today() + timedelta(days=USUAL_DAYS))


@require_http_methods(["GET", "POST"])
@staff_required
def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """Hand the case from the inquiry lane to a field officer."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.EXECUTE)
    form = HandOverForm(acting.typed(request), court_id=case.court_id, on=clock.today())
    form.initial["officer"] = case.officer if case.officer in form.fields["officer"].queryset else form.idlest
    sheet = Sheet(
        title=_("移送执行实施"),
        button=_("移送"),
        form=form,
        case=case,
        facts=[(_("被执行人"), _owing(case)), (_("阶段"), Stage(case.stage).label)],
        notes=acting.blocked(case, "implement") or [Note(_("移送后案件转入执行实施节段，由所选人员及其团队承办。"))],
        fields={assigning.NotAnOfficer: "officer"},
    )

    def do() -> Done:
        officer = form.cleaned_data["officer"]
        executing.hand_over(case_id=case.pk, officer=officer, actor=actor, at=clock.now())
        return Done(acting.case_page(case), _("已移送%(name)s执行实施。") % {"name": officer.user.name})

    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@staff_required
def call_on(request: HttpRequest, number: str) -> HttpResponse:
    """Let those who answer after the others owe an item from today."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.EXECUTE)
    items = calling.waiting(case)
    form = CallForm(acting.typed(request), items=items)
    owed = queries.debt(case.matter, clock.today()).total
    sheet = Sheet(
        title=_("启动补充责任"),
        button=_("启动"),
        form=form,
        case=case,
        facts=[(_("今日尚欠"), _("%(amount)s 元") % {"amount": f"{owed:,.2f}"})],
        notes=[Note(_("启动后，补充责任人自今天起在判决写明的限额内应当履行，双方收到短信。"), "warn")]
        if items
        else [Note(calling.NotToBeCalled().text, "past")],
    )

    def do() -> Done:
        typed = form.cleaned_data
        calling.call(
            case_id=case.pk, item_id=UUID(typed["item"]), finding=typed["finding"], actor=actor, at=clock.now()
        )
        return Done(acting.case_page(case), _("已启动补充责任。"))

    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@staff_required
def close(request: HttpRequest, number: str) -> HttpResponse:
    """Propose to close an execution case: for every way the conditions as they stand now, and how to meet them."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.PROPOSE_CLOSING)
    ways = [_way(case, how) for how in closing.TRANSITIONS]
    form = CloseForm(acting.typed(request), initial={"how": _likely(case, ways)})
    sheet = Sheet(
        title=_("提请结案"),
        button=_("提请审批"),
        form=form,
        case=case,
        template="cases/acts/close.html",
        wide=True,
        more={"ways": ways, "chosen": form["how"].value()},
    )

    def do() -> Done:
        typed = form.cleaned_data
        decision = closing.propose(case_id=case.pk, how=typed["how"], why=typed["why"], actor=actor, at=clock.now())
        text = _("已提请以“%(how)s”结案，待%(role)s审批。")
        words = {"how": ClosedHow(typed["how"]).label, "role": Role(decision.tier_role).label}
        return Done(acting.case_page(case), text % words)

    return acting.act(request, sheet, do)


def _way(case: Case, how: ClosedHow) -> dict[str, Any]:
    conditions = [_stage(case, how), *closing.conditions(case, how, clock.now())]
    missing = sum(1 for row in conditions if not row.met)
    return {"how": how, "label": how.label, "conditions": conditions, "missing": missing, "by": _approver(how)}


def _approver(how: ClosedHow) -> str:
    """Who approves this way of closing, by the declaration of the decision."""
    tiers = DECISIONS.get("cases.close").tiers
    roles = tiers(Decision(proposal={"how": how})) if callable(tiers) else tiers
    return "、".join(str(role.label) for role in roles)


def _stage(case: Case, how: ClosedHow) -> Condition:
    """The spine's own condition: the stage from which this way leads out."""
    need = _("全部到位") if how == ClosedHow.PERFORMED else _("移送执行实施")
    return Condition(
        text=_("案件处于“%(stage)s”") % {"stage": Stage(case.stage).label},
        met=advancing.may(case, closing.TRANSITIONS[how]),
        cure=_("须先%(need)s") % {"need": need},
    )


def _likely(case: Case, ways: list[dict[str, Any]]) -> str:
    """The way with nothing missing, else the one that the stage suggests."""
    for way in ways:
        if not way["missing"] and way["how"] != ClosedHow.TERMINATED:
            return str(way["how"])
    return ClosedHow.PERFORMED if case.stage == Stage.PAYING else ClosedHow.ROUND_ENDED


def _owing(case: Case) -> str:
    rows = case.participations.filter(role__in=OWING).select_related("party").order_by("ordinal")
    return "、".join(row.party.name for row in rows)


@require_http_methods(["GET", "POST"])
@staff_required
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """Follow a case, or no longer."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.SEE_CASES)
    already = following.follows(case, actor)
    sheet = Sheet(
        title=_("取消关注") if already else _("关注案件"),
        button=_("取消关注") if already else _("关注"),
        form=forms.Form(acting.typed(request)),
        case=case,
        notes=[Note(_("关注以后，别人在本案办了什么会列在您的待办页。关注不改变承办和权限。"))],
    )

    def do() -> Done:
        given = {"case_id": case.pk, "actor": actor, "at": clock.now()}
        (following.end if already else following.follow)(**given)
        return Done(acting.case_page(case), _("已取消关注。") if already else _("已关注，变化会列在待办页。"))

    return acting.act(request, sheet, do)
