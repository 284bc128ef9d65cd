"""A real court begins with one command: the court, one administrator, a password that must be changed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEntry, Court, Post, User

pytestmark = pytest.mark.django_db
GIVEN = {"code": "京0101", "court": "北京市东城区人民法院", "short": "东城法院", "username": "guan", "name": "管理员"}


def run(**changes: str) -> str:
    out = StringIO()
    call_command("first_administrator", stdout=out, **(GIVEN | changes))
    return out.getvalue()


def test_the_first_administrator_signs_in_and_must_change_the_password(client: Client) -> None:
    name, password = run().split()
    post = Post.objects.select_related("court", "user").get()
    assert (name, post.role, post.court.code, post.user.must_change_password) == (
        "guan",
        "ADMINISTRATOR",
        "京0101",
        True,
    )
    assert client.post(reverse("accounts:sign_in"), {"username": name, "password": password}).status_code == 302
    there = client.get("/", follow=True)
    assert there.request["PATH_INFO"] == reverse("accounts:change_password")
    acts = AuditEntry.objects.filter(court=post.court).order_by("at", "id").values_list("act", flat=True)
    assert list(acts)[:2] == ["person_created", "appointed"]


@pytest.mark.parametrize(("changes", "said"), [({"code": "东城"}, "法院代字应如“晋1031”"), ({"name": " "}, "都要填写")])
def test_what_cannot_be_a_court_is_refused_and_nothing_is_left(changes: dict[str, str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        run(**changes)
    assert (Court.objects.count(), User.objects.count()) == (0, 0)


def test_a_second_first_administrator_is_refused() -> None:
    run()
    with pytest.raises(CommandError, match="已有系统管理员"):
        run(username="other")
    with pytest.raises(CommandError, match="已有人使用"):
        run(code="京0102", username="GUAN")
    assert (Court.objects.count(), User.objects.count()) == (1, 1)
