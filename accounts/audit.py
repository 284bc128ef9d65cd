"""The security journal has one writer."""

from datetime import datetime
from typing import Any
from uuid import UUID

from accounts.actors import Actor
from accounts.models import AuditEntry


def write(
    *,
    actor: Actor | None,
    act: str,
    at: datetime,
    about: str = "",
    address: str | None = None,
    court_id: UUID | None = None,
    **facts: Any,
) -> AuditEntry:
    """One entry; ``facts`` hold symbols and counts, never passwords, identity numbers or accounts.

    ``court_id`` is for an attempt without an actor on something that belongs to a court.
    """
    return AuditEntry.objects.create(
        court_id=actor.court_id if actor else court_id,
        at=at,
        act=act,
        actor=actor.symbol if actor else "anonymous",
        actor_name=actor.name if actor else "",
        about=about,
        facts=facts,
        address=address or None,
    )
