"""Who looks after money that is kept apart."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from cases.declaring import DUTIES, OFFICER, DutyKind, Limit, Step
from cases.models import Case, Duty, Event
from funds.kinds import PayeeKind

FUNDS = frozenset({"funds"})


def _day(duty: Duty) -> str:
    return reverse("funds:day")


def _month(duty: Duty) -> str:
    return reverse("funds:month", args=[duty.subject.partition(":")[2]])


def _payout(duty: Duty) -> str:
    return reverse("funds:payout", args=[duty.subject.partition(":")[2]])


def _is_the_treasurys(event: Event, case: Case) -> bool:
    return (event.facts or {}).get("payee_kind") == PayeeKind.TREASURY


def _deposits(duty: Duty) -> str:
    return reverse("funds:deposits")


def _lapsed(duty: Duty) -> str:
    return reverse("funds:remit_deposits")


DUTIES.declare(
    DutyKind(
        kind="funds.watch_deposit",
        title=_("提存款领取期限届满前再次查找收款人"),
        holder=OFFICER,
        limit=Limit(fact="claim_by"),
        opens=("funds.payout_deposited",),
        closes=("funds.deposit_claimed", "funds.deposit_lapsed"),
        warn=timedelta(days=90),
        button=_("看提存"),
        url=_deposits,
        tags=FUNDS,
        rule="FUND-DEPOSIT.CLAIM",
        article="《民法典》第574条第2款",
        survives_closing=True,
    ),
    DutyKind(
        kind="funds.hand_over_deposit",
        title=_("提存款领取期限已满，决定是否上缴国库"),
        holder=Role.FINANCE_KEEPER,
        limit=Limit(days=30, rule="FUND-DEPOSIT.OVER"),
        opens=("funds.deposit_lapsed", "funds.deposit_kept_again"),
        closes=("funds.deposit_handed_over", "funds.deposit_claimed", "funds.suspense_taken_back"),
        button=_("列入上缴"),
        url=_lapsed,
        tags=FUNDS,
        rule="FUND-DEPOSIT.OVER",
        article="《民法典》第574条第2款",
        survives_closing=True,
    ),
    DutyKind(
        kind="funds.close_month",
        title=_("办理案款月结"),
        holder=Role.FINANCE_KEEPER,
        limit=Limit(fact="close_by"),
        opens=("funds.month_opened",),
        closes=("funds.month_closed",),
        warn=timedelta(days=3),
        button=_("月结"),
        url=_month,
        tags=FUNDS,
        rule="FUND-LEDGER",
        article="法发〔2017〕6号第3条",
    ),
    DutyKind(
        kind="funds.clear_difference",
        title=_("账实不符，查清差额"),
        holder=Role.FINANCE_KEEPER,
        limit=Limit(fact="since"),
        opens=("funds.books_differ",),
        closes=("funds.books_agree",),
        warn=timedelta(0),
        escalate=(Step(timedelta(0), (Role.BUREAU_DIRECTOR, Role.FINANCE_REGISTRAR, Role.FINANCE_PAYER)),),
        button=_("看差额"),
        url=_day,
        tags=FUNDS,
        rule="FUND-LEDGER",
        article="法发〔2017〕6号第3条",
    ),
    DutyKind(
        kind="funds.enter_treasury_number",
        title=_("登记国库缴款票据"),
        holder=Role.FINANCE_PAYER,
        limit=Limit(working_days=3),
        opens=("funds.payout_settled",),
        closes=("funds.treasury_entered",),
        cancels=("funds.payout_returned",),
        when=_is_the_treasurys,
        button=_("登记票据"),
        url=_payout,
        tags=FUNDS,
        survives_closing=True,
    ),
)
