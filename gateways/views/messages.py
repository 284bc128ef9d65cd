"""What goes out and comes in: the list, one message with its content masked, and the retry of a parked one."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notes
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.access import allowed
from accounts.actors import Actor
from accounts.roles import Action
from gateways import channels, masking, wire
from gateways.forms import MessageFilter
from gateways.models import Message, MessageQuerySet, MessageState
from gateways.services import parking
from kernel import clock, paging
from kernel.refusals import NotFound

ORDER = ("-created_at", "-id")
MARKS = {
    MessageState.QUEUED: "idle",
    MessageState.SENT: "running",
    MessageState.ANSWERED: "done",
    MessageState.REFUSED: "near",
    MessageState.PARKED: "past",
    MessageState.CANCELLED: "closed",
}


@require_GET
@allowed(Action.RUN_GATEWAYS)
def messages(request: HttpRequest) -> HttpResponse:
    """Messages of the court, the newest first, 50 a page."""
    chosen = MessageFilter(request.GET)
    found = _filtered(Message.objects.visible_to(_actor(request)).defer("payload", "reply"), chosen)
    page = paging.page(found, order=ORDER, token=request.GET.get("page", ""))
    rows = [{"message": row, "channel": channels.get(row.channel), "mark": MARKS[row.state]} for row in page.rows]
    return render(request, "gateways/messages.html", {"filter": chosen, "page": page, "rows": rows})


@require_GET
@allowed(Action.RUN_GATEWAYS)
def message(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """One message; names, identity numbers and accounts are masked."""
    row = _own(request, message_id)
    context = {
        "message": row,
        "channel": channels.get(row.channel),
        "kind": row.kind_row,
        "mark": MARKS[MessageState(row.state)],
        "payload": _lines(row, "payload_object"),
        "reply": _lines(row, "reply_object"),
    }
    return render(request, "gateways/message.html", context)


@require_POST
@allowed(Action.RUN_GATEWAYS)
def retry(request: HttpRequest, message_id: UUID) -> HttpResponse:
    """Let a parked message go on."""
    parking.retry(message=_own(request, message_id), actor=_actor(request), at=clock.now())
    notes.success(request, _("消息已重新排队，将用原编号继续办理。"))
    return redirect("gateways:message", message_id)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _own(request: HttpRequest, message_id: UUID) -> Message:
    row = Message.objects.visible_to(_actor(request)).filter(pk=message_id).first()
    if row is None:
        raise NotFound
    return row


def _filtered(rows: MessageQuerySet, chosen: MessageFilter) -> MessageQuerySet:
    typed: dict[str, Any] = chosen.cleaned_data if chosen.is_valid() else {}
    return rows.filter(**{name: value for name, value in typed.items() if value})


def _lines(row: Message, name: str) -> list[masking.Line]:
    """The masked content; a letter of an older program that can no longer be read shows nothing."""
    try:
        return masking.lines(getattr(row, name))
    except wire.Unreadable:
        return []
