"""Who acts for which absent approver, from when to when."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_GET, require_http_methods

from accounts import policy, queries
from accounts.access import allowed
from accounts.forms import StandInForm, first_days
from accounts.models import Post, StandIn
from accounts.roles import Action
from accounts.services import standing_in
from accounts.views import acting
from accounts.views.acting import Panel
from kernel import clock, paging
from kernel.refusals import NotFound


@require_GET
@allowed(Action.ADMINISTER, *queries.APPROVALS)
def stand_ins(request: HttpRequest) -> HttpResponse:
    """An administrator sees the court's, an approver its own."""
    return render(request, "accounts/stand_ins.html", _context(request))


@require_http_methods(["GET", "POST"])
@allowed(Action.ADMINISTER, *queries.APPROVALS)
def create(request: HttpRequest) -> HttpResponse:
    """A deputy for some days."""
    actor, today = acting.actor_of(request), clock.today()
    posts = queries.posts_in_force(actor.court_id, today)
    approvers = posts.filter(role__in=queries.approving_roles())
    if not policy.may(actor, Action.ADMINISTER):
        approvers = approvers.filter(pk=actor.post_id)
    form = StandInForm(
        acting.typed(request),
        approvers=approvers,
        deputies=posts.exclude(user_id=actor.user_id),
        initial=first_days(today),
    )
    note = _t("代行期间，代行人兼有缺席人的审批权限；每次办理仍记代行人本人。不得转代，不得代自己。")
    return acting.act(
        request,
        panel=Panel(title=_t("设定代行"), button=_t("设定代行"), form=form, page=_page(), note=note),
        do=lambda **typed: standing_in.set_stand_in(actor=actor, at=clock.now(), **typed),
        done=lambda row: _back(request, _t("%(deputy)s代行已设定。") % {"deputy": row.deputy.user.name}),
    )


@require_http_methods(["GET", "POST"])
@allowed(Action.ADMINISTER, *queries.APPROVALS)
def end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The right ends at once."""
    actor = acting.actor_of(request)
    row = _visible(request).filter(pk=pk).first()
    if row is None:
        raise NotFound
    panel = Panel(
        title=_t("终止代行：%(deputy)s代%(absent)s") % {"deputy": row.deputy.user.name, "absent": row.post.user.name},
        button=_t("终止代行"),
        form=forms.Form(acting.typed(request)),
        note=_t("代行人立即失去代行的审批权限。"),
        page=_page(),
        version=row.version,
    )
    return acting.act(
        request,
        panel=panel,
        do=lambda: standing_in.end_stand_in(actor=actor, at=clock.now(), stand_in=row, version=acting.version(request)),
        done=lambda _row: _back(request, _t("代行已终止。")),
    )


def _visible(request: HttpRequest) -> "QuerySet[StandIn]":
    actor = acting.actor_of(request)
    rows = queries.stand_ins(actor.court_id)
    if policy.may(actor, Action.ADMINISTER):
        return rows
    mine = Post.objects.filter(user_id=actor.user_id)
    return rows.filter(Q(post__in=mine) | Q(deputy__in=mine))


def _context(request: HttpRequest) -> dict[str, Any]:
    page = paging.page(_visible(request), order=("-from_on", "-id"), token=request.GET.get("page", ""))
    return {"page": page, "today": clock.today()}


def _page() -> str:
    return reverse("accounts:stand_ins")


def _back(request: HttpRequest, text: str) -> HttpResponse:
    return acting.back(request, _page(), text)
