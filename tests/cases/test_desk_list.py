"""The list of cases: filters in the address, sums, pages, the workbook, and what nobody else may see."""

import base64
import json
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from accounts.models import AuditEntry, Post, User
from cases.models import Case
from cases.services import assigning, trial
from tests import factories
from tests.cast import MORNING, PASSWORD, Cast

pytestmark = pytest.mark.usefixtures("morning")
SignIn = Callable[[Post], Client]


@pytest.fixture
def court(cast: Cast) -> dict[str, Case]:
    """Four cases: a judged one, its execution with 张法官, a civil case in trial, a civil case filed last year."""
    execution = factories.execution_case(cast, amount="1000.00")
    assigning.assign(case_id=execution.pk, officer=cast.judge, actor=cast.actor(cast.filing_clerk), at=MORNING)
    tried = factories.civil_case(cast, claimed="2000.00", at=MORNING - timedelta(days=5), seed=2)
    trial.begin(case_id=tried.pk, judge=cast.trial_judge, actor=cast.actor(cast.filing_clerk), at=MORNING)
    old = factories.civil_case(cast, claimed="30000.00", at=MORNING - timedelta(days=400), seed=3)
    assert execution.arises_from is not None
    return {"judged": execution.arises_from, "execution": execution, "tried": tried, "old": old}


def listed(browser: Client, **query: str) -> list[str]:
    """The numbers on the page."""
    return [row["number"] for row in browser.get("/cases/", query).context["shown"]]


def test_every_filter_narrows_the_list_and_the_newest_stand_first(
    cast: Cast, as_: SignIn, court: dict[str, Case]
) -> None:
    number = {name: case.number for name, case in court.items()}
    browser = as_(cast.director)
    assert listed(browser) == [number["execution"], number["tried"], number["judged"], number["old"]]
    assert listed(browser, kind="EXECUTION") == [number["execution"]]
    assert listed(browser, lane="INQUIRY") == [number["execution"]]
    assert listed(browser, stage="TRIAL") == [number["tried"]]
    assert listed(browser, officer=str(cast.judge.pk)) == [number["execution"]]
    assert listed(browser, state="closed") == [number["judged"]]
    assert listed(browser, state="open", kind="CIVIL") == [number["tried"], number["old"]]
    assert listed(browser, year="2025") == [number["old"]]
    assert listed(browser, overdue="1") == [number["old"]]
    assert listed(browser, q=number["tried"].replace("（", "(").replace("）", ")")) == [number["tried"]]
    assert listed(browser, q="执1") == [number["execution"]]
    assert listed(browser, q="受害责任", kind="EXECUTION") == [number["execution"]]


def test_an_address_that_makes_no_sense_filters_nothing(cast: Cast, as_: SignIn, court: dict[str, Case]) -> None:
    nonsense = {"kind": "X", "officer": "7", "year": "二〇", "state": "?", "stage": "'", "lane": "0", "page": "n%%"}
    assert len(listed(as_(cast.director), **nonsense)) == 4


@pytest.mark.parametrize(
    "values", [["x", "y"], ["2026-01-01T00:00:00+00:00", "y"], [1, 2], [None, None], ["only one"], {"a": 1}]
)
def test_a_forged_place_in_the_list_is_page_one(
    cast: Cast, as_: SignIn, court: dict[str, Case], values: object
) -> None:
    token = "n" + base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
    assert len(listed(as_(cast.director), page=token)) == 4


def test_the_foot_sums_what_is_filtered_and_not_the_page(cast: Cast, as_: SignIn, court: dict[str, Case]) -> None:
    browser = as_(cast.director)
    assert browser.get("/cases/").context["sums"] == [{"label": "标的合计", "amount": Decimal("34000.00")}]
    assert browser.get("/cases/", {"year": "2025"}).context["sums"][0]["amount"] == Decimal("30000.00")
    assert browser.get("/cases/", {"q": "没有的人"}).context["sums"][0]["amount"] == Decimal("0.00")


def test_a_sum_over_too_many_cases_says_so(
    cast: Cast, as_: SignIn, court: dict[str, Case], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cases.queries.lists.MOST", 2)
    assert as_(cast.director).get("/cases/").context["sums"] == [
        {"label": "最近 1 万件标的合计", "amount": Decimal("3000.00")}
    ]


def test_a_row_shows_the_parties_the_officer_and_the_next_duty(cast: Cast, as_: SignIn, court: dict[str, Case]) -> None:
    (row,) = as_(cast.director).get("/cases/", {"kind": "EXECUTION"}).context["shown"]
    assert (row["parties"], row["officer"], row["stage"]) == ("王某军 与 某环保科技公司", "张法官", "立案")
    assert row["next"]["title"] == "发执行通知书和报告财产令"
    assert row["claimed"] == Decimal("1000.00")


def test_fifty_rows_to_a_page_and_every_case_on_exactly_one(cast: Cast, as_: SignIn) -> None:
    for seed in range(1, 54):
        factories.civil_case(cast, at=MORNING - timedelta(minutes=seed // 2), seed=seed)
    browser = as_(cast.director)
    first = browser.get("/cases/")
    token = first.context["page"].next
    one, two = listed(browser), listed(browser, page=token)
    assert (len(one), len(two)) == (50, 3)
    assert len({*one, *two}) == 53
    assert listed(browser, page=browser.get("/cases/", {"page": token}).context["page"].previous) == one


def test_a_longer_list_needs_no_more_queries(cast: Cast, as_: SignIn) -> None:
    browser, counts = as_(cast.director), []
    for seeds in (range(1, 6), range(6, 51)):
        for seed in seeds:
            factories.civil_case(cast, seed=seed)
        browser.get("/cases/")
        with CaptureQueriesContext(connection) as queries:
            rows = len(listed(browser))
        counts.append((rows, len(queries)))
    assert [rows for rows, _queries in counts] == [5, 50]
    assert counts[0][1] == counts[1][1]


def test_each_sees_its_own_scope_and_another_court_nothing(cast: Cast, as_: SignIn, court: dict[str, Case]) -> None:
    assert listed(as_(cast.judge)) == [court["execution"].number]
    assert sorted(listed(as_(cast.trial_judge))) == sorted([court["judged"].number, court["tried"].number])
    assert listed(as_(cast.other_judge)) == []
    assert listed(as_(cast.stranger)) == []
    assert as_(cast.administrator).get("/cases/").status_code == 403


def test_the_workbook_holds_what_is_filtered_and_is_entered_in_the_journal(
    cast: Cast, as_: SignIn, court: dict[str, Case]
) -> None:
    answer = as_(cast.director).get("/cases/export/", {"kind": "CIVIL", "q": "受害"})
    assert answer["Content-Disposition"] == 'attachment; filename="shanzhi-cases-20261120.xlsx"'
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert rows[0][:6] == ("案号", "类型", "当事人", "案由", "标的额（元）", "阶段")
    assert [row[0] for row in rows[1:]] == [court[name].number for name in ("tried", "judged", "old")]
    assert rows[1][2:6] == ("王某军 与 某环保科技公司", "提供劳务者受害责任纠纷", 2000, "审理")
    entry = AuditEntry.objects.get(act="cases.exported")
    assert (entry.actor, entry.facts) == (cast.director.symbol, {"rows": 3, "filters": {"kind": "CIVIL"}})


def test_a_role_without_the_right_takes_no_workbook(cast: Cast, as_: SignIn, court: dict[str, Case]) -> None:
    browser = as_(cast.bailiff)
    assert browser.get("/cases/export/").status_code == 403
    assert browser.get("/cases/").context["export_url"] == ""
    assert not AuditEntry.objects.filter(act="cases.exported").exists()


def test_the_technical_superuser_reads_the_list_of_the_admin_and_changes_nothing(
    cast: Cast, court: dict[str, Case]
) -> None:
    client = Client()
    client.force_login(
        User.objects.create_superuser("root", PASSWORD, name="技术员"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    rows = admin.site._registry[Case]
    request = client.get("/accounts/sign-in/").wsgi_request
    request.user = User.objects.get(username="root")
    assert rows.get_queryset(request).count() == 4
    assert (rows.has_view_permission(request), rows.has_add_permission(request)) == (True, False)
    assert not rows.has_change_permission(request, court["tried"])
    assert not rows.has_delete_permission(request, court["tried"])
    request.user = cast.president.user
    assert not rows.has_view_permission(request)


def test_the_filters_in_force_can_be_taken_away_one_by_one(cast: Cast, as_: SignIn, court: dict[str, Case]) -> None:
    query = {"kind": "EXECUTION", "officer": str(cast.judge.pk), "year": "2026"}
    chips = as_(cast.director).get("/cases/", query).context["removable"]
    assert [str(chip["label"]) for chip in chips] == ["首次执行", "张法官", "2026 年"]
    assert chips[0]["url"] == f"?officer={cast.judge.pk}&year=2026"
