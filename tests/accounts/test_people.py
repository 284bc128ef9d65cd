"""Accounts of people: created, changed, reset, taken out of use."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import acts
from accounts.actors import Actor
from accounts.models import ApiToken, AuditEntry, Post, User
from accounts.roles import Role
from accounts.services import people, posting, tokens
from kernel.refusals import BadInput, NotAllowed, NotFound, Stale
from tests.accounts.conftest import Browser
from tests.cast import MORNING, TODAY, Cast


def create(administrator: Actor, **changes: object) -> tuple[User, str]:
    fields = {"username": "xin", "name": "新来人", "role": Role.EXECUTOR, "from_on": TODAY} | changes
    return people.create_person(actor=administrator, at=MORNING, **fields)  # type: ignore[arg-type]


def test_a_new_person_has_a_post_and_a_password_that_must_be_changed(administrator: Actor) -> None:
    user, password = create(administrator, name=" 买买提•艾力 ", phone="１３８００００００００")
    assert user.check_password(password)
    assert (user.name, user.phone, user.must_change_password) == ("买买提·艾力", "13800000000", True)
    assert user.posts.get().role == Role.EXECUTOR
    assert list(AuditEntry.objects.order_by("id").values_list("act", flat=True)) == [
        acts.PERSON_CREATED,
        acts.APPOINTED,
    ]
    assert password not in str(list(AuditEntry.objects.values()))


def test_first_passwords_differ() -> None:
    assert len({people.first_password() for _ in range(50)}) == 50


@pytest.mark.parametrize("username", ["guan", "ＧＵＡＮ", " Guan "])
def test_an_account_is_used_once_in_the_house(administrator: Actor, username: str) -> None:
    with pytest.raises(people.UsernameTaken):
        create(administrator, username=username)
    assert not User.objects.filter(name="新来人").exists()


def test_a_person_whose_post_is_refused_is_not_created(administrator: Actor) -> None:
    with pytest.raises(BadInput):
        create(administrator, role=Role.LITIGANT)
    assert not User.objects.filter(username="xin").exists()
    assert not AuditEntry.objects.exists()


def test_only_an_administrator_creates_people(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        create(cast.actor(cast.president))


def test_a_stale_edit_says_what_differs_and_changes_nothing(cast: Cast, administrator: Actor) -> None:
    user = cast.clerk.user
    edit = {"actor": administrator, "at": MORNING, "user": user, "version": 1}
    people.edit_person(name="李书记", phone="111", **edit)  # type: ignore[arg-type]
    with pytest.raises(Stale) as caught:
        people.edit_person(name="李书记员", phone="111", **edit)  # type: ignore[arg-type]
    assert [(row.label, row.now, row.typed) for row in caught.value.differences] == [("姓名", "李书记", "李书记员")]
    user.refresh_from_db()
    assert (user.name, user.version) == ("李书记", 2)


def test_an_edit_that_changes_nothing_is_no_entry(cast: Cast, administrator: Actor) -> None:
    user = cast.clerk.user
    people.edit_person(actor=administrator, at=MORNING, user=user, name=user.name, phone=user.phone, version=1)
    user.refresh_from_db()
    assert (user.version, AuditEntry.objects.count()) == (1, 0)


def test_resetting_a_password_ends_sessions_and_tokens(cast: Cast, administrator: Actor, as_: Browser) -> None:
    judge = as_(cast.judge)
    tokens.create(actor=cast.actor(cast.judge), at=MORNING, purpose="对账", days=7)
    profile = reverse("accounts:profile")
    assert judge.get(profile).status_code == 200
    password = people.reset_password(actor=administrator, at=MORNING, user=cast.judge.user)
    assert judge.get(profile).status_code == 302
    user = User.objects.get(pk=cast.judge.user_id)
    assert (user.check_password(password), user.must_change_password) == (True, True)
    assert not ApiToken.objects.exists()


def test_a_deactivated_person_is_out_at_once_and_can_come_back(cast: Cast, administrator: Actor, as_: Browser) -> None:
    judge = as_(cast.judge)
    people.deactivate(actor=administrator, at=MORNING, user=cast.judge.user)
    assert judge.get(reverse("accounts:profile")).status_code == 302
    assert Post.objects.in_force(TODAY).filter(pk=cast.judge.pk).exists()
    people.reactivate(actor=administrator, at=MORNING, user=cast.judge.user, version=2)
    assert judge.get(reverse("accounts:profile")).status_code == 200


@pytest.mark.parametrize("verb", [people.reset_password, people.deactivate, people.reactivate])
def test_nobody_does_it_to_oneself(cast: Cast, administrator: Actor, verb: object) -> None:
    with pytest.raises(people.NotOneself):
        verb(actor=administrator, at=MORNING, user=cast.administrator.user)  # type: ignore[operator]
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("verb", [people.reset_password, people.deactivate, people.reactivate])
def test_a_person_of_another_court_is_not_found(cast: Cast, administrator: Actor, verb: object) -> None:
    with pytest.raises(NotFound):
        verb(actor=administrator, at=MORNING, user=cast.stranger.user)  # type: ignore[operator]
    assert User.objects.get(pk=cast.stranger.user_id).version == 1


def test_the_last_administrator_is_not_deactivated(cast: Cast, administrator: Actor) -> None:
    second = cast.post("guan2", "副管理", Role.ADMINISTRATOR)
    people.deactivate(actor=administrator, at=MORNING, user=second.user)
    people.reactivate(actor=administrator, at=MORNING, user=second.user)
    User.objects.filter(pk=cast.administrator.user_id).update(is_active=False)
    with pytest.raises(posting.LastAdministrator):
        people.deactivate(actor=administrator, at=MORNING, user=second.user)


# pages


def test_the_list_finds_people_by_part_of_the_name_role_and_state(cast: Cast, desk: Client) -> None:
    cast.everyone()
    User.objects.filter(pk=cast.bailiff.user_id).update(is_active=False)
    page = reverse("accounts:people")

    def found(**query: str) -> list[str]:
        return sorted(user.name for user in desk.get(page, query).context["page"].rows)

    assert len(found()) == 14
    assert found(q="法官") == ["张法官", "沈法官"]
    assert found(q="ｙｕ") == ["于局长"]
    assert found(role="CLERK") == ["李书记员"]
    assert found(team=str(cast.team.pk), q="员") == ["李书记员", "高执行员"]
    assert found(state="INACTIVE") == ["马法警"]
    assert found(state="WITHOUT_POST") == []


def test_names_stand_in_the_order_of_their_sound(cast: Cast, desk: Client) -> None:
    for number, name in enumerate(("于某", "严某", "冯某", "卞某", "陈某")):
        cast.post(f"sheng{number}", name, Role.CLERK)
    found = desk.get(reverse("accounts:people"), {"role": "CLERK"}).context["page"]
    assert [user.name for user in found.rows if user.name.endswith("某")] == ["卞某", "陈某", "冯某", "严某", "于某"]


def test_the_list_is_paged(cast: Cast, desk: Client) -> None:
    for number in range(60):
        cast.post(f"p{number:02d}", f"人员{number:02d}", Role.CLERK)
    first = desk.get(reverse("accounts:people"), {"role": "CLERK"}).context["page"]
    second = desk.get(reverse("accounts:people"), {"role": "CLERK", "page": first.next}).context["page"]
    assert (len(first), len(second), first.count) == (50, 10, 60)
    assert {user.pk for user in first} & {user.pk for user in second} == set()


def test_a_person_is_created_on_the_page_and_the_password_is_shown_once(cast: Cast, desk: Client) -> None:
    form = {"name": "新来人", "username": "xin", "role": "EXECUTOR", "from_on": "2026年11月20日"}
    response = desk.post(reverse("accounts:create_person"), form)
    user = User.objects.get(username="xin")
    shown = response.context["secret"]
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert user.check_password(shown)
    assert shown not in desk.get(reverse("accounts:person", args=[user.pk])).content.decode()


def test_a_refused_form_keeps_what_was_typed(cast: Cast, desk: Client) -> None:
    form = {"name": "新来人", "username": "guan", "role": "EXECUTOR", "from_on": "2026-11-20"}
    response = desk.post(reverse("accounts:create_person"), form)
    page = response.content.decode()
    assert response.status_code == 409
    assert "账号“guan”已有人使用" in page
    assert 'value="新来人"' in page


def test_a_stale_page_answers_409_with_the_difference_and_the_new_version(cast: Cast, desk: Client) -> None:
    address = reverse("accounts:edit_person", args=[cast.clerk.user_id])
    assert desk.post(address, {"name": "李一", "phone": "", "version": "1"}).status_code == 302
    response = desk.post(address, {"name": "李二", "phone": "", "version": "1"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "李一" in page
    assert "李二" in page
    assert 'name="version" value="2"' in page
    assert User.objects.get(pk=cast.clerk.user_id).name == "李一"
    assert desk.post(address, {"name": "李二", "phone": "", "version": "2"}).status_code == 302


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "99999999999999"])
def test_a_form_without_its_version_is_stale(cast: Cast, desk: Client, version: str) -> None:
    address = reverse("accounts:deactivate", args=[cast.clerk.user_id])
    assert desk.post(address, {"version": version}).status_code == 409
    assert User.objects.get(pk=cast.clerk.user_id).is_active


PERSON_PAGES = ("person", "edit_person", "reset_password", "deactivate", "reactivate", "appoint")


@pytest.mark.parametrize("name", PERSON_PAGES)
def test_someone_of_the_other_court_is_not_found_on_any_page(cast: Cast, desk: Client, name: str) -> None:
    assert desk.get(reverse(f"accounts:{name}", args=[cast.stranger.user_id])).status_code == 404
    assert desk.get(reverse(f"accounts:{name}", args=[cast.clerk.user_id])).status_code == 200


@pytest.mark.parametrize("name", ["end_post", "hand_over"])
def test_a_post_of_the_other_court_is_not_found(cast: Cast, desk: Client, name: str) -> None:
    assert desk.get(reverse(f"accounts:{name}", args=[cast.stranger.pk])).status_code == 404
    assert desk.get(reverse(f"accounts:{name}", args=[cast.clerk.pk])).status_code == 200


def test_a_post_is_given_ended_and_handed_over_on_the_pages(cast: Cast, desk: Client) -> None:
    receiver = cast.post("xin", "新来人", Role.CLERK)
    user = cast.executor.user
    appoint = {"role": "BAILIFF", "from_on": "2026-11-20", "title": "副队长"}
    assert desk.post(reverse("accounts:appoint", args=[user.pk]), appoint).status_code == 302
    assert user.posts.get(role=Role.BAILIFF).title == "副队长"
    to = {"to_post": str(receiver.pk), "version": "1"}
    assert desk.post(reverse("accounts:hand_over", args=[cast.clerk.pk]), to).status_code == 302
    end = {"until_on": "2026-11-20", "version": "2"}
    assert desk.post(reverse("accounts:end_post", args=[cast.clerk.pk]), end).status_code == 302
    assert Post.objects.get(pk=cast.clerk.pk).until_on == TODAY
    page = desk.get(reverse("accounts:person", args=[user.pk])).content.decode()
    assert "副队长" in page


def test_an_act_opens_in_the_side_panel_and_leaves_it_when_done(cast: Cast, desk: Client) -> None:
    address = reverse("accounts:edit_person", args=[cast.clerk.user_id])
    panel = desk.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in panel
    done = desk.post(address, {"name": "李一", "phone": "", "version": "1"}, headers={"HX-Request": "true"})
    assert (done.status_code, done["HX-Redirect"]) == (204, reverse("accounts:person", args=[cast.clerk.user_id]))
