"""Trial: to the judge, the items of judgment or mediation with a preview of how they will be executed, effect, withdrawal."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import staff_required
from accounts.actors import Actor
from accounts.roles import Action
from cases import access
from cases.forms import people
from cases.forms.acts import BeginForm
from cases.forms.fields import day_text
from cases.forms.trial import JUDGE, MEDIATE, EffectForm, JudgmentForm, WithdrawForm
from cases.kinds import CaseKind, Liability
from cases.models import Case, JudgmentItem
from cases.services import advancing, assigning, trial
from cases.views import acting
from cases.views.acting import Done, Note, Sheet
from kernel import clock


@require_http_methods(["GET", "POST"])
@staff_required
def begin(request: HttpRequest, number: str) -> HttpResponse:
    """Send a filed case to its judge; the judge with the fewest open cases is proposed."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.ASSIGN)
    form = BeginForm(acting.typed(request), court_id=case.court_id, on=clock.today())
    form.initial["officer"] = case.officer or form.idlest
    sheet = Sheet(
        title=_("移送审理"),
        button=_("移送"),
        form=form,
        case=case,
        facts=_case_facts(case),
        notes=acting.blocked(case, "begin_trial") or [Note(_("立案之日起三日内移送。默认选未结案件最少的法官。"))],
        fields={assigning.NotAnOfficer: "officer"},
    )

    def do() -> Done:
        judge = form.cleaned_data["officer"]
        trial.begin(case_id=case.pk, judge=judge, actor=actor, at=clock.now())
        return Done(acting.case_page(case), _("已移送%(name)s审理。") % {"name": judge.user.name})

    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@staff_required
def judgment(request: HttpRequest, number: str) -> HttpResponse:
    """Enter the items of a judgment or a mediation."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.TRY)
    form = _judgment_form(request, case)
    sheet = Sheet(
        title=_("录入裁判"),
        button=_("录入裁判"),
        form=form,
        case=case,
        template="cases/acts/judgment.html",
        notes=acting.blocked(case, "judge", "mediate"),
        wide=True,
        more=_preview(form),
    )
    return acting.act(request, sheet, lambda: _enter(case, form, actor))


@require_POST
@staff_required
def judgment_check(request: HttpRequest, number: str) -> HttpResponse:
    """Whether the items as typed so far can be executed: who pays whom how much by when. Writes nothing."""
    case = access.case_for(acting.actor_of(request), number, Action.TRY)
    form = _judgment_form(request, case)
    return render(request, "cases/acts/_executable.html", {"case": case, **_preview(form)})


def _judgment_form(request: HttpRequest, case: Case) -> JudgmentForm:
    how = JUDGE if advancing.may(case, "judge") or case.kind != CaseKind.CIVIL else MEDIATE
    return JudgmentForm(acting.typed(request), case=case, initial={"how": how, "on": clock.today()})


def _enter(case: Case, form: JudgmentForm, actor: Actor) -> Done:
    on, items, at = form.head.cleaned_data["on"], form.inputs(), clock.now()
    page = acting.case_page(case)
    if form.head.cleaned_data["how"] == MEDIATE:
        trial.mediate(case_id=case.pk, items=items, mediated_on=on, actor=actor, at=at)
        return Done(page, _("调解结案，录入 %(count)s 个判项，已生效。") % {"count": len(items)})
    trial.judge(case_id=case.pk, items=items, judged_on=on, actor=actor, at=at)
    return Done(page, _("已录入判决，%(count)s 个判项。生效后请登记生效日。") % {"count": len(items)})


def _preview(form: JudgmentForm) -> dict[str, Any]:
    """Lines of the preview: every item in one sentence, or what it still lacks."""
    if not form.items.is_bound:
        return {"lines": [], "total": form.total()}
    form.is_valid()
    lines = [_line(place, row) for place, row in enumerate(form.items, start=1)]
    return {"lines": lines, "total": form.total()}


def _line(place: int, row: Any) -> dict[str, Any]:
    typed = getattr(row, "cleaned_data", {})
    payers, payee, amount, due = (typed.get(name) for name in ("payers", "payee", "amount", "due_on"))
    asked = [(payers, _("谁给付")), (payee, _("给付给谁")), (amount, _("金额"))]
    lacks = "、".join(name for value, name in asked if not value)
    faults = [_("还缺%(lacks)s") % {"lacks": lacks}] if lacks else []
    faults += [
        str(error).rstrip("。") for field in ("payee", "amount", "due_on", "liability") for error in _told(row, field)
    ]
    return {
        "place": place,
        "who": "、".join(party.name for party in payers) if payers else "",
        "liability": _liability_word(typed, payers),
        "whom": payee.name if payee else "",
        "amount": amount,
        "by": _("%(day)s 届满") % {"day": day_text(due)} if due else _("未定履行期，自生效日起算"),
        "fault": "；".join(faults),
    }


def _liability_word(typed: dict[str, Any], payers: Any) -> str:
    return str(Liability(typed.get("liability") or Liability.JOINT).label) if payers and len(payers) > 1 else ""


def _told(row: Any, field: str) -> list[Any]:
    """What is wrong with a field, when something was typed in it."""
    return list(row.errors.get(field, [])) if row[field].value() else []


@require_http_methods(["GET", "POST"])
@staff_required
def effect(request: HttpRequest, number: str) -> HttpResponse:
    """Record the day on which the judgment took effect; the case closes."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.TRY)
    items = list(JudgmentItem.objects.filter(case=case))
    form = EffectForm(acting.typed(request), initial={"effective_on": clock.today()})
    sheet = Sheet(
        title=_("登记判决生效日"),
        button=_("登记生效"),
        form=form,
        case=case,
        facts=[*_case_facts(case), *_due_facts(items)],
        notes=acting.blocked(case, "take_effect") or [Note(_("登记后本案审结；逾期不履行的，权利人可以申请执行。"))],
        fields={trial.InTheFuture: "effective_on"},
    )

    def do() -> Done:
        on = form.cleaned_data["effective_on"]
        trial.take_effect(case_id=case.pk, effective_on=on, actor=actor, at=clock.now())
        return Done(acting.case_page(case), _("判决于 %(day)s 生效，本案审结。") % {"day": day_text(on)})

    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@staff_required
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Close a civil case because the plaintiff withdrew."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.TRY)
    sheet = Sheet(
        title=_("撤诉结案"),
        button=_("撤诉结案"),
        form=WithdrawForm(acting.typed(request)),
        case=case,
        facts=_case_facts(case),
        notes=acting.blocked(case, "withdraw") or [Note(_("结案后不能再录入裁判，未了的待办随之结束。"), "warn")],
    )

    def do() -> Done:
        trial.withdraw(case_id=case.pk, actor=actor, at=clock.now())
        return Done(acting.case_page(case), _("已撤诉结案。"))

    return acting.act(request, sheet, do)


def _case_facts(case: Case) -> list[tuple[str, Any]]:
    names = [row.party.name for row in people.participations(case)]
    return [(_("案由"), case.cause), (_("当事人"), "、".join(dict.fromkeys(names)))]


def _due_facts(items: list[JudgmentItem]) -> list[tuple[str, Any]]:
    rows = [
        _("第 %(place)s 项 %(amount)s 元，%(day)s")
        % {
            "place": item.ordinal,
            "amount": f"{item.amount:,.2f}",
            "day": day_text(item.due_on) if item.due_on else _("未定履行期"),
        }
        for item in items
    ]
    return [(_("判项"), "；".join(rows))] if rows else []
