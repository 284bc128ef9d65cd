"""The outbox of texts: in the demo every text that a phone would have received, elsewhere masked and for a few only."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from accounts import policy
from accounts.access import staff_required
from accounts.actors import Actor
from accounts.roles import Action
from gateways import masking
from gateways.forms import TextFilter
from gateways.models import Message, MessageState
from gateways.views.messages import MARKS, ORDER
from kernel import encryption, paging, text

WORDS = {MessageState.ANSWERED: _("已送出"), MessageState.REFUSED: _("未送达")}


@require_GET
@staff_required
def texts(request: HttpRequest) -> HttpResponse:
    """Texts of the court, the newest first; found by the last four digits of the phone."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not settings.DEMO:
        policy.require(actor, Action.RUN_GATEWAYS)
    chosen = TextFilter(request.GET)
    found = Message.objects.visible_to(actor).filter(channel="sms")
    tail = text.narrow(chosen.cleaned_data["tail"]) if chosen.is_valid() else ""
    if tail:
        found = found.filter(tail=encryption.tail_digest(tail) or "-")
    page = paging.page(found, order=ORDER, token=request.GET.get("page", ""))
    rows = [_row(message) for message in page.rows]
    return render(request, "gateways/sms.html", {"filter": chosen, "page": page, "rows": rows, "demo": settings.DEMO})


def _row(message: Message) -> dict[str, object]:
    letter = message.payload_object
    return {
        "message": message,
        "mark": MARKS[MessageState(message.state)],
        "word": WORDS.get(MessageState(message.state), message.get_state_display()),  # type: ignore[attr-defined]
        "phone": letter.phone if settings.DEMO else text.mask_tail(letter.phone),
        "text": letter.text if settings.DEMO else masking.masked_text(letter.text),
    }
