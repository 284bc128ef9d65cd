"""Property clues given after filing: kept with whose property it is; what it says stays out of the events (财调2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases import access
from cases.declaring import Symbol
from cases.models import Case, Clue, Party
from cases.models.cases import ClueKind
from cases.services import recording
from kernel.refusals import BadInput, NotFound


@dataclass(frozen=True)
class ClueGiven:
    """Facts of cases.clue_given: what kind of property and whose."""

    kind: ClueKind
    owner: Symbol


@transaction.atomic
def give(
    *, case_id: UUID, party: Party, kind: ClueKind, description: str, given_by: str, actor: Actor, at: datetime
) -> Clue:
    """Keep a clue about the property of a party of the case. Raises BadInput when it says nothing, NotFound for a stranger."""
    case = access.locked_case_for(actor, case_id, Action.NOTE)
    if not description.strip():
        raise BadInput(reason=str(_("请写明线索内容。")), field="description")
    if not case.participations.filter(party=party).exists():
        raise NotFound()
    clue = Clue.objects.create(
        matter=case.matter,
        party=party,
        kind=kind,
        description=description.strip(),
        given_by=given_by.strip(),
        given_at=at,
    )
    tell(case=case, found=[clue], actor=actor, at=at)
    return clue


def tell(*, case: Case, found: Iterable[Clue], actor: Actor, at: datetime, happened_at: datetime | None = None) -> None:
    """Record clues in a locked case, so that each of them is checked there."""
    rows = [
        recording.Happening(
            case=case, verb="cases.clue_given", subject=f"cases.clue:{clue.pk}", happened_at=happened_at,
            facts=ClueGiven(kind=ClueKind(clue.kind), owner=Symbol(clue.party.symbol)),
        )
        for clue in found
    ]  # fmt: skip
    if rows:
        recording.record_all(rows, actor=actor, at=at)
