"""Django's admin: for the technical superuser, to begin a court."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import path

from accounts.models import Post, User
from accounts.roles import Role
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.urls(__name__)
urlpatterns = [path("admin/", admin.site.urls)]


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_superuser_begins_a_court_with_its_first_administrator(cast: Cast) -> None:
    client = signed_in(User.objects.create_superuser("root", PASSWORD, name="技术员"))
    court = {"code": "鲁0101", "name": "某某人民法院", "short_name": "某某法院"}
    assert client.post("/admin/accounts/court/add/", court).status_code == 302
    person = {"username": "first", "name": "第一人", "phone": "", "password": "first-password-1"}
    assert client.post("/admin/accounts/user/add/", person).status_code == 302
    user = User.objects.get(username="first")
    assert (user.check_password("first-password-1"), user.must_change_password) == (True, True)
    post = {"user": str(user.pk), "court": str(cast.xixian.pk), "role": "ADMINISTRATOR", "from_on": "2026-01-01"}
    assert client.post("/admin/accounts/post/add/", post).status_code == 302
    assert Post.objects.get(user=user).role == Role.ADMINISTRATOR
    assert client.get(f"/admin/accounts/user/{user.pk}/change/").status_code == 200
    assert client.get(f"/admin/accounts/user/{user.pk}/delete/").status_code == 403


def test_the_admin_is_closed_to_every_post(cast: Cast) -> None:
    for post in (cast.administrator, cast.president):
        assert signed_in(post.user).get("/admin/accounts/user/").status_code == 302
