"""Both courts have everyone they need, under one password that opens the desk at once."""

from datetime import date

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import call_command

from accounts import queries
from accounts.models import Court, Post, Seat, User
from accounts.roles import STAFF_ROLES, Role
from enforcement.demo.court import people
from kernel import clock

pytestmark = pytest.mark.django_db
FOUNDED = clock.at_time(date(2019, 1, 2), 9)


def test_every_role_is_held_at_both_courts() -> None:
    for plan in people.PLANS:
        staff = people.found(plan, at=FOUNDED)
        held = {post.role for post in staff.posts.values()}
        assert held == {role.value for role in STAFF_ROLES}
        money = Post.objects.filter(court=staff.court, role__startswith="FINANCE_")
        assert money.count() == money.values("user").distinct().count() == 3


def test_field_teams_follow_the_template_and_have_vacancies() -> None:
    staff = people.found(people.XIXIAN, at=FOUNDED)
    seats = Seat.objects.filter(team__court=staff.court, team__name=people.ONE).order_by("role", "ordinal")
    assert [seat.role for seat in seats] == [
        "ASSISTANT", "BAILIFF", "BAILIFF", "CLERK", "EXECUTION_JUDGE", "EXECUTOR", "EXECUTOR",
    ]  # fmt: skip
    assert all(seat.post_id for seat in seats)
    assert queries.vacant(queries.seats(staff.court.pk), clock.today()).count() == 15


def test_the_one_password_opens_every_account_without_a_change() -> None:
    people.found(people.XIAJIN, at=FOUNDED)
    users = list(User.objects.all())
    assert len(users) == len(people.XIAJIN.people)
    assert {user.must_change_password for user in users} == {False}
    assert len({user.password for user in users}) == 1
    assert check_password(people.PASSWORD, users[0].password)


def test_the_sign_ins_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("demo_signins")
    printed = capsys.readouterr().out
    assert people.PASSWORD in printed
    for plan in people.PLANS:
        assert plan.name in printed
        for person in plan.people:
            assert f"{plan.prefix}{person.username} {Role(person.role).label} {person.name}" in printed
    assert Court.objects.count() == 0
