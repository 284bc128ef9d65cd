"""执行通知书 and 报告财产令: what they say, to whom they go, and that they stay as they were issued."""

from datetime import date

import pytest

from cases import facts
from cases.models import Case, Document, Service
from cases.papermaking import paper
from cases.services import drafting, executing, rendering
from kernel import canonical
from tests import factories
from tests.cases.reading_papers import made, squeezed
from tests.cast import MORNING, Cast

PERFORM_BY, REPORT_BY = date(2026, 12, 1), date(2026, 12, 5)


def _notify(cast: Cast, case: Case) -> tuple[Document, Document]:
    notice, order = executing.notify(
        case_id=case.pk,
        perform_by=PERFORM_BY,
        report_by=REPORT_BY,
        actor=cast.actor(cast.query_officer),
        at=MORNING,
    )
    return notice, order


def test_the_notice_says_who_owes_what_by_when_under_which_articles(cast: Cast) -> None:
    case = factories.execution_case(cast, costs="10.25", due_on=date(2026, 9, 7))
    notice, _order = _notify(cast, case)
    # 74 days of 1,311,000.00 at 0.0175 % a day: 16,977.45; execution fee 15,510.00; costs 10.25
    assert notice.data["values"]["total"] == "1343497.70"
    pdf, word = made(notice)
    for text in (
        "隰县人民法院执行通知书（2026）晋1031执1号",
        "某环保科技公司：",
        "王某军与你单位提供劳务者受害责任纠纷一案，本院（2026）晋1031民初1号民事判决",
        "《中华人民共和国民事诉讼法》第二百五十一条、第二百六十四条",
        "第四百八十条",
        "在2026年12月1日以前（含当日）",
        "人民币1,343,497.70元（大写：壹佰叁拾肆万叁仟肆佰玖拾柒元柒角整）",
        "16,977.45",
        "每迟延一日增加229.43元",
        "纳入失信被执行人名单",
        "收款账户由本院另行书面告知",
        "二〇二六年十一月二十日",
    ):
        assert text in pdf, text
        assert text in word, text


def test_the_property_order_looks_back_one_year_from_the_receipt_of_the_notice(cast: Cast) -> None:
    _notice, order = _notify(cast, factories.execution_case(cast))
    pdf, word = made(order)
    for text in (
        "在2026年12月5日以前（含当日）",
        "收到执行通知之日前一年",
        "第二百五十二条",
        "自变动之日起十日内",
        "被执行人财产报告表",
    ):
        assert text in pdf, text
        assert text in word, text


def test_pdf_and_word_say_the_same(cast: Cast) -> None:
    for document in _notify(cast, factories.execution_case(cast)):
        pdf, word = made(document)
        wanted = [squeezed(text) for text in paper.texts(paper.opened(document.data["blocks"]))]
        assert len(wanted) > 20
        assert [text for text in wanted if text not in word] == []
        assert [text for text in wanted if text not in pdf.replace("—1—", "").replace("—2—", "")] == []


def test_the_account_of_the_case_stands_on_the_notice_with_its_bank(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {
        "sub_account": lambda case, at: "14103100000012345678",
        "account_name": lambda case, at: "隰县人民法院案款专户",
        "account_bank": lambda case, at: "中国农业银行隰县支行",
    }
    monkeypatch.setattr(facts, "_PROVIDERS", answers)
    notice, _order = _notify(cast, factories.execution_case(cast))
    pdf, word = made(notice)
    for text in (
        "户名：隰县人民法院案款专户",
        "账号：14103100000012345678",
        "汇款备注：（2026）晋1031执1号付款人姓名或名称",
    ):
        assert text in pdf, text
        assert text in word, text
    box = next(block for block in notice.data["blocks"] if block["is"] == "account")
    assert "账号：14103100000012345678" in box["qr"]


def test_both_papers_go_to_every_debtor_and_to_nobody_else(cast: Cast) -> None:
    case = factories.execution_case(cast)
    _notify(cast, case)
    rows = Service.objects.filter(case=case).values_list("document__kind", "party__name", "recipient")
    assert sorted(rows) == [
        ("cases.execution_notice", "某环保科技公司", "某环保科技公司"),
        ("cases.property_report_order", "某环保科技公司", "某环保科技公司"),
    ]


def test_a_paper_stays_as_issued_when_the_party_is_renamed(cast: Cast) -> None:
    case = factories.execution_case(cast)
    notice, _order = _notify(cast, case)
    before = canonical.digest(canonical.dumps(Document.objects.get(pk=notice.pk).data))
    party = case.participations.get(role="DEBTOR").party
    party.name = "改名后的公司"
    party.save()
    pdf, _word = made(notice)
    assert "某环保科技公司：" in pdf
    assert "改名后的公司" not in pdf
    assert canonical.digest(canonical.dumps(Document.objects.get(pk=notice.pk).data)) == before


def test_rendering_again_changes_nothing(cast: Cast) -> None:
    notice, _order = _notify(cast, factories.execution_case(cast))
    made(notice)
    first = (notice.pdf_id, notice.word_id)
    rendering.render(document_id=notice.pk, at=MORNING)
    notice.refresh_from_db()
    assert (notice.pdf_id, notice.word_id) == first


def test_the_first_paper_of_a_kind_bears_the_number_of_the_case_and_the_second_is_counted(cast: Cast) -> None:
    case = factories.execution_case(cast)
    notice, order = _notify(cast, case)
    assert (notice.number, order.number) == (case.number, case.number)
    clerk = cast.actor(cast.query_officer)
    issued = [drafting.issue(case_id=case.pk, kind="cases.filing_notice", actor=clerk, at=MORNING) for _ in range(2)]
    assert [row.number for row in issued] == [case.number, f"{case.number}（2）"]


def test_the_notice_is_made_by_its_act_only(cast: Cast) -> None:
    case = factories.execution_case(cast)
    with pytest.raises(drafting.NotByHand):
        drafting.issue(case_id=case.pk, kind="cases.execution_notice", actor=cast.actor(cast.query_officer), at=MORNING)
    assert Document.objects.filter(case=case).count() == 0
