"""What a distribution plan forbids with a receipt: it is not drafted, held, moved or reversed alone."""

from django.utils.translation import gettext_lazy as _

from funds.kinds import ReceiptSource, ReceiptState
from funds.models import DistributionPlan, PlanPart, PlanSource, Receipt
from kernel.refusals import Refusal


class UnderPlan(Refusal):
    """The receipt is distributed among several creditors."""

    message = _("这笔来款属于分配方案（%(number)s），按方案办理，不能单独办理。还在拟制中的方案可以先撤销。")


def plan_of(receipt: Receipt) -> DistributionPlan | None:
    """The plan that the receipt's money waits under."""
    row = PlanSource.objects.filter(receipt=receipt, ended_at__isnull=True).select_related("plan__case").first()
    return row.plan if row else None


def history_of(receipt: Receipt) -> DistributionPlan | None:
    """The plan that divides the receipt, divided it, or gave it."""
    if plan := plan_of(receipt):
        return plan
    if receipt.state != ReceiptState.DIVIDED and receipt.source != ReceiptSource.DIVIDED:
        return None
    parts = PlanPart.objects.select_related("plan__case")
    part = parts.filter(source=receipt).first() or parts.filter(receipt=receipt).first()
    return part.plan if part else None


def require_free(receipt: Receipt) -> None:
    """Raise UnderPlan while the receipt waits under a plan, and for ever after it was divided."""
    plan = plan_of(receipt)
    if plan is None and receipt.state == ReceiptState.DIVIDED:
        plan = PlanPart.objects.select_related("plan__case").filter(source=receipt)[0].plan
    if plan is not None:
        raise UnderPlan(number=plan.case.number)


def require_own(receipt: Receipt) -> None:
    """The same, and for what came out of a plan: it is neither re-booked nor reversed, and shared no further."""
    require_free(receipt)
    if receipt.source == ReceiptSource.DIVIDED:
        part = PlanPart.objects.select_related("plan__case").filter(receipt=receipt).first()
        raise UnderPlan(number=part.plan.case.number if part else "—")
