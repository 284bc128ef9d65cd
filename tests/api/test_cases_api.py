"""The API answers over the same services: own court only, refusals with their code, pages by key."""

import pytest
from django.db import transaction
from rest_framework.test import APIClient

from accounts.models import Post
from cases import locks
from cases.services import deciding
from tests import factories
from tests.cast import MORNING, Cast


@pytest.fixture
def api(as_: object) -> object:
    def client(post: Post) -> APIClient:
        browser = APIClient()
        browser.cookies = as_(post).cookies  # type: ignore[operator]
        return browser

    return client


def test_the_schema_names_every_resource(cast: Cast, api: object) -> None:
    answer = api(cast.filing_clerk).get("/api/v1/schema/?format=json")  # type: ignore[operator]
    assert answer.status_code == 200
    assert {
        "/api/v1/cases/",
        "/api/v1/cases/{number}/events/",
        "/api/v1/duties/",
        "/api/v1/decisions/",
        "/api/v1/receipts/",
        "/api/v1/payouts/",
    } <= set(answer.json()["paths"])


def test_a_clerk_lists_and_reads_cases(cast: Cast, api: object) -> None:
    case = factories.civil_case(cast)
    browser = api(cast.filing_clerk)  # type: ignore[operator]
    listed = browser.get("/api/v1/cases/").json()
    assert [row["number"] for row in listed["results"]] == [case.number]
    assert listed["results"][0]["claimed"] == "1311000.00"
    one = browser.get(f"/api/v1/cases/{case.slug}/").json()
    assert one["parties"] == [
        {"name": "某环保科技公司", "role": "DEFENDANT"},
        {"name": "王某军", "role": "PLAINTIFF"},
    ]
    events = browser.get(f"/api/v1/cases/{case.slug}/events/").json()["results"]
    assert [(row["seq"], row["verb"]) for row in events] == [(1, "cases.filed")]


def test_another_courts_case_is_absent(cast: Cast, api: object) -> None:
    case = factories.civil_case(cast)
    answer = api(cast.stranger).get(f"/api/v1/cases/{case.slug}/")  # type: ignore[operator]
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_nobody_is_nobody(cast: Cast) -> None:
    factories.civil_case(cast)
    assert APIClient().get("/api/v1/cases/").status_code in {401, 403}


def test_a_refusal_returns_its_code_and_changes_nothing(cast: Cast, api: object) -> None:
    case = factories.execution_case(cast)
    with transaction.atomic():
        decision = deciding.ask(
            case=locks.lock(case.pk), kind="cases.close", subject=case.symbol, actor=cast.actor(cast.judge), at=MORNING,
            proposal={"how": "PERFORMED"},
        )  # fmt: skip
    answer = api(cast.director).post(f"/api/v1/decisions/{decision.pk}/approve/")  # type: ignore[operator]
    assert (answer.status_code, answer.json()["code"]) == (409, "not_ready_to_close")
    assert answer.json()["conditions"][0]["met"] is False
    decision.refresh_from_db()
    assert decision.state == "ASKED"


def test_a_token_acts_as_its_post_only_while_the_post_may(cast: Cast) -> None:
    factories.execution_case(cast)
    browser = APIClient()
    browser.credentials(HTTP_AUTHORIZATION="Token nonsense")
    assert browser.get("/api/v1/cases/").status_code == 401
