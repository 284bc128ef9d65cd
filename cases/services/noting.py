"""Notes and attachments of a case, and the correcting of a mistaken entry by a new event."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases import access
from cases.declaring import Symbol
from cases.models import Attachment, Event, Note
from cases.services import files, recording
from kernel.refusals import BadInput, NotFound, Refusal

CORRECTABLE = frozenset(
    {"cases.noted", "cases.contacted", "cases.attached", "cases.document_served", "cases.risk_seen"}
)


class NotCorrectable(Refusal):
    """This entry is corrected by its own act, not by a note."""

    message = _("这条记录不能直接更正：%(way)s")


class CorrectedAlready(Refusal):
    """The entry has been corrected."""

    message = _("这条记录已经更正过。")


@dataclass(frozen=True)
class Noted:
    """Facts of cases.noted and cases.contacted: the note's kind; its text stays in the note."""

    kind: str


@dataclass(frozen=True)
class Attached:
    """Facts of cases.attached: the digest proves the bytes."""

    title: str
    sha256: str


@dataclass(frozen=True)
class Corrected:
    """Facts of cases.corrected: which entry and why."""

    entry: int
    reason: str


@transaction.atomic
def write(*, case_id: UUID, text: str, kind: str, actor: Actor, at: datetime) -> Note:
    """Write a note, or a contact with a party (kind CONTACT). Raises BadInput for an empty one."""
    case = access.locked_case_for(actor, case_id, Action.NOTE)
    if not text.strip():
        raise BadInput(reason=str(_("笔记不能为空。")))
    note = Note.objects.create(case=case, text=text.strip(), kind=kind, by_id=actor.post_id, at=at)
    verb = "cases.contacted" if kind == "CONTACT" else "cases.noted"
    recording.record(case=case, verb=verb, actor=actor, at=at, subject=f"cases.note:{note.pk}", facts=Noted(kind=kind))
    return note


@transaction.atomic
def attach(
    *, case_id: UUID, title: str, name: str, content: bytes, actor: Actor, at: datetime, volume: str = "MAIN"
) -> Attachment:
    """Put a file into the dossier. Raises FileTooLarge, WrongFile."""
    case = access.locked_case_for(actor, case_id, Action.NOTE)
    file = files.store(court=case.court, name=name, content=content, actor=actor, at=at)
    row = Attachment.objects.create(
        case=case, file=file, title=title.strip() or name, volume=volume, by_id=actor.post_id, at=at
    )
    recording.record(
        case=case,
        verb="cases.attached",
        actor=actor,
        at=at,
        subject=f"cases.attachment:{row.pk}",
        facts=Attached(title=row.title, sha256=file.sha256),
    )
    return row


@transaction.atomic
def correct(*, event_id: UUID, reason: str, actor: Actor, at: datetime) -> Event:
    """Say that an entry was mistaken: a new event names it; the old one stays and is shown struck through."""
    event = Event.objects.filter(pk=event_id, court_id=actor.court_id).first()
    if event is None:
        raise NotFound()
    case = access.locked_case_for(actor, event.case_id, Action.CORRECT)
    if not reason.strip():
        raise BadInput(reason=str(_("请写明更正的原因。")))
    if event.verb not in CORRECTABLE:
        raise NotCorrectable(way=str(_("请用对应的办理事项（如撤回、冲正、解除）。")))
    if Event.objects.filter(corrects=event).exists():
        raise CorrectedAlready()
    _strike(event, at)
    return recording.record(
        case=case,
        verb="cases.corrected",
        actor=actor,
        at=at,
        subject=Symbol(event.subject),
        facts=Corrected(entry=event.seq, reason=reason.strip()),
        corrects=event,
    )


def _strike(event: Event, at: datetime) -> None:
    model, _colon, key = event.subject.partition(":")
    if model == "cases.note":
        Note.objects.filter(pk=key).update(struck_at=at)
    if model == "cases.attachment":
        Attachment.objects.filter(pk=key).update(struck_at=at)
