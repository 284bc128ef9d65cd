"""Acting for an absent approver."""

from datetime import date, timedelta

import pytest

from accounts import acts, policy
from accounts.actors import Actor
from accounts.models import AuditEntry, Post, StandIn
from accounts.roles import Action, Role, Scope
from accounts.services import posting, standing_in
from kernel.refusals import BadInput, NotAllowed, NotFound, Refusal, Stale
from tests.cast import MORNING, TODAY, Cast

LAST = TODAY + timedelta(days=6)


def set_(actor: Actor, post: Post, deputy: Post, **changes: object) -> StandIn:
    terms = {"from_on": TODAY, "until_on": LAST, "reason": "外出学习"} | changes
    return standing_in.set_stand_in(actor=actor, at=MORNING, post=post, deputy=deputy, **terms)  # type: ignore[arg-type]


def refused(refusal: type[Refusal], *who: object, **changes: object) -> Refusal:
    before = (StandIn.objects.count(), AuditEntry.objects.count())
    with pytest.raises(refusal) as caught:
        set_(*who, **changes)  # type: ignore[arg-type]
    assert (StandIn.objects.count(), AuditEntry.objects.count()) == before
    return caught.value


def may_decide(cast: Cast, post: Post, on: date) -> bool:
    return policy.may(cast.actor(post, on=on), Action.DECIDE_PRESSURE)


def test_a_deputy_has_the_right_on_these_days_only(cast: Cast, administrator: Actor) -> None:
    set_(administrator, cast.president, cast.director)
    days = [TODAY - timedelta(days=1), TODAY, LAST, LAST + timedelta(days=1)]
    assert [may_decide(cast, cast.director, on) for on in days] == [False, True, True, False]
    actor = cast.actor(cast.director)
    assert (actor.standing_in_for, actor.symbol) == ((cast.president.pk,), cast.director.symbol)
    assert policy.scope(actor, Action.DECIDE_PRESSURE) == Scope.COURT
    assert AuditEntry.objects.get().act == acts.STAND_IN_SET


def test_ending_it_takes_the_right_at_once(cast: Cast, administrator: Actor) -> None:
    row = set_(administrator, cast.president, cast.director)
    standing_in.end_stand_in(actor=administrator, at=MORNING, stand_in=row, version=1)
    assert not may_decide(cast, cast.director, TODAY)
    with pytest.raises(standing_in.Over):
        standing_in.end_stand_in(actor=administrator, at=MORNING, stand_in=row)


def test_a_stale_end_is_refused(cast: Cast, administrator: Actor) -> None:
    row = set_(administrator, cast.president, cast.director)
    with pytest.raises(Stale):
        standing_in.end_stand_in(actor=administrator, at=MORNING, stand_in=row, version=7)
    assert may_decide(cast, cast.director, TODAY)


def test_the_right_lapses_when_the_absent_person_leaves_the_post(cast: Cast, administrator: Actor) -> None:
    set_(administrator, cast.president, cast.director)
    Post.objects.filter(pk=cast.president.pk).update(until_on=TODAY)
    assert may_decide(cast, cast.director, TODAY)
    assert not may_decide(cast, cast.director, TODAY + timedelta(days=1))


def test_the_absent_approver_may_name_the_deputy(cast: Cast, morning: None) -> None:
    row = set_(cast.actor(cast.president), cast.president, cast.director)
    assert row.set_by == cast.president


def test_nobody_else_sets_a_stand_in(cast: Cast, morning: None) -> None:
    refused(NotAllowed, cast.actor(cast.director), cast.president, cast.judge)


def test_nobody_stands_in_for_oneself(cast: Cast, administrator: Actor) -> None:
    second = Post.objects.create(
        user=cast.president.user, court=cast.xixian, role=Role.TRIAL_JUDGE, from_on=date(2020, 1, 1)
    )
    refused(standing_in.NotForOneself, administrator, cast.president, second)
    refused(standing_in.NotForOneself, administrator, cast.president, cast.president)


def test_who_sets_it_is_not_the_deputy(cast: Cast, administrator: Actor) -> None:
    refused(standing_in.NotForOneself, administrator, cast.president, cast.administrator)


def test_there_are_no_chains(cast: Cast, administrator: Actor) -> None:
    set_(administrator, cast.president, cast.director)
    refused(standing_in.NoChains, administrator, cast.director, cast.judge)
    refused(standing_in.NoChains, administrator, cast.judge, cast.president)


def test_one_deputy_at_a_time(cast: Cast, administrator: Actor) -> None:
    row = set_(administrator, cast.president, cast.director)
    refused(standing_in.AlreadyStoodIn, administrator, cast.president, cast.judge, from_on=LAST, until_on=LAST)
    standing_in.end_stand_in(actor=administrator, at=MORNING, stand_in=row)
    assert set_(administrator, cast.president, cast.judge).deputy == cast.judge


def test_only_approvers_are_stood_in_for(cast: Cast, administrator: Actor) -> None:
    refused(standing_in.NotAnApprover, administrator, cast.executor, cast.director)


def test_a_money_post_is_not_reached_by_standing_in(cast: Cast, administrator: Actor) -> None:
    refused(posting.MoneyRolesClash, administrator, cast.keeper, cast.payer)


def test_both_posts_are_held_in_all_those_days(cast: Cast, administrator: Actor) -> None:
    Post.objects.filter(pk=cast.director.pk).update(until_on=TODAY)
    cast.director.refresh_from_db()
    refused(standing_in.DeputyNotInPost, administrator, cast.president, cast.director)


def test_nobody_of_another_court_stands_in(cast: Cast, administrator: Actor) -> None:
    refused(NotFound, administrator, cast.president, cast.stranger)
    refused(NotFound, administrator, cast.stranger, cast.director)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"from_on": TODAY - timedelta(days=1)}, "from_on"),
        ({"until_on": TODAY - timedelta(days=1)}, "until_on"),
        ({"reason": "  "}, "reason"),
    ],
)
def test_what_is_typed_wrong_names_its_field(
    cast: Cast, administrator: Actor, changes: dict[str, object], field: str
) -> None:
    assert refused(BadInput, administrator, cast.president, cast.director, **changes).facts["field"] == field


def test_a_program_never_stands_in(cast: Cast, administrator: Actor) -> None:
    set_(administrator, cast.president, cast.director)
    program = Actor.of_post(cast.director, on=TODAY, client=True)
    assert (program.standing_in_for, policy.may(program, Action.DECIDE_PRESSURE)) == ((), False)
