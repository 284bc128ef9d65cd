"""Signing in and out, lock-out after failures, and choosing the post one acts as."""

from datetime import datetime, timedelta
from typing import NoReturn

from axes.handlers.proxy import AxesProxyHandler
from axes.helpers import get_client_ip_address, get_cool_off, get_failure_limit
from django.contrib.auth import authenticate, login, logout
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import acts, audit, queries
from accounts.actors import Actor
from accounts.middleware import POST_KEY
from accounts.models import Post, User
from kernel import clock
from kernel.encryption import digest
from kernel.refusals import NotFound, Refusal
from kernel.text import narrow


class BadCredentials(Refusal):
    """Account and password do not belong together; which of them is wrong stays unsaid."""

    message = _("账号或密码不对，还可以再试 %(left)s 次。忘记密码请联系本院系统管理员重置。")
    status = 400


class LockedOut(Refusal):
    """Too many failures; ``facts["until"]`` is the moment from which one may try again."""

    message = _("连续多次输错，账号已暂时锁定，请在 %(minutes)s 分钟后再试。急用请联系本院系统管理员。")
    status = 429


class NoPost(Refusal):
    """The person holds no post today."""

    message = _("%(name)s今天没有在任岗位，不能进入。请联系本院系统管理员。")
    status = 403


def sign_in(*, request: HttpRequest, username: str, password: str, at: datetime) -> tuple[Post, ...]:
    """Signs the person in; the posts between which to choose (one is chosen already).

    Raises LockedOut, BadCredentials, NoPost.
    """
    username = narrow(username)
    refuse_locked(request, username, at)
    user = authenticate(request, username=username, password=password)
    if user is None:
        count_failure(request, username, at)
    posts = tuple(queries.sign_in_posts(user, clock.day_of(at)))
    if not posts:
        _write(request, user, acts.SIGN_IN_FAILED, at, reason="no_post")
        raise NoPost(name=user.name)
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    cache.delete(_lock_key(request, username))
    if len(posts) == 1:
        request.session[POST_KEY] = str(posts[0].pk)
    actor = Actor.of_post(posts[0], on=clock.day_of(at))
    audit.write(actor=actor, act=acts.SIGNED_IN, at=at, about=user.symbol, address=address(request))
    return posts


def choose_post(*, request: HttpRequest, user: User, post_id: object, at: datetime) -> Post:
    """The session acts as this post from now on.

    Raises NotFound when it is not a post of the person in force.
    """
    today = clock.day_of(at)
    post = queries.sign_in_posts(user, today).select_related("user").filter(pk=post_id).first()
    if post is None:
        raise NotFound
    request.session[POST_KEY] = str(post.pk)
    actor = Actor.of_post(post, on=today)
    audit.write(actor=actor, act=acts.POST_CHOSEN, at=at, about=post.symbol, address=address(request))
    return post


def sign_out(*, request: HttpRequest, at: datetime) -> None:
    """Ends the session."""
    user, actor = request.user, getattr(request, "actor", None)
    if user.is_authenticated:
        audit.write(actor=actor, act=acts.SIGNED_OUT, at=at, about=user.symbol, address=address(request))
    logout(request)


def address(request: HttpRequest) -> str | None:
    """Where the request comes from, as the lock-out counts it."""
    return get_client_ip_address(request) or None


def refuse_locked(request: HttpRequest, username: str, at: datetime) -> None:
    """A lock ends by the one clock; trying during it does not make it longer. Raises LockedOut."""
    if AxesProxyHandler.is_allowed(request, {"username": username}):
        return
    until: datetime = cache.get_or_set(_lock_key(request, username), at + _cool_off(request), None)
    if until > at:
        raise _locked(until, at)
    AxesProxyHandler.reset_attempts(username=username, ip_address=address(request))
    cache.delete(_lock_key(request, username))


def count_failure(request: HttpRequest, username: str, at: datetime) -> NoReturn:
    """Count a wrong password, write it down and refuse. Raises BadCredentials, or LockedOut at the last one."""
    user = User.objects.filter(username=username).first()
    failures = getattr(request, "axes_failures_since_start", 0) or 0
    if not getattr(request, "axes_locked_out", False):
        _write(request, user, acts.SIGN_IN_FAILED, at, failures=failures)
        raise BadCredentials(left=max(_limit(request, username) - failures, 0))
    request.axes_locked_out = False  # type: ignore[attr-defined]  # our page says it, not the middleware's
    until = at + _cool_off(request)
    cache.set(_lock_key(request, username), until, None)
    _write(
        request,
        user,
        acts.LOCKED_OUT,
        at,
        failures=failures,
        until=f"{until.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}",
    )
    raise _locked(until, at)


def _locked(until: datetime, at: datetime) -> LockedOut:
    minutes = -(-(until - at) // timedelta(minutes=1))
    return LockedOut(minutes=minutes, until=until)


def _write(request: HttpRequest, user: User | None, act: str, at: datetime, **facts: object) -> None:
    """An attempt from outside: on a known account it belongs to its court, else to none; typed names are not kept."""
    post = queries.sign_in_posts(user, clock.day_of(at)).first() if user else None
    audit.write(
        actor=None,
        act=act,
        at=at,
        about=user.symbol if user else "",
        court_id=post.court_id if post else None,
        address=address(request),
        **facts,
    )


def _cool_off(request: HttpRequest) -> timedelta:
    return get_cool_off(request) or timedelta(0)


def _limit(request: HttpRequest, username: str) -> int:
    return int(get_failure_limit(request, {"username": username}))


def _lock_key(request: HttpRequest, username: str) -> str:
    return f"locked-until:{digest(f'{username}|{address(request)}')}"
