"""No case is closed while money of it lies in the court's account."""

from datetime import datetime

from django.utils.translation import gettext as _

from cases.closing import EVERY
from cases.declaring import CLOSING, ClosingCheck
from cases.models import Case
from funds import queries
from funds.models import Claim, DistributionPlan, PlanClaim, Receipt
from kernel.refusals import Condition


def _no_money_left(case: Case, at: datetime) -> Condition:
    left = queries.in_funds(case)
    return Condition(
        text=_("案款账户和待付账户没有余额，现有 %(left)s 元") % {"left": f"{left:,.2f}"},
        met=left == 0,
        cure=_("发放、退还或经批准提存后再结案"),
        article=_("法发〔2017〕6号第10条"),
    )


def _every_receipt_paid(case: Case, at: datetime) -> Condition:
    rows = Receipt.objects.owned().filter(case=case, paid_at__isnull=True, deposited_at__isnull=True)
    count = rows.count()
    return Condition(
        text=_("每笔来款都已付清"), met=count == 0, cure=_("还有 %(count)s 笔来款未付清") % {"count": count}
    )


def _no_open_claim(case: Case, at: datetime) -> Condition:
    count = Claim.objects.filter(case=case, state="ASKED").count()
    return Condition(text=_("没有待复核的认领"), met=count == 0, cure=_("先复核 %(count)s 项认领") % {"count": count})


def _no_running_plan(case: Case, at: datetime) -> Condition | None:
    """Asked only of a case that takes part in a plan: its share is still to come."""
    joined = PlanClaim.objects.filter(case=case, dropped_at__isnull=True).values("plan_id")
    count = DistributionPlan.objects.filter(pk__in=joined, ended_at__isnull=True).count()
    if not count:
        return None
    return Condition(
        text=_("没有进行中的分配方案"),
        met=False,
        cure=_("%(count)s 件分配方案还没有分配完毕") % {"count": count},
        article=_("民事诉讼法解释第508条"),
    )


CLOSING.declare(
    ClosingCheck("funds.no_money_left", EVERY, _no_money_left),
    ClosingCheck("funds.every_receipt_paid", EVERY, _every_receipt_paid),
    ClosingCheck("funds.no_running_plan", EVERY, _no_running_plan),
    ClosingCheck("funds.no_open_claim", EVERY, _no_open_claim),
)
