"""The inbox and its neighbours: what to do by what runs out first, what was done, what runs out, what changed."""

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from accounts import acts, audit, shell
from accounts.models import AuditEntry, Post
from cases.models import Case, Duty, DutyNotice
from cases.services import assigning, executing, noting, trial
from kernel import clock
from tests import factories
from tests.cast import MORNING, Cast

pytestmark = pytest.mark.usefixtures("morning")
SignIn = Callable[[Post], Client]


def titles(browser: Client, **query: str) -> list[tuple[str, list[str]]]:
    """The words of the groups that have rows, and the titles of their rows."""
    groups = browser.get("/", query).context["groups"]
    return [(str(group["label"]), [row["title"] for row in group["duties"]]) for group in groups if group["duties"]]


def given(cast: Cast, case: Case) -> None:
    """The case goes to 张法官 and his team."""
    assigning.assign(case_id=case.pk, officer=cast.judge, actor=cast.actor(cast.filing_clerk), at=MORNING)


def test_duties_stand_under_the_time_that_is_left_for_them(cast: Cast, as_: SignIn) -> None:
    for seed, days_ago in ((1, 10), (2, 3), (3, 1), (4, 0)):
        factories.civil_case(cast, at=MORNING - timedelta(days=days_ago), seed=seed)
    groups = titles(as_(cast.filing_clerk))
    assert [(label, len(rows)) for label, rows in groups] == [
        ("已过期", 2),
        ("今天到期", 1),
        ("三日内", 2),
        ("以后", 3),
    ]
    assert groups[0][1] == ["移送审理", "确定承办人"]
    assert groups[1][1] == ["移送审理"]


def test_a_row_says_what_why_how_long_and_offers_the_act(cast: Cast, as_: SignIn) -> None:
    case = factories.civil_case(cast, at=MORNING - timedelta(hours=2))
    (row,) = (row for row in as_(cast.filing_clerk).get("/").context["groups"][2]["duties"])
    assert (row["title"], row["why"], row["article"]) == ("移送审理", "立案第 1 天", "法释〔2000〕29号第7条")
    assert (row["left"].state, row["left"].until) == ("running", "11月23日 周一 24:00")
    assert (row["number"], row["parties"]) == (case.number, "王某军 与 某环保科技公司")
    assert row["act"] == {"label": "移送", "url": reverse("cases:trial", args=[case.slug]), "panel": True}


def test_the_number_of_rows_does_not_change_the_number_of_queries(cast: Cast, as_: SignIn) -> None:
    browser = as_(cast.filing_clerk)
    counts = []
    for seeds in (range(1, 4), range(4, 26)):
        for seed in seeds:
            factories.civil_case(cast, seed=seed)
        browser.get("/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = browser.get("/")
        counts.append((len(answer.context["page"].rows), len(queries)))
    (few, before), (many, after) = counts
    assert (few, many) == (6, 50)
    assert before == after


def test_papers_and_decisions_are_named_without_a_query_for_each(cast: Cast, as_: SignIn) -> None:
    cast.everyone()
    case = factories.execution_case(cast)
    given(cast, case)
    executing.notify(
        case_id=case.pk,
        perform_by=date(2026, 11, 30),
        report_by=date(2026, 11, 30),
        actor=cast.actor(cast.query_officer),
        at=MORNING,
    )
    rows = [row for _label, row in titles(as_(cast.judge))]
    assert sorted(rows[0]) == ["六个月内执结", "送达文书：执行通知书", "送达文书：报告财产令"]
    group = next(group for group in as_(cast.judge).get("/").context["groups"] if group["duties"])
    whys = {row["title"]: row["why"] for row in group["duties"]}
    assert whys["送达文书：报告财产令"] == "某环保科技公司 未送达"


def test_the_chips_narrow_the_tray_to_one_kind_of_work(cast: Cast, as_: SignIn) -> None:
    cast.everyone()
    case = factories.execution_case(cast)
    given(cast, case)
    executing.notify(
        case_id=case.pk,
        perform_by=date(2026, 11, 30),
        report_by=date(2026, 11, 30),
        actor=cast.actor(cast.query_officer),
        at=MORNING,
    )
    browser = as_(cast.judge)
    chips = [(str(chip["label"]), chip["count"]) for chip in browser.get("/").context["chips"]]
    assert chips == [("全部", 3), ("送达", 2), ("结案", 1)]
    assert titles(browser, tag="closing") == [("以后", ["六个月内执结"])]
    assert len(titles(browser, tag="nonsense")[0][1]) == 3


def test_the_whole_team_shows_what_others_hold_and_who_they_are(cast: Cast, as_: SignIn) -> None:
    case = factories.execution_case(cast)
    given(cast, case)
    assert cast.assistant.team == cast.team
    mine = as_(cast.assistant)
    assert titles(mine) == []
    groups = mine.get("/", {"of": "team"}).context["groups"]
    rows = {row["title"]: row["why"] for group in groups for row in group["duties"]}
    assert rows["六个月内执结"].startswith("张法官，")


def test_those_who_only_see_their_own_cases_have_no_wider_view(cast: Cast, as_: SignIn) -> None:
    answer = as_(cast.trial_judge).get("/", {"of": "team"})
    assert answer.context["acts"] == []
    assert answer.status_code == 200


def test_another_court_and_another_team_have_an_empty_inbox(cast: Cast, as_: SignIn) -> None:
    case = factories.execution_case(cast)
    given(cast, case)
    for post in (cast.stranger, cast.other_judge):
        for query in ({}, {"of": "team"}):
            answer = as_(post).get("/", query)
            assert answer.context["tally"].total == 0
            assert case.number not in answer.content.decode()


def test_the_technical_administrator_is_led_to_the_people(cast: Cast, as_: SignIn) -> None:
    answer = as_(cast.administrator).get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/people/")


def test_nobody_enters_without_signing_in() -> None:
    answer = Client().get("/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/sign-in/")


def test_what_is_done_moves_to_the_other_list_with_its_timeliness(cast: Cast, as_: SignIn) -> None:
    late = factories.civil_case(cast, at=MORNING - timedelta(days=30), seed=1)
    soon = factories.civil_case(cast, at=MORNING, seed=2)
    actor = cast.actor(cast.filing_clerk)
    for case in (late, soon):
        trial.begin(case_id=case.pk, judge=cast.trial_judge, actor=actor, at=MORNING)
    shown = as_(cast.filing_clerk).get("/done/").context["shown"]
    found = {(row["number"], row["title"]): row["duty"].closed_in_time for row in shown}
    assert found == {
        (late.number, "移送审理"): False,
        (late.number, "确定承办人"): False,
        (soon.number, "移送审理"): True,
        (soon.number, "确定承办人"): True,
    }
    assert as_(cast.stranger).get("/done/").context["shown"] == []


def test_a_role_with_several_posts_keeps_what_each_did(cast: Cast, as_: SignIn) -> None:
    second = cast.post("lian2", "丁立案", cast.filing_clerk.role)
    case = factories.civil_case(cast)
    assert set(Duty.objects.filter(case=case).values_list("holder", flat=True)) == {None}
    trial.begin(case_id=case.pk, judge=cast.trial_judge, actor=cast.actor(second), at=MORNING)
    assert len(as_(second).get("/done/").context["shown"]) == 2
    assert as_(cast.filing_clerk).get("/done/").context["shown"] == []


def test_the_director_sees_what_is_past_and_what_was_reported(cast: Cast, as_: SignIn) -> None:
    case = factories.civil_case(cast, at=MORNING - timedelta(days=4))
    factories.civil_case(cast, at=MORNING, seed=2)
    browser = as_(cast.director)
    shown = browser.get("/warnings/").context["shown"]
    assert [(row["number"], row["title"]) for row in shown] == [(case.number, "移送审理")]
    assert browser.get("/warnings/").context["past"] == 1
    assert browser.get("/warnings/", {"of": "near"}).context["shown"] == []
    assert browser.get("/warnings/", {"of": "told"}).context["shown"] == []
    duty = Duty.objects.get(case=case, kind="cases.send_to_trial")
    DutyNotice.objects.create(duty=duty, step=2, label="ESCALATED", watchers=[cast.director.symbol], at=MORNING)
    assert len(browser.get("/warnings/", {"of": "told"}).context["shown"]) == 1
    assert as_(cast.president).get("/warnings/", {"of": "told"}).context["shown"] == []


def test_the_strip_counts_what_others_did_since_the_visit_before(cast: Cast, as_: SignIn) -> None:
    judge = cast.judge
    for hours in (60, 20, 0):
        when = MORNING - timedelta(hours=hours)
        audit.write(actor=cast.actor(judge), act=acts.SIGNED_IN, at=when, about=judge.user.symbol)
    case = factories.execution_case(cast)
    given(cast, case)
    noting.write(case_id=case.pk, text="自己记的", kind="NOTE", actor=cast.actor(judge), at=MORNING)
    strip = as_(judge).get("/").context["strip"]
    assert [str(cell["label"]) for cell in strip["changes"]] == ["新立案 1 件", "新分案 1 件"]
    assert (strip["since"], strip["count"]) == ("昨天 13:00以来", 2)
    shown = as_(judge).get("/changes/", {"verb": "cases.assigned"}).context["entries"]
    assert [entry["sentence"] for entry in shown] == ["由 张法官 承办"]
    assert as_(cast.stranger).get("/changes/").context["entries"] == []


def test_picked_duties_leave_as_a_workbook_and_leave_a_trace(cast: Cast, as_: SignIn) -> None:
    case = factories.civil_case(cast)
    factories.civil_case(cast, seed=2)
    keys = [str(key) for key in Duty.objects.filter(case=case).values_list("pk", flat=True)]
    answer = as_(cast.filing_clerk).post("/export/", {"duty": keys})
    sheet = load_workbook(BytesIO(answer.content)).active
    assert [(row[1].value, row[4].value, row[7].value) for row in sheet.iter_rows(min_row=2)] == [
        ("移送审理", case.number, 1311000),
        ("确定承办人", case.number, 1311000),
    ]
    entry = AuditEntry.objects.get(act="cases.duties_exported")
    assert (entry.actor, entry.facts) == (cast.filing_clerk.symbol, {"rows": 2})


def test_nobody_takes_the_duties_of_another_court_away(cast: Cast, as_: SignIn) -> None:
    case = factories.civil_case(cast)
    keys = [str(key) for key in Duty.objects.filter(case=case).values_list("pk", flat=True)]
    answer = as_(cast.stranger).post("/export/", {"duty": keys})
    assert load_workbook(BytesIO(answer.content)).active.max_row == 1
    assert as_(cast.bailiff).post("/export/", {"duty": keys}).status_code == 403


def test_a_paused_limit_comes_last_and_says_since_when(cast: Cast, as_: SignIn) -> None:
    case = factories.civil_case(cast, at=MORNING - timedelta(days=10))
    Duty.objects.filter(case=case, kind="cases.assign").update(paused_at=clock.at_time(date(2026, 11, 12), 9))
    groups = as_(cast.filing_clerk).get("/").context["groups"]
    assert [row["title"] for row in groups[0]["duties"]] == ["移送审理"]
    (held,) = groups[3]["duties"]
    assert (held["left"].state, held["left"].until) == ("held", "自 11月12日 起停")


@pytest.mark.counts
def test_the_navigation_counts_what_is_open_and_what_is_past(cast: Cast) -> None:
    factories.civil_case(cast, at=MORNING - timedelta(days=4))
    factories.civil_case(cast, seed=2)
    clerk, stranger = cast.actor(cast.filing_clerk), cast.actor(cast.stranger)
    assert shell.counts(["inbox", "warnings", "cases"], clerk) == {"inbox": (4, 1), "warnings": (1, 1), "cases": (2, 0)}
    names = ("inbox", "warnings", "cases", "decisions")
    assert shell.counts(names, stranger) == dict.fromkeys(names, (0, 0))
