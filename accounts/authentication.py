"""API sign-in: an expiring token scoped to a post, or the session of the desk."""

from typing import TYPE_CHECKING, Any

from knox.auth import TokenAuthentication as KnoxAuthentication
from rest_framework.permissions import BasePermission

from accounts import policy
from accounts.actors import Actor
from accounts.models import ApiToken, Post
from accounts.roles import Action
from kernel import clock

if TYPE_CHECKING:  # the framework loads this module while it builds these classes
    from rest_framework.request import Request
    from rest_framework.views import APIView


class TokenAuthentication(KnoxAuthentication):
    """``Authorization: Token …``; the request acts as the token's post."""

    def _cleanup_token(self, auth_token: ApiToken) -> bool:
        """Whether the token has run out by the one clock; it stays listed until its owner revokes it."""
        return auth_token.expiry is not None and auth_token.expiry <= clock.now()


def actor_of(request: "Request") -> Actor | None:
    """The token's post as an actor, else the actor of the session."""
    token: Any = request.auth
    if token is not None:
        today = clock.today()
        posts = Post.objects.select_related("court", "user", "team").in_force(today)
        post = posts.filter(pk=token.post_id, user=token.user_id).first()
        return Actor.of_post(post, on=today, client=True) if post else None
    return getattr(request._request, "actor", None)


class HasActor(BasePermission):
    """Only staff with a post in force; a program also needs USE_API."""

    def has_permission(self, request: "Request", view: "APIView") -> bool:
        actor = actor_of(request)
        request.actor = actor  # type: ignore[attr-defined]
        if actor is None or not actor.is_staff:
            return False
        return actor.kind == "staff" or policy.may(actor, Action.USE_API)
