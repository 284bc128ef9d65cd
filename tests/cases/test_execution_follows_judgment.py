"""From filing to execution: numbers, events, duties and the debt of 王某军 (夏津: 74 days, 1,343,497.70)."""

from datetime import date
from decimal import Decimal

import pytest

from cases import queries
from cases.models import Case, Duty, Event, JudgmentItem
from cases.services import filing, verifying
from kernel import clock
from tests import factories
from tests.cast import MORNING, Cast


def test_a_civil_case_gets_the_official_number_and_its_fee(cast: Cast) -> None:
    case = factories.civil_case(cast)
    assert case.number == "（2026）晋1031民初1号"
    assert case.fee == Decimal("16599.00")
    assert case.stage == "FILED"
    assert list(Event.objects.filter(case=case).values_list("seq", "verb")) == [(1, "cases.filed")]


def test_filing_opens_the_duties_of_the_clerk(cast: Cast) -> None:
    case = factories.civil_case(cast)
    rows = Duty.objects.filter(case=case, closed_at__isnull=True).order_by("kind")
    assert [(row.kind, row.due_on) for row in rows] == [
        ("cases.assign", date(2026, 11, 27)),
        ("cases.send_to_trial", date(2026, 11, 23)),
    ]


def test_execution_takes_parties_and_amounts_from_the_judgment(cast: Cast) -> None:
    case = factories.execution_case(
        cast,
        costs="10.25",
        judged_on=date(2019, 9, 2),
        effective_on=date(2019, 10, 1),
        due_on=date(2019, 10, 31),
        at=clock.at_time(date(2020, 1, 3), 9),
    )
    assert case.number == "（2020）晋1031执1号"
    assert case.fee == Decimal("15510.00")
    assert [row.party.name for row in case.participations.order_by("role")] == ["王某军", "某环保科技公司"]
    owed = queries.debt(case.matter, date(2020, 1, 13))
    assert owed.doubled_interest == Decimal("16977.45")
    assert owed.total == Decimal("1343497.70")


def test_execution_is_refused_before_the_last_day_for_performing(cast: Cast) -> None:
    basis = factories.judged_case(cast, due_on=date(2026, 11, 20))
    with pytest.raises(filing.NotDue) as refused:
        filing.file_execution(basis_id=basis.pk, actor=cast.actor(cast.filing_clerk), at=MORNING)
    assert "2026年11月20日" in refused.value.text
    assert Case.objects.filter(kind="EXECUTION").count() == 0


def test_the_chain_is_intact_and_names_an_altered_row(cast: Cast) -> None:
    case = factories.execution_case(cast)
    found = verifying.verify(case_id=case.pk)
    assert (found.cases, found.broken) == (1, ())


def test_an_old_judgment_bears_the_doubled_part_only_from_august_2014(cast: Cast) -> None:
    case = factories.judged_case(cast, amount="100000.00")
    JudgmentItem.objects.filter(case=case).update(due_on=date(2013, 4, 11))
    owed = queries.debt(case.matter, date(2014, 8, 10))
    assert (owed.total, owed.doubled_interest) == (Decimal("100175.00"), Decimal("175.00"))
