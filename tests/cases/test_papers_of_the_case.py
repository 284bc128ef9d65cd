"""受理, 自动履行告知, 结案 and the certificate: what they say, and when they are refused."""

from datetime import date
from decimal import Decimal

import pytest

from cases import locks
from cases.kinds import ClosedHow, PerformanceSource
from cases.models import Case, Document
from cases.papers import addressing, notices
from cases.services import drafting, filing, performing
from kernel import clock
from tests import factories
from tests.cases.reading_papers import made
from tests.cast import MORNING, TODAY, Cast


def _make(cast: Cast, case: Case, kind: str) -> Document:
    return drafting.issue(case_id=case.pk, kind=kind, actor=cast.actor(cast.filing_clerk), at=MORNING)


def _pay(cast: Cast, case: Case, amount: str, on: date = TODAY) -> None:
    performing.record(
        case=locks.lock(case.pk),
        amount=Decimal(amount),
        on=on,
        source=PerformanceSource.DIRECT,
        subject=f"test.payment:{amount}",
        actor=cast.actor(cast.judge),
        at=MORNING,
    )


def test_the_plaintiff_reads_number_fee_and_how_to_preserve(cast: Cast) -> None:
    document = _make(cast, factories.civil_case(cast), "cases.filing_notice")
    pdf, word = made(document)
    for text in (
        "隰县人民法院受理案件通知书（2026）晋1031民初1号王某军：",
        "案号为（2026）晋1031民初1号",
        "案件受理费16,599.00元",
        "七日内预交",
        "第一百零三条申请财产保全",
    ):
        assert text in pdf, text
        assert text in word, text
    assert [row.recipient for row in document.services.all()] == ["王某军"]


def test_the_creditor_reads_that_no_fee_is_paid_beforehand(cast: Cast) -> None:
    pdf, _word = made(_make(cast, factories.execution_case(cast), "cases.filing_notice"))
    assert "申请执行费由被执行人负担，执行后交纳，无须预交（《诉讼费用交纳办法》第二十条、第三十八条）" in pdf
    assert "案件受理费" not in pdf


def test_the_defendant_reads_before_judgment_what_is_claimed_and_what_it_saves(cast: Cast) -> None:
    document = _make(cast, factories.civil_case(cast), "cases.performance_notice")
    pdf, word = made(document)
    for text in (
        "某环保科技公司：",
        "对方请求的金额为人民币1,311,000.00元（大写：壹佰叁拾壹万壹仟元整）",
        "不负担申请执行费（按上述金额计为15,510.00元）",
        "自动履行证明书",
        "第三百一十三条",
    ):
        assert text in pdf, text
        assert text in word, text


def test_after_judgment_the_defendant_reads_what_is_ordered_and_until_when(cast: Cast) -> None:
    case = factories.judged_case(cast, costs="10.25", due_on=date(2026, 12, 31))
    pdf, _word = made(_make(cast, case, "cases.performance_notice"))
    assert "本院已确定你单位应给付人民币1,311,010.25元" in pdf
    assert "履行期至2026年12月31日" in pdf
    assert "按上述金额计为15,510.00元" in pdf


def test_a_paper_is_made_only_in_cases_of_its_kind(cast: Cast) -> None:
    case = factories.execution_case(cast)
    with pytest.raises(drafting.NotInThisCase) as refused:
        _make(cast, case, "cases.performance_notice")
    assert refused.value.text == "“自动履行告知书”不用于首次执行案件。"
    with pytest.raises(drafting.NoSuchPaper):
        _make(cast, case, "cases.love_letter")
    assert Document.objects.count() == 0


def test_a_closing_notice_needs_a_closed_case(cast: Cast) -> None:
    case = factories.execution_case(cast)
    with pytest.raises(notices.StillOpen):
        _make(cast, case, "cases.closing_notice")
    assert Document.objects.count() == 0


@pytest.mark.parametrize(
    ("how", "says"),
    [
        (ClosedHow.PERFORMED, "义务已全部履行完毕"),
        (ClosedHow.ROUND_ENDED, "可以再次申请执行，不受申请执行时效期间的限制"),
    ],
)
def test_the_closing_notice_says_how_and_what_remains(cast: Cast, how: ClosedHow, says: str) -> None:
    case = factories.execution_case(cast)
    Case.objects.filter(pk=case.pk).update(closed_at=MORNING, closed_how=how)
    document = _make(cast, case, "cases.closing_notice")
    pdf, word = made(document)
    for text in (f"结案方式为{how.label}", says):
        assert text in pdf, text
        assert text in word, text
    assert sorted(row.recipient for row in document.services.all()) == ["某环保科技公司", "王某军"]


def test_full_performance_is_certified_only_when_nothing_is_owed(cast: Cast) -> None:
    case = factories.judged_case(cast, due_on=date(2026, 12, 31))
    with pytest.raises(notices.StillOwed) as refused:
        _make(cast, case, "cases.performance_certificate")
    assert "1,311,000.00" in refused.value.text
    assert Document.objects.count() == 0
    _pay(cast, case, "1311000.00")
    pdf, word = made(_make(cast, case, "cases.performance_certificate"))
    for text in (
        "自动履行证明书",
        "在进入执行程序前自动全部履行完毕",
        "共计人民币1,311,000.00元",
        "最后一笔履行于2026年11月20日",
    ):
        assert text in pdf, text
        assert text in word, text


def test_after_execution_the_certificate_does_not_say_voluntary(cast: Cast) -> None:
    case = factories.execution_case(cast, due_on=date(2026, 9, 7))
    _pay(cast, case, "1343487.45")
    pdf, _word = made(_make(cast, case, "cases.performance_certificate"))
    assert "履行完毕证明书" in pdf
    assert "在执行程序中全部履行完毕" in pdf
    assert "自动" not in pdf


def test_two_parties_of_one_name_are_served_apart(cast: Cast) -> None:
    given = filing.Filing(
        cause="民间借贷纠纷",
        plaintiffs=[factories.person("王某", 1)],
        defendants=[factories.person("张伟", 2), factories.person("张伟", 3)],
        claimed=Decimal("1000.00"),
    )
    actor = cast.actor(cast.filing_clerk)
    case = filing.file_civil(court=cast.xixian, filing=given, actor=actor, at=MORNING)
    document = _make(cast, case, "cases.performance_notice")
    assert sorted(row.recipient for row in document.services.all()) == ["张伟（1）", "张伟（2）"]


def test_a_paper_for_debtors_needs_one(cast: Cast) -> None:
    case = factories.civil_case(cast, at=clock.at_time(TODAY, 8))
    case.participations.filter(role="DEFENDANT").delete()
    with pytest.raises(addressing.NoDebtor):
        _make(cast, case, "cases.performance_notice")
    assert Document.objects.count() == 0
