"""No case is closed while money of it lies in the court's account."""

from datetime import datetime

from django.utils.translation import gettext as _

from cases.closing import EVERY
from cases.declaring import CLOSING, ClosingCheck
from cases.models import Case
from funds import queries
from funds.models import Claim, Receipt
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


CLOSING.declare(
    ClosingCheck("funds.no_money_left", EVERY, _no_money_left),
    ClosingCheck("funds.every_receipt_paid", EVERY, _every_receipt_paid),
    ClosingCheck("funds.no_open_claim", EVERY, _no_open_claim),
)
