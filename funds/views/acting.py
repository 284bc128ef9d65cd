"""The road of every act of money: its form, one service call under the form's own key, a redirect.

The key travels in the form, so a double click and a repeated request are one command of the ledger.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render

from accounts.actors import Actor
from funds.models import Payout, Receipt
from kernel.keys import uuid7
from kernel.refusals import NotFound, Refusal


@dataclass(frozen=True)
class Sheet:
    """What an act shows: heading, facts, remarks, fields, one button with a verb, and the page it belongs to."""

    title: str
    button: str
    form: forms.Form
    page: str
    note: str = ""
    facts: Sequence[tuple[Any, Any]] = ()
    remarks: Sequence[Any] = ()
    multipart: bool = False
    finder: str = ""
    """The field whose words narrow a choice of the form; it has a button of its own, which only shows the form again."""


def act(request: HttpRequest, sheet: Sheet, do: Callable[[], tuple[str, str]]) -> HttpResponse:
    """Show the sheet, or do the act: ``do`` gives the page to go to and a sentence; a refusal keeps what was typed."""
    if request.method != "POST" or looks(request):
        return _show(request, sheet)
    if not sheet.form.is_valid():
        return _show(request, sheet, status=400)
    try:
        url, sentence = do()
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        return _show(request, sheet, refusal=refusal, status=refusal.status)
    return go(request, url, sentence)


def go(request: HttpRequest, url: str, sentence: str) -> HttpResponse:
    """To the page, with one sentence about what was done, if there is one."""
    if sentence:
        messages.success(request, sentence)
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": url})
    return redirect(url)


def _show(request: HttpRequest, sheet: Sheet, *, refusal: Refusal | None = None, status: int = 200) -> HttpResponse:
    articles = getattr(sheet.form, "articles", {})
    context = {
        "sheet": sheet,
        "form": sheet.form,
        "fields": [(bound, articles.get(bound.name, "")) for bound in sheet.form],
        "refusal": refusal,
        "once": once_key(request),
        "multipart": sheet.multipart,
    }
    return render(request, "funds/acts/act.html", context, status=status)


def typed(request: HttpRequest) -> QueryDict | None:
    """What was posted, also when it is nothing; None while the form is only opened or looks for something."""
    return request.POST if request.method == "POST" and not looks(request) else None


def looks(request: HttpRequest) -> bool:
    """Whether the button of the finder was pressed: nothing is done, the choice is narrowed."""
    return "look" in request.POST


def kept(request: HttpRequest) -> dict[str, str]:
    """What was typed before the finder was used, to be shown again."""
    return {name: str(value) for name, value in request.POST.items()} if looks(request) else {}


def once_key(request: HttpRequest) -> str:
    """The key of this form: the one it came with, or a new one."""
    return request.POST.get("once", "")[:64] or str(uuid7())


def key(request: HttpRequest) -> str:
    """The key of the ledger's command."""
    return f"ui:{once_key(request)}"


def actor_of(request: HttpRequest) -> Actor:
    """The staff actor that the door let in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def receipt_of(request: HttpRequest, pk: UUID) -> Receipt:
    """A receipt that the actor may see. Raises NotFound."""
    rows = Receipt.objects.visible_to(actor_of(request))
    found = rows.select_related("case", "hint", "line", "registered_by__user", "second_officer__user").filter(pk=pk)
    receipt = found.first()
    if receipt is None:
        raise NotFound()
    return receipt


def payout_of(request: HttpRequest, pk: UUID) -> Payout:
    """A payout that the actor may see. Raises NotFound."""
    rows = Payout.objects.visible_to(actor_of(request)).filter(pk=pk)
    payout = rows.select_related(
        "receipt",
        "case",
        "payee",
        "decision",
        "replaces",
        "confirmed_by__user",
        "approved_by__user",
        "sent_by__user",
    ).first()
    if payout is None:
        raise NotFound()
    return payout
