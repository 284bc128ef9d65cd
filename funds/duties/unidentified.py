"""Duties about money without a case and about what payers say (FUND-UNKNOWN)."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from cases.declaring import DutyKind, Limit, Step
from cases.models import Duty

FUNDS = frozenset({"funds"})
ESCALATE = (
    Step(timedelta(0), (Role.BUREAU_DIRECTOR,)),
    Step(timedelta(days=10), (Role.PRESIDENT,)),
)


def _receipt(duty: Duty) -> str:
    return f"{reverse('funds:unidentified')}?receipt={duty.subject.partition(':')[2]}"


def _payer_claim(duty: Duty) -> str:
    return reverse("funds:payer_claim", args=[duty.subject.partition(":")[2]])


ROWS = (
    DutyKind(
        kind="funds.identify",
        title=_("甄别不明款"),
        holder=Role.FINANCE_REGISTRAR,
        limit=Limit(working_days=3, rule="FUND-UNKNOWN"),
        opens=("funds.money_unidentified",),
        closes=("funds.money_identified", "funds.money_noticed"),
        warn=timedelta(days=1),
        escalate=ESCALATE,
        button=_("甄别"),
        url=_receipt,
        tags=FUNDS,
        rule="FUND-UNKNOWN",
        article="本院内控：不明款三个工作日内甄别",
    ),
    DutyKind(
        kind="funds.after_notice",
        title=_("公告期满：认领，或者提存、上缴"),
        holder=Role.FINANCE_REGISTRAR,
        limit=Limit(fact="until"),
        opens=("funds.money_noticed",),
        closes=("funds.money_identified",),
        warn=timedelta(days=5),
        escalate=ESCALATE,
        button=_("看公告款"),
        url=_receipt,
        tags=FUNDS,
        rule="FUND-UNKNOWN.NOTICE",
        article="本院内控：公告认领",
    ),
    DutyKind(
        kind="funds.answer_payer",
        title=_("核对付款人的申报"),
        holder=Role.FINANCE_REGISTRAR,
        limit=Limit(working_days=3, rule="FUND-UNKNOWN"),
        opens=("funds.payer_claimed", "funds.payer_claim_woken"),
        closes=("funds.payer_claim_found", "funds.payer_claim_parked", "funds.payer_claim_answered"),
        warn=timedelta(days=1),
        button=_("核对"),
        url=_payer_claim,
        tags=FUNDS,
        rule="FUND-UNKNOWN",
        article="本院内控：不明款三个工作日内甄别",
        survives_closing=True,
    ),
)
