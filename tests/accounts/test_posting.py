"""Dated posts: appointing, ending, handing over."""

from datetime import date, timedelta

import pytest

from accounts import acts, handover
from accounts.actors import Actor
from accounts.handover import Handover, Held
from accounts.models import AuditEntry, Post, Seat, Team, User
from accounts.roles import Role
from accounts.services import posting, teams
from kernel.refusals import BadInput, NotAllowed, NotFound, Refusal, Stale
from tests.cast import MORNING, TODAY, Cast

YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.fixture
def newcomer(db: None) -> User:
    return User.objects.create_user("xin", None, name="新来人")


def refused(refusal: type[Refusal], **appointment: object) -> Refusal:
    """The refusal of an appointment, after making sure that it left nothing behind."""
    before = (Post.objects.count(), AuditEntry.objects.count())
    with pytest.raises(refusal) as caught:
        posting.appoint(at=MORNING, **appointment)  # type: ignore[arg-type]
    assert (Post.objects.count(), AuditEntry.objects.count()) == before
    return caught.value


def test_an_appointment_gives_the_right_from_its_first_to_its_last_day(administrator: Actor, newcomer: User) -> None:
    post = posting.appoint(
        actor=administrator, at=MORNING, user=newcomer, role=Role.EXECUTOR, from_on=TODAY, until_on=TOMORROW
    )
    held = [
        Post.objects.in_force(TODAY + timedelta(days=offset)).filter(pk=post.pk).exists() for offset in (-1, 0, 1, 2)
    ]
    assert held == [False, True, True, False]
    entry = AuditEntry.objects.get(act=acts.APPOINTED)
    assert (entry.about, entry.actor, entry.facts["role"]) == (post.symbol, administrator.symbol, "EXECUTOR")


def test_only_an_administrator_appoints(cast: Cast, newcomer: User) -> None:
    refused(NotAllowed, actor=cast.actor(cast.president), user=newcomer, role=Role.CLERK, from_on=TODAY)


def test_an_administrator_appoints_not_itself(cast: Cast, administrator: Actor) -> None:
    me = cast.administrator.user
    refused(posting.NotOneself, actor=administrator, user=me, role=Role.PRESIDENT, from_on=TODAY)


def test_a_person_of_another_court_is_not_found(cast: Cast, administrator: Actor) -> None:
    refused(NotFound, actor=administrator, user=cast.stranger.user, role=Role.CLERK, from_on=TODAY)


def test_a_team_of_another_court_is_not_found(cast: Cast, administrator: Actor, newcomer: User) -> None:
    theirs = Team.objects.create(court=cast.xiajin, name="一组")
    refused(NotFound, actor=administrator, user=newcomer, role=Role.CLERK, from_on=TODAY, team=theirs)


def test_the_same_post_is_not_held_twice_in_the_same_days(cast: Cast, administrator: Actor) -> None:
    clerk = cast.clerk
    again = {"actor": administrator, "user": clerk.user, "role": Role.CLERK, "team": cast.team}
    refused(posting.AlreadyHolds, from_on=TODAY, **again)
    Post.objects.filter(pk=clerk.pk).update(until_on=YESTERDAY)
    assert posting.appoint(at=MORNING, from_on=TODAY, **again).role == Role.CLERK  # type: ignore[arg-type]


@pytest.mark.parametrize("role", [Role.FINANCE_KEEPER, Role.FINANCE_PAYER])
def test_registrar_keeper_and_payer_are_three_persons(cast: Cast, administrator: Actor, role: Role) -> None:
    refusal = refused(posting.MoneyRolesClash, actor=administrator, user=cast.registrar.user, role=role, from_on=TODAY)
    assert "邓登记已任“案款登记”" in refusal.text


def test_one_money_role_may_follow_another(cast: Cast, administrator: Actor) -> None:
    Post.objects.filter(pk=cast.registrar.pk).update(until_on=YESTERDAY)
    post = posting.appoint(
        actor=administrator, at=MORNING, user=cast.registrar.user, role=Role.FINANCE_PAYER, from_on=TODAY
    )
    assert post.from_on == TODAY


@pytest.mark.parametrize("role", [Role.LITIGANT, Role.AGENT, Role.SYSTEM])
def test_nobody_is_appointed_to_a_role_outside_the_court(administrator: Actor, newcomer: User, role: Role) -> None:
    refused(BadInput, actor=administrator, user=newcomer, role=role, from_on=TODAY)


def test_a_post_does_not_end_before_it_begins(administrator: Actor, newcomer: User) -> None:
    refused(BadInput, actor=administrator, user=newcomer, role=Role.CLERK, from_on=TODAY, until_on=YESTERDAY)


def test_a_deactivated_person_is_not_appointed(administrator: Actor, newcomer: User) -> None:
    User.objects.filter(pk=newcomer.pk).update(is_active=False)
    refused(posting.PersonInactive, actor=administrator, user=newcomer, role=Role.CLERK, from_on=TODAY)


def test_ending_a_post_today_keeps_the_right_until_midnight(cast: Cast, administrator: Actor) -> None:
    post = posting.end_post(actor=administrator, at=MORNING, post=cast.executor, until_on=TODAY, version=1)
    assert (post.until_on, post.version) == (TODAY, 2)
    assert Post.objects.in_force(TODAY).filter(pk=post.pk).exists()
    assert not Post.objects.in_force(TOMORROW).filter(pk=post.pk).exists()


def test_ending_a_post_yesterday_takes_the_right_and_the_seat_at_once(cast: Cast, administrator: Actor) -> None:
    team = teams.make_team(actor=administrator, at=MORNING, name="实施三组")
    free = cast.post("xin", "新来人", Role.EXECUTOR)
    seat = teams.seat(actor=administrator, at=MORNING, seat=team.seats.filter(role="EXECUTOR")[0], post=free)
    posting.end_post(actor=administrator, at=MORNING, post=free, until_on=YESTERDAY)
    assert not Post.objects.in_force(TODAY).filter(pk=free.pk).exists()
    assert Seat.objects.get(pk=seat.pk).post is None


def test_a_post_ends_yesterday_at_the_earliest_and_only_once(cast: Cast, administrator: Actor) -> None:
    post = cast.executor
    with pytest.raises(posting.EndTooEarly) as caught:
        posting.end_post(actor=administrator, at=MORNING, post=post, until_on=date(2026, 11, 1))
    assert "2026-11-19" in caught.value.text
    posting.end_post(actor=administrator, at=MORNING, post=post, until_on=YESTERDAY)
    with pytest.raises(posting.AlreadyEnded):
        posting.end_post(actor=administrator, at=MORNING, post=post, until_on=TODAY)


def test_a_stale_end_is_refused(cast: Cast, administrator: Actor) -> None:
    posting.end_post(actor=administrator, at=MORNING, post=cast.executor, until_on=TOMORROW, version=1)
    with pytest.raises(Stale):
        posting.end_post(actor=administrator, at=MORNING, post=cast.executor, until_on=TODAY, version=1)
    assert Post.objects.get(pk=cast.executor.pk).until_on == TOMORROW


def test_the_last_administrator_stays(cast: Cast, administrator: Actor) -> None:
    second = cast.post("guan2", "副管理", Role.ADMINISTRATOR)
    Post.objects.filter(pk=cast.administrator.pk).update(until_on=TODAY)
    with pytest.raises(posting.LastAdministrator):
        posting.end_post(actor=administrator, at=MORNING, post=second, until_on=TODAY)
    Post.objects.filter(pk=cast.administrator.pk).update(until_on=None)
    assert posting.end_post(actor=administrator, at=MORNING, post=second, until_on=TODAY).until_on == TODAY


class Desk:
    """Work of an imaginary upper room: so many papers on the desk of each post."""

    def __init__(self) -> None:
        self.papers: dict[object, int] = {}

    def count(self, post: Post) -> int:
        return self.papers.get(post.pk, 0)

    def move(self, *, from_post: Post, to_post: Post, actor: Actor, at: object) -> int:
        moved = self.papers.pop(from_post.pk, 0)
        self.papers[to_post.pk] = self.count(to_post) + moved
        return moved


@pytest.fixture
def desk_of_papers(monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = Desk()
    monkeypatch.setattr(handover, "HANDOVERS", [Handover("待办", desk.count, desk.move)])
    return desk


def test_handing_over_moves_what_the_upper_rooms_declare(
    cast: Cast, administrator: Actor, desk_of_papers: Desk
) -> None:
    receiver = cast.post("xin", "新来人", Role.EXECUTOR)
    desk_of_papers.papers[cast.executor.pk] = 3
    assert handover.held(cast.executor) == (Held("待办", 3),)
    moved = posting.hand_over(actor=administrator, at=MORNING, from_post=cast.executor, to_post=receiver)
    assert moved == (Held("待办", 3),)
    assert desk_of_papers.papers == {receiver.pk: 3}
    entry = AuditEntry.objects.get(act=acts.HANDED_OVER)
    assert (entry.about, entry.facts) == (cast.executor.symbol, {"to": receiver.symbol, "moved": {"待办": 3}})


def test_a_post_that_holds_work_does_not_end(cast: Cast, administrator: Actor, desk_of_papers: Desk) -> None:
    desk_of_papers.papers[cast.executor.pk] = 2
    with pytest.raises(posting.WorkRemains) as caught:
        posting.end_post(actor=administrator, at=MORNING, post=cast.executor, until_on=TODAY)
    condition = caught.value.conditions[0]
    assert (condition.text, condition.met) == ("2 项待办", False)
    assert condition.url == f"/accounts/posts/{cast.executor.pk}/hand-over/"
    assert Post.objects.get(pk=cast.executor.pk).until_on is None


@pytest.mark.parametrize("who", ["clerk", "stranger", "executor"])
def test_work_moves_only_to_another_person_of_the_same_role_and_court(
    cast: Cast, administrator: Actor, desk_of_papers: Desk, who: str
) -> None:
    desk_of_papers.papers[cast.executor.pk] = 1
    with pytest.raises(posting.OtherRole):
        posting.hand_over(actor=administrator, at=MORNING, from_post=cast.executor, to_post=getattr(cast, who))
    assert desk_of_papers.papers == {cast.executor.pk: 1}
    assert not AuditEntry.objects.exists()


def test_a_hand_over_that_fails_in_an_upper_room_moves_nothing(
    cast: Cast, administrator: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def move(*, from_post: Post, to_post: Post, actor: Actor, at: object) -> None:
        Post.objects.filter(pk=to_post.pk).update(title="收件人")
        raise BadInput(reason="x")

    monkeypatch.setattr(handover, "HANDOVERS", [move])
    receiver = cast.post("xin", "新来人", Role.EXECUTOR)
    with pytest.raises(BadInput):
        posting.hand_over(actor=administrator, at=MORNING, from_post=cast.executor, to_post=receiver)
    assert Post.objects.get(pk=receiver.pk).title == ""
    assert Post.objects.get(pk=cast.executor.pk).version == 1
