"""Calling on those who answer after the others: the first debtors' property did not suffice (民法典178; 补充责任)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.roles import Action
from cases import access, queries
from cases.kinds import EXECUTION_KINDS, Liability
from cases.models import Case, JudgmentItem
from cases.services import noting, recording
from cases.services.executing import NotExecution
from kernel import clock
from kernel.refusals import Refusal


class NotToBeCalled(Refusal):
    """Only a supplementary item on which nobody was called yet, with something left to pay."""

    message = _("没有尚未启动的补充责任：判项不是补充责任、已经启动或者已经付清。")


class FindingMissing(Refusal):
    """Calling on them says what was found about the first debtors."""

    message = _("请写明先承担的义务人不能清偿的查明情况。")
    status = 400


@dataclass(frozen=True)
class CalledOn:
    """Facts of cases.called_on: the day and what the others left unpaid of the item (yuan)."""

    on: date
    left: Decimal


def waiting(case: Case) -> list[JudgmentItem]:
    """The items of the dispute whose later payers were not called on yet."""
    rows = JudgmentItem.objects.filter(
        matter_id=case.matter_id, liability=Liability.SUPPLEMENTARY, called_on__isnull=True
    )
    return list(rows.select_related("case").prefetch_related("sides__party"))


@transaction.atomic
def call(*, case_id: UUID, item_id: UUID, finding: str, actor: Actor, at: datetime) -> JudgmentItem:
    """Let those who answer after the others owe the item from today. Raises NotExecution, NotToBeCalled, FindingMissing."""
    case = access.locked_case_for(actor, case_id, Action.EXECUTE)
    if case.kind not in EXECUTION_KINDS:
        raise NotExecution(number=case.number)
    day = clock.day_of(at)
    item = next((row for row in waiting(case) if row.pk == item_id), None)
    left = queries.debt(case.matter, day).by_item.get(item.symbol) if item else None
    if item is None or left is None or not left.total:
        raise NotToBeCalled()
    if not finding.strip():
        raise FindingMissing(field="finding")
    noting.write(case_id=case.pk, text=finding, kind="NOTE", actor=actor, at=at)
    item.called_on = day
    item.version += 1
    item.save(update_fields=["called_on", "version"])
    facts = CalledOn(on=day, left=left.total)
    recording.record(case=case, verb="cases.called_on", actor=actor, at=at, subject=item.symbol, facts=facts)
    return item
