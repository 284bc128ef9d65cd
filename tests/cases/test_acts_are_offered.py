"""Which acts a case page offers: by kind, stage and role; and what an act says before it is tried."""

from datetime import date

import pytest

from cases.declaring import ACTS
from cases.models import Case
from cases.services import executing, trial
from cases.views import tabs
from tests.cases.acting import text, url
from tests.cast import MORNING, Cast
from tests.factories import civil_case, execution_case, judged_case

pytestmark = pytest.mark.usefixtures("morning")
ALWAYS = {"cases.contact", "cases.note", "cases.attach", "cases.follow"}
OPEN = ALWAYS | {"cases.clue"}


def offered(case: Case, cast: Cast, role: str) -> set[str]:
    """The names of this room's acts that the case page offers to a role."""
    actor = cast.actor(getattr(cast, role))
    shown = {row["url"] for row in tabs.acts(case, actor)}
    return {row.name for row in ACTS if row.name.startswith("cases.") and row.url(case) in shown}


def test_a_filed_case_goes_to_trial_and_no_further(cast: Cast) -> None:
    case = civil_case(cast)
    assert offered(case, cast, "filing_clerk") == OPEN | {"cases.trial", "cases.assign", "cases.agent"}


def test_a_case_in_trial_is_judged_or_withdrawn(cast: Cast) -> None:
    case = civil_case(cast)
    trial.begin(case_id=case.pk, judge=cast.trial_judge, actor=cast.actor(cast.filing_clerk), at=MORNING)
    case.refresh_from_db()
    assert offered(case, cast, "trial_judge") == OPEN | {"cases.judgment", "cases.withdraw"}


def test_an_effective_judgment_is_executed_once(cast: Cast) -> None:
    basis = judged_case(cast)
    assert "cases.execute" in offered(basis, cast, "filing_clerk")
    assert "cases.effect" not in offered(basis, cast, "trial_judge")
    execution_case(cast, seed=4)
    assert "cases.execute" in offered(basis, cast, "filing_clerk")


def test_an_executed_judgment_is_not_offered_again(cast: Cast) -> None:
    execution_case(cast)
    assert "cases.execute" not in offered(Case.objects.get(kind="CIVIL"), cast, "filing_clerk")


def test_an_execution_is_notified_then_handed_over_then_closed(cast: Cast) -> None:
    case, actor, day = execution_case(cast), cast.actor(cast.query_officer), date(2026, 11, 27)
    assert offered(case, cast, "query_officer") == OPEN | {"cases.notify"}
    executing.notify(case_id=case.pk, perform_by=day, report_by=day, actor=actor, at=MORNING)
    case.refresh_from_db()
    assert offered(case, cast, "query_officer") == OPEN | {"cases.hand_over"}
    case = executing.hand_over(case_id=case.pk, officer=cast.judge, actor=actor, at=MORNING)
    assert offered(case, cast, "judge") == OPEN | {"cases.agent", "cases.close"}


def test_a_finance_clerk_may_follow_a_case_and_no_more(cast: Cast) -> None:
    assert offered(execution_case(cast), cast, "registrar") == {"cases.follow"}


def test_an_act_that_the_stage_forbids_says_so_before_it_is_tried(cast: Cast, as_: object) -> None:
    page = text(as_(cast.query_officer).get(url("hand_over", execution_case(cast))))
    assert "案件现在处于“立案”，不能移送执行实施。" in page
