"""Recording an act: the event, the duties it opens and closes, and the notices it owes, in one transaction.

It raises NotLocked when the case is not held, and cannot refuse otherwise.
"""

import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import translation

from accounts.actors import Actor
from cases import locks
from cases.declaring import EVENTS, NoFacts
from cases.models import Case, Event
from cases.services import answering, telling
from kernel import canonical

GENESIS = "0" * 64
CHAIN_VERSION = "v1"


def record(
    *,
    case: Case,
    verb: str,
    actor: Actor,
    at: datetime,
    facts: Any = None,
    subject: str = "",
    happened_at: datetime | None = None,
    corrects: Event | None = None,
) -> Event:
    """Append an event to the case's chain and let the tables answer it.

    ``at`` is the moment of recording, ``happened_at`` the legal moment (by default the same). ``facts`` is an instance of
    the verb's dataclass. Raises NotLocked (a fault of the program), KeyError for an undeclared verb.
    """
    locks.require(case)
    kind = EVENTS.get(verb)
    value = facts if facts is not None else NoFacts()
    if not isinstance(value, kind.facts):
        raise TypeError(f"{verb} records {kind.facts.__name__}, not {type(value).__name__}")
    last = Event.objects.filter(case=case).order_by("-seq").only("seq", "digest").first()
    event = Event(
        case=case,
        court_id=case.court_id,
        seq=last.seq + 1 if last else 1,
        verb=verb,
        subject=subject or case.symbol,
        happened_at=happened_at or at,
        recorded_at=at,
        actor=actor.symbol,
        facts=canonical.plain(vars(value) | {"v": getattr(value, "VERSION", 1)}),
        salt=secrets.token_hex(16),
        corrects=corrects,
    )
    event.facts_digest = facts_digest(event)
    event.digest = chain_digest(event, last.digest if last else GENESIS)
    event.save(force_insert=True)
    answering.answer(case=case, event=event, at=at)
    with translation.override(settings.LANGUAGE_CODE):  # the party's words, not the clerk's screen
        telling.tell(case=case, event=event, kind=kind, at=at)
    return event


def facts_digest(event: Event) -> str:
    """Digest of the salted facts."""
    return canonical.digest(event.salt or "", canonical.dumps(event.facts))


def chain_digest(event: Event, previous: str) -> str:
    """Digest that links an event to the one before it; it can be computed again after erasure of the facts."""
    header = {
        "case": event.case_id,
        "seq": event.seq,
        "verb": event.verb,
        "subject": event.subject,
        "happened_at": event.happened_at,
        "recorded_at": event.recorded_at,
        "actor": event.actor,
        "corrects": event.corrects_id,
    }
    return canonical.digest(CHAIN_VERSION, previous, canonical.dumps(header), event.facts_digest)
