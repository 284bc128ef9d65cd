"""Reading papers back: the text of a PDF and of a Word file, without the spaces that a layout adds."""

import io
import re
from datetime import date
from typing import Any

import docx
import pypdfium2
from docx.oxml.ns import qn

from cases.models import Document
from cases.papermaking import paper
from cases.papermaking.printing import Printed
from cases.services import files, rendering
from tests.cast import MORNING, TODAY


def squeezed(text: str) -> str:
    """The text without spaces and line ends."""
    return re.sub(r"[\s\ufffe\ufeff\x02]", "", text)


def pdf_text(content: bytes) -> str:
    """All text of a PDF, squeezed."""
    with pypdfium2.PdfDocument(content) as file:
        return squeezed("".join(page.get_textpage().get_text_range() for page in file))


def word_text(content: bytes) -> str:
    """All text of the body of a Word file in its order, squeezed."""
    body = docx.Document(io.BytesIO(content)).element.body
    return squeezed("".join(node.text or "" for node in body.iter(qn("w:t"))))


def made(document: Document) -> tuple[str, str]:
    """The text of both files of an issued paper, rendered now."""
    rendering.render(document_id=document.pk, at=MORNING)
    document.refresh_from_db()
    assert document.render_error == ""
    assert document.pdf is not None
    assert document.word is not None
    return pdf_text(files.read(document.pdf)), word_text(files.read(document.word))


def printed(
    sheet: paper.Sheet, *, title: str = "通知书", number: str = "（2026）晋1031执1号", day: date = TODAY
) -> Any:
    """A paper that belongs to no document."""
    return Printed(court=sheet["court"], title=title, number=number, day=day, sheet=sheet)
