"""The security journal has one writer."""

from datetime import datetime
from typing import Any

from accounts.actors import Actor
from accounts.models import AuditEntry


def write(
    *, actor: Actor | None, act: str, at: datetime, about: str = "", address: str | None = None, **facts: Any
) -> AuditEntry:
    """One entry; ``facts`` hold symbols and counts, never passwords, identity numbers or accounts."""
    return AuditEntry.objects.create(
        court_id=actor.court_id if actor else None,
        at=at,
        act=act,
        actor=actor.symbol if actor else "anonymous",
        actor_name=actor.name if actor else "",
        about=about,
        facts=facts,
        address=address,
    )
