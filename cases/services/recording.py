"""Recording an act: the event, the duties it opens and closes, and the notices it owes, in one transaction.

It raises NotLocked when the case is not held, and cannot refuse otherwise. Several events are written together: one
reading of the chains' heads, one insert for each table.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.actors import Actor
from cases import locks
from cases.declaring import EVENTS, NoFacts
from cases.models import Case, Event
from cases.queries.rules import Rulebooks
from cases.services import answering, telling
from kernel import canonical, reading, writing

GENESIS = "0" * 64
CHAIN_VERSION = "v1"
Head = tuple[int, str]
_HEADS = """
    SELECT asked.id, head.seq, head.digest
      FROM unnest(%s::uuid[]) AS asked (id),
           LATERAL (SELECT seq, digest FROM cases_event WHERE case_id = asked.id ORDER BY seq DESC LIMIT 1) AS head
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What is to be recorded of a locked case: the verb, an instance of its facts, what it is about, the legal moment."""

    case: Case
    verb: str
    facts: Any = None
    subject: str = ""
    happened_at: datetime | None = None
    corrects: Event | None = None


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
    row = Happening(case=case, verb=verb, facts=facts, subject=subject, happened_at=happened_at, corrects=corrects)
    return record_all([row], actor=actor, at=at)[0]


def record_all(rows: Sequence[Happening], *, actor: Actor, at: datetime, rules: Rulebooks | None = None) -> list[Event]:
    """Append events in the order given, each to the chain of its case, and let the tables answer them in that order.

    The conditions of a duty are asked when all the events are written. ``rules`` are the courts' own figures, when the
    act has read them. Raises what ``record`` raises.
    """
    if not rows:
        return []
    locks.require(*(row.case for row in rows))
    heads = _heads({row.case.pk for row in rows})
    events = []
    for row in rows:
        event = _event(row, heads.get(row.case.pk, (0, GENESIS)), actor, at)
        heads[row.case.pk] = (event.seq, event.digest)
        events.append(event)
    writing.insert(events)
    answering.answer(events, rules or Rulebooks())
    telling.tell(events, at=at)
    return events


def _heads(case_ids: set[UUID]) -> dict[UUID, Head]:
    """The last place and digest of each chain."""
    return {case_id: (seq, digest) for case_id, seq, digest in reading.answers(_HEADS, list(case_ids))}


def _event(row: Happening, head: Head, actor: Actor, at: datetime) -> Event:
    kind = EVENTS.get(row.verb)
    value = row.facts if row.facts is not None else NoFacts()
    if not isinstance(value, kind.facts):
        raise TypeError(f"{row.verb} records {kind.facts.__name__}, not {type(value).__name__}")
    event = Event(
        case=row.case,
        court_id=row.case.court_id,
        seq=head[0] + 1,
        verb=row.verb,
        subject=row.subject or row.case.symbol,
        happened_at=row.happened_at or at,
        recorded_at=at,
        actor=actor.symbol,
        facts=canonical.plain(vars(value) | {"v": getattr(value, "VERSION", 1)}),
        salt=secrets.token_hex(16),
        corrects=row.corrects,
    )
    event.facts_digest = facts_digest(event)
    event.digest = chain_digest(event, head[1])
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
