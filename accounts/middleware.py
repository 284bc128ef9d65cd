"""Puts the Actor on every request: the post chosen at sign-in, or none."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Post
from kernel import clock

POST_KEY = "post"


class ActorMiddleware:
    """``request.actor`` is an Actor or None; a first password must be changed before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = actor_of(request)  # type: ignore[attr-defined]
        if request.user.is_authenticated and request.user.must_change_password and not _is_free(request):
            return redirect("accounts:change_password")
        return self.get_response(request)


def actor_of(request: HttpRequest) -> Actor | None:
    """The actor of the signed-in person's chosen post, when the post is in force today."""
    if not request.user.is_authenticated:
        return None
    posts = Post.objects.select_related("court", "user", "team").in_force(clock.today()).filter(user=request.user)
    chosen = request.session.get(POST_KEY)
    post = posts.filter(pk=UUID(chosen)).first() if chosen else None
    post = post or posts.order_by("from_on", "id").first()
    if post is None:
        return None
    request.post = post  # type: ignore[attr-defined]
    return Actor.of_post(post, on=clock.today())


def _is_free(request: HttpRequest) -> bool:
    free = {reverse("accounts:change_password"), reverse("accounts:sign_out"), reverse("set_language")}
    return request.path in free or request.path.startswith(("/static/", "/healthz"))
