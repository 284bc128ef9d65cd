"""The clocks of case funds: the court's own hours, the thirty days, the ten and five working days (FUND-*).

The thirty days run from the finance notice, not from the day the money came in; what the court itself promises runs
from the money's arrival. Money starts a payout by itself only as a draft: approval stays with people.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from law import money, periods
from law.calendar import CHINA, Calendar
from law.reasons import Findings
from law.rules import NATIONAL, Rulebook

Span = periods.Span


@dataclass(frozen=True, slots=True, kw_only=True)
class PayoutClock:
    """The moments by which money must leave; dates are inclusive last days."""

    local_target: datetime
    instruct_by: date
    pay_by: date
    statutory: date | None

    @property
    def red_line(self) -> date:
        """The earliest binding day: the ten and five working days or the thirty days."""
        return self.pay_by if self.statutory is None else min(self.pay_by, self.statutory)


def payout_clock(
    *,
    arrived_at: datetime,
    notified_on: date | None = None,
    instructed_on: date | None = None,
    pauses: Iterable[Span] = (),
    calendar: Calendar = CHINA,
    rules: Rulebook = NATIONAL,
) -> PayoutClock:
    """When money received at `arrived_at` must be paid out; `pauses` are approved holds, half-open spans.

    法发〔2017〕6号10: 30 days after the finance notice; 法〔2021〕322号: 10 working days to instruct, 5 more to pay (from
    memory, hence a warning); the court's own target: 72 hours.
    payout_clock(arrived_at=datetime(2026, 3, 2, 10)).pay_by == date(2026, 3, 23).
    """
    spans = tuple(pauses)
    arrived_on = arrived_at.date()
    instruct_by = periods.last_day(
        start=arrived_on, working_days=rules.count("FUND-10+5WD"), pauses=spans, calendar=calendar
    )
    pay_by = periods.last_day(
        start=instructed_on or instruct_by,
        working_days=rules.count("FUND-10+5WD.FINANCE"),
        pauses=spans,
        calendar=calendar,
    )
    statutory = notified_on and periods.last_day(
        start=notified_on, days=rules.count("FUND-30D"), pauses=spans, calendar=calendar
    )
    target = arrived_at + timedelta(hours=rules.count("FUND-LOCAL"))
    return PayoutClock(local_target=target, instruct_by=instruct_by, pay_by=pay_by, statutory=statutory)


def resume_by(*, reason_ended_on: date, calendar: Calendar = CHINA, rules: Rulebook = NATIONAL) -> date:
    """The last day to pay after the reason of a hold ended: ten days (法发〔2017〕6号10, from memory).

    resume_by(reason_ended_on=date(2025, 3, 3)) == date(2025, 3, 13).
    """
    return periods.last_day(start=reason_ended_on, days=rules.count("FUND-DELAY"), calendar=calendar)


def identify_by(*, arrived_on: date, calendar: Calendar = CHINA, rules: Rulebook = NATIONAL) -> date:
    """The last day to find the case of unidentified money: three working days, a local figure (FUND-UNKNOWN).

    identify_by(arrived_on=date(2025, 9, 29)) == date(2025, 10, 10).
    """
    return periods.last_day(start=arrived_on, working_days=rules.count("FUND-UNKNOWN"), calendar=calendar)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldFacts:
    """Why money is not paid out yet, and who approved the delay."""

    needs_distribution: bool = False
    frozen_elsewhere: bool = False
    payee_absent: bool = False
    stayed: bool = False
    other_reason: str = ""
    approved: bool = False


def may_hold(*, facts: HoldFacts, rules: Rulebook = NATIONAL) -> Findings:
    """Whether money may be held back: a listed reason and the approval of the director or the leader in charge.

    法发〔2017〕6号10. may_hold(facts=HoldFacts(needs_distribution=True, approved=True)).allowed is True.
    """
    reason = facts.needs_distribution or facts.frozen_elsewhere or facts.payee_absent or facts.stayed
    return Findings.of(
        [
            rules.reason("FUND-DELAY", "有延缓发放的事由", met=reason or bool(facts.other_reason), blocking=True),
            rules.reason("FUND-DELAY", "经执行局局长或者主管院领导批准", met=facts.approved, blocking=True),
        ]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositFacts:
    """Why the payee does not take the money (提存)."""

    refuses: bool = False
    missing: bool = False
    no_heir_or_guardian: bool = False
    unreachable: bool = False
    other_reason: str = ""
    approved: bool = False


def may_deposit(*, facts: DepositFacts, rules: Rulebook = NATIONAL) -> Findings:
    """Whether money may be deposited for a payee who does not take it; warns, since the articles are from memory.

    法发〔2017〕6号14、15. The approval is always required.
    may_deposit(facts=DepositFacts(missing=True)).allowed is False.
    """
    reason = (
        facts.refuses or facts.missing or facts.no_heir_or_guardian or facts.unreachable or bool(facts.other_reason)
    )
    return Findings.of(
        [
            rules.reason("FUND-DEPOSIT", "申请执行人拒领、下落不明、无继承人或监护人，或者无法通知", met=reason),
            rules.reason("FUND-DEPOSIT", "经执行局局长或者主管院领导批准提存", met=facts.approved, blocking=True),
        ]
    )


def deposit_fee(*, amount: Decimal, rules: Rulebook = NATIONAL) -> Decimal:
    """What depositing costs the applicant, in yuan: the court's own figure, never more than the money (FUND-DEPOSIT.FEE).

    deposit_fee(amount=Decimal("100")) == 0.00.
    """
    return min(money.amount(rules.figure("FUND-DEPOSIT.FEE")), money.amount(amount))


def claim_deposit_by(*, deposited_on: date, rules: Rulebook = NATIONAL) -> date:
    """The last day on which a payee may claim what was deposited: five years (民法典574②, from memory).

    claim_deposit_by(deposited_on=date(2026, 11, 22)) == date(2031, 11, 22). The right ends with the day, so rest days count.
    """
    return periods.add_months(deposited_on, 12 * rules.count("FUND-DEPOSIT.CLAIM"))


def close_month_by(*, month_end: date, calendar: Calendar = CHINA, rules: Rulebook = NATIONAL) -> date:
    """The last day to close a month: the first working days of the next one (FUND-LEDGER.CLOSE; 法发〔2017〕6号3).

    close_month_by(month_end=date(2026, 10, 31)) == date(2026, 11, 6).
    """
    count = rules.count("FUND-LEDGER.CLOSE")
    return periods.last_day(start=month_end, working_days=count, calendar=calendar)


def counts_staff_money(*, rules: Rulebook = NATIONAL) -> bool:
    """Whether what staff gave of their own counts as recovered: not unless the court says so (FUND-3RD-PAYER.COUNTS).

    counts_staff_money() is False.
    """
    return rules.count("FUND-3RD-PAYER.COUNTS") == 1


def may_take_cash(*, officers: int, receipt_issued: bool, record_made: bool, rules: Rulebook = NATIONAL) -> Findings:
    """Whether cash may be taken: two officers at least, a receipt at once and a record (法发〔2017〕6号8).

    may_take_cash(officers=1, receipt_issued=True, record_made=True).allowed is False.
    """
    least = rules.count("FUND-CASH")
    return Findings.of(
        [
            rules.reason("FUND-CASH", "{least}名以上执行人员收取", met=officers >= least, least=least),
            rules.reason("FUND-CASH", "即时出具收款凭证", met=receipt_issued),
            rules.reason("FUND-CASH", "制作收款笔录", met=record_made),
        ]
    )


def must_pass_through_court(*, disputed: bool, needs_distribution: bool, levied: bool) -> bool:
    """Whether a payment may not go to the creditor directly (法发〔2017〕6号6).

    must_pass_through_court(disputed=False, needs_distribution=False, levied=True) is True.
    """
    return disputed or needs_distribution or levied


@dataclass(frozen=True, slots=True, kw_only=True)
class Movements:
    """Where received money went, in yuan."""

    received: Decimal
    paid: Decimal = money.ZERO
    fees: Decimal = money.ZERO
    refunded: Decimal = money.ZERO
    held: Decimal = money.ZERO
    unclaimed: Decimal = money.ZERO


def unexplained(*, movements: Movements) -> Decimal:
    """Received money that is neither paid, fee, refunded, held nor unclaimed; must be zero.

    unexplained(movements=Movements(received=Decimal("10"), paid=Decimal("10"))) == 0.
    """
    m = movements
    return m.received - m.paid - m.fees - m.refunded - m.held - m.unclaimed
