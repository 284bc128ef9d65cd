"""Notes, contacts, files of the dossier, and saying that an entry was mistaken."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from accounts.access import staff_required
from accounts.actors import Actor
from accounts.roles import Action
from cases import access, sentences
from cases.forms import notes as forms
from cases.forms import parties as party_forms
from cases.forms import people
from cases.models import Attachment, Case, Event
from cases.services import files, noting
from cases.views import acting
from cases.views.acting import Done, Note, Sheet
from kernel import clock
from kernel.refusals import NotFound
from kernel.templatetags import dates

SHOWN_IN_BROWSER = frozenset({"application/pdf", "image/jpeg", "image/png"})


@require_http_methods(["GET", "POST"])
@staff_required
def note(request: HttpRequest, number: str) -> HttpResponse:
    """Write a working note."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.NOTE)
    form = forms.NoteForm(acting.typed(request))
    sheet = Sheet(title=_("记笔记"), button=_("记下"), form=form, case=case)

    def do() -> Done:
        noting.write(case_id=case.pk, text=form.cleaned_data["text"], kind="NOTE", actor=actor, at=clock.now())
        return Done(acting.case_page(case), _("已记下笔记。"))

    return acting.act(request, sheet, do)


@require_http_methods(["GET", "POST"])
@staff_required
def contact(request: HttpRequest, number: str) -> HttpResponse:
    """Write down a contact with a party."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.NOTE)
    form = forms.ContactForm(acting.typed(request), case=case, initial={"party": party_forms.owner_of(case)})
    sheet = Sheet(title=_("记录联系"), button=_("记下联系"), form=form, case=case, facts=_phones(case))

    def do() -> Done:
        noting.write(case_id=case.pk, text=form.sentence(), kind="CONTACT", actor=actor, at=clock.now())
        return Done(acting.case_page(case), _("已记录与%(name)s的联系。") % {"name": form.cleaned_data["party"].name})

    return acting.act(request, sheet, do)


def _phones(case: Case) -> list[tuple[str, Any]]:
    """The numbers to call, so that nobody has to look them up."""
    return [(row.party.name, row.party.phone or _("没有登记电话")) for row in people.participations(case)]


@require_http_methods(["GET", "POST"])
@staff_required
def attach(request: HttpRequest, number: str) -> HttpResponse:
    """Put files into the dossier: all of them, or none when one is refused."""
    actor = acting.actor_of(request)
    case = access.case_for(actor, number, Action.NOTE)
    form = forms.AttachForm(acting.typed(request), acting.sent_files(request))
    sheet = Sheet(title=_("附件入卷"), button=_("入卷"), form=form, case=case, multipart=True)
    return acting.act(request, sheet, lambda: _attach(case, form.cleaned_data, actor))


@transaction.atomic
def _attach(case: Case, typed: dict[str, Any], actor: Actor) -> Done:
    sent, at = typed["files"], clock.now()
    for place, file in enumerate(sent, start=1):
        title = typed["title"] if len(sent) == 1 or not typed["title"] else f"{typed['title']}（{place}）"
        noting.attach(
            case_id=case.pk,
            title=title,
            name=file.name,
            content=_content(file),
            volume=typed["volume"],
            actor=actor,
            at=at,
        )
    return Done(acting.case_page(case), _("已入卷 %(count)s 个文件。") % {"count": len(sent)})


def _content(file: Any) -> bytes:
    """The bytes of an upload; one over the limit is refused before it is read into memory. Raises FileTooLarge."""
    if file.size > settings.UPLOAD_LIMIT:
        mega = 1024 * 1024
        raise files.FileTooLarge(name=file.name, size=f"{file.size / mega:.1f}", limit=settings.UPLOAD_LIMIT // mega)
    content: bytes = file.read()
    return content


@require_GET
@staff_required
def attachment(request: HttpRequest, number: str, key: UUID) -> HttpResponse:
    """A file of the dossier."""
    case = access.case_for(acting.actor_of(request), number)
    row = Attachment.objects.select_related("file").filter(case=case, pk=key).first()
    if row is None:
        raise NotFound()
    shown = row.file.media_type in SHOWN_IN_BROWSER
    headers = {
        "Content-Disposition": content_disposition_header(not shown, row.file.name),
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(files.read(row.file), content_type=row.file.media_type, headers=headers)


@require_http_methods(["GET", "POST"])
@staff_required
def correct(request: HttpRequest, key: UUID) -> HttpResponse:
    """Say that an entry was mistaken: it is struck through, never deleted."""
    actor = acting.actor_of(request)
    event = Event.objects.select_related("case").filter(pk=key, court_id=actor.court_id).first()
    if event is None:
        raise NotFound()
    case = access.case_for(actor, event.case.number, Action.CORRECT)
    form = forms.CorrectForm(acting.typed(request))
    entry = sentences.describe([event])[0]
    sheet = Sheet(
        title=_("更正记录"),
        button=_("更正"),
        form=form,
        case=case,
        facts=[(_("记录"), entry.sentence), (_("时间"), dates.moment_stamp(entry.at)), (_("记录人"), entry.actor)],
        notes=[Note(_("原记录保留并划去，更正的人、时间和原因同时入时间轴。"), "warn")],
    )

    def do() -> Done:
        noting.correct(event_id=event.pk, reason=form.cleaned_data["reason"], actor=actor, at=clock.now())
        return Done(acting.case_page(case), _("已更正。"))

    return acting.act(request, sheet, do)
