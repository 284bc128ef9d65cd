"""Appoint, end a post, hand over its work."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_http_methods

from accounts import handover, queries
from accounts.access import allowed
from accounts.forms import AppointForm, EndPostForm, HandOverForm
from accounts.handover import Held
from accounts.models import Post
from accounts.roles import Action, Role
from accounts.services import posting
from accounts.views import acting
from accounts.views.acting import Panel
from accounts.views.people import own, page_of
from kernel import clock
from kernel.refusals import NotFound


@require_http_methods(["GET", "POST"])
@allowed(Action.ADMINISTER)
def appoint(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Another post of a person."""
    actor, user = acting.actor_of(request), own(request, pk)
    form = AppointForm(acting.typed(request), court_id=actor.court_id, initial={"from_on": clock.today()})
    page = page_of(user)
    return acting.act(
        request,
        panel=Panel(title=_t("任职：%(name)s") % {"name": user.name}, button=_t("任命"), form=form, page=page),
        do=lambda **typed: posting.appoint(actor=actor, at=clock.now(), user=user, **typed),
        done=lambda post: acting.back(request, page, _t("已任“%(role)s”。") % {"role": Role(post.role).label}),
    )


@require_http_methods(["GET", "POST"])
@allowed(Action.ADMINISTER)
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The last day of a post; refused while work is left."""
    post = _own_post(request, pk)
    page = page_of(post.user)
    panel = Panel(
        title=_t("结束岗位：%(post)s") % {"post": post},
        button=_t("结束岗位"),
        page=page,
        form=EndPostForm(acting.typed(request), initial={"until_on": clock.today()}),
        version=post.version,
        held=handover.held(post),
    )
    return acting.act(
        request,
        panel=panel,
        do=lambda until_on: posting.end_post(
            actor=acting.actor_of(request),
            at=clock.now(),
            post=post,
            until_on=until_on,
            version=acting.version(request),
        ),
        done=lambda _post: acting.back(request, page, _t("岗位的最后任职日已记下。")),
    )


@require_http_methods(["GET", "POST"])
@allowed(Action.ADMINISTER)
def hand_over(request: HttpRequest, pk: UUID) -> HttpResponse:
    """All work of a post to another of the same role; the panel says what will move."""
    post = _own_post(request, pk)
    page = page_of(post.user)
    form = HandOverForm(acting.typed(request), receivers=queries.receivers(post, clock.today()))
    panel = Panel(
        title=_t("移交工作：%(post)s") % {"post": post},
        button=_t("移交"),
        page=page,
        form=form,
        note=_t("移交后，下列工作由接收人承办，办理期限不变。"),
        version=post.version,
        held=handover.held(post),
    )
    return acting.act(
        request,
        panel=panel,
        do=lambda to_post: posting.hand_over(
            actor=acting.actor_of(request),
            at=clock.now(),
            from_post=post,
            to_post=to_post,
            version=acting.version(request),
        ),
        done=lambda moved: acting.back(request, page, _moved(moved)),
    )


def _own_post(request: HttpRequest, pk: UUID) -> Post:
    posts = Post.objects.filter(court_id=acting.actor_of(request).court_id).select_related("user", "team")
    post = posts.filter(pk=pk).first()
    if post is None:
        raise NotFound
    return post


def _moved(moved: tuple[Held, ...]) -> str:
    if not moved:
        return _t("名下没有需要移交的工作。")
    return _t("已移交：%(what)s。") % {"what": "，".join(f"{row.label} {row.count}" for row in moved)}
