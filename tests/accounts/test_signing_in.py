"""The door: signing in, the lock after failures, the first password, several posts."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts import acts, journal
from accounts.models import AuditEntry, Post, User
from accounts.roles import Role
from kernel import clock
from tests.cast import MORNING, PASSWORD, Cast

SIGN_IN = reverse("accounts:sign_in")
PEOPLE = reverse("accounts:people")

pytestmark = pytest.mark.usefixtures("morning")


@pytest.fixture
def guan(cast: Cast) -> User:
    user = cast.administrator.user
    user.set_password(PASSWORD)
    user.save()
    return user


def attempt(client: Client, password: str, username: str = "guan", **more: str) -> object:
    return client.post(SIGN_IN, {"username": username, "password": password, **more})


def test_a_person_signs_in_and_lands_at_its_work(client: Client, guan: User) -> None:
    response = attempt(client, PASSWORD)
    assert (response.status_code, response.url) == (302, PEOPLE)
    assert client.get(PEOPLE).status_code == 200
    entry = AuditEntry.objects.get(act=acts.SIGNED_IN)
    assert (entry.actor_name, entry.about, entry.address) == ("管理员", guan.symbol, "127.0.0.1")


def test_an_account_typed_in_full_width_is_the_same_account(client: Client, guan: User) -> None:
    assert attempt(client, PASSWORD, username="　ｇｕａｎ ").status_code == 302


def test_one_goes_on_to_the_page_one_came_for_but_never_to_another_site(client: Client, guan: User) -> None:
    assert client.get(PEOPLE + "?q=a").url == f"{SIGN_IN}?next={PEOPLE}%3Fq%3Da"
    assert attempt(client, PASSWORD, next=PEOPLE + "?q=a").url == PEOPLE + "?q=a"
    client.post(reverse("accounts:sign_out"))
    assert attempt(client, PASSWORD, next="https://example.com/").url == PEOPLE


def test_a_wrong_password_is_refused_and_says_how_many_attempts_are_left(client: Client, guan: User) -> None:
    response = attempt(client, "wrong")
    assert response.status_code == 400
    assert "还可以再试 4 次" in response.content.decode()
    assert "_auth_user_id" not in client.session
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.actor, entry.about, entry.court_id) == (
        acts.SIGN_IN_FAILED,
        "anonymous",
        guan.symbol,
        guan.posts.get().court_id,
    )


def test_an_unknown_account_answers_like_a_wrong_password_and_its_name_is_not_kept(client: Client, guan: User) -> None:
    known = attempt(client, "wrong").content.decode()
    unknown = attempt(client, "wrong", username="nobody-here").content.decode()
    assert "还可以再试 4 次" in known
    assert "还可以再试 4 次" in unknown
    entry = AuditEntry.objects.get(court=None)
    assert (entry.about, entry.facts) == ("", {"failures": 1})
    (line,) = journal.lines(journal.entries(guan.posts.get().court_id).filter(court=None))
    assert (line.act, line.about) == ("登录失败", "没有这个账号")


def test_five_failures_lock_the_account_and_the_page_says_for_how_long(client: Client, guan: User) -> None:
    answers = [attempt(client, "wrong") for _ in range(5)]
    assert [answer.status_code for answer in answers] == [400, 400, 400, 400, 429]
    assert "请在 30 分钟后再试" in answers[-1].content.decode()
    right = attempt(client, PASSWORD)
    assert right.status_code == 429
    assert "_auth_user_id" not in client.session
    assert list(AuditEntry.objects.order_by("id").values_list("act", flat=True)) == [acts.SIGN_IN_FAILED] * 4 + [
        acts.LOCKED_OUT
    ]


def test_trying_during_the_lock_does_not_make_it_longer_and_it_ends(client: Client, guan: User) -> None:
    for _ in range(5):
        attempt(client, "wrong")
    clock.set_to(MORNING + timedelta(minutes=20, seconds=30))
    assert "请在 10 分钟后再试" in attempt(client, "wrong").content.decode()
    clock.set_to(MORNING + timedelta(minutes=31))
    assert attempt(client, PASSWORD).status_code == 302


def test_success_forgets_the_failures(client: Client, guan: User) -> None:
    for _ in range(4):
        attempt(client, "wrong")
    assert attempt(client, PASSWORD).status_code == 302
    client.post(reverse("accounts:sign_out"))
    assert "还可以再试 4 次" in attempt(client, "wrong").content.decode()


def test_a_lock_on_one_account_locks_no_other(client: Client, guan: User, cast: Cast) -> None:
    cast.president.user.set_password(PASSWORD)
    cast.president.user.save()
    for _ in range(5):
        attempt(client, "wrong")
    assert attempt(client, PASSWORD, username="song").status_code == 302


def test_a_person_without_a_post_today_does_not_enter(client: Client, guan: User) -> None:
    guan.posts.update(until_on=date(2026, 11, 19))
    response = attempt(client, PASSWORD)
    assert response.status_code == 403
    assert "没有在任岗位" in response.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_deactivated_account_does_not_enter(client: Client, guan: User) -> None:
    User.objects.filter(pk=guan.pk).update(is_active=False)
    assert attempt(client, PASSWORD).status_code == 400


def test_a_first_password_must_be_changed_before_anything_else(client: Client, guan: User) -> None:
    User.objects.filter(pk=guan.pk).update(must_change_password=True)
    attempt(client, PASSWORD)
    page = reverse("accounts:change_password")
    assert client.get(PEOPLE).url == page
    assert client.get(page).status_code == 200
    new = {"old": PASSWORD, "new": "blue-river-9-stones", "again": "blue-river-9-stones"}
    assert client.post(page, new).url == PEOPLE
    assert client.get(PEOPLE).status_code == 200
    guan.refresh_from_db()
    assert guan.check_password("blue-river-9-stones")
    assert guan.must_change_password is False
    assert MORNING <= guan.password_changed_at < MORNING + timedelta(minutes=1)
    assert AuditEntry.objects.filter(act=acts.PASSWORD_CHANGED).count() == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"old": "wrong", "new": "blue-river-9-stones", "again": "blue-river-9-stones"}, "原密码不对"),
        ({"old": PASSWORD, "new": "blue-river-9-stones", "again": "another-one-9"}, "两次输入的新密码不一样"),
        ({"old": PASSWORD, "new": "short-1", "again": "short-1"}, "新密码不能用"),
        ({"old": PASSWORD, "new": "8520369741", "again": "8520369741"}, "新密码不能用"),
        ({"old": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "与原密码相同"),
    ],
)
def test_a_password_that_cannot_be_used_is_refused_with_its_reason(
    client: Client, guan: User, typed: dict[str, str], said: str
) -> None:
    attempt(client, PASSWORD)
    response = client.post(reverse("accounts:change_password"), typed)
    assert response.status_code == 400
    assert said in response.content.decode()
    guan.refresh_from_db()
    assert guan.check_password(PASSWORD)
    assert not AuditEntry.objects.filter(act=acts.PASSWORD_CHANGED).exists()


def test_changing_the_password_ends_the_other_sessions(client: Client, guan: User) -> None:
    elsewhere = Client()
    attempt(elsewhere, PASSWORD)
    attempt(client, PASSWORD)
    new = {"old": PASSWORD, "new": "blue-river-9-stones", "again": "blue-river-9-stones"}
    client.post(reverse("accounts:change_password"), new)
    assert client.get(PEOPLE).status_code == 200
    assert elsewhere.get(PEOPLE).url == f"{SIGN_IN}?next={PEOPLE}"


def test_who_holds_several_posts_chooses_one_and_acts_as_it(client: Client, guan: User, cast: Cast) -> None:
    second = Post.objects.create(user=guan, court=cast.xixian, role=Role.FILING_CLERK, from_on=date(2020, 1, 1))
    switch = reverse("accounts:switch_post")
    assert attempt(client, PASSWORD).url == switch
    page = client.get(switch).content.decode()
    assert "系统管理员" in page
    assert "立案人员" in page
    client.post(switch, {"post": str(second.pk)})
    assert client.get(PEOPLE).status_code == 403
    client.post(switch, {"post": str(cast.administrator.pk)})
    assert client.get(PEOPLE).status_code == 200
    assert AuditEntry.objects.filter(act=acts.POST_CHOSEN).count() == 2


@pytest.mark.parametrize("typed", ["", "not-a-key", "someone else"])
def test_nobody_chooses_a_post_that_is_not_its_own(client: Client, guan: User, cast: Cast, typed: str) -> None:
    attempt(client, PASSWORD)
    chosen = str(cast.president.pk) if typed == "someone else" else typed
    assert client.post(reverse("accounts:switch_post"), {"post": chosen}).status_code == 404
    assert client.session["post"] == str(cast.administrator.pk)


def test_signing_out_ends_the_session_and_needs_a_post(client: Client, guan: User) -> None:
    attempt(client, PASSWORD)
    assert client.get(reverse("accounts:sign_out")).status_code == 405
    assert client.post(reverse("accounts:sign_out")).url == SIGN_IN
    assert client.get(PEOPLE).url == f"{SIGN_IN}?next={PEOPLE}"
    assert AuditEntry.objects.filter(act=acts.SIGNED_OUT).count() == 1
