"""Rendering: once, afterwards, from frozen data; a faulty paper never hurts the act that issued it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from cases import locks, tasks
from cases.declaring import PAPERS, PaperKind
from cases.models import Case, Document, StoredFile
from cases.papermaking import paper, pdf
from cases.services import drafting, files, issuing, rendering
from tests import factories
from tests.cases.reading_papers import made
from tests.cast import MORNING, Cast


def _ruling(*, case: Case, subject: str, at: object, says: str = "裁定如下", **_more: Any) -> paper.Sheet:
    return paper.sheet(paper.para(says), court=case.court)


def _broken(*, case: Case, subject: str, at: object, **_more: Any) -> paper.Sheet:
    return paper.sheet({"is": "song"}, court=case.court)


@pytest.fixture(autouse=True)
def _papers() -> Iterator[None]:
    rows = [
        PaperKind(kind="test.ruling", title="执行裁定书", template=paper.TEMPLATE, data=_ruling, ruling=True),
        PaperKind(kind="test.other_ruling", title="执行裁定书", template=paper.TEMPLATE, data=_ruling, ruling=True),
        PaperKind(kind="test.broken", title="坏文书", template=paper.TEMPLATE, data=_broken),
    ]
    PAPERS.declare(*rows)
    yield
    for row in rows:
        PAPERS.remove(row.kind)


def _issue(cast: Cast, case: Case, kind: str, **more: Any) -> Document:
    with transaction.atomic():
        locked = locks.lock(case.pk)
        return issuing.issue(
            case=locked, kind=kind, subject=case.symbol, actor=cast.actor(cast.judge), at=MORNING, more=more
        )


def test_the_task_makes_the_files_and_may_run_twice(cast: Cast) -> None:
    document = _issue(cast, factories.civil_case(cast), "test.ruling")
    tasks.render_document(document_id=str(document.pk), trace="ignored by older workers")
    tasks.render_document(document_id=str(document.pk))
    document.refresh_from_db()
    assert document.pdf is not None
    assert StoredFile.objects.count() == 2


def test_rulings_of_a_case_are_numbered_in_one_row(cast: Cast) -> None:
    case = factories.civil_case(cast)
    kinds = ["test.ruling", "test.other_ruling", "test.ruling", "cases.filing_notice"]
    found = [_issue(cast, case, kind).number for kind in kinds]
    assert found == [case.number, f"{case.number}之一", f"{case.number}之二", case.number]


def test_a_ruling_is_made_into_both_files_with_its_number_and_court(cast: Cast) -> None:
    case = factories.civil_case(cast)
    _issue(cast, case, "test.ruling")
    document = _issue(cast, case, "test.ruling", says="冻结存款")
    pdf_text, word_text = made(document)
    assert pdf_text.startswith("隰县人民法院执行裁定书（2026）晋1031民初1号之一冻结存款")
    assert word_text.startswith("隰县人民法院执行裁定书（2026）晋1031民初1号之一冻结存款")
    assert document.pdf is not None
    assert document.pdf.name == "（2026）晋1031民初1号之一执行裁定书.pdf"
    assert document.pdf.media_type == "application/pdf"


def test_a_faulty_paper_keeps_its_fault_and_leaves_no_files(cast: Cast) -> None:
    document = _issue(cast, factories.civil_case(cast), "test.broken")
    rendering.render(document_id=document.pk, at=MORNING)
    document.refresh_from_db()
    assert document.render_error == "KeyError：'song'"
    assert (document.pdf, document.word) == (None, None)
    assert StoredFile.objects.count() == 0


def test_a_missing_character_is_named_on_the_paper_and_its_word_file_is_there(cast: Cast) -> None:
    document = _issue(cast, factories.civil_case(cast), "test.ruling", says="李😀")
    rendering.render(document_id=document.pk, at=MORNING)
    document.refresh_from_db()
    assert "😀（U+1F600）" in document.render_error
    assert document.pdf is None
    assert document.word is not None


def test_a_mended_fault_is_forgotten_at_the_next_try(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    document = _issue(cast, factories.civil_case(cast), "test.ruling")
    with monkeypatch.context() as broken:
        broken.setattr(pdf, "write", _fail)
        rendering.render(document_id=document.pk, at=MORNING)
    document.refresh_from_db()
    assert document.render_error == "ValueError：坏了"
    first_word = document.word_id
    made(document)
    assert document.word_id == first_word


def test_a_full_disk_is_not_the_papers_fault(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    document = _issue(cast, factories.civil_case(cast), "test.ruling")
    monkeypatch.setattr(files, "keep", _full)
    rendering.render(document_id=document.pk, at=MORNING)
    document.refresh_from_db()
    assert (document.render_error, document.pdf, document.word) == ("", None, None)


def test_the_command_makes_what_is_missing_and_names_what_cannot_be_made(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    case = factories.civil_case(cast)
    good, bad = _issue(cast, case, "test.ruling"), _issue(cast, case, "test.broken")
    call_command("render_papers")
    said = capsys.readouterr()
    assert said.out == "1 made, 1 left\n"
    assert f"{bad.number} 坏文书: KeyError" in said.err
    good.refresh_from_db()
    assert good.pdf is not None


def test_a_preview_writes_nothing(cast: Cast) -> None:
    case = factories.civil_case(cast)
    printed = drafting.preview(case=case, kind="test.ruling", at=MORNING)
    assert pdf.write(printed).startswith(b"%PDF-")
    assert Document.objects.count() == 0


def _fail(_printed: object) -> bytes:
    raise ValueError("坏了")


def _full(**_given: object) -> StoredFile:
    raise OSError("no space left")
