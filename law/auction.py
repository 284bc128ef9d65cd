"""Online judicial auction: reserve, cut, notices, deposits, the clock of bidding, default, sale (AUC-*).

First round at 70 % of the reference price at least, second cut by 20 % of that at most (floor 56 %), then a sale of sixty
days at the second reserve. These figures belong to online auctions; traditional auctions have others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from law import clocks, money, periods
from law.calendar import CHINA, DAY, Calendar
from law.reasons import Findings, Line, Reckoning
from law.rules import NATIONAL, Rulebook


def lowest_reserve(
    *, reference_price: Decimal, round: int = 1, first_reserve: Decimal | None = None, rules: Rulebook = NATIONAL
) -> Reckoning:
    """The lowest reserve in yuan for round 1, 2 or 3 (the sale, at the second reserve).

    网拍10、26①. Round 1: price × 0.70; round 2: the first reserve × 0.80. lowest_reserve(reference_price=Decimal(1000000),
    round=2).total == 560000.00.
    """
    price = money.amount(reference_price)
    ratio = rules.figure("AUC-RESERVE")
    lines = [_reserve_line("第一次拍卖起拍价下限", price, ratio, "AUC-RESERVE", rules)]
    if round == 1:
        return Reckoning.of(lines)
    before = lines[0].amount if first_reserve is None else money.amount(first_reserve)
    kept = 1 - rules.figure("AUC-CUT")
    label = "第二次拍卖起拍价下限" if round == 2 else "变卖价下限"
    return Reckoning.of([_reserve_line(label, before, kept, "AUC-CUT", rules)])


def _reserve_line(label: str, base: Decimal, rate: Decimal, rule: str, rules: Rulebook) -> Line:
    return Line(
        template="{label}：{base:,.2f}元×{rate}＝{amount:,.2f}元",
        label=label,
        amount=money.fen(base * rate),
        basis=rules.article(rule),
        base=base,
        rate=rate,
        rule=rule,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AuctionFacts:
    """One round as the panel wants to announce it; sums in yuan."""

    reference_price: Decimal
    reserve: Decimal
    round: int = 1
    first_reserve: Decimal | None = None
    movable: bool = False
    notice_on: date | None = None
    starts_on: date | None = None
    deposit: Decimal | None = None
    hours: int = 24
    panel_decided: bool = False
    parties_told_on: date | None = None
    prior_claims_and_costs: Decimal = money.ZERO
    creditor_wants_no_surplus_auction: bool = False


def may_auction(*, facts: AuctionFacts, rules: Rulebook = NATIONAL) -> Findings:
    """Whether a round may be announced as planned: reserve, cut, notice, deposit, hours, panel, surplus.

    网拍10-12、16、17、20、26、27, 拍规6.
    may_auction(facts=AuctionFacts(reference_price=Decimal(100), reserve=Decimal(69), panel_decided=True)).allowed is False.
    """
    lowest = lowest_reserve(
        reference_price=facts.reference_price, round=facts.round, first_reserve=facts.first_reserve, rules=rules
    ).total
    surplus = facts.reserve > facts.prior_claims_and_costs or facts.creditor_wants_no_surplus_auction
    hours = rules.count("AUC-BID")
    reserve_rule = "AUC-RESERVE" if facts.round == 1 else "AUC-CUT"
    reasons = [
        rules.reason(reserve_rule, "起拍价不低于{lowest:,.2f}元", met=facts.reserve >= lowest, lowest=lowest),
        rules.reason("AUC-PANEL", "起拍价、降幅、保证金等经合议庭评议", met=facts.panel_decided),
        rules.reason("AUC-NO-SURPLUS", "清偿优先债权和费用后有剩余，或者申请执行人申请继续", met=surplus),
        rules.reason("AUC-BID", "竞价不少于{hours}小时", met=facts.hours >= hours, hours=hours),
    ]
    if facts.deposit is not None:
        low, high = deposit_bounds(reserve=facts.reserve, rules=rules)
        met = low <= facts.deposit <= high
        reasons.append(rules.reason("AUC-DEPOSIT", "保证金在{low:,.2f}元至{high:,.2f}元", met=met, low=low, high=high))
    if facts.notice_on is not None and facts.starts_on is not None:
        first = earliest_start(notice_on=facts.notice_on, round=facts.round, movable=facts.movable, rules=rules)
        rule = notice_rule(round=facts.round, movable=facts.movable)
        reasons.append(rules.reason(rule, "公告后最早{first}开拍", met=facts.starts_on >= first, first=first))
    if facts.parties_told_on is not None and facts.notice_on is not None:
        by = facts.notice_on - rules.count("AUC-PARTY") * DAY
        reasons.append(
            rules.reason("AUC-PARTY", "{by}前通知当事人和优先购买权人", met=facts.parties_told_on <= by, by=by)
        )
    return Findings.of(reasons)


def notice_rule(*, round: int, movable: bool) -> str:
    """The rule of the notice period: 15 or 30 days for the first round, 7 or 15 for the second (网拍12、26).

    notice_rule(round=2, movable=True) == "AUC-NOTICE-2.MOVABLE".
    """
    return f"AUC-NOTICE-{min(round, 2)}.{'MOVABLE' if movable else 'OTHER'}"


def earliest_start(*, notice_on: date, round: int, movable: bool, rules: Rulebook = NATIONAL) -> date:
    """The first day of bidding after a notice published on `notice_on`.

    网拍12、26①. earliest_start(notice_on=date(2025, 3, 3), round=1, movable=False) == date(2025, 4, 2).
    """
    return notice_on + rules.count(notice_rule(round=round, movable=movable)) * DAY


def latest_notice(*, starts_on: date, round: int, movable: bool, rules: Rulebook = NATIONAL) -> date:
    """The last day to publish the notice for bidding that starts on `starts_on`; a rest day makes it earlier.

    latest_notice(starts_on=date(2025, 4, 2), round=1, movable=False) == date(2025, 3, 3).
    """
    days = rules.count(notice_rule(round=round, movable=movable))
    return periods.back_from(end=starts_on, days=days)


def second_round_by(*, unsold_on: date, calendar: Calendar = CHINA, rules: Rulebook = NATIONAL) -> date:
    """The last day to start the second round on the same platform: 30 days after the first failed (网拍26①).

    second_round_by(unsold_on=date(2025, 3, 3)) == date(2025, 4, 2).
    """
    return clocks.deadline(rule="AUC-NOTICE-2", start=unsold_on, calendar=calendar, rules=rules).last_day


def deposit_bounds(*, reserve: Decimal, rules: Rulebook = NATIONAL) -> tuple[Decimal, Decimal]:
    """The least and the most deposit in yuan: 5 % and 20 % of the reserve, not of the appraisal (网拍17).

    deposit_bounds(reserve=Decimal(700000)) == (35000.00, 140000.00).
    """
    reserve = money.amount(reserve)
    return money.fen(reserve * rules.figure("AUC-DEPOSIT")), money.fen(reserve * rules.figure("AUC-DEPOSIT.MAX"))


def creditor_deposit(*, deposit: Decimal, claim: Decimal) -> Decimal:
    """What a bidding creditor still pays as deposit, in yuan: nothing, or what his claim falls short (网拍17②).

    creditor_deposit(deposit=Decimal(50000), claim=Decimal(30000)) == 20000.00.
    """
    return max(money.ZERO, money.amount(deposit) - money.amount(claim))


def bidding_ends(
    *, started_at: datetime, bids: Sequence[datetime], hours: int | None = None, rules: Rulebook = NATIONAL
) -> datetime:
    """When bidding ends: after 24 hours at least, and five minutes after the last bid made in the last five minutes.

    网拍11、20. Each late bid moves the end to five minutes after that bid, without limit; bids after the end do not count.
    bidding_ends(started_at=datetime(2025, 4, 2, 10), bids=[]) == datetime(2025, 4, 3, 10).
    """
    end = started_at + timedelta(hours=hours or rules.count("AUC-BID"))
    extra = timedelta(minutes=rules.count("AUC-BID.EXTENSION"))
    for bid in sorted(bids):
        if end - extra <= bid <= end:
            end = max(end, bid + extra)
    return end


def after_default(
    *,
    deposit: Decimal,
    costs: Decimal,
    first_price: Decimal,
    second_price: Decimal,
    case_debt: Decimal,
    related_debt: Decimal = money.ZERO,
    rules: Rulebook = NATIONAL,
) -> Reckoning:
    """How the forfeited deposit of a buyer in default is used, in yuan: costs, price difference, case debt, related debt.

    网拍24. The total is what was used; the defaulting buyer may not bid again.
    after_default(deposit=Decimal(9), costs=Decimal(5), first_price=Decimal(8), second_price=Decimal(7),
    case_debt=Decimal(2)).total == 8.00.
    """
    left = money.amount(deposit)
    difference = max(money.ZERO, money.amount(first_price) - money.amount(second_price))
    parts = (
        ("拍卖产生的费用损失", money.amount(costs)),
        ("重新拍卖价款低于原价款的差价", difference),
        ("本案债务", money.amount(case_debt)),
        ("与拍卖财产相关的债务", money.amount(related_debt)),
    )
    lines = []
    for label, owed in parts:
        used = min(left, owed)
        left -= used
        lines.append(
            Line(
                template="{label}：{base:,.2f}元，抵扣{amount:,.2f}元",
                label=label,
                amount=used,
                basis=rules.article("AUC-DEFAULT"),
                base=owed,
                rule="AUC-DEFAULT",
            )
        )
    return Reckoning.of(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaleClock:
    """The days after two failed rounds; inclusive."""

    ask_creditors_by: date
    announce_by: date
    sale_ends: date


def sale_clock(*, unsold_on: date, announced_on: date | None = None, rules: Rulebook = NATIONAL) -> SaleClock:
    """What follows the second failed round: ask whether a creditor takes it, announce the sale, sixty days of sale.

    网拍26②, 法明传〔2017〕455号 (ten and fifteen days from memory).
    sale_clock(unsold_on=date(2025, 3, 3)).ask_creditors_by == date(2025, 3, 13).
    """
    ask = clocks.deadline(rule="AUC-SELL-60.ASK", start=unsold_on, rules=rules).last_day
    announce = clocks.deadline(rule="AUC-SELL-60.NOTICE", start=unsold_on, rules=rules).last_day
    ends = (announced_on or announce) + rules.count("AUC-SELL-60") * DAY
    return SaleClock(ask_creditors_by=ask, announce_by=announce, sale_ends=ends)


def ruling_by(*, fully_paid_on: date, calendar: Calendar = CHINA, rules: Rulebook = NATIONAL) -> date:
    """The last day to serve the ruling that confirms the sale: ten days after full payment (拍规20).

    ruling_by(fully_paid_on=date(2025, 3, 3)) == date(2025, 3, 13).
    """
    return clocks.deadline(rule="AUC-RULING", start=fully_paid_on, calendar=calendar, rules=rules).last_day


def handover_by(*, ruling_served_on: date, calendar: Calendar = CHINA, rules: Rulebook = NATIONAL) -> date:
    """The last day to hand the property over: fifteen days after the ruling was served (拍规27).

    handover_by(ruling_served_on=date(2025, 3, 3)) == date(2025, 3, 18).
    """
    return clocks.deadline(rule="AUC-HANDOVER", start=ruling_served_on, calendar=calendar, rules=rules).last_day


def owner_since(*, paid_on: date, ruling_served_on: date | None) -> date | None:
    """Since when the buyer owns the property: since the ruling was served, not since the hammer fell (解释491).

    owner_since(paid_on=date(2025, 3, 3), ruling_served_on=date(2025, 3, 12)) == date(2025, 3, 12).
    """
    return ruling_served_on


def doubled_interest_ends(*, ruling_effective_on: date) -> date:
    """The day on which the doubled part stops for what a sale or satisfaction in kind pays: the ruling's (迟规3②).

    doubled_interest_ends(ruling_effective_on=date(2025, 3, 12)) == date(2025, 3, 12).
    """
    return ruling_effective_on


def refund_by(*, ended_at: datetime, rules: Rulebook = NATIONAL) -> datetime:
    """The moment by which deposits of unsuccessful bidders are returned: 24 hours after the end (网拍23).

    refund_by(ended_at=datetime(2025, 3, 3, 10, 20)) == datetime(2025, 3, 4, 11).
    """
    return clocks.moment(rule="AUC-REFUND", start=ended_at, rules=rules)


def in_kind_price(*, reserve: Decimal, claim: Decimal, prior_claims: Decimal = money.ZERO) -> Decimal:
    """What a creditor who takes an unsold thing at that round's reserve still pays, in yuan (拍规16, AUC-DEBT).

    in_kind_price(reserve=Decimal(560000), claim=Decimal(500000)) == 60000.00; prior claims come out of the price first.
    """
    counted = max(money.ZERO, min(money.amount(claim), money.amount(reserve) - money.amount(prior_claims)))
    return money.amount(reserve) - counted


@dataclass(frozen=True, slots=True, kw_only=True)
class BidderFacts:
    """Who wants to bid."""

    works_for_court_platform_or_helper: bool = False
    close_relative_of_such: bool = False
    defaulted_on_this: bool = False
    purchase_restricted_home: bool = False
    qualified_to_buy_home: bool = False


def may_bid(*, facts: BidderFacts, rules: Rulebook = NATIONAL) -> Findings:
    """Whether somebody may bid: not the court, the platform, their people and relatives, nor the buyer in default.

    网拍24、34, 法释〔2021〕18号1-6 (AUC-BAN, AUC-DEFAULT, AUC-QUALIFY).
    may_bid(facts=BidderFacts(defaulted_on_this=True)).allowed is False.
    """
    barred = facts.works_for_court_platform_or_helper or facts.close_relative_of_such
    qualified = facts.qualified_to_buy_home or not facts.purchase_restricted_home
    return Findings.of(
        [
            rules.reason("AUC-BAN", "不是法院、平台、辅助机构的工作人员及其近亲属", met=not barred),
            rules.reason("AUC-DEFAULT", "不是悔拍的原买受人", met=not facts.defaulted_on_this),
            rules.reason("AUC-QUALIFY", "具备限购房屋的购房资格", met=qualified),
        ]
    )


def must_stop(*, paid_before_auction: Decimal, owed_with_costs: Decimal) -> bool:
    """Whether the auction must stop because the debtor paid everything before the day (拍规19).

    must_stop(paid_before_auction=Decimal(100), owed_with_costs=Decimal(100)) is True.
    """
    return money.amount(paid_before_auction) >= money.amount(owed_with_costs)
