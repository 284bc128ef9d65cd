"""Reading searched property: only with the right to, and entered in the journal."""

from django.http import HttpRequest

from accounts import audit, policy
from accounts.actors import Actor
from accounts.roles import Action
from accounts.services import signing_in
from assets.shell import READ, REVEALED
from cases.views.acting import actor_of
from kernel import clock

__all__ = ["READ", "REVEALED"]


def may_see(actor: Actor) -> bool:
    """Whether the policy lets the actor see searched property at all."""
    return policy.may(actor, Action.SEE_PROPERTY)


def note(request: HttpRequest, about: str, *, act: str = READ, **facts: object) -> None:
    """Enter the reading in the journal."""
    audit.write(
        actor=actor_of(request), act=act, at=clock.now(), about=about, address=signing_in.address(request), **facts
    )
