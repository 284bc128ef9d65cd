"""Closing an execution case: ending the round for lack of property (终本) and closing as performed (ZB-*, SET-DONE).

Ending the round needs five conditions at once, more than three months since filing, and the creditor's signature or the
president's approval. It is neither termination nor performance: renewals, half-yearly inquiries and the debtor's duty to
report go on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from law import money, periods
from law.calendar import CHINA, DAY, Calendar
from law.reasons import Findings, Reason
from law.rules import NATIONAL, Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundFacts:
    """What the file shows when a round is to be ended; the defaults are what nothing in the file shows.

    `property_found` with `unsold_and_not_taken` or `vehicle_not_in_hand` is property that cannot be disposed of.
    """

    filed_on: date
    notice_sent: bool = False
    report_ordered: bool = False
    report_followed_up: bool = False
    limited: bool = False
    listing_required: bool = False
    listed: bool = False
    clues_checked: bool = False
    network_inquiry_done: bool = False
    local_inquiry_done: bool = False
    audit_and_bounty_decided: bool = True
    property_found: bool = False
    unsold_and_not_taken: bool = False
    vehicle_not_in_hand: bool = False
    debtor_missing: bool = False
    searched_for_debtor: bool = False
    obstruction: bool = False
    obstruction_punished: bool = False
    creditor_heard: bool = False
    creditor_signed: bool = False
    panel_and_president_approved: bool = False
    unpaid: Decimal | None = None


def earliest_round_end(*, filed_on: date, rules: Rulebook = NATIONAL) -> date:
    """The first day on which a round can end: the day after the corresponding day three months later.

    终规1（四）. earliest_round_end(filed_on=date(2025, 1, 15)) == date(2025, 4, 16).
    """
    return periods.add_months(filed_on, rules.count("ZB-3M-CALC")) + DAY


def may_close_round(*, facts: RoundFacts, at: date, rules: Rulebook = NATIONAL) -> Findings:
    """Whether this round of execution may be ended on the day; every condition is listed, met or not.

    终规1-5, 解释517①. Filed on 2025-01-15, `at` 2025-04-15 is refused and 2025-04-16 allowed, other conditions met.
    may_close_round(facts=RoundFacts(filed_on=date(2025, 1, 15)), at=date(2025, 2, 1)).allowed is False.
    """
    first = earliest_round_end(filed_on=facts.filed_on, rules=rules)
    reason = rules.reason
    approved = facts.creditor_signed or facts.panel_and_president_approved
    return Findings.of(
        [
            reason("ZB-COND", "已向被执行人发出执行通知", met=facts.notice_sent),
            reason("ZB-COND", "已责令被执行人报告财产", met=facts.report_ordered),
            reason("ZB-REPORT", "对报告已核查，对拒不报告、虚假报告已处理", met=facts.report_followed_up),
            reason("ZB-COND", "已发出限制消费令", met=facts.limited),
            reason("ZB-COND", "符合条件的已纳入失信名单", met=facts.listed or not facts.listing_required),
            *_searched(facts, rules),
            reason("ZB-COND", "自执行案件立案之日起已超过三个月（{first}起）", met=at >= first, first=first),
            *_people(facts, rules),
            reason("ZB-HEAR", "已将有关情况告知申请执行人并听取意见", met=facts.creditor_heard),
            reason("ZB-APPROVE", "申请执行人签字确认，或者经合议庭核实并由院长批准", met=approved),
            reason("ZB-NOT-END", "尚有未执行的标的", met=facts.unpaid is None or facts.unpaid > 0),
        ]
    )


def _searched(facts: RoundFacts, rules: Rulebook) -> Iterator[Reason]:
    reason = rules.reason
    done = facts.clues_checked and facts.network_inquiry_done
    yield reason("ZB-COND", "已核查财产线索并完成网络查控，穷尽财产调查措施", met=done)
    yield reason("ZB-EXHAUST", "已采取必要的线下调查", met=facts.local_inquiry_done)
    yield reason("ZB-EXHAUST", "对审计、悬赏申请已作决定", met=facts.audit_and_bounty_decided)
    stuck = facts.unsold_and_not_taken or facts.vehicle_not_in_hand
    if facts.property_found:
        yield reason("ZB-UNSELLABLE", "发现的财产不能处置：拍卖变卖未成交且不能抵债，或者车船未能实际扣押", met=stuck)


def _people(facts: RoundFacts, rules: Rulebook) -> Iterator[Reason]:
    found = facts.searched_for_debtor or not facts.debtor_missing
    yield rules.reason("ZB-COND", "被执行人下落不明的，已依法查找", met=found)
    punished = facts.obstruction_punished or not facts.obstruction
    yield rules.reason("ZB-COND", "妨害执行的，已依法罚款、拘留或者启动刑事责任追究", met=punished)


def requery_dates(*, ended_on: date, rules: Rulebook = NATIONAL, calendar: Calendar = CHINA) -> tuple[date, ...]:
    """The last days of the half-yearly inquiries for five years after a round ended (终规9②): ten dates.

    requery_dates(ended_on=date(2025, 4, 16))[0] == date(2025, 10, 16).
    """
    every, years = rules.count("ZB-REQUERY"), rules.count("ZB-REQUERY.YEARS")
    months = range(every, 12 * years + 1, every)
    return tuple(periods.last_day(start=ended_on, months=count, calendar=calendar) for count in months)


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformedFacts:
    """What is left when a case is to be closed as performed; sums in yuan."""

    owed: Decimal
    undistributed: Decimal = money.ZERO
    payouts_open: int = 0
    measures_in_force: int = 0
    listed: bool = False
    limited: bool = False
    settlement_still_running: bool = False
    other_duties_open: bool = False


def may_close_performed(*, facts: PerformedFacts, rules: Rulebook = NATIONAL) -> Findings:
    """Whether a case may be closed as fully performed: nothing owed, no money undistributed, nothing still in force.

    执规64, 解释465, 查规28. A settlement that still runs is no performance (SET-CLOSE). Open listings and limits only warn:
    their removal is a duty that outlives the case.
    may_close_performed(facts=PerformedFacts(owed=Decimal("0.01"))).allowed is False.
    """
    reason = rules.reason
    return Findings.of(
        [
            reason("EXE-CLOSE-TYPES", "债务已全部清偿（尚欠{owed:,.2f}元）", met=facts.owed <= 0, owed=facts.owed),
            reason("EXE-CLOSE-TYPES", "其他义务已履行", met=not facts.other_duties_open),
            reason(
                "FUND-30D",
                "案款已全部发放、退还或者提存（尚余{left:,.2f}元）",
                met=facts.undistributed == 0,
                left=facts.undistributed,
            ),
            reason("FUND-30D", "没有未完成的发放（{open}笔）", met=facts.payouts_open == 0, open=facts.payouts_open),
            reason("SET-DONE", "执行和解已履行完毕", met=not facts.settlement_still_running),
            reason(
                "FRZ-RELEASE",
                "查封、扣押、冻结措施已解除（尚有{open}项）",
                met=facts.measures_in_force == 0,
                open=facts.measures_in_force,
            ),
            reason("DIS-REMOVE", "失信信息已删除", met=not facts.listed, blocking=False),
            reason("LIM-LIFT", "限制消费已解除", met=not facts.limited, blocking=False),
        ]
    )
