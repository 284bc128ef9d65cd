"""Who may open a page: staff, and then only what the policy lists. Every room uses these two decorators.

What belongs to a case is reached through ``cases.access.case_for`` besides; this door only knows roles.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from accounts import policy
from accounts.actors import Actor
from accounts.roles import Action
from kernel.refusals import NotFound

View = Callable[..., HttpResponse]


def staff_required(view: View) -> View:
    """Only staff with a post in force: anonymous people are sent to sign in, everyone else finds nothing (404)."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        actor: Actor | None = getattr(request, "actor", None)
        if actor is not None and actor.is_staff:
            return view(request, *args, **kwargs)
        if request.user.is_authenticated or actor is not None:
            raise NotFound
        return redirect_to_login(request.get_full_path())

    door.staff_only = True  # type: ignore[attr-defined]
    return door


def allowed(*actions: Action) -> Callable[[View], View]:
    """Only staff whose policy lists one of the actions; raises NotAllowed otherwise."""

    def decorate(view: View) -> View:
        @staff_required
        @wraps(view)
        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor: Actor = request.actor  # type: ignore[attr-defined]
            if not any(policy.may(actor, action) for action in actions):
                policy.require(actor, actions[0])
            return view(request, *args, **kwargs)

        door.actions = actions  # type: ignore[attr-defined]
        return door

    return decorate
