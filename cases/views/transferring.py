"""Filing the execution of a criminal judgment's property part, handed over by the criminal chamber."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.access import allowed
from accounts.models import Court
from accounts.roles import Action
from cases.forms.transferring import TransferForm
from cases.services import transferring
from cases.views import acting, once
from cases.views.acting import Done
from kernel import clock
from kernel.refusals import Refusal


@require_http_methods(["GET", "POST"])
@allowed(Action.FILE)
def file(request: HttpRequest) -> HttpResponse:
    """One page: the judgment, the convict, restitution, fine, confiscation."""
    actor = acting.actor_of(request)
    form = TransferForm(acting.typed(request), court_id=actor.court_id)

    def do() -> Done:
        court = Court.objects.get(pk=actor.court_id)
        case = transferring.file(court=court, given=form.transfer(), actor=actor, at=clock.now())
        return Done(acting.case_page(case), _("已立案，案号%(number)s。") % {"number": case.number})

    if request.method != "POST":
        return _show(request, form)
    if not form.is_valid():
        return _show(request, form, status=400)
    try:
        return acting.go(request, once.only(key=request.POST.get("once", ""), actor=actor, do=do))
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return _show(request, form, refusal=refusal, status=refusal.status)


def _show(
    request: HttpRequest, form: TransferForm, *, refusal: Refusal | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "rows": [(bound, form.articles.get(bound.name, "")) for bound in form],
        "refusal": refusal,
        "once": acting.once_key(request),
    }
    return render(request, "cases/filing/transfer.html", context, status=status)
