"""Staff of the court: the list, one person, and what is done to the account."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from accounts import journal, queries
from accounts.access import allowed
from accounts.forms import EditPersonForm, PeopleFilter, PersonForm
from accounts.models import Post, User
from accounts.roles import Action
from accounts.services import people as services
from accounts.views import acting
from accounts.views.acting import Panel
from kernel import clock, paging
from kernel.refusals import NotFound


@require_GET
@allowed(Action.ADMINISTER)
def people(request: HttpRequest) -> HttpResponse:
    """Everyone of the court, 50 a page."""
    return render(request, "accounts/people.html", _list(request))


@require_GET
@allowed(Action.ADMINISTER)
def person(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One person with dated posts and the latest entries of the journal."""
    return render(request, "accounts/person.html", _details(request, own(request, pk)))


@never_cache
@require_http_methods(["GET", "POST"])
@allowed(Action.ADMINISTER)
def create(request: HttpRequest) -> HttpResponse:
    """A new person with the first post; the first password is shown on the answer and never again."""
    actor = acting.actor_of(request)
    form = PersonForm(acting.typed(request), court_id=actor.court_id, initial={"from_on": clock.today()})
    return acting.act(
        request,
        panel=Panel(title=_t("新增人员"), button=_t("新增"), form=form, page=reverse("accounts:people")),
        do=lambda **typed: services.create_person(actor=actor, at=clock.now(), **typed),
        done=lambda made: _first_password(request, *made),
    )


@require_http_methods(["GET", "POST"])
@allowed(Action.ADMINISTER)
def edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Name and phone."""
    user = own(request, pk)
    form = EditPersonForm(acting.typed(request), initial={"name": user.name, "phone": user.phone})
    panel = Panel(title=_t("修改资料"), button=_t("保存"), form=form, page=page_of(user), version=user.version)

    def do(**typed: Any) -> User:
        return services.edit_person(
            actor=acting.actor_of(request), at=clock.now(), user=user, version=acting.version(request), **typed
        )

    return _act(request, panel, do, _t("资料已保存。"))


@never_cache
@require_http_methods(["GET", "POST"])
@allowed(Action.ADMINISTER)
def reset_password(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new first password, shown on the answer and never again."""
    user = own(request, pk)
    note = _t("%(name)s的现有登录和接口令牌全部失效，须用新的初始密码登录并改密。") % {"name": user.name}
    panel = _confirm(request, user, _t("重置密码"), note)
    return acting.act(
        request,
        panel=panel,
        do=lambda: services.reset_password(
            actor=acting.actor_of(request), at=clock.now(), user=user, version=acting.version(request)
        ),
        done=lambda password: _first_password(request, user, password),
    )


@require_http_methods(["GET", "POST"])
@allowed(Action.ADMINISTER)
def deactivate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The account is out of use at once."""
    user = own(request, pk)
    note = _t("停用后立即不能登录；岗位仍保留，名下工作请另行移交。")
    return _act(
        request,
        _confirm(request, user, _t("停用账号"), note),
        _verb(request, user, services.deactivate),
        _t("账号已停用。"),
    )


@require_http_methods(["GET", "POST"])
@allowed(Action.ADMINISTER)
def reactivate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The account is in use again."""
    user = own(request, pk)
    note = _t("恢复后可用原密码登录，在任岗位的权限同时恢复。")
    return _act(
        request,
        _confirm(request, user, _t("恢复账号"), note),
        _verb(request, user, services.reactivate),
        _t("账号已恢复。"),
    )


def own(request: HttpRequest, pk: UUID) -> User:
    """A person of the actor's court; raises NotFound for anyone else."""
    user = queries.people(acting.actor_of(request).court_id).filter(pk=pk).first()
    if user is None:
        raise NotFound
    return user


def page_of(user: User) -> str:
    """The address of the person's page."""
    return reverse("accounts:person", args=[user.pk])


def _list(request: HttpRequest) -> dict[str, Any]:
    """The list of people by the filters of the address."""
    court_id, today = acting.actor_of(request).court_id, clock.today()
    chosen = PeopleFilter(request.GET, court_id=court_id)
    typed = chosen.cleaned_data if chosen.is_valid() else {}
    rows = queries.found_people(
        court_id,
        on=today,
        text=typed.get("q", ""),
        role=typed.get("role", ""),
        team=typed["team"].pk if typed.get("team") else "",
        state=typed.get("state", ""),
    )
    now = Post.objects.filter(court_id=court_id).in_force(today).select_related("team").order_by("from_on", "id")
    rows = rows.prefetch_related(Prefetch("posts", queryset=now, to_attr="present_posts"))
    page = paging.page(rows, order=("sound", "id"), token=request.GET.get("page", ""))
    vacancies = queries.vacant(queries.seats(court_id), today).count()
    return {"filter": chosen, "page": page, "vacancies": vacancies}


def _details(request: HttpRequest, user: User) -> dict[str, Any]:
    """The person, its posts, stand-ins and the journal's latest ten entries about it."""
    actor, today = acting.actor_of(request), clock.today()
    entries = journal.entries(actor.court_id, person=user).order_by(*journal.ORDER)[:10]
    posts = list(queries.posts_of(user, actor.court_id))
    return {
        "person": user,
        "posts": posts,
        "tokens": queries.tokens(post.pk for post in posts),
        "at": clock.now(),
        "stand_ins": queries.stand_ins(actor.court_id).filter(post__user=user)
        | queries.stand_ins(actor.court_id).filter(deputy__user=user),
        "lines": journal.lines(entries),
        "today": today,
        "oneself": user.pk == actor.user_id,
    }


def _act(request: HttpRequest, panel: Panel, do: Callable[..., Any], text: str) -> HttpResponse:
    return acting.act(request, panel=panel, do=do, done=lambda _row: acting.back(request, panel.page, text))


def _confirm(request: HttpRequest, user: User, title: str, note: str) -> Panel:
    form = forms.Form(acting.typed(request))
    return Panel(title=title, button=title, form=form, page=page_of(user), note=note, version=user.version)


def _verb(request: HttpRequest, user: User, verb: Callable[..., Any]) -> Callable[[], Any]:
    return lambda: verb(actor=acting.actor_of(request), at=clock.now(), user=user, version=acting.version(request))


def _first_password(request: HttpRequest, user: User, password: str) -> HttpResponse:
    text = _t("%(name)s的初始密码只显示这一次，请当面告知本人；首次登录须改成自己的密码。") % {"name": user.name}
    return acting.secret(request, page=page_of(user), title=_t("初始密码"), text=text, value=password)
