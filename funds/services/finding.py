"""Obtaining receipts and payouts for an act: the case first, locked, then the row. Absent and forbidden look the same."""

from collections.abc import Sequence
from uuid import UUID

from accounts import policy
from accounts.actors import Actor
from accounts.roles import Action
from cases import access, locks
from cases.models import Case
from funds.models import Payout, Receipt
from funds.services import bound
from kernel.refusals import NotFound


def receipt_for(actor: Actor, receipt_id: UUID, to: Action) -> tuple[Receipt, Case]:
    """A receipt of a case that no distribution plan binds, both locked. Raises NotFound, NotAllowed, UnderPlan."""
    policy.require(actor, to)
    case_id = Receipt.objects.visible_to(actor).filter(pk=receipt_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound()
    case = access.locked_case_for(actor, case_id, to)
    receipt = Receipt.objects.select_for_update(no_key=True, of=("self",)).select_related("line").get(pk=receipt_id)
    if receipt.case_id != case.pk:  # re-booked in between
        raise NotFound()
    receipt.case = case
    bound.require_free(receipt)
    return receipt, case


def payout_for(actor: Actor, payout_id: UUID, to: Action) -> tuple[Payout, Case]:
    """A payout and its case, both locked. Raises NotFound, NotAllowed."""
    policy.require(actor, to)
    case_id = Payout.objects.visible_to(actor).filter(pk=payout_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound()
    case = access.locked_case_for(actor, case_id, to)
    return locked(payout_id), case


def payouts_for(actor: Actor, payout_ids: Sequence[UUID], to: Action) -> list[tuple[Payout, Case]]:
    """Several payouts with their cases, all cases locked first in their order. Raises NotFound when one is not seen."""
    policy.require(actor, to)
    rows = dict(Payout.objects.visible_to(actor).filter(pk__in=payout_ids).values_list("pk", "case_id"))
    if not rows or set(rows) != set(payout_ids):
        raise NotFound()
    cases = {case.pk: case for case in locks.lock_all(rows.values())}
    return [(locked(key), cases[rows[key]]) for key in sorted(rows)]


def locked(payout_id: UUID) -> Payout:
    """The payout, locked and read afresh; the caller holds its case."""
    rows = Payout.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("receipt__registered_by__user", "receipt__line", "payee", "confirmed_by__user").get(
        pk=payout_id
    )
