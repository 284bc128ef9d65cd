"""Tiny keyed tasks of the cases room."""

from uuid import UUID

from celery import shared_task

from cases.models import Document
from cases.services import rendering, sweeping, verifying
from kernel import clock


@shared_task
def sweep_duties(**_ignored: object) -> int:
    """Warn of and escalate everything that is due, batch after batch."""
    total = 0
    while found := sweeping.sweep(at=clock.now()):
        total += found
        if found < sweeping.BATCH:
            break
    return total


@shared_task
def render_document(*, document_id: str, **_ignored: object) -> None:
    """Make Word and PDF of an issued paper; does nothing when they exist."""
    rendering.render(document_id=UUID(document_id), at=clock.now())


@shared_task
def sweep_documents(**_ignored: object) -> int:
    """Queue papers whose rendering was lost."""
    rows = Document.objects.filter(pdf__isnull=True, render_error="").order_by("issued_at")[:50]
    for document in rows:
        render_document.delay(document_id=str(document.pk))
    return len(rows)


@shared_task
def verify_chains(**_ignored: object) -> int:
    """Verify all chains and keep the day's roots."""
    return len(list(verifying.publish_roots(on=clock.today())))
