"""Property clues are checked by the court, and who gave them is told that it was done (财调; 保规10)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases import access
from cases.models import Clue
from cases.models.cases import ClueKind
from cases.services import recording
from kernel.refusals import NotFound, Refusal


class CheckedAlready(Refusal):
    """A clue is checked once; a new fact is a new clue."""

    message = _("这条线索已经核查过。有新情况的，请作为新线索登记。")


class ResultMissing(Refusal):
    """Checking has a result."""

    message = _("请写明核查结果。")
    status = 400


@dataclass(frozen=True)
class Checked:
    """Facts of assets.clue_checked: what kind of property and whose; the result stays in the clue."""

    owner: str
    kind: ClueKind


@transaction.atomic
def check(*, case_id: UUID, clue_id: UUID, result: str, actor: Actor, at: datetime) -> Clue:
    """Record what checking a clue of the dispute brought. Raises CheckedAlready, ResultMissing, NotFound."""
    case = access.locked_case_for(actor, case_id, Action.INQUIRE)
    clue = Clue.objects.select_for_update(of=("self",)).select_related("party").filter(
        pk=clue_id, matter_id=case.matter_id
    ).first()  # fmt: skip
    if clue is None:
        raise NotFound()
    if clue.checked_at is not None:
        raise CheckedAlready()
    if not result.strip():
        raise ResultMissing(field="result")
    clue.checked_at, clue.result = at, result.strip()
    clue.save(update_fields=["checked_at", "result"])
    facts = Checked(owner=clue.party.symbol, kind=ClueKind(clue.kind))
    recording.record(
        case=case, verb="assets.clue_checked", actor=actor, at=at, subject=f"cases.clue:{clue.pk}", facts=facts
    )
    return clue
