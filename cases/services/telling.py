"""Whom events are told to: one Notice per event, party and channel, sent through the gateway of text messages."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from cases import sentences
from cases.declaring import EVENTS
from cases.kinds import CLAIMING, OWING
from cases.models import Event, Notice, Participation, Party
from cases.queries.disclosing import audience_of
from gateways import payloads
from gateways.services import sending
from gateways.services.sending import Letter
from kernel import writing

CHANNEL = "sms"


def tell(events: Sequence[Event], *, at: datetime) -> None:
    """Queue the notices of new events; parties without a telephone get none."""
    told = [event for event in events if EVENTS.get(event.verb).tell]
    if not told:
        return
    sides = _sides(told)
    queued = []
    for entry in sentences.describe(told):
        event = entry.event
        words = f"【{event.case.court.short_name}】{event.case.number}：{entry.sms or entry.plain}"
        members = [row.party for row in sides[event.case_id] if audience_of(row.role) in entry.kind.tell]
        parties = {party.pk: party for party in members if party.phone}
        queued += [(_notice(event, party, words, at), party.phone) for party in parties.values()]
    writing.insert(notice for notice, _phone in queued)
    sending.send_all([_letter(notice, phone) for notice, phone in queued], at=at)


def _sides(events: Sequence[Event]) -> dict[UUID, list[Participation]]:
    """The two sides of the events' cases, with what a text message needs of the parties."""
    rows = Participation.objects.filter(case__in={event.case_id for event in events}, role__in=(*CLAIMING, *OWING))
    found = defaultdict(list)
    for row in rows.select_related("party").only("case", "role", "party__phone"):
        found[row.case_id].append(row)
    return found


def _notice(event: Event, party: Party, words: str, at: datetime) -> Notice:
    return Notice(event=event, party=party, channel=CHANNEL, text=words[:300], at=at)


def _letter(notice: Notice, phone: str) -> Letter:
    return Letter(
        court=notice.event.case.court,
        channel=CHANNEL,
        kind="text",
        payload=payloads.Text(phone=phone, text=notice.text),
        key=f"notice:{notice.pk}",
        about=f"cases.notice:{notice.pk}",
    )
