"""One's own page: posts, and the tokens of one's programs."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policy, queries
from accounts.access import allowed, staff_required
from accounts.forms import TokenForm
from accounts.models import ApiToken
from accounts.roles import Action
from accounts.services import tokens
from accounts.views import acting
from accounts.views.acting import Panel
from accounts.views.people import page_of
from kernel import clock


@require_GET
@staff_required
def profile(request: HttpRequest) -> HttpResponse:
    """Who I am here, since when, and which programs act for me."""
    return render(request, "accounts/profile.html", _context(request))


@never_cache
@require_http_methods(["GET", "POST"])
@allowed(Action.USE_API)
def create_token(request: HttpRequest) -> HttpResponse:
    """A token of the present post; its secret is shown on the answer and never again."""

    def done(made: tuple[ApiToken, str]) -> HttpResponse:
        token, value = made
        text = _t("“%(purpose)s”的令牌只显示这一次，请立即抄入程序。") % {"purpose": token.purpose}
        return acting.secret(request, page=_page(), title=_t("接口令牌"), text=text, value=value)

    panel = Panel(title=_t("签发接口令牌"), button=_t("签发"), form=TokenForm(acting.typed(request)), page=_page())
    return acting.act(
        request,
        panel=panel,
        do=lambda **typed: tokens.create(actor=acting.actor_of(request), at=clock.now(), **typed),
        done=done,
    )


@require_http_methods(["GET", "POST"])
@staff_required
def revoke_token(request: HttpRequest, ref: UUID) -> HttpResponse:
    """The token ends at once; an administrator comes from the person's page and goes back there."""
    actor = acting.actor_of(request)
    token = tokens.find(actor=actor, ref=ref)
    page = _page() if token.user_id == actor.user_id else page_of(token.user)
    panel = Panel(
        title=_t("撤销接口令牌"),
        button=_t("撤销"),
        form=forms.Form(acting.typed(request)),
        page=page,
        note=_t("撤销后，使用这个令牌的程序立即失去权限，不能恢复。"),
    )
    return acting.act(
        request,
        panel=panel,
        do=lambda: tokens.revoke(actor=actor, at=clock.now(), ref=ref),
        done=lambda _none: acting.back(request, page, _t("令牌已撤销。")),
    )


def _page() -> str:
    return reverse("accounts:profile")


def _context(request: HttpRequest) -> dict[str, Any]:
    actor = acting.actor_of(request)
    posts = list(queries.posts_of(request.user, actor.court_id))
    return {
        "posts": posts,
        "present": actor.post_id,
        "today": clock.today(),
        "at": clock.now(),
        "may_use_api": policy.may(actor, Action.USE_API),
        "tokens": queries.tokens(post.pk for post in posts),
    }
