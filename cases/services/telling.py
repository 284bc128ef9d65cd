"""Whom events are told to: one Notice per event, party and channel, sent through the gateway of text messages."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.conf import settings
from django.utils import translation

from cases import sentences
from cases.declaring import EVENTS
from cases.kinds import CLAIMING, OWING
from cases.models import Event, Notice
from cases.queries.disclosing import audience_of
from gateways import payloads
from gateways.services import sending
from gateways.services.sending import Letter
from kernel import encryption, reading, writing

CHANNEL = "sms"
_SIDES = """
    SELECT part.case_id, part.role, party.id, party.phone
      FROM cases_participation AS part
      JOIN cases_party AS party ON party.id = part.party_id
     WHERE part.case_id = ANY(%s) AND part.role = ANY(%s) AND party.phone <> ''
     ORDER BY part.role, part.ordinal
"""
_ROLES = [str(role) for role in (*CLAIMING, *OWING)]


class _Member(NamedTuple):
    """A party on one side of a case, with the cipher text of its telephone."""

    case_id: UUID
    role: str
    party_id: UUID
    phone: str


def tell(events: Sequence[Event], *, at: datetime) -> None:
    """Queue the notices of new events; parties without a telephone get none."""
    told = [event for event in events if EVENTS.get(event.verb).tell]
    if not told:
        return
    sides = _sides({event.case_id for event in told})
    with translation.override(settings.LANGUAGE_CODE):  # the party's words, not the clerk's screen
        texts = sentences.texts(told)
    queued = []
    for event, text in zip(told, texts, strict=True):
        words = f"【{event.case.court.short_name}】{event.case.number}：{text}"[:300]
        audiences = EVENTS.get(event.verb).tell
        phones = {row.party_id: row.phone for row in sides[event.case_id] if audience_of(row.role) in audiences}
        queued += [
            (_notice(event, party_id, words, at), encryption.decrypt(phone)) for party_id, phone in phones.items()
        ]
    writing.insert(notice for notice, _phone in queued)
    sending.send_all([_letter(notice, phone) for notice, phone in queued], at=at)


def _sides(case_ids: Collection[UUID]) -> dict[UUID, list[_Member]]:
    """Those on the two sides of cases who have a telephone."""
    found = defaultdict(list)
    for row in map(_Member._make, reading.answers(_SIDES, list(case_ids), _ROLES)):
        found[row.case_id].append(row)
    return found


def _notice(event: Event, party_id: UUID, words: str, at: datetime) -> Notice:
    return Notice(event=event, party_id=party_id, channel=CHANNEL, text=words, at=at)


def _letter(notice: Notice, phone: str) -> Letter:
    return Letter(
        court=notice.event.case.court,
        channel=CHANNEL,
        kind="text",
        payload=payloads.Text(phone=phone, text=notice.text),
        key=f"notice:{notice.pk}",
        about=f"cases.notice:{notice.pk}",
    )
