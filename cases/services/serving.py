"""Service of papers: sent, then served on a day, with the return of service (民诉87–95)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases import access, queries
from cases.declaring import Symbol
from cases.models import Service, StoredFile
from cases.models.documents import ServiceMethod
from cases.services import recording
from kernel import clock
from kernel.refusals import NotFound, Refusal
from kernel.templatetags import dates


class ServedAlready(Refusal):
    """The service is recorded."""

    message = _("这份文书已于 %(day)s 送达%(recipient)s。如有误，请用“更正误录”。")


class ServedBeforeIssue(Refusal):
    """A paper cannot be served before it was issued, nor in the future."""

    message = _("送达日应在 %(first)s（文书制作日）与今天之间。")
    status = 400


@dataclass(frozen=True)
class Served:
    """Facts of cases.document_served."""

    title: str
    recipient: str
    method: ServiceMethod
    served_on: date
    kind: str
    about: Symbol


@transaction.atomic
def record(
    *,
    service_id: UUID,
    method: str,
    served_on: date,
    actor: Actor,
    at: datetime,
    proof: StoredFile | None = None,
) -> Service:
    """Record that a paper was served. By announcement it counts as served thirty days after ``served_on`` (TIME-SERVE, 民诉95)."""
    row = (
        Service.objects.select_related("document", "case").filter(pk=service_id, case__court_id=actor.court_id).first()
    )
    if row is None:
        raise NotFound()
    case = access.locked_case_for(actor, row.case_id, Action.SERVE)
    row = Service.objects.select_for_update(of=("self",)).select_related("document").get(pk=service_id)
    if row.served_on:
        raise ServedAlready(day=row.served_on.isoformat(), recipient=row.recipient)
    first = clock.day_of(row.document.issued_at)
    if not first <= served_on <= clock.day_of(at):
        raise ServedBeforeIssue(first=dates.day_text(first, clock.today()))
    chosen = ServiceMethod(method)
    row.method, row.sent_at, row.proof = chosen, row.sent_at or at, proof
    row.served_on = served_on
    if chosen == ServiceMethod.ANNOUNCED:
        row.served_on += timedelta(days=queries.rulebook(case.court, served_on).count("TIME-SERVE"))
    row.recorded_by_id = actor.post_id
    row.save()
    recording.record(
        case=case,
        verb="cases.document_served",
        actor=actor,
        at=at,
        happened_at=at if served_on == clock.day_of(at) else clock.at_time(served_on, 12),
        subject=row.document.symbol,
        facts=Served(
            title=row.document.title,
            recipient=row.party.symbol if row.party else row.recipient,
            method=chosen,
            served_on=row.served_on,
            kind=row.document.kind,
            about=Symbol(row.document.subject),
        ),
    )
    return row
