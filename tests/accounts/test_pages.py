"""Teams and stand-ins on their pages."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import Post, Seat, StandIn, Team
from accounts.roles import Role
from accounts.services import standing_in, teams
from tests.accounts.conftest import Browser
from tests.cast import MORNING, TODAY, Cast

TEAMS, STAND_INS = reverse("accounts:teams"), reverse("accounts:stand_ins")


@pytest.fixture
def team(administrator: Actor) -> Team:
    return teams.make_team(actor=administrator, at=MORNING, name="实施三组")


def test_a_team_is_made_filled_emptied_and_closed_on_the_page(cast: Cast, desk: Client) -> None:
    executor = cast.post("xin", "新来人", Role.EXECUTOR)
    assert desk.post(reverse("accounts:create_team"), {"name": "实施三组", "kind": "QUICK"}).status_code == 302
    seat = Seat.objects.filter(role=Role.EXECUTOR).first()
    fill = reverse("accounts:fill_seat", args=[seat.pk])
    assert desk.post(fill, {"post": str(executor.pk), "version": "1"}).status_code == 302
    assert "新来人" in desk.get(TEAMS).content.decode()
    assert desk.post(reverse("accounts:vacate_seat", args=[seat.pk]), {"version": "2"}).status_code == 302
    assert desk.post(reverse("accounts:close_team", args=[seat.team_id]), {"version": "1"}).status_code == 302
    assert "实施三组" not in desk.get(TEAMS).content.decode()


def test_vacancies_are_counted_and_can_be_seen_alone(
    cast: Cast, team: Team, desk: Client, administrator: Actor
) -> None:
    executor = cast.post("xin", "新来人", Role.EXECUTOR)
    teams.seat(actor=administrator, at=MORNING, seat=team.seats.filter(role=Role.EXECUTOR)[0], post=executor)
    page = desk.get(TEAMS)
    assert "空缺席位 6 个" in page.content.decode()
    assert "新来人" in page.content.decode()
    assert "新来人" not in desk.get(TEAMS, {"vacant": "1"}).content.decode()


def test_a_seat_offers_only_free_people_of_its_role(cast: Cast, team: Team, desk: Client) -> None:
    free = cast.post("xin", "新来人", Role.BAILIFF)
    seat = team.seats.filter(role=Role.BAILIFF).first()
    form = desk.get(reverse("accounts:fill_seat", args=[seat.pk])).context["act"].form
    assert list(form.fields["post"].queryset) == [free]


def test_seats_and_teams_of_the_other_court_are_not_found(cast: Cast, desk: Client) -> None:
    theirs = Team.objects.create(court=cast.xiajin, name="一组")
    seat = Seat.objects.create(team=theirs, role=Role.CLERK)
    addresses = [("fill_seat", seat.pk), ("vacate_seat", seat.pk), ("close_team", theirs.pk)]
    assert [desk.get(reverse(f"accounts:{name}", args=[pk])).status_code for name, pk in addresses] == [404] * 3


def terms(post: Post, deputy: Post, **changes: str) -> dict[str, str]:
    fields = {"post": str(post.pk), "deputy": str(deputy.pk), "reason": "外出学习"}
    return fields | {"from_on": "2026-11-20", "until_on": "2026-11-26"} | changes


def test_a_stand_in_is_set_and_ended_on_the_page(cast: Cast, desk: Client) -> None:
    create = reverse("accounts:create_stand_in")
    assert desk.post(create, terms(cast.president, cast.director)).status_code == 302
    row = StandIn.objects.get()
    assert "代行中" in desk.get(STAND_INS).content.decode()
    assert desk.post(reverse("accounts:end_stand_in", args=[row.pk]), {"version": "1"}).status_code == 302
    assert "已终止" in desk.get(STAND_INS).content.decode()


def test_a_refused_stand_in_says_why_and_keeps_the_form(cast: Cast, desk: Client) -> None:
    create = reverse("accounts:create_stand_in")
    desk.post(create, terms(cast.president, cast.director))
    response = desk.post(create, terms(cast.director, cast.judge, reason="出差开会"))
    page = response.content.decode()
    assert response.status_code == 409
    assert "不能再转代" in page
    assert "出差开会" in page
    assert StandIn.objects.count() == 1


def test_an_approver_sees_and_sets_only_its_own(cast: Cast, administrator: Actor, as_: Browser) -> None:
    standing_in.set_stand_in(
        actor=administrator,
        at=MORNING,
        post=cast.judge,
        deputy=cast.other_judge,
        from_on=TODAY,
        until_on=TODAY,
        reason="病假",
    )
    browser = as_(cast.president)
    assert "病假" not in browser.get(STAND_INS).content.decode()
    create = reverse("accounts:create_stand_in")
    assert browser.post(create, terms(cast.director, cast.judge)).status_code == 400
    assert browser.post(create, terms(cast.president, cast.director)).status_code == 302
    row = StandIn.objects.get(post=cast.judge)
    assert browser.get(reverse("accounts:end_stand_in", args=[row.pk])).status_code == 404
