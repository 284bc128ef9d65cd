"""Issuing papers: the data are frozen and numbered in the act; Word and PDF are made from them afterwards."""

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import translation

from accounts.actors import Actor
from cases.declaring import PAPERS, PaperKind, Symbol
from cases.models import Case, Decision, Document, Service
from cases.services import recording
from kernel import calling, canonical

RULING_ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Issued:
    """Facts of cases.document_issued."""

    kind: str
    title: str
    about: Symbol


def issue(
    *,
    case: Case,
    kind: str,
    subject: str,
    actor: Actor,
    at: datetime,
    more: dict[str, Any] | None = None,
    decision: Decision | None = None,
    signer: str = "",
) -> Document:
    """Number and freeze a paper on a locked case, list whom it must be served on, and queue its rendering."""
    paper: PaperKind = PAPERS.get(kind)
    last = Document.objects.filter(case=case, kind=kind).aggregate(last=Max("ordinal"))["last"] or 0
    document = Document(
        court_id=case.court_id,
        case=case,
        kind=kind,
        subject=subject,
        ordinal=last + 1,
        number=_number(case, paper, last + 1),
        issued_at=at,
        issued_by_id=actor.post_id,
        decision=decision,
    )
    with translation.override(settings.LANGUAGE_CODE):  # papers exist in Chinese only
        document.title, document.signed_by = str(paper.title), signer or str(paper.signer)
        document.data = canonical.plain(paper.data(case=case, subject=subject, at=at, **(more or {})))
    document.save(force_insert=True)
    for party, recipient in paper.to(document) if paper.to else ():
        Service.objects.create(document=document, case=case, party=party, recipient=recipient)
    recording.record(
        case=case,
        verb="cases.document_issued",
        actor=actor,
        at=at,
        subject=document.symbol,
        facts=Issued(kind=kind, title=document.title, about=Symbol(subject)),
    )
    transaction.on_commit(partial(_queue, document.pk))
    return document


def _number(case: Case, paper: PaperKind, ordinal: int) -> str:
    if not paper.ruling:
        return case.number if ordinal == 1 else f"{case.number}（{ordinal}）"
    rulings = [row.kind for row in PAPERS if row.ruling]
    count = Document.objects.filter(case=case, kind__in=rulings).count()
    return case.number if count == 0 else f"{case.number}之{chinese(count)}"


def chinese(number: int) -> str:
    """一 … 九十九, for the suffix of rulings."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else RULING_ORDINALS[tens - 1] + "十")
    return head + (RULING_ORDINALS[ones - 1] if ones else "")


def _queue(document_id: UUID) -> None:
    calling.call("cases.tasks.render_document", document_id=str(document_id))
