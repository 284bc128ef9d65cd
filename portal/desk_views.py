"""The desk's side of the portal: whoever handles a case answers a debtor that came forward."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import allowed
from accounts.roles import Action
from funds.forms.money import WhyForm
from funds.views import acting
from funds.views.acting import Sheet, actor_of
from kernel import clock
from kernel.refusals import NotFound
from kernel.templatetags import dates
from portal.forms import TakeUpForm
from portal.models import Approach, Submission, SubmissionKind
from portal.services import approaching, submitting


@require_http_methods(["GET", "POST"])
@allowed(Action.NOTE)
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer in writing; the debtor is told by text message and reads it in the portal."""
    actor = actor_of(request)
    found = Approach.objects.visible_to(actor).select_related("case", "party").filter(pk=pk).first()
    if found is None:
        raise NotFound()
    form = WhyForm(acting.typed(request), label=_("答复"))
    page = reverse("cases:case", args=[found.case.slug])

    def do() -> tuple[str, str]:
        approaching.answer(approach_id=found.pk, words=form.cleaned_data["why"], actor=actor, at=clock.now())
        return page, _("已答复，对方会收到短信。")

    sheet = Sheet(_("答复主动联系"), _("答复"), form, page, facts=_facts(found), remarks=_remarks(found))
    return acting.act(request, sheet, do)


def _facts(found: Approach) -> list[tuple[object, object]]:
    rows: list[tuple[object, object]] = [
        (_("案号"), found.case.number),
        (_("谁"), found.party.name),
        (_("意愿"), found.get_kind_display()),
        (_("提出"), dates.full_day_text(clock.day_of(found.made_at))),
    ]
    if found.amount:
        rows.append((_("愿意先付"), _("%(amount)s 元") % {"amount": f"{found.amount:,.2f}"}))
    rows += [(_("联系电话"), found.phone)] if found.phone else []
    return [*rows, (_("说明"), found.words)] if found.words else rows


def _remarks(found: Approach) -> list[str]:
    if found.answered_at:
        return [_("已答复：%(words)s") % {"words": found.answer}]
    return [_("先付的款进本案专用账号，自动冲减以后的执行金额。")]


@require_http_methods(["GET", "POST"])
@allowed(Action.NOTE, Action.FILE)
def submission(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer a hurrying, or make a case of an objection that a party handed in."""
    rows = Submission.objects.visible_to(actor_of(request)).select_related("case", "party", "opened")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound()
    return (_objection if found.kind == SubmissionKind.OBJECTION else _hurrying)(request, found)


def _hurrying(request: HttpRequest, found: Submission) -> HttpResponse:
    actor, page = actor_of(request), reverse("cases:case", args=[found.case.slug])
    form = WhyForm(acting.typed(request), label=_("答复"))

    def do() -> tuple[str, str]:
        submitting.answer(submission_id=found.pk, words=form.cleaned_data["why"], actor=actor, at=clock.now())
        return page, _("已答复，当事人登录后可以看到。")

    sheet = Sheet(_("答复催办"), _("答复"), form, page, facts=_handed_in(found), remarks=_done(found))
    return acting.act(request, sheet, do)


def _objection(request: HttpRequest, found: Submission) -> HttpResponse:
    actor, page = actor_of(request), reverse("cases:case", args=[found.case.slug])
    form = TakeUpForm(acting.typed(request), initial={"kind": found.sort, "contested": found.contested})

    def do() -> tuple[str, str]:
        typed, given = form.cleaned_data, {"submission_id": found.pk, "actor": actor, "at": clock.now()}
        if typed["outcome"] == TakeUpForm.BACK:
            submitting.turn_back(words=typed["words"], **given)
            return page, _("已告知当事人不予立案的理由。")
        row = submitting.take_up(kind=typed["kind"], contested=typed["contested"], **given)
        assert row.opened is not None
        words = _("已立案，案号%(number)s。请指定审查法官。") % {"number": row.opened.number}
        return reverse("cases:case", args=[row.opened.slug]), words

    remarks = _done(found) or [_("系统不会自动立案。立案后另立执异案号，由没有参加执行的法官审查。")]
    sheet = Sheet(_("审查执行异议"), _("办理"), form, page, facts=_handed_in(found), remarks=remarks)
    return acting.act(request, sheet, do)


def _handed_in(found: Submission) -> list[tuple[object, object]]:
    rows: list[tuple[object, object]] = [
        (_("案号"), found.case.number),
        (_("谁"), found.party.name),
        (_("提出"), dates.full_day_text(clock.day_of(found.made_at))),
    ]
    rows += [(_("针对"), found.contested)] if found.contested else []
    return [*rows, (_("说明"), found.words)] if found.words else rows


def _done(found: Submission) -> list[str]:
    return [_("已答复：%(words)s") % {"words": found.answer}] if found.answered_at else []
