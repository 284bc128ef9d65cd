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
from portal.models import Approach
from portal.services import approaching


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
