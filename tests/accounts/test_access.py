"""The door of every page of the desk, and the frame around it."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts import shell as counters
from accounts import urls
from accounts.access import allowed, staff_required
from accounts.actors import Actor
from accounts.models import User
from accounts.roles import Action
from accounts.shell import Rows
from enforcement import shell
from kernel.refusals import NotAllowed, NotFound
from tests.accounts.conftest import Browser
from tests.cast import Cast

OPEN = {"sign_in", "sign_out", "change_password", "switch_post"}


@staff_required
def any_staff(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


@allowed(Action.SEE_FUNDS)
def funds_only(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


@allowed(Action.DECIDE_PRESSURE, Action.LEAD)
def either(request: HttpRequest) -> HttpResponse:
    return HttpResponse("in")


def request_of(actor: Actor | None, user: object = None) -> HttpRequest:
    request = RequestFactory().get("/somewhere/?a=1")
    request.user = user or AnonymousUser()  # type: ignore[assignment]
    request.actor = actor  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize("view", [any_staff, funds_only])
def test_anonymous_people_are_sent_to_sign_in_and_come_back(view: Callable[..., HttpResponse]) -> None:
    response = view(request_of(None))
    assert (response.status_code, response.url) == (302, "/accounts/sign-in/?next=/somewhere/%3Fa%3D1")  # type: ignore[attr-defined]


@pytest.mark.parametrize("view", [any_staff, funds_only])
def test_outsiders_find_nothing(cast: Cast, view: Callable[..., HttpResponse]) -> None:
    litigant = Actor.party(court=cast.xixian, party_id=cast.xixian.pk, name="某", case_ids=frozenset())
    with pytest.raises(NotFound):
        view(request_of(litigant))
    with pytest.raises(NotFound):
        view(request_of(None, cast.judge.user))


def test_the_policy_decides_who_of_the_staff_comes_in(cast: Cast) -> None:
    assert funds_only(request_of(cast.actor(cast.keeper))).content == b"in"
    with pytest.raises(NotAllowed) as caught:
        funds_only(request_of(cast.actor(cast.bailiff)))
    assert "查看案款" in caught.value.text
    assert any_staff(request_of(cast.actor(cast.bailiff))).content == b"in"


def test_one_of_several_actions_is_enough(cast: Cast) -> None:
    assert either(request_of(cast.actor(cast.director))).content == b"in"
    with pytest.raises(NotAllowed):
        either(request_of(cast.actor(cast.judge)))


def test_every_page_of_this_room_has_its_door() -> None:
    views = {pattern.name: pattern.callback for pattern in urls.urlpatterns}
    assert {name for name, view in views.items() if not getattr(view, "staff_only", False)} == OPEN


@pytest.mark.parametrize(
    "name", sorted(name for name in (pattern.name for pattern in urls.urlpatterns) if name not in OPEN)
)
def test_no_page_of_administration_opens_to_a_judge_or_to_nobody(
    cast: Cast, morning: None, as_: Browser, name: str
) -> None:
    pattern = next(pattern for pattern in urls.urlpatterns if pattern.name == name)
    arguments = [cast.judge.pk for _ in pattern.pattern.converters]
    address = reverse(f"accounts:{name}", args=arguments)
    assert Client().get(address).status_code == 302
    mine = {"profile", "create_token", "stand_ins", "create_stand_in"}
    of_nobody = {"revoke_token": 404, "end_stand_in": 404}
    expected = 200 if name in mine else of_nobody.get(name, 403)
    assert as_(cast.judge).get(address).status_code == expected


def words(actor: Actor, path: str = "/") -> list[str]:
    return [str(item["label"]) for group in shell.groups(actor, path) for item in group["items"]]


def test_the_navigation_shows_only_what_the_role_may_do(cast: Cast) -> None:
    administration = {"人员", "团队", "审计"}
    assert set(words(cast.actor(cast.administrator))) >= administration
    assert not set(words(cast.actor(cast.executor))) & administration
    assert "代行" in words(cast.actor(cast.president))
    assert "代行" not in words(cast.actor(cast.executor))


def test_pages_that_no_room_has_yet_are_left_out(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    item = shell.Item("将来", "nowhere:page", "folder", (Action.ADMINISTER,))
    monkeypatch.setattr(shell, "GROUPS", (("管理", (item,)),))
    assert shell.groups(cast.actor(cast.administrator), "/") == []


def test_the_item_of_the_present_page_is_the_active_one(cast: Cast) -> None:
    def active(path: str) -> list[str]:
        groups = shell.groups(cast.actor(cast.administrator), path)
        return [str(item["label"]) for group in groups for item in group["items"] if item["active"]]

    assert active(reverse("accounts:people") + "new/") == ["人员"]
    assert active("/nowhere/") == []


@pytest.mark.counts
def test_counts_come_from_the_rooms_in_one_statement_and_are_capped(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Callable[[int], AbstractContextManager[Any]]
) -> None:
    actor = cast.actor(cast.administrator)
    people = User.objects.filter(pk__in=[cast.administrator.user_id, cast.director.user_id, cast.president.user_id])
    past = people.filter(pk=cast.president.user_id)
    declared = {"people": lambda actor: Rows(people, past), "none": lambda actor: Rows(people.none())}
    monkeypatch.setattr(counters, "COUNTS", declared)
    with django_assert_num_queries(1):
        assert counters.counts(["people", "none", "nobody-counts-this"], actor) == {"people": (3, 1), "none": (0, 0)}
    monkeypatch.setattr(counters, "CAP", 2)
    assert counters.counts(["people"], actor) == {"people": (2, 1)}


def test_the_frame_says_whose_page_it_is(cast: Cast, desk: Client) -> None:
    frame = desk.get(reverse("accounts:people")).context["shell"]
    assert (frame["court_name"], frame["person_name"], str(frame["role_label"])) == (
        "隰县人民法院",
        "管理员",
        "系统管理员",
    )
    assert frame["posts"] == []
