"""The managers' pages: who may open them, that every number opens its list, and what the workbooks hold."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AuditEntry, Post
from cases.kinds import CaseKind, ClosedHow
from insight import boards, indicators
from insight.models import Target
from tests.cast import MORNING, TODAY, Cast
from tests.insight.conftest import Docket

CLOSED = date(2026, 6, 1)
As = Callable[[Post], Client]
pytestmark = pytest.mark.usefixtures("morning")


def full(docket: Docket) -> None:
    """Something in every list."""
    civil = docket.cases(3, kind=CaseKind.CIVIL)
    docket.preserve(civil[:1])
    docket.event(civil[0], "cases.mediated", CLOSED)
    for case in docket.cases(2, closed=CLOSED, how=ClosedHow.PERFORMED):
        docket.perform(case, "40.00", on=CLOSED)
    docket.cases(1, closed=CLOSED, how=ClosedHow.ROUND_ENDED)
    (case,) = docket.cases(1)
    docket.paid(case, "7.00", came=MORNING - timedelta(days=20), took=timedelta(days=2))
    docket.receipt(case, "9.00", came=MORNING - timedelta(days=5))


@pytest.mark.parametrize("name", ["leader", "wall"])
def test_only_leaders_see_the_figures(name: str, cast: Cast, as_: As) -> None:
    page = reverse(f"insight:{name}")
    seen = {
        post: as_(getattr(cast, post)).get(page).status_code for post in ("director", "president", "judge", "keeper")
    }
    assert seen == {"director": 200, "president": 200, "judge": 403, "keeper": 403}
    assert Client().get(page).status_code == 302


@pytest.mark.parametrize("span", ["year", "rolling", "month"])
def test_the_leaders_page_of_an_empty_court_says_dash_and_never_fails(span: str, cast: Cast, as_: As) -> None:
    browser = as_(cast.president)
    shown = browser.get(reverse("insight:leader"), {"span": span}).content.decode()
    assert shown.count("期内没有可计的案件") == 8
    assert browser.get(reverse("insight:wall")).status_code == 200


@pytest.mark.parametrize("key", indicators.DEFINITIONS)
def test_every_indicator_opens_its_formula_and_its_rows(key: str, cast: Cast, docket: Docket, as_: As) -> None:
    full(docket)
    browser = as_(cast.director)
    page = reverse("insight:indicator", args=[key])
    answer = browser.get(page)
    assert answer.status_code == 200
    assert str(indicators.DEFINITIONS[key].formula) in answer.content.decode()
    for tab in answer.context["tabs"]:
        shown = browser.get(page + tab["url"])
        if not shown.context["part"].is_money and shown.context["part"].measure == "":
            assert len(shown.context["page"].rows) == shown.context["part"].value


@pytest.mark.parametrize("key", boards.PARTS)
def test_every_other_number_opens_its_rows(key: str, cast: Cast, docket: Docket, as_: As) -> None:
    full(docket)
    answer = as_(cast.director).get(reverse("insight:rows", args=[key]))
    assert len(answer.context["page"].rows) == answer.context["part"].value


def test_what_is_not_defined_is_not_found(cast: Cast, as_: As) -> None:
    browser = as_(cast.director)
    for name in ("indicator", "indicator_export", "target", "rows", "rows_export"):
        assert browser.get(reverse(f"insight:{name}", args=["KPI-RANKING"])).status_code == 404, name


def test_another_court_is_nowhere_on_the_pages(cast: Cast, elsewhere: Docket, as_: As) -> None:
    full(elsewhere)
    browser = as_(cast.director)
    stock = browser.get(reverse("insight:leader")).context["stock"]
    assert [part.value for part in (stock.old, stock.new, stock.closed, stock.unclosed)] == [0, 0, 0, 0]
    for key in boards.PARTS:
        assert browser.get(reverse("insight:rows", args=[key])).context["part"].value == 0, key


def test_a_list_becomes_a_workbook_and_the_journal_knows(cast: Cast, docket: Docket, as_: As) -> None:
    full(docket)
    url = reverse("insight:indicator_export", args=["KPI-ARRIVE"])
    answer = as_(cast.director).get(url, {"part": "numerator"})
    sheet = load_workbook(BytesIO(answer.content)).active
    rows = list(sheet.values)
    assert rows[0][0] == "案号"
    assert rows[0][-1] == "到位（元）"
    assert sum(Decimal(str(row[-1])) for row in rows[1:]) == Decimal("80.00")
    entry = AuditEntry.objects.get(act="insight_exported")
    assert entry.facts["rows"] == 3


def test_the_president_sets_a_target_from_today_on(cast: Cast, as_: As) -> None:
    browser, url = as_(cast.president), reverse("insight:target", args=["KPI-DONE"])
    refused = browser.post(url, {"value": "120", "from_on": TODAY.isoformat()})
    assert (refused.status_code, Target.objects.count()) == (400, 0)
    late = browser.post(url, {"value": "50", "from_on": (TODAY - timedelta(days=1)).isoformat()})
    assert (late.status_code, Target.objects.count()) == (400, 0)
    done = browser.post(url, {"value": "50", "from_on": TODAY.isoformat()})
    assert (done.status_code, Target.objects.get().value) == (302, Decimal("50.00"))


@pytest.mark.parametrize("many", [1, 12])
def test_the_leaders_page_asks_the_same_number_of_questions(
    many: int, cast: Cast, docket: Docket, as_: As, django_assert_max_num_queries: object
) -> None:
    for _place in range(many):
        full(docket)
    browser = as_(cast.director)
    browser.get(reverse("insight:leader"))
    with django_assert_max_num_queries(70):  # type: ignore[operator]
        browser.get(reverse("insight:leader"))


def test_nobody_is_ranked(cast: Cast, docket: Docket, as_: As) -> None:
    full(docket)
    shown = as_(cast.director).get(reverse("insight:leader")).content.decode()
    assert "排名" not in shown
    assert cast.judge.user.name not in shown
