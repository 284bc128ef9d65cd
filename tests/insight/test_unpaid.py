"""The standing list of judgments unpaid for longer than six months: exactly those, the largest first, with why and what next."""

from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import transaction
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import AuditEntry
from cases import locks
from cases.kinds import PerformanceSource
from cases.models import Case
from cases.services import executing, filing, performing
from insight import unpaid
from insight.frames import Frame, Span
from kernel import clock
from tests.cast import MORNING, Cast
from tests.factories import execution_case, judged_case

pytestmark = pytest.mark.usefixtures("morning")

OLD = {"judged_on": date(2026, 1, 5), "effective_on": date(2026, 1, 25), "due_on": date(2026, 2, 10)}
JUST = date(2026, 5, 20)  # six months back to the day: not longer than six months


@pytest.fixture
def three(cast: Cast) -> list[Case]:
    """Three unpaid ones among one that is paid, one that fell due six months ago to the day and one of another court."""
    early = clock.at_time(date(2026, 1, 5), 9)
    small = judged_case(cast, amount="1000.00", seed=1, at=early, **OLD)
    large = execution_case(cast, amount="3000.00", seed=2, **OLD)
    middle = execution_case(cast, amount="2000.00", seed=3, **OLD)
    day = date(2026, 11, 30)
    executing.notify(case_id=large.pk, perform_by=day, report_by=day, actor=cast.actor(cast.query_officer), at=MORNING)
    judged_case(cast, amount="9000.00", seed=4, due_on=JUST, judged_on=date(2026, 5, 1), effective_on=date(2026, 5, 2))
    paid = execution_case(cast, amount="5000.00", seed=5, **OLD)
    with transaction.atomic():
        performing.record(
            case=locks.lock(paid.pk), amount=Decimal(9999), on=MORNING.date(), source=PerformanceSource.DIRECT,
            subject="test:paid", actor=cast.actor(cast.executor), at=MORNING,
        )  # fmt: skip
    return [large, middle, small]


def listed(cast: Cast) -> list[unpaid.Unpaid]:
    return unpaid.unpaid(Frame.of(court_id=cast.xixian.pk, span=Span.YEAR, at=MORNING))


def test_exactly_three_stand_on_the_list_the_largest_sum_first(cast: Cast, three: list[Case]) -> None:
    found = listed(cast)
    assert [row.judgment.matter_id for row in found] == [case.matter_id for case in three]
    assert [row.due_on for row in found] == [date(2026, 2, 10)] * 3
    assert found[0].owed == Decimal("3198.58")  # 283 days of doubled interest 148.58, execution fee 50.00
    assert unpaid.unpaid(Frame.of(court_id=cast.xiajin.pk, span=Span.YEAR, at=MORNING)) == []


def test_the_list_says_why_what_was_done_last_and_what_comes_next(cast: Cast, three: list[Case]) -> None:
    large, middle, small = listed(cast)
    assert [row.why for row in (large, middle, small)] == ["执行中：通知与报告令", "执行中：立案", "尚未申请执行"]
    assert large.last_said == "发出执行通知书和报告财产令，限 2026年11月30日 前履行"
    assert large.carrier == three[0]
    assert (middle.following.kind, small.following) == ("cases.assign", None)


def test_a_day_later_the_next_one_joins(cast: Cast, three: list[Case]) -> None:
    frame = Frame.of(court_id=cast.xixian.pk, span=Span.YEAR, at=MORNING + timedelta(days=1))
    assert len(unpaid.unpaid(frame)) == 4


def test_the_page_and_its_workbook_show_the_three(cast: Cast, three: list[Case], as_: object) -> None:
    president = as_(cast.president)
    page = president.get(reverse("insight:unpaid"))
    assert page.status_code == 200
    assert [row["cells"][0]["number"] for row in page.context["rows"]] == [row.judgment.number for row in listed(cast)]
    answer = president.get(reverse("insight:unpaid_export"))
    sheet = load_workbook(BytesIO(answer.content)).active
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0][:4] == ("生效裁判", "当事人", "履行期届满", "今天尚欠（元）")
    assert [line[3] for line in lines[1:]] == [float(row.owed) for row in listed(cast)]
    assert AuditEntry.objects.filter(act="insight_exported", about="insight.unpaid").count() == 1
    assert as_(cast.registrar).get(reverse("insight:unpaid")).status_code in {403, 404}


def test_the_number_of_queries_does_not_grow(
    cast: Cast, three: list[Case], django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        listed(cast)
    filing.file_execution(basis_id=listed(cast)[2].judgment.pk, actor=cast.actor(cast.filing_clerk), at=MORNING)
    with django_assert_max_num_queries(15):  # type: ignore[operator]
        assert len(listed(cast)) == 3
