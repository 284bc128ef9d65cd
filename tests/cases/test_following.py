"""关注: who follows a case reads at the inbox what others do in it; it gives no right and changes nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from accounts.models import Post
from cases.models import Case, Event, Follow
from cases.services import following, noting
from kernel.refusals import NotFound
from tests import factories
from tests.cast import MORNING, Cast

pytestmark = pytest.mark.usefixtures("morning")
SignIn = Callable[[Post], Client]


@pytest.fixture
def case(cast: Cast) -> Case:
    return factories.execution_case(cast)


def note(cast: Cast, case: Case) -> None:
    noting.write(case_id=case.pk, text="到现场查看", kind="NOTE", actor=cast.actor(cast.query_officer), at=MORNING)


def test_a_case_is_followed_once_and_let_go(cast: Cast, case: Case) -> None:
    director, events = cast.actor(cast.director), Event.objects.count()
    first = following.follow(case_id=case.pk, actor=director, at=MORNING)
    assert following.follow(case_id=case.pk, actor=director, at=MORNING).pk == first.pk
    assert following.follows(case, director)
    assert not following.follows(case, cast.actor(cast.president))
    assert following.end(case_id=case.pk, actor=director, at=MORNING + timedelta(hours=1)) == 1
    assert not following.follows(case, director)
    assert following.follow(case_id=case.pk, actor=director, at=MORNING).pk != first.pk
    assert (Follow.objects.count(), Event.objects.count()) == (2, events)


def test_who_does_not_see_a_case_does_not_follow_it(cast: Cast, case: Case) -> None:
    with pytest.raises(NotFound):
        following.follow(case_id=case.pk, actor=cast.actor(cast.stranger), at=MORNING)
    assert not Follow.objects.exists()


def test_one_follows_only_so_many(cast: Cast, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST", 0)
    with pytest.raises(following.FollowsTooMany):
        following.follow(case_id=case.pk, actor=cast.actor(cast.director), at=MORNING)
    assert not Follow.objects.exists()


def test_the_inbox_of_who_follows_shows_what_others_did(cast: Cast, case: Case, as_: SignIn) -> None:
    other = factories.execution_case(cast)
    director = as_(cast.director)
    url = f"/cases/{case.slug}/acts/follow/"
    assert "关注案件" in director.get(url).content.decode()
    assert director.post(url).status_code == 302
    assert "取消关注" in director.get(url).content.decode()
    note(cast, case)
    note(cast, other)
    assert "关注的案件" in director.get("/").content.decode()
    page = director.get("/changes/", {"followed": "1"}).content.decode()
    assert case.number in page
    assert other.number not in page
    assert other.number in director.get("/changes/").content.decode()
    assert director.post(url).status_code == 302
    assert case.number not in director.get("/changes/", {"followed": "1"}).content.decode()
