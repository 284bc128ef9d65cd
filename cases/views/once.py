"""An act sent twice (a double click, a repeated request) happens once, and both answers lead to the same page.

Every form carries a key of its own. The second sender waits for the first and is given its answer; an act that was
refused leaves no answer, so that it can be sent again.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from uuid import UUID

from django.core.cache import cache
from django.db import connection, transaction

from accounts.actors import Actor

KEPT = 24 * 60 * 60  # seconds


@dataclass(frozen=True)
class Done:
    """Where an act led and the sentence about it."""

    url: str
    text: str


def only(*, key: str, actor: Actor, do: Callable[[], Done]) -> Done:
    """Do it, in one transaction, unless the form with this key was accepted before."""
    token = _read(key)
    if token is None:
        with transaction.atomic():
            return do()
    name = f"once:{actor.user_id}:{token}"
    try:
        with transaction.atomic():
            _wait_for(token)
            known = cache.get(name)
            if known:
                return Done(**known)
            done = do()
            cache.set(name, asdict(done), KEPT)
            return done
    except BaseException:
        cache.delete(name)
        raise


def _read(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None


def _wait_for(token: UUID) -> None:
    """Held until the transaction ends; a key belongs to one form, so no other lock can wait for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [token.int % 2**63])
