"""The road of every act: its form, one service call, a redirect; a refusal shows the form again with what was typed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse

from accounts.actors import Actor
from cases.models import Case
from cases.stages import spine_of
from cases.views import once
from cases.views.once import Done
from kernel.keys import uuid7
from kernel.refusals import Refusal
from kernel.transitions import NotFromHere

Files = Any


@dataclass(frozen=True)
class Note:
    """A remark above the fields; ``kind`` is empty, ok, warn or past."""

    text: str
    kind: str = ""


@dataclass(frozen=True)
class Sheet:
    """What an act shows: heading, facts, remarks, fields and one button with a verb.

    ``fields`` maps refusals to the field that they are about; ``more`` is for the templates of acts with more than fields.
    """

    title: str
    button: str
    form: forms.BaseForm | Any
    case: Case
    template: str = "cases/acts/act.html"
    facts: Sequence[tuple[str, Any]] = ()
    notes: Sequence[Note] = ()
    fields: Mapping[type[Refusal], str] = field(default_factory=dict)
    wide: bool = False
    multipart: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)


def blocked(case: Case, *transitions: str) -> list[Note]:
    """What the spine says against an act, before anything is typed; empty when one of the transitions is open."""
    spine = spine_of(case.kind)
    said = ""
    for name in transitions:
        try:
            spine.take(case.stage, name)
        except NotFromHere as refusal:
            said = said or refusal.text
        else:
            return []
    return [Note(said, "past")] if spine.find(transitions[0]) else []


def act(request: HttpRequest, sheet: Sheet, do: Callable[[], Done]) -> HttpResponse:
    """Show the sheet, or do the act with what was typed."""
    if request.method != "POST":
        return show(request, sheet)
    if not sheet.form.is_valid():
        return show(request, sheet, status=400)
    try:
        done = once.only(key=request.POST.get("once", ""), actor=actor_of(request), do=do)
    except Refusal as refusal:
        if refusal.status in {403, 404}:
            raise
        return refuse(request, sheet, refusal)
    return go(request, done)


def refuse(request: HttpRequest, sheet: Sheet, refusal: Refusal) -> HttpResponse:
    """The sheet again, with the refusal beside its field or above all of them, and its status."""
    name = refusal.facts.get("field") or sheet.fields.get(type(refusal))
    if name in getattr(sheet.form, "fields", {}):
        sheet.form.add_error(name, refusal.text)
        return show(request, sheet, status=refusal.status)
    return show(request, sheet, refusal=refusal, status=refusal.status)


def show(request: HttpRequest, sheet: Sheet, *, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    """The sheet as the side panel or as a page; the cursor stands in the first field."""
    if _plain(sheet) and sheet.form.fields:
        next(iter(sheet.form.fields.values())).widget.attrs["autofocus"] = True
    articles = getattr(sheet.form, "articles", {})
    context = {
        "sheet": sheet,
        "case": sheet.case,
        "form": sheet.form,
        "rows": [(bound, articles.get(bound.name, "")) for bound in sheet.form] if _plain(sheet) else [],
        "refusal": refusal,
        "once": once_key(request),
        "page": case_page(sheet.case),
        "wide": sheet.wide,
        "multipart": sheet.multipart,
        **sheet.more,
    }
    return render(request, sheet.template, context, status=status)


def _plain(sheet: Sheet) -> bool:
    return isinstance(sheet.form, forms.BaseForm)


def go(request: HttpRequest, done: Done) -> HttpResponse:
    """To the page where the act led, with the sentence about it."""
    messages.success(request, done.text)
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": done.url})
    return redirect(done.url)


def typed(request: HttpRequest) -> QueryDict | None:
    """What was posted, also when it is nothing; None while the form is only opened."""
    return request.POST if request.method == "POST" else None


def sent_files(request: HttpRequest) -> Files:
    """The files that were posted; None while the form is only opened."""
    return request.FILES if request.method == "POST" else None


def once_key(request: HttpRequest) -> str:
    """The key of this form: the one it came with, or a new one."""
    return request.POST.get("once", "") or str(uuid7())


def actor_of(request: HttpRequest) -> Actor:
    """The staff actor that the door let in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def case_page(case: Case) -> str:
    """The page of a case."""
    return reverse("cases:case", args=[case.slug])


def address(name: str, *args: Any) -> str:
    """An address of a room above that may not be installed; empty when it is not."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
