"""期初数 (P-05): the fall of unidentified money is counted from a balance that the court sets, dated and audited."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.models import AuditEntry
from insight import indicators
from insight.models import Baseline
from insight.services import basing
from kernel import clock
from kernel.refusals import BadInput, NotAllowed
from tests.cast import MORNING, TODAY, Cast
from tests.insight.conftest import Docket
from tests.insight.test_indicators import Money, numbers, read

D = Decimal
MARCH = date(2026, 3, 31)


def based(
    cast: Cast, amount: str = "300000.00", on: date = MARCH, why: str = "一季度末盘点", who: str = "director"
) -> Baseline:
    return basing.set_baseline(amount=D(amount), on=on, why=why, actor=cast.actor(getattr(cast, who)), at=MORNING)


@pytest.fixture
def money(cast: Cast, docket: Docket) -> Money:
    """In January 400,000 of unidentified money; 100,000 of it found its case in February, 201,000 in September."""
    begun = clock.at_time(date(2026, 1, 4), 10)
    made = Money(cast, docket)
    made.suspended("99000.00", at=begun)
    made.claimed("100000.00", at=begun, on=clock.at_time(date(2026, 2, 1), 10))
    made.claimed("201000.00", at=begun, on=clock.at_time(date(2026, 9, 1), 10))
    return made


def test_three_hundred_thousand_at_the_set_day_and_ninety_nine_now_read_sixty_seven(
    money: Money, cast: Cast, docket: Docket
) -> None:
    assert numbers(read("KPI-UNKNOWN", docket)) == (D("301000.00"), D("400000.00"), "75.25")
    based(cast)
    found = read("KPI-UNKNOWN", docket)
    assert numbers(found) == (D("201000.00"), D("300000.00"), "67.00")
    for part in (found.numerator, found.denominator, *indicators.beside("KPI-UNKNOWN", found.frame)):
        assert sum(part.adds(row) for row in part.rows) == part.value
    (left,) = indicators.beside("KPI-UNKNOWN", found.frame)
    assert (left.value, [row.amount for row in left.rows]) == (99000, [D("99000.00")])
    entry = AuditEntry.objects.get(act=basing.SET)
    assert entry.facts == {"amount": "300000.00", "on": "2026-03-31"}


def test_the_ledger_is_not_contradicted(money: Money, cast: Cast) -> None:
    with pytest.raises(basing.LedgerDiffers) as refused:
        based(cast, "310000.00")
    assert "300,000.00" in refused.value.text
    assert not Baseline.objects.exists()


def test_before_the_ledger_there_is_no_baseline(money: Money, cast: Cast) -> None:
    with pytest.raises(basing.BeforeTheLedger) as refused:
        based(cast, "300000.00", on=date(2025, 12, 31))
    assert "2026年1月4日" in refused.value.text
    assert not Baseline.objects.exists()


def test_the_newest_baseline_counts_and_the_old_one_is_kept(money: Money, cast: Cast, docket: Docket) -> None:
    based(cast)
    basing.set_baseline(
        amount=D("99000.00"), on=date(2026, 10, 31), why="重定", actor=cast.actor(cast.president),
        at=MORNING.replace(minute=5),
    )  # fmt: skip
    assert numbers(read("KPI-UNKNOWN", docket)) == (D("201000.00"), D("300000.00"), "67.00")  # as of 9:00
    assert Baseline.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"on": TODAY}, basing.NotOver),
        ({"amount": "0.00"}, basing.NothingThen),
        ({"why": " "}, BadInput),
        ({"who": "registrar"}, NotAllowed),
    ],
)
def test_what_is_no_baseline_is_refused(cast: Cast, wrong: dict[str, object], refusal: type) -> None:
    with pytest.raises(refusal):
        based(cast, **wrong)  # type: ignore[arg-type]
    assert not Baseline.objects.exists()


def test_a_leader_sets_it_on_the_indicators_page(money: Money, cast: Cast, as_: object, morning: None) -> None:
    browser = as_(cast.director)  # type: ignore[operator]
    answer = browser.post("/insight/baseline/", {"on": "2026年3月31日", "amount": "３０万元", "why": "一季度末盘点"})
    assert answer.status_code == 302
    page = browser.get("/insight/indicators/KPI-UNKNOWN/").content.decode()
    assert "67.00" in page
    assert "一季度末盘点" in page
    refused = browser.post("/insight/baseline/", {"on": "2026-03-31", "amount": "310000", "why": "错"})
    assert (refused.status_code, "310000" in refused.content.decode()) == (409, True)
