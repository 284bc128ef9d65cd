"""The one search box."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from accounts import audit
from accounts.access import allowed
from accounts.roles import Action
from accounts.services import signing_in
from cases import shell
from cases.queries import lists, search
from cases.queries.rows import case_url
from cases.views.acting import actor_of
from kernel import clock


@require_GET
@allowed(Action.SEE_CASES)
def find(request: HttpRequest) -> HttpResponse:
    """The cases that the pasted text names; one opens at once. Searching by identity or telephone is journalled."""
    actor, at = actor_of(request), clock.now()
    typed = request.GET.get("q", "").strip()[:80]
    found = search.find(actor, typed)
    if found.sensitive:
        address, ways = signing_in.address(request), list(found.sensitive)
        audit.write(actor=actor, act=shell.IDENTITY_SEARCHED, at=at, address=address, kind=ways, rows=len(found.cases))
    if len(found.cases) == 1:
        return redirect(case_url(found.cases[0]))
    context = {"typed": typed, "shown": lists.table(found.cases, at), "labels": found.labels, "most": search.MOST}
    return render(request, "cases/search.html", context)
