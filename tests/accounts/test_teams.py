"""Teams by the template, seats, vacancies."""

from collections import Counter
from datetime import timedelta

import pytest

from accounts import acts, queries
from accounts.actors import Actor
from accounts.models import AuditEntry, Post, Seat, Team, TeamKind
from accounts.roles import Role
from accounts.services import teams
from accounts.shell import counts
from kernel.refusals import BadInput, NotAllowed, NotFound, Stale
from tests.cast import MORNING, TODAY, Cast


@pytest.fixture
def team(administrator: Actor) -> Team:
    return teams.make_team(actor=administrator, at=MORNING, name="实施三组")


@pytest.fixture
def executor(cast: Cast) -> Post:
    """An executor in no team."""
    return cast.post("xin", "新来人", Role.EXECUTOR)


def place(team: Team, role: Role = Role.EXECUTOR) -> Seat:
    return team.seats.filter(role=role).first()


@pytest.mark.parametrize("kind", [TeamKind.IMPLEMENTATION, TeamKind.QUICK])
def test_a_field_team_has_one_judge_assistant_and_clerk_two_executors_and_bailiffs(
    administrator: Actor, kind: TeamKind
) -> None:
    team = teams.make_team(actor=administrator, at=MORNING, name="新组", kind=kind)
    assert Counter(team.seats.values_list("role", flat=True)) == {
        "EXECUTION_JUDGE": 1,
        "ASSISTANT": 1,
        "CLERK": 1,
        "EXECUTOR": 2,
        "BAILIFF": 2,
    }
    assert AuditEntry.objects.get().act == acts.TEAM_MADE


def test_every_kind_of_team_has_a_template() -> None:
    assert set(teams.TEMPLATES) == set(TeamKind.values)


def test_all_seats_of_a_new_team_are_vacant_and_counted(administrator: Actor, team: Team) -> None:
    assert queries.vacant(team.seats.all(), TODAY).count() == 7
    assert counts(["vacancies"], administrator) == {"vacancies": (7, 0)}


def test_a_name_is_used_once_in_a_court(cast: Cast, administrator: Actor, team: Team) -> None:
    with pytest.raises(teams.NameTaken):
        teams.make_team(actor=administrator, at=MORNING, name=" 实施三组 ")
    Team.objects.create(court=cast.xiajin, name="实施三组")
    assert Team.objects.filter(court=cast.xixian).count() == 1


@pytest.mark.parametrize(("name", "kind"), [("  ", TeamKind.QUICK), ("四组", "CHOIR")])
def test_a_team_without_a_name_or_of_no_kind_is_refused(administrator: Actor, name: str, kind: str) -> None:
    with pytest.raises(BadInput):
        teams.make_team(actor=administrator, at=MORNING, name=name, kind=kind)
    assert not Team.objects.exists()


def test_only_an_administrator_makes_teams(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        teams.make_team(actor=cast.actor(cast.director), at=MORNING, name="四组")


def test_who_sits_belongs_to_the_team(administrator: Actor, team: Team, executor: Post) -> None:
    seat = teams.seat(actor=administrator, at=MORNING, seat=place(team), post=executor, version=1)
    executor.refresh_from_db()
    assert (seat.post, executor.team) == (executor, team)
    assert queries.vacant(team.seats.all(), TODAY).count() == 6


def test_a_seat_is_for_its_role(cast: Cast, administrator: Actor, team: Team) -> None:
    with pytest.raises(teams.WrongRole):
        teams.seat(actor=administrator, at=MORNING, seat=place(team), post=cast.president)
    assert place(team).post is None


def test_a_taken_seat_is_not_given_again(cast: Cast, administrator: Actor, team: Team, executor: Post) -> None:
    seat = teams.seat(actor=administrator, at=MORNING, seat=place(team), post=executor)
    other = cast.post("you", "又一人", Role.EXECUTOR)
    with pytest.raises(teams.SeatTaken, match="seat_taken"):
        teams.seat(actor=administrator, at=MORNING, seat=seat, post=other)
    assert Seat.objects.get(pk=seat.pk).post == executor


def test_nobody_sits_in_two_seats(administrator: Actor, team: Team, executor: Post) -> None:
    first, second = team.seats.filter(role=Role.EXECUTOR)
    teams.seat(actor=administrator, at=MORNING, seat=first, post=executor)
    with pytest.raises(teams.SitsElsewhere):
        teams.seat(actor=administrator, at=MORNING, seat=second, post=executor)


def test_a_seat_whose_post_has_run_out_is_vacant_and_can_be_given(
    cast: Cast, administrator: Actor, team: Team, executor: Post
) -> None:
    seat = teams.seat(actor=administrator, at=MORNING, seat=place(team), post=executor)
    Post.objects.filter(pk=executor.pk).update(until_on=TODAY - timedelta(days=1))
    assert queries.vacant(team.seats.all(), TODAY).filter(pk=seat.pk).exists()
    other = cast.post("you", "又一人", Role.EXECUTOR)
    assert teams.seat(actor=administrator, at=MORNING, seat=seat, post=other).post == other


def test_leaving_a_seat_makes_it_vacant_and_the_post_teamless(administrator: Actor, team: Team, executor: Post) -> None:
    seat = teams.seat(actor=administrator, at=MORNING, seat=place(team), post=executor)
    teams.vacate(actor=administrator, at=MORNING, seat=seat)
    executor.refresh_from_db()
    assert (Seat.objects.get(pk=seat.pk).post, executor.team) == (None, None)
    with pytest.raises(teams.SeatVacant):
        teams.vacate(actor=administrator, at=MORNING, seat=seat)


def test_a_stale_seat_is_refused(cast: Cast, administrator: Actor, team: Team, executor: Post) -> None:
    seat = place(team)
    teams.seat(actor=administrator, at=MORNING, seat=seat, post=executor, version=1)
    with pytest.raises(Stale):
        teams.vacate(actor=administrator, at=MORNING, seat=seat, version=1)
    assert Seat.objects.get(pk=seat.pk).post == executor


def test_a_seat_of_another_court_is_not_found(cast: Cast, administrator: Actor, executor: Post) -> None:
    theirs = Seat.objects.create(team=Team.objects.create(court=cast.xiajin, name="一组"), role=Role.EXECUTOR)
    with pytest.raises(NotFound):
        teams.seat(actor=administrator, at=MORNING, seat=theirs, post=executor)


def test_a_team_closes_only_when_nobody_is_left(administrator: Actor, team: Team, executor: Post) -> None:
    seat = teams.seat(actor=administrator, at=MORNING, seat=place(team), post=executor)
    with pytest.raises(teams.SeatsTaken):
        teams.close_team(actor=administrator, at=MORNING, team=team)
    teams.vacate(actor=administrator, at=MORNING, seat=seat)
    assert teams.close_team(actor=administrator, at=MORNING, team=team, version=1).is_open is False
    assert not queries.seats(team.court_id).exists()
