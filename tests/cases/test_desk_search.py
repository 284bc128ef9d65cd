"""The one search box: whatever is pasted finds the case, and reading by identity leaves a trace."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from urllib.parse import unquote
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actors import Actor
from accounts.models import AuditEntry, Post
from cases.models import Case
from cases.queries import search
from cases.queries.search import Finder
from tests import factories
from tests.cast import MORNING, Cast
from tests.factories import company_number, person_number

pytestmark = pytest.mark.usefixtures("morning")
SignIn = Callable[[Post], Client]


@pytest.fixture
def case(cast: Cast) -> Case:
    """王某军 against 某环保科技公司, the only case of the court."""
    return factories.civil_case(cast)


def where(browser: Client, typed: str) -> str:
    """Where the search leads; empty when it shows a list."""
    answer = browser.get("/search/", {"q": typed})
    return str(answer["Location"]) if answer.status_code == 302 else ""


@pytest.mark.parametrize(
    "typed",
    [
        "（2026）晋1031民初1号",
        "(2026)晋1031民初1号",
        "〔2026〕晋1031民初 1",
        " 2026晋1031民初1号 ",
        "（２０２６）晋１０３１民初１号",
        "民初1",
        "民初第1号",
        "2026民初1",
        "1",
        "王某军",
        "王某",
        "环保科技",
        "某环保科技公司",
        person_number(101),
        company_number(201),
        person_number(101)[-4:],
        "13800000001",
        "１３８０００００００１",
    ],
)
def test_one_case_found_by_any_shape_opens_at_once(cast: Cast, as_: SignIn, case: Case, typed: str) -> None:
    answer = as_(cast.filing_clerk).get("/search/", {"q": typed}, follow=False)
    assert answer.status_code == 302
    found = as_(cast.filing_clerk).get(answer["Location"])
    assert found.context["case"].pk == case.pk


@pytest.mark.parametrize(
    "typed", ["", " ", "民初2", "（2025）晋1031民初1号", "张三", "9999", "13900000000", "某", "'%_", "。"]
)
def test_what_names_nothing_finds_nothing(cast: Cast, as_: SignIn, case: Case, typed: str) -> None:
    answer = as_(cast.filing_clerk).get("/search/", {"q": typed})
    assert (answer.status_code, answer.context["shown"]) == (200, [])


def test_several_cases_are_listed_with_the_way_that_found_them(cast: Cast, as_: SignIn, case: Case) -> None:
    later = factories.civil_case(cast, at=MORNING + timedelta(seconds=1), seed=2)
    answer = as_(cast.filing_clerk).get("/search/", {"q": "王某军"})
    assert [row["number"] for row in answer.context["shown"]] == [later.number, case.number]
    assert answer.context["labels"] == ["当事人姓名或名称"]


def test_a_name_is_rechecked_so_that_its_letters_in_another_order_do_not_match(
    cast: Cast, as_: SignIn, case: Case
) -> None:
    assert where(as_(cast.filing_clerk), "科技环保") == ""
    assert where(as_(cast.filing_clerk), "环保科技") != ""


def test_nobody_finds_what_he_may_not_see(cast: Cast, as_: SignIn, case: Case) -> None:
    for post in (cast.stranger, cast.judge, cast.trial_judge):
        for typed in (case.number, "王某军", person_number(101), "13800000001"):
            answer = as_(post).get("/search/", {"q": typed})
            assert (answer.status_code, answer.context["shown"]) == (200, [])
            assert reverse("cases:case", args=[case.slug]) not in answer.content.decode()
    assert as_(cast.administrator).get("/search/", {"q": "王某军"}).status_code == 403


def test_searching_by_identity_is_entered_in_the_journal_without_the_number(
    cast: Cast, as_: SignIn, case: Case
) -> None:
    browser = as_(cast.filing_clerk)
    for typed in ("王某军", case.number, person_number(101), person_number(101)[-4:], "13800000001"):
        browser.get("/search/", {"q": typed})
    entries = AuditEntry.objects.filter(act="cases.identity_searched").order_by("at", "id")
    assert [entry.facts for entry in entries] == [
        {"kind": ["identity"], "rows": 1},
        {"kind": ["identity_tail"], "rows": 1},
        {"kind": ["phone"], "rows": 1},
    ]
    assert not any(person_number(101) in str(entry.facts) for entry in entries)


@pytest.fixture
def account_finder(case: Case) -> Iterator[None]:
    """A finder of another room, for the number of a case's account."""

    def find(actor: Actor, typed: str) -> list[UUID]:
        return [case.pk] if typed == "6222031000100017" else []

    finder = Finder("test.account", "案款账号", find)  # type: ignore[arg-type]
    search.FINDERS.append(finder)
    yield
    search.FINDERS.remove(finder)


@pytest.mark.usefixtures("account_finder")
def test_other_rooms_add_their_own_ways_of_finding(cast: Cast, as_: SignIn, case: Case) -> None:
    assert unquote(where(as_(cast.filing_clerk), "6222031000100017")) == f"/cases/{case.slug}/"
    assert where(as_(cast.stranger), "6222031000100017") == ""
