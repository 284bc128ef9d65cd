"""Rendering: Word and PDF of an issued paper, made once from its frozen data.

The act that issued the paper never waits for it and never fails with it: what is wrong with a paper is kept in
``render_error``, shown on its page and tried again by a person; what is wrong with the machine is tried again by the sweep.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from typst import TypstError

from cases.models import Document, StoredFile
from cases.papermaking import pdf, word
from cases.papermaking.printing import Printed
from cases.services import files
from kernel.refusals import Refusal

log = logging.getLogger(__name__)

MADE_BY = "system:papers"
FAULTS = (Refusal, TypstError, LookupError, TypeError, ValueError)
"""Faults of the paper itself: trying again without a change would fail again."""


@transaction.atomic
def render(*, document_id: UUID, at: datetime) -> None:
    """Make both files of a document; does nothing when they exist."""
    rows = Document.objects.select_for_update(no_key=True, of=("self",)).select_related("court")
    document = rows.filter(pk=document_id, pdf__isnull=True).first()
    if document is None:
        return
    try:
        _make(document, at)
        document.render_error = ""
    except FAULTS as fault:
        log.warning("paper %s cannot be rendered: %s", document.pk, fault)
        document.render_error = _sentence(fault)
    except OSError:
        log.exception("paper %s: the file store failed", document.pk)
    document.save(update_fields=["word", "pdf", "render_error"])


def _make(document: Document, at: datetime) -> None:
    printed = Printed.of(document)
    if document.word is None:
        document.word = _keep(document, word.write, printed, ".docx", at)
    document.pdf = _keep(document, pdf.write, printed, ".pdf", at)


def _keep(
    document: Document, write: Callable[[Printed], bytes], printed: Printed, suffix: str, at: datetime
) -> StoredFile:
    return files.keep(
        court=document.court,
        name=f"{document.number}{printed.title}{suffix}",
        content=write(printed),
        media_type=files.BY_SUFFIX[suffix],
        by=MADE_BY,
        at=at,
    )


def _sentence(fault: Exception) -> str:
    text = fault.text if isinstance(fault, Refusal) else f"{type(fault).__name__}：{fault}"
    return text[:300]
