"""The door: sign in, choose a post, change the password, sign out."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from accounts import policy, queries
from accounts.actors import Actor
from accounts.forms import ChangePasswordForm, SignInForm
from accounts.roles import Action
from accounts.services import people, signing_in
from kernel import clock
from kernel.refusals import NotFound, Refusal


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Account and password; five failures lock the account for a while."""
    if request.method == "GET":
        if request.user.is_authenticated and getattr(request, "actor", None):
            return redirect(_landing(request))
        return _sign_in_page(request, SignInForm(), 200)
    form = SignInForm(request.POST)
    if not form.is_valid():
        return _sign_in_page(request, form, 400)
    try:
        posts = signing_in.sign_in(request=request, at=clock.now(), **form.cleaned_data)
    except signing_in.LockedOut as refusal:
        return render(request, "accounts/locked_out.html", {"refusal": refusal}, status=refusal.status)
    except Refusal as refusal:
        return _sign_in_page(request, form, refusal.status, refusal)
    if len(posts) > 1:
        return redirect(_with_next("accounts:switch_post", _next(request)))
    return redirect(_landing(request, posts[0].pk))


@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def switch_post(request: HttpRequest) -> HttpResponse:
    """The posts of the person; the chosen one is what it acts as."""
    user = request.user
    if request.method == "POST":
        post = signing_in.choose_post(
            request=request, user=user, post_id=_key(request.POST.get("post")), at=clock.now()
        )
        messages.success(request, _t("现在以“%(post)s”办理。") % {"post": post.get_role_display()})
        return redirect(_landing(request, post.pk))
    posts = queries.sign_in_posts(user, clock.today())
    return render(request, "accounts/switch_post.html", {"posts": posts, "next": _next(request)})


@sensitive_post_parameters("old", "new", "again")
@never_cache
@login_required
@require_http_methods(["GET", "POST"])
def change_password(request: HttpRequest) -> HttpResponse:
    """One's own password; a first password must be changed here before anything else."""
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = people.change_password(
                actor=getattr(request, "actor", None),
                at=clock.now(),
                user=request.user,
                old=form.cleaned_data["old"],
                new=form.cleaned_data["new"],
            )
        except Refusal as refusal:
            form.add_error(refusal.facts["field"], refusal.text)
        else:
            update_session_auth_hash(request, user)
            messages.success(request, _t("密码已修改，其他地方的登录已退出。"))
            return redirect(_landing(request))
    status = 400 if form.is_bound else 200
    return render(request, "accounts/change_password.html", {"form": form}, status=status)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    signing_in.sign_out(request=request, at=clock.now())
    return redirect("accounts:sign_in")


def _sign_in_page(request: HttpRequest, form: SignInForm, status: int, refusal: Refusal | None = None) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "refusal": refusal, "next": _next(request), "demo": settings.DEMO}
    return render(request, "accounts/sign_in.html", context, status=status)


def _landing(request: HttpRequest, post_id: UUID | None = None) -> str:
    """Where the person goes: the page it came for, else the first page of its work."""
    if wanted := _next(request):
        return wanted
    actor: Actor | None = getattr(request, "actor", None)
    if post_id is not None:
        post = queries.sign_in_posts(request.user, clock.today()).select_related("user").get(pk=post_id)
        actor = Actor.of_post(post, on=clock.today())
    if actor is None:
        return resolve_url("accounts:switch_post")
    if policy.may(actor, Action.SEE_CASES):
        return resolve_url(settings.LOGIN_REDIRECT_URL)
    return resolve_url("accounts:people" if policy.may(actor, Action.ADMINISTER) else "accounts:profile")


def _next(request: HttpRequest) -> str:
    """The page named by ``next``, when it is one of ours and not just the front door."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe and wanted != "/" else ""


def _with_next(name: str, wanted: str) -> str:
    return f"{resolve_url(name)}?{urlencode({'next': wanted})}" if wanted else resolve_url(name)


def _key(typed: str | None) -> UUID:
    try:
        return UUID(typed or "")
    except ValueError as error:
        raise NotFound from error
