"""Teams with their seats; vacancies are seen at a glance."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.views.decorators.http import require_GET, require_http_methods

from accounts import queries
from accounts.access import allowed
from accounts.forms import SeatForm, TeamForm
from accounts.models import Seat
from accounts.roles import Action, Role
from accounts.services import teams as services
from accounts.views import acting
from accounts.views.acting import Panel
from kernel import clock
from kernel.refusals import NotFound


@require_GET
@allowed(Action.ADMINISTER)
def teams(request: HttpRequest) -> HttpResponse:
    """The teams of the court, seat by seat."""
    return render(request, "accounts/teams.html", _context(request))


@require_http_methods(["GET", "POST"])
@allowed(Action.ADMINISTER)
def create(request: HttpRequest) -> HttpResponse:
    """A team with all the seats of its template."""
    actor = acting.actor_of(request)
    return acting.act(
        request,
        panel=Panel(title=_t("组建团队"), button=_t("组建"), form=TeamForm(acting.typed(request)), page=_page()),
        do=lambda **typed: services.make_team(actor=actor, at=clock.now(), **typed),
        done=lambda team: _back(request, _t("“%(team)s”已组建，席位待编入。") % {"team": team.name}),
    )


@require_http_methods(["GET", "POST"])
@allowed(Action.ADMINISTER)
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A team out of use."""
    actor = acting.actor_of(request)
    team = queries.teams(actor.court_id).filter(pk=pk).first()
    if team is None:
        raise NotFound
    panel = Panel(
        title=_t("撤销“%(team)s”") % {"team": team.name},
        button=_t("撤销团队"),
        form=forms.Form(acting.typed(request)),
        note=_t("席位全部空缺后才能撤销；团队名称不再使用。"),
        page=_page(),
        version=team.version,
    )
    return acting.act(
        request,
        panel=panel,
        do=lambda: services.close_team(actor=actor, at=clock.now(), team=team, version=acting.version(request)),
        done=lambda _team: _back(request, _t("团队已撤销。")),
    )


@require_http_methods(["GET", "POST"])
@allowed(Action.ADMINISTER)
def fill(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Someone of the seat's role sits down."""
    actor, seat = acting.actor_of(request), _own_seat(request, pk)
    free = queries.holders(actor.court_id, Role(seat.role), clock.today()).filter(seats__isnull=True)
    panel = Panel(
        title=_t("%(team)s：%(role)s") % {"team": seat.team.name, "role": seat.get_role_display()},
        button=_t("编入席位"),
        form=SeatForm(acting.typed(request), candidates=free),
        note="" if free.exists() else _t("没有未编入团队的同岗位人员。请先新增人员或任职。"),
        page=_page(),
        version=seat.version,
    )
    return acting.act(
        request,
        panel=panel,
        do=lambda post: services.seat(
            actor=actor, at=clock.now(), seat=seat, post=post, version=acting.version(request)
        ),
        done=lambda _seat: _back(request, _t("已编入席位。")),
    )


@require_http_methods(["GET", "POST"])
@allowed(Action.ADMINISTER)
def vacate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The seat becomes vacant."""
    actor, seat = acting.actor_of(request), _own_seat(request, pk)
    panel = Panel(
        title=_t("退出席位：%(role)s") % {"role": seat.get_role_display()},
        button=_t("退出席位"),
        form=forms.Form(acting.typed(request)),
        note=_t("退出后不再看到本团队的案件；名下工作请先移交。"),
        page=_page(),
        version=seat.version,
    )
    return acting.act(
        request,
        panel=panel,
        do=lambda: services.vacate(actor=actor, at=clock.now(), seat=seat, version=acting.version(request)),
        done=lambda _seat: _back(request, _t("席位已空缺。")),
    )


def _own_seat(request: HttpRequest, pk: UUID) -> Seat:
    seat = queries.seats(acting.actor_of(request).court_id).filter(pk=pk).first()
    if seat is None:
        raise NotFound
    return seat


def _context(request: HttpRequest) -> dict[str, Any]:
    court_id, today = acting.actor_of(request).court_id, clock.today()
    seats = queries.seats(court_id)
    vacant = set(queries.vacant(seats, today).values_list("pk", flat=True))
    only_vacant = request.GET.get("vacant") == "1"
    shown = [seat for seat in seats if not only_vacant or seat.pk in vacant]
    grouped = [(team, list(rows)) for team, rows in groupby(shown, key=lambda seat: seat.team)]
    return {"groups": grouped, "vacant": vacant, "only_vacant": only_vacant, "today": today}


def _page() -> str:
    return reverse("accounts:teams")


def _back(request: HttpRequest, text: str) -> HttpResponse:
    return acting.back(request, _page(), text)
