"""The pages of papers: read, download, record service with its return, make one by hand, see a preview first."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import AuditEntry
from cases.models import Document, Service, StoredFile
from cases.papermaking import paper
from cases.services import drafting, files, rendering
from kernel import clock
from tests import factories
from tests.cases.reading_papers import pdf_text, word_text
from tests.cast import MORNING, Cast

pytestmark = pytest.mark.usefixtures("morning")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SCAN = b"%PDF-1.4 scanned"


@pytest.fixture
def document(cast: Cast) -> Document:
    case = factories.civil_case(cast)
    actor = cast.actor(cast.filing_clerk)
    return drafting.issue(case_id=case.pk, kind="cases.performance_notice", actor=actor, at=MORNING)


def _url(name: str, document: Document, *more: str) -> str:
    return reverse(f"cases:{name}", args=[document.case.slug, document.pk, *more])


def _serve_url(service: Service) -> str:
    return reverse("cases:serve", args=[service.case.slug, service.pk])


def test_the_page_shows_what_it_is_and_who_is_not_served(cast: Cast, as_: Any, document: Document) -> None:
    page = as_(cast.filing_clerk).get(_url("document", document))
    assert page.status_code == 200
    text = page.content.decode()
    for word in ("自动履行告知书", "（2026）晋1031民初1号", "某环保科技公司", "未送达", "登记送达", "李立案"):
        assert word in text, word


def test_both_files_are_made_when_they_are_asked_for(cast: Cast, as_: Any, document: Document) -> None:
    browser = as_(cast.filing_clerk)
    pdf = browser.get(_url("document_file", document, "pdf"))
    assert (pdf.status_code, pdf["Content-Type"]) == (200, "application/pdf")
    assert pdf["Content-Disposition"].startswith("inline")
    assert "自动履行告知书" in pdf_text(pdf.content)
    word = browser.get(_url("document_file", document, "docx"))
    assert (word.status_code, word["Content-Type"]) == (200, WORD)
    assert word["Content-Disposition"].startswith("attachment")
    assert "自动履行告知书" in word_text(word.content)
    assert browser.get(_url("document_file", document, "exe")).status_code == 404


def test_another_court_and_the_anonymous_get_nothing(cast: Cast, as_: Any, client: Any, document: Document) -> None:
    service = document.services.get()
    urls = [
        _url("document", document),
        _url("document_pages", document),
        _url("document_file", document, "pdf"),
        _serve_url(service),
        reverse("cases:issue", args=[document.case.slug]),
    ]
    stranger = as_(cast.stranger)
    assert [stranger.get(url).status_code for url in urls] == [404] * 5
    assert [client.get(url).status_code for url in urls] == [302] * 5
    assert stranger.post(_url("document_render", document)).status_code == 404
    document.refresh_from_db()
    assert document.pdf is None


def test_a_paper_is_found_only_under_its_own_case(cast: Cast, as_: Any, document: Document) -> None:
    other = factories.civil_case(cast, seed=5)
    url = reverse("cases:document", args=[other.slug, document.pk])
    assert as_(cast.filing_clerk).get(url).status_code == 404


def test_the_pages_are_shown_as_pictures(cast: Cast, as_: Any, document: Document) -> None:
    page = as_(cast.filing_clerk).get(_url("document_pages", document))
    assert page.content.decode().count("data:image/png;base64,iVBOR") == 2


def test_a_service_is_recorded_with_its_return(cast: Cast, as_: Any, document: Document) -> None:
    service = document.services.get()
    browser = as_(cast.filing_clerk)
    assert "受送达人" in browser.get(_serve_url(service)).content.decode()
    answer = browser.post(
        _serve_url(service),
        {"method": "POST", "served_on": "2026-11-20", "proof": SimpleUploadedFile("回证.pdf", SCAN)},
    )
    assert answer.status_code == 302
    assert answer["Location"] == _url("document", document)
    service.refresh_from_db()
    assert (service.method, service.recorded_by) == ("POST", cast.filing_clerk)
    assert service.proof is not None
    assert files.read(service.proof) == SCAN
    proof = browser.get(reverse("cases:service_proof", args=[service.case.slug, service.pk]))
    assert proof.content == SCAN
    assert proof["Content-Disposition"].startswith("attachment")


def test_the_return_of_service_is_printed_for_signing(cast: Cast, as_: Any, document: Document) -> None:
    service = document.services.get()
    url = reverse("cases:service_return", args=[service.case.slug, service.pk])
    answer = as_(cast.filing_clerk).get(url)
    text = pdf_text(answer.content)
    for word in (
        "送达回证",
        "（2026）晋1031民初1号自动履行告知书一份",
        "受送达人某环保科技公司",
        "受送达人签名或盖章",
        "第八十九条",
    ):
        assert word in text, word
    assert "院印" not in text
    assert as_(cast.stranger).get(url).status_code == 404


@pytest.mark.parametrize(
    ("typed", "status", "says"),
    [
        ({"method": "POST", "served_on": "2026-11-21"}, 400, "11月20日"),
        ({"method": "POST", "served_on": "2026-11-19"}, 400, "11月20日"),
        ({"method": "POST", "served_on": "昨天"}, 400, "登记送达"),
        ({"method": "", "served_on": "2026-11-20"}, 400, "登记送达"),
        ({"method": "GATEWAY", "served_on": "2026-11-20"}, 400, "登记送达"),
    ],
)
def test_a_refused_service_leaves_nothing_behind(
    cast: Cast, as_: Any, document: Document, typed: dict[str, str], status: int, says: str
) -> None:
    service = document.services.get()
    answer = as_(cast.filing_clerk).post(_serve_url(service), {**typed, "proof": SimpleUploadedFile("回证.pdf", SCAN)})
    assert answer.status_code == status
    assert says in answer.content.decode()
    service.refresh_from_db()
    assert (service.served_on, service.proof, StoredFile.objects.count()) == (None, None, 0)


def test_full_width_digits_and_chinese_days_are_read(cast: Cast, as_: Any, document: Document) -> None:
    service = document.services.get()
    answer = as_(cast.filing_clerk).post(
        _serve_url(service), {"method": "DIRECT", "served_on": "２０２６年１１月２０日"}
    )
    assert answer.status_code == 302
    service.refresh_from_db()
    assert service.served_on is not None


def test_a_return_that_is_no_picture_is_refused(cast: Cast, as_: Any, document: Document) -> None:
    service = document.services.get()
    typed = {"method": "POST", "served_on": "2026-11-20", "proof": SimpleUploadedFile("回证.pdf", b"MZ program")}
    answer = as_(cast.filing_clerk).post(_serve_url(service), typed)
    assert answer.status_code == 400
    assert "回证.pdf 不能上传" in answer.content.decode()
    service.refresh_from_db()
    assert service.served_on is None


def test_a_paper_by_hand_is_seen_before_it_is_issued(cast: Cast, as_: Any) -> None:
    case = factories.civil_case(cast)
    browser = as_(cast.filing_clerk)
    url = reverse("cases:issue", args=[case.slug])
    assert "受理案件通知书" in browser.get(url).content.decode()
    assert "制作并编号" in browser.get(url, {"kind": "cases.filing_notice"}).content.decode()
    pages = browser.get(reverse("cases:issue_pages", args=[case.slug]), {"kind": "cases.filing_notice"})
    assert "data:image/png;base64," in pages.content.decode()
    assert Document.objects.count() == 0
    answer = browser.post(url, {"kind": "cases.filing_notice"})
    made = Document.objects.get()
    assert answer["Location"] == _url("document", made)
    assert (made.number, made.issued_by) == (case.number, cast.filing_clerk)


def test_a_paper_that_cannot_be_made_says_why(cast: Cast, as_: Any) -> None:
    case = factories.civil_case(cast)
    browser = as_(cast.filing_clerk)
    url = reverse("cases:issue", args=[case.slug])
    for kind, status, says in (
        ("cases.execution_notice", 409, "随办理步骤自动制作"),
        ("cases.closing_notice", 409, "不用于民事一审案件"),
        ("cases.performance_certificate", 409, "不能出具履行完毕证明书"),
        ("nonsense", 400, "没有这种文书"),
    ):
        for answer in (browser.get(url, {"kind": kind}), browser.post(url, {"kind": kind})):
            assert answer.status_code == status
            assert says in answer.content.decode()
    assert Document.objects.count() == 0


def test_those_who_may_not_issue_are_refused(cast: Cast, as_: Any) -> None:
    case = factories.civil_case(cast)
    assert (
        as_(cast.payer).post(reverse("cases:issue", args=[case.slug]), {"kind": "cases.filing_notice"}).status_code
        == 403
    )
    assert Document.objects.count() == 0


def test_a_faulty_paper_says_so_and_can_be_tried_again(
    cast: Cast, as_: Any, document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = as_(cast.filing_clerk)
    with monkeypatch.context() as broken:
        broken.setattr(rendering.pdf, "write", _fail)
        answer = browser.get(_url("document_file", document, "pdf"))
        assert answer.status_code == 409
        assert "坏了" in answer.content.decode()
        assert "重新生成" in browser.get(_url("document", document)).content.decode()
        assert browser.post(_url("document_render", document)).status_code == 409
    assert browser.post(_url("document_render", document)).status_code == 302
    document.refresh_from_db()
    assert document.pdf is not None
    assert "没有生成成功" not in browser.get(_url("document", document)).content.decode()


def test_reading_identity_numbers_is_entered_in_the_journal(cast: Cast, as_: Any, document: Document) -> None:
    browser = as_(cast.filing_clerk)
    browser.get(_url("document_file", document, "pdf"))
    assert not AuditEntry.objects.filter(act="cases.document_read").exists()
    data = paper.sheet(paper.para(paper.secret("141031198005061234")), court=document.court)
    Document.objects.filter(pk=document.pk).update(data=data)
    browser.get(_url("document_file", document, "pdf"))
    entry = AuditEntry.objects.get(act="cases.document_read")
    assert (entry.about, entry.actor_name, clock.day_of(entry.at)) == (document.symbol, "李立案", clock.today())


def _fail(_printed: object) -> bytes:
    raise ValueError("坏了")
