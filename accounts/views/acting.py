"""One act in the side panel: a form, shown again with what was typed when the act is refused."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts.actors import Actor
from accounts.handover import Held
from kernel.refusals import Refusal


@dataclass(frozen=True)
class Panel:
    """What the side panel shows: heading, fields, one button with a verb, and the page to which one goes back."""

    title: str
    button: str
    form: forms.Form
    page: str
    note: str = ""
    held: tuple[Held, ...] = ()
    version: int | None = None
    refusal: Refusal | None = None


def act(
    request: HttpRequest, *, panel: Panel, do: Callable[..., Any], done: Callable[[Any], HttpResponse]
) -> HttpResponse:
    """Shows the panel, or does the act with what was typed; a refusal keeps the panel open with its reason."""
    if request.method != "POST":
        return _show(request, panel, 200)
    if not panel.form.is_valid():
        return _show(request, panel, 400)
    try:
        result = do(**panel.form.cleaned_data)
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return _refuse(request, panel, refusal)
    return done(result)


def back(request: HttpRequest, page: str, text: str) -> HttpResponse:
    """To the page, with one sentence about what was done."""
    messages.success(request, text)
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": page})
    return redirect(page)


def secret(request: HttpRequest, *, page: str, title: str, text: str, value: str) -> HttpResponse:
    """A secret that is shown on this answer and never again; the view must be ``never_cache``."""
    context = {"page": page, "title": title, "text": text, "secret": value}
    return render(request, "accounts/secret.html", context)


def typed(request: HttpRequest) -> QueryDict | None:
    """What was posted, also when it is nothing; None while the panel is only opened."""
    return request.POST if request.method == "POST" else None


def version(request: HttpRequest) -> int:
    """The version that the form was opened with; a form without one is stale."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and len(typed) < 10 else 0


def actor_of(request: HttpRequest) -> Actor:
    """The staff actor that the door let in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _refuse(request: HttpRequest, panel: Panel, refusal: Refusal) -> HttpResponse:
    field = refusal.facts.get("field")
    if field in panel.form.fields:
        panel.form.add_error(field, refusal.text)
        return _show(request, panel, refusal.status)
    return _show(request, replace(panel, refusal=refusal), refusal.status)


def _show(request: HttpRequest, panel: Panel, status: int) -> HttpResponse:
    return render(request, "accounts/act.html", {"act": panel}, status=status)
