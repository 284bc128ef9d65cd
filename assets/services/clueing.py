"""Property clues: given by a party, checked by the court, the result told to who gave it (财调; 保规10)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases import access
from cases.kinds import OWING
from cases.models import Case, Clue, Participation
from cases.models.cases import ClueKind
from cases.services import recording
from kernel.refusals import BadInput, NotFound, Refusal


class CheckedAlready(Refusal):
    """A clue is checked once; a new fact is a new clue."""

    message = _("这条线索已经核查过。有新情况的，请作为新线索登记。")


@dataclass(frozen=True)
class Given:
    """Facts of assets.clue_given and assets.clue_checked."""

    debtor: str
    kind: ClueKind


@transaction.atomic
def add(
    *, case_id: UUID, party_id: UUID, kind: str, description: str, given_by: str, actor: Actor, at: datetime
) -> Clue:
    """Register a clue about a debtor's property. Raises BadInput when it says nothing."""
    case = access.locked_case_for(actor, case_id, Action.NOTE)
    row = Participation.objects.filter(case=case, party_id=party_id, role__in=OWING).select_related("party").first()
    if row is None:
        raise NotFound()
    if not description.strip():
        raise BadInput(reason=str(_("请写明线索内容。")), field="description")
    clue = Clue.objects.create(
        matter=case.matter, party=row.party, kind=ClueKind(kind), description=description.strip(),
        given_by=given_by.strip(), given_at=at,
    )  # fmt: skip
    _record("assets.clue_given", case, clue, actor, at)
    return clue


@transaction.atomic
def check(*, case_id: UUID, clue_id: UUID, result: str, actor: Actor, at: datetime) -> Clue:
    """Record what checking a clue of the dispute brought. Raises CheckedAlready, BadInput."""
    case = access.locked_case_for(actor, case_id, Action.INQUIRE)
    clue = Clue.objects.select_for_update(of=("self",)).filter(pk=clue_id, matter_id=case.matter_id).first()
    if clue is None:
        raise NotFound()
    if clue.checked_at is not None:
        raise CheckedAlready()
    if not result.strip():
        raise BadInput(reason=str(_("请写明核查结果。")), field="result")
    clue.checked_at, clue.result = at, result.strip()
    clue.save(update_fields=["checked_at", "result"])
    _record("assets.clue_checked", case, clue, actor, at)
    return clue


def _record(verb: str, case: Case, clue: Clue, actor: Actor, at: datetime) -> None:
    facts = Given(debtor=clue.party.symbol, kind=ClueKind(clue.kind))
    recording.record(case=case, verb=verb, actor=actor, at=at, subject=f"assets.clue:{clue.pk}", facts=facts)
