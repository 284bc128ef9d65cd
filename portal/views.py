"""The litigant's pages, phone first: sign in, my cases, progress, money, the story, verification."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from cases.services import verifying
from kernel import clock
from kernel.refusals import Refusal
from portal import pages, plan_views
from portal.access import SESSION_KEY, Reader, party_required, side
from portal.forms import CodeForm, SignInForm
from portal.services import entering


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    """Case number and tail; the code is sent whatever was typed."""
    form = SignInForm(request.POST or None)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            entering.ask_code(**form.cleaned_data, address=_address(request), at=clock.now())
        except Refusal as found:
            refusal = found
        else:
            request.session["portal-asked"] = form.cleaned_data
            return redirect("portal:code")
    status = refusal.status if refusal else (400 if request.method == "POST" else 200)
    return render(request, "portal/sign_in.html", {"form": form, "refusal": refusal, "portal": {}}, status=status)


@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """The code from the text message opens the session."""
    asked = request.session.get("portal-asked")
    if not asked:
        return redirect("portal:sign_in")
    form = CodeForm((request.POST and {**request.POST.dict(), **asked}) or None, initial=asked)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            visitor = entering.enter(**form.cleaned_data, at=clock.now(), address=_address(request))
        except Refusal as found:
            refusal = found
        else:
            request.session.cycle_key()
            request.session.pop("portal-asked", None)
            request.session[SESSION_KEY] = str(visitor.party_id)
            return redirect("portal:home")
    status = refusal.status if refusal else (400 if request.method == "POST" else 200)
    context = {"form": form, "refusal": refusal, "asked": asked, "portal": {}}
    return render(request, "portal/code.html", context, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session of the portal."""
    request.session.pop(SESSION_KEY, None)
    return redirect("portal:sign_in")


@party_required
def home(request: HttpRequest, reader: Reader) -> HttpResponse:
    """My cases; a single one opens at once."""
    if len(reader.participations) == 1:
        return redirect("portal:progress", reader.participations[0].case.slug)
    cases = [
        {"row": row, "url": reverse("portal:progress", args=[row.case.slug]), "stages": pages.stages(row.case)}
        for row in reader.participations
    ]
    return render(request, "portal/home.html", {"portal": pages.portal(reader), "cases": cases})


@party_required
def progress(request: HttpRequest, reader: Reader, number: str) -> HttpResponse:
    """到哪一步了: the first screen of a case."""
    row = reader.participation(number)
    return render(request, "portal/progress.html", pages.progress(reader, row, clock.now()))


@party_required
def money(request: HttpRequest, reader: Reader, number: str) -> HttpResponse:
    """What is owed line by line, how to pay, what was received."""
    row = reader.participation(number)
    context = {
        "portal": pages.portal(reader, row, "money"),
        "case": row.case,
        "money": pages.money(row, side(row), clock.now()),
        "ways": plan_views.ways(row),
    }
    return render(request, "portal/money.html", context)


@party_required
def story(request: HttpRequest, reader: Reader, number: str) -> HttpResponse:
    """The whole story in plain words."""
    row = reader.participation(number)
    context = {
        "portal": pages.portal(reader, row, "story"),
        "case": row.case,
        "entries": pages.entries(row.case, side(row)),
        "audience": side(row),
    }
    return render(request, "portal/story.html", context)


@party_required
def verify(request: HttpRequest, reader: Reader, number: str) -> HttpResponse:
    """Recompute the chain of the case and say whether any entry was altered."""
    row = reader.participation(number)
    context = {
        "portal": pages.portal(reader, row),
        "case": row.case,
        "found": verifying.verify(case_id=row.case_id),
    }
    return render(request, "portal/verify.html", context)
