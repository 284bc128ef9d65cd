"""The list centre's answers are kept with their messages; a refusal is put on the case's timeline for the officer."""

from datetime import datetime

from accounts.actors import Actor
from cases import locks
from cases.services import recording
from gateways import payloads
from gateways.models import Message
from pressure.models import ConsumptionLimit, Listing


def keep(*, message: Message, reply: payloads.ListingReply, actor: Actor, at: datetime) -> None:
    """Record a refusal; an acceptance needs nothing more."""
    if reply.status != "REFUSED":
        return
    model = Listing if message.about.startswith("pressure.listing") else ConsumptionLimit
    row = model.objects.get(pk=message.about_key)
    case = locks.lock(row.case_id)
    recording.record(case=case, verb="pressure.centre_refused", actor=actor, at=at, subject=message.about)
