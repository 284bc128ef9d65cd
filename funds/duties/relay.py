"""The relay of money: who has it now and by when it goes on (FUND-LOCAL, FUND-30D, FUND-CASH, FUND-DELAY)."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Role
from cases.declaring import DUTIES, OFFICER, DutyKind, Limit, Step
from cases.models import Case, Duty, Event
from funds.kinds import PayeeKind, PayoutState
from funds.models import Payout

DIRECTOR_THEN_PRESIDENT = (
    Step(timedelta(0), (Role.BUREAU_DIRECTOR,)),
    Step(timedelta(days=3), (Role.PRESIDENT,)),
)
FUNDS = frozenset({"funds"})
GONE = ("funds.receipt_reversed", "funds.receipt_moved_away", "funds.receipt_divided")
STANDS = ("funds.payout_held", "funds.receipt_deposited")
RUNS = ("funds.hold_ended", "funds.receipt_reopened")


def _key(duty: Duty) -> str:
    return duty.subject.partition(":")[2]


def _receipt(duty: Duty) -> str:
    return reverse("funds:receipt", args=[_key(duty)])


def _payout(duty: Duty) -> str:
    return reverse("funds:payout", args=[_key(duty)])


def _unidentified(duty: Duty) -> str:
    return reverse("funds:unidentified")


def _receipt_of(event: Event) -> str:
    """The receipt that an event of a payout is about."""
    return str((event.facts or {}).get("receipt") or event.subject)


def _is_the_splits(event: Event, case: Case) -> bool:
    """The fee is confirmed with the rest of the split: it has a duty of its own only when it takes the whole receipt."""
    facts = event.facts or {}
    if facts.get("payee_kind") != PayeeKind.COURT or facts.get("whole"):
        return True
    key = str(facts.get("receipt")).partition(":")[2]
    others = Payout.objects.filter(receipt=key, state=PayoutState.DRAFT).exclude(payee_kind=PayeeKind.COURT)
    return not others.exists()


def _is_cash(event: Event, case: Case) -> bool:
    return (event.facts or {}).get("source") == "CASH"


DUTIES.declare(
    DutyKind(
        kind="funds.relay",
        title=_("案款三日内发放"),
        holder=OFFICER,
        limit=Limit(fact="target_by"),
        opens=("funds.receipt_booked",),
        closes=("funds.receipt_paid",),
        cancels=GONE,
        pauses=STANDS,
        resumes=RUNS,
        warn=timedelta(hours=24),
        button=_("看进度"),
        url=_receipt,
        tags=FUNDS,
        rule="FUND-LOCAL",
        article="本院内控：到账后 72 小时内发放",
        escalate=DIRECTOR_THEN_PRESIDENT,
        survives_closing=True,
    ),
    DutyKind(
        kind="funds.pay_in_time",
        title=_("案款三十日内发放"),
        holder=OFFICER,
        limit=Limit(fact="pay_by"),
        opens=("funds.receipt_booked",),
        closes=("funds.receipt_paid",),
        cancels=GONE,
        pauses=STANDS,
        resumes=RUNS,
        warn=timedelta(days=10),
        button=_("看进度"),
        url=_receipt,
        tags=FUNDS,
        rule="FUND-30D",
        article="法发〔2017〕6号第10条",
        escalate=DIRECTOR_THEN_PRESIDENT,
        survives_closing=True,
    ),
    DutyKind(
        kind="funds.pay_after_hold",
        title=_("延缓事由消失，十日内发放"),
        holder=OFFICER,
        limit=Limit(fact="pay_by"),
        opens=("funds.hold_ended",),
        closes=("funds.receipt_paid",),
        cancels=GONE,
        warn=timedelta(days=3),
        button=_("看进度"),
        url=_receipt,
        tags=FUNDS,
        rule="FUND-DELAY",
        article="法发〔2017〕6号第10条",
        survives_closing=True,
    ),
    DutyKind(
        kind="funds.check_payee_account",
        title=_("核对当事人填写的收款账户"),
        holder=OFFICER,
        limit=Limit(working_days=3, rule="DESK-PAYEE"),
        opens=("funds.payee_account_entered",),
        closes=("funds.payee_account_checked", "funds.payee_account_withdrawn"),
        button=_("核对"),
        url=lambda duty: reverse("funds:payees", args=[duty.case.slug]),
        tags=FUNDS,
        rule="DESK-PAYEE",
        article="本院内控",
        survives_closing=True,
    ),
    DutyKind(
        kind="funds.assign_payee",
        title=_("确定来款的收款人"),
        holder=OFFICER,
        limit=Limit(hours=24),
        opens=("funds.split_needed",),
        closes=("funds.payout_drafted",),
        cancels=GONE,
        about=_receipt_of,
        warn=timedelta(hours=6),
        button=_("确定分配"),
        url=_receipt,
        tags=FUNDS,
        survives_closing=True,
    ),
    DutyKind(
        kind="funds.confirm_payout",
        title=_("确认发放方案"),
        holder=OFFICER,
        limit=Limit(hours=24),
        opens=("funds.payout_drafted",),
        closes=("funds.payout_confirmed", "funds.fee_taken"),
        cancels=("funds.payout_void", "funds.draft_dropped", "funds.payout_deposited"),
        when=_is_the_splits,
        warn=timedelta(hours=6),
        button=_("确认"),
        url=_payout,
        tags=FUNDS,
        article="法发〔2017〕6号第10条",
        survives_closing=True,
    ),
    DutyKind(
        kind="funds.release_payout",
        title=_("放行付款批"),
        holder=Role.FINANCE_KEEPER,
        limit=Limit(hours=12),
        opens=("funds.payout_batched",),
        closes=("funds.payout_released",),
        cancels=("funds.payout_unbatched", "funds.payout_void"),
        warn=timedelta(hours=4),
        button=_("放行"),
        url=_payout,
        tags=FUNDS,
        survives_closing=True,
    ),
    DutyKind(
        kind="funds.send_payout",
        title=_("付款"),
        holder=Role.FINANCE_PAYER,
        limit=Limit(hours=24),
        opens=("funds.payout_approved",),
        closes=("funds.payout_sent",),
        cancels=("funds.payout_void", "funds.payout_deposited"),
        warn=timedelta(hours=6),
        button=_("付款"),
        url=_payout,
        tags=FUNDS,
        survives_closing=True,
    ),
    DutyKind(
        kind="funds.settle_payout",
        title=_("等银行答复"),
        holder=Role.FINANCE_PAYER,
        limit=Limit(hours=24),
        opens=("funds.payout_sent",),
        closes=("funds.payout_settled", "funds.grant_paid", "funds.payout_returned"),
        cancels=("funds.payout_void",),
        warn=timedelta(hours=12),
        button=_("看付款"),
        url=_payout,
        tags=FUNDS,
        survives_closing=True,
    ),
    DutyKind(
        kind="funds.mend_payout",
        title=_("付款被退回，核对账户后重新发放"),
        holder=OFFICER,
        limit=Limit(days=3),
        opens=("funds.payout_returned",),
        closes=("funds.payout_replaced",),
        button=_("重新发放"),
        url=_payout,
        tags=FUNDS,
        survives_closing=True,
    ),
    DutyKind(
        kind="funds.confirm_claim",
        title=_("复核认领"),
        holder=Role.FINANCE_KEEPER,
        limit=Limit(hours=24),
        opens=("funds.claim_asked",),
        closes=("funds.claim_confirmed", "funds.claim_refused"),
        warn=timedelta(hours=6),
        button=_("复核"),
        url=_unidentified,
        tags=FUNDS,
        rule="FUND-UNKNOWN",
        survives_closing=True,
    ),
    DutyKind(
        kind="funds.review_hold",
        title=_("复查延缓发放的事由"),
        holder=OFFICER,
        limit=Limit(fact="review_on"),
        opens=("funds.payout_held",),
        closes=("funds.hold_ended",),
        cancels=GONE,
        warn=timedelta(days=3),
        button=_("复查"),
        url=_receipt,
        tags=FUNDS,
        rule="FUND-DELAY",
        article="法发〔2017〕6号第10条",
        survives_closing=True,
    ),
    DutyKind(
        kind="funds.hand_in_cash",
        title=_("现金当日缴存，困难的次日内缴存"),
        holder=OFFICER,
        limit=Limit(days=1, rule="FUND-CASH.HANDOVER"),
        opens=("funds.receipt_booked",),
        closes=("funds.cash_handed_in",),
        cancels=GONE,
        when=_is_cash,
        warn=timedelta(hours=12),
        button=_("看凭证"),
        url=_receipt,
        tags=FUNDS,
        rule="FUND-CASH",
        article="法发〔2017〕6号第8条",
        survives_closing=True,
    ),
)
