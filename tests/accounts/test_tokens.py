"""Tokens of programs: scoped to a post, expiring, shown once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from accounts import acts
from accounts.actors import Actor
from accounts.authentication import HasActor, TokenAuthentication, actor_of
from accounts.models import ApiToken, AuditEntry, Post, User
from accounts.roles import Role
from accounts.services import tokens
from kernel import clock
from kernel.refusals import BadInput, NotAllowed, NotFound
from tests.accounts.conftest import Browser
from tests.cast import MORNING, TODAY, Cast

pytestmark = pytest.mark.usefixtures("morning")


class WhoAmI(APIView):
    """Answers with the actor of the request."""

    authentication_classes = [TokenAuthentication]
    permission_classes = [HasActor]

    def get(self, request: Request) -> Response:
        actor = actor_of(request)
        assert actor is not None
        return Response({"role": actor.role, "kind": actor.kind, "name": actor.name})


def ask(secret: str | None) -> Response:
    headers = {"Authorization": f"Token {secret}"} if secret else {}
    return WhoAmI.as_view()(APIRequestFactory().get("/", headers=headers))


def create(actor: Actor, days: int = 7, purpose: str = "对账程序") -> tuple[ApiToken, str]:
    return tokens.create(actor=actor, at=MORNING, purpose=purpose, days=days)


def test_a_program_acts_as_the_post_of_its_token(cast: Cast) -> None:
    _token, secret = create(cast.actor(cast.registrar))
    assert ask(secret).data == {"role": "FINANCE_REGISTRAR", "kind": "client", "name": "邓登记"}


def test_only_the_hash_is_kept_and_the_journal_knows_no_secret(cast: Cast) -> None:
    token, secret = create(cast.actor(cast.registrar))
    assert secret not in str(ApiToken.objects.values())
    entry = AuditEntry.objects.get()
    assert (entry.act, entry.about) == (acts.TOKEN_CREATED, f"accounts.apitoken:{token.ref}")
    assert secret not in str(entry.facts)
    assert token.digest not in str(entry.facts)


@pytest.mark.parametrize("secret", [None, "no-such-token"])
def test_without_a_token_nobody_is_let_in(db: None, secret: str | None) -> None:
    assert ask(secret).status_code == 401


def test_a_token_runs_out_by_the_one_clock(cast: Cast) -> None:
    _token, secret = create(cast.actor(cast.registrar), days=7)
    clock.set_to(MORNING + timedelta(days=7, minutes=-1))
    assert ask(secret).status_code == 200
    clock.set_to(MORNING + timedelta(days=7))
    assert ask(secret).status_code == 401
    assert ApiToken.objects.count() == 1


def test_a_token_is_worthless_when_its_post_has_ended(cast: Cast) -> None:
    _token, secret = create(cast.actor(cast.registrar))
    Post.objects.filter(pk=cast.registrar.pk).update(until_on=TODAY - timedelta(days=1))
    assert ask(secret).status_code == 403


def test_a_token_does_not_reach_the_other_posts_of_the_person(cast: Cast) -> None:
    _token, secret = create(cast.actor(cast.registrar))
    Post.objects.create(user=cast.registrar.user, court=cast.xixian, role=Role.PRESIDENT, from_on=TODAY)
    assert ask(secret).data["role"] == "FINANCE_REGISTRAR"


def test_a_deactivated_person_has_no_programs(cast: Cast) -> None:
    _token, secret = create(cast.actor(cast.registrar))
    User.objects.filter(pk=cast.registrar.user_id).update(is_active=False)
    with pytest.raises(AuthenticationFailed):
        TokenAuthentication().authenticate_credentials(secret.encode())


def test_only_roles_that_may_use_the_interface_get_a_token(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        create(cast.actor(cast.bailiff))
    assert not ApiToken.objects.exists()


def test_a_program_makes_no_token_for_itself(cast: Cast) -> None:
    with pytest.raises(NotFound):
        create(Actor.of_post(cast.registrar, on=TODAY, client=True))


@pytest.mark.parametrize(("days", "purpose"), [(0, "对账"), (181, "对账"), (7, "  ")])
def test_a_token_has_a_purpose_and_an_end(cast: Cast, days: int, purpose: str) -> None:
    with pytest.raises(BadInput):
        create(cast.actor(cast.registrar), days=days, purpose=purpose)
    assert not ApiToken.objects.exists()


def test_a_post_has_at_most_ten_live_tokens(cast: Cast) -> None:
    for _ in range(10):
        create(cast.actor(cast.registrar))
    with pytest.raises(tokens.TooMany):
        create(cast.actor(cast.registrar))
    assert ApiToken.objects.count() == 10


def test_the_owner_revokes_and_it_ends_at_once(cast: Cast) -> None:
    token, secret = create(cast.actor(cast.registrar))
    tokens.revoke(actor=cast.actor(cast.registrar), at=MORNING, ref=token.ref)
    assert ask(secret).status_code == 401
    assert AuditEntry.objects.filter(act=acts.TOKEN_REVOKED).count() == 1


def test_an_administrator_revokes_what_belongs_to_its_court(cast: Cast) -> None:
    token, _secret = create(cast.actor(cast.registrar))
    for stranger in (cast.keeper, cast.stranger):
        with pytest.raises(NotFound):
            tokens.revoke(actor=cast.actor(stranger), at=MORNING, ref=token.ref)
    assert ApiToken.objects.count() == 1
    tokens.revoke(actor=cast.actor(cast.administrator), at=MORNING, ref=token.ref)
    assert not ApiToken.objects.exists()


def test_the_page_shows_the_secret_once(cast: Cast, as_: Browser) -> None:
    browser: Client = as_(cast.registrar)
    made = browser.post(reverse("accounts:create_token"), {"purpose": "对账程序", "days": "30"})
    secret = made.context["secret"]
    assert ask(secret).status_code == 200
    page = browser.get(reverse("accounts:profile")).content.decode()
    assert "对账程序" in page
    assert secret not in page
    token = ApiToken.objects.get()
    assert browser.post(reverse("accounts:revoke_token", args=[token.ref])).status_code == 302
    assert ask(secret).status_code == 401
    assert browser.post(reverse("accounts:revoke_token", args=[uuid4()])).status_code == 404


def test_an_administrator_revokes_on_the_page_of_the_person(cast: Cast, desk: Client) -> None:
    token, secret = create(cast.actor(cast.registrar))
    person = reverse("accounts:person", args=[cast.registrar.user_id])
    assert "对账程序" in desk.get(person).content.decode()
    assert desk.post(reverse("accounts:revoke_token", args=[token.ref])).url == person
    assert ask(secret).status_code == 401


def test_a_role_without_the_right_sees_no_token_page(cast: Cast, as_: Browser) -> None:
    assert as_(cast.bailiff).get(reverse("accounts:create_token")).status_code == 403
