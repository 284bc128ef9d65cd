"""Reference prices: the four methods in turn, their reports, objections and validity (REF-*)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import IntEnum

from law import clocks, money, periods
from law.calendar import CHINA, Calendar
from law.reasons import Findings, Line, Reckoning
from law.rules import NATIONAL, Rulebook


class Method(IntEnum):
    """The four methods, in the order in which they are tried."""

    AGREEMENT = 1
    TARGETED_INQUIRY = 2
    ONLINE_INQUIRY = 3
    APPRAISAL = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodFacts:
    """What decides the method: what the parties want and what has failed already."""

    parties_chose: Method | None = None
    appraisal_required: bool = False
    both_ask_for_appraisal: bool = False
    failed: frozenset[Method] = frozenset()


def next_method(*, facts: MethodFacts) -> Method | None:
    """The method to try now; None when all four failed.

    参规2、4、5、7、14: agreement → targeted inquiry → online inquiry → appraisal; the law or both parties may demand an
    appraisal. next_method(facts=MethodFacts()) is Method.AGREEMENT.
    """
    if facts.appraisal_required or facts.both_ask_for_appraisal:
        return None if Method.APPRAISAL in facts.failed else Method.APPRAISAL
    if facts.parties_chose is not None and facts.parties_chose not in facts.failed:
        return facts.parties_chose
    return next((method for method in Method if method not in facts.failed), None)


class NoReport(ValueError):
    """No platform reported in time; the court turns to appraisal."""


def online_price(*, reports: Sequence[Decimal], rules: Rulebook = NATIONAL) -> Reckoning:
    """The reference price of an online inquiry: the average of the reports that came in time, in yuan.

    参规11、13. online_price(reports=[Decimal(900000), Decimal(1000000), Decimal(1100000)]).total == 1000000.00.
    Raises NoReport when none did.
    """
    if not reports:
        raise NoReport("没有平台按期出具报告，应当转为委托评估")
    whole = sum((money.amount(report) for report in reports), money.ZERO)
    line = Line(
        template="{label}：{count}份报告合计{base:,.2f}元，平均{amount:,.2f}元",
        label="网络询价",
        amount=money.fen(whole / len(reports)),
        basis=rules.article("REF-NETPRICE"),
        args={"count": len(reports)},
        base=whole,
        rule="REF-NETPRICE",
    )
    return Reckoning.of([line])


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """Until when a reference price may be used: until `last_day`, or `with_notice` if the first notice came in time."""

    last_day: date
    with_notice: date


def validity(*, reported_on: date, months: int | None = None, rules: Rulebook = NATIONAL) -> Validity:
    """How long a price holds: as the report says, at most a year; six months more once the first auction was announced.

    参规27. validity(reported_on=date(2025, 3, 3)).last_day == date(2026, 3, 3). Raises TooLong for more than a year.
    """
    most = rules.count("REF-VALID")
    term = most if months is None else months
    if not 0 < term <= most:
        raise TooLong(f"参考价有效期最长{most}个月，不能为{term}个月")
    last = periods.add_months(reported_on, term)
    return Validity(last_day=last, with_notice=periods.add_months(last, rules.count("REF-VALID.GRACE")))


class TooLong(ValueError):
    """A reference price holds for one year at most."""


def may_use_price(
    *, reported_on: date, first_notice_on: date | None, at: date, months: int | None = None, rules: Rulebook = NATIONAL
) -> Findings:
    """Whether a price may still be used on the day: valid, or announced while valid and less than six months past.

    参规27. The notice must have been published within the validity: a late one does not help.
    may_use_price(reported_on=date(2025, 3, 3), first_notice_on=None, at=date(2026, 3, 4)).allowed is False.
    """
    found = validity(reported_on=reported_on, months=months, rules=rules)
    announced = first_notice_on is not None and first_notice_on <= found.last_day
    last = found.with_notice if announced else found.last_day
    return Findings.of([rules.reason("REF-VALID", "参考价在有效期内（至{last}）", met=at <= last, last=last)])


def appraisal_by(
    *, commissioned_on: date, extensions: Sequence[int] = (), calendar: Calendar = CHINA, rules: Rulebook = NATIONAL
) -> date:
    """The last day for the appraisal report: 30 days, and at most two extensions of at most 15 days (参规19).

    Raises TooManyExtensions.
    appraisal_by(commissioned_on=date(2025, 3, 3)) == date(2025, 4, 2).
    """
    times, most = rules.count("REF-APPRAISE.TIMES"), rules.count("REF-APPRAISE.EXTENSION")
    if len(extensions) > times or any(not 0 < days <= most for days in extensions):
        raise TooManyExtensions(f"评估报告最多延期{times}次，每次不超过{most}日")
    days = rules.count("REF-APPRAISE") + sum(extensions)
    return periods.last_day(start=commissioned_on, days=days, calendar=calendar)


class TooManyExtensions(ValueError):
    """An appraisal is extended twice at most, fifteen days each."""


def may_object(*, method: Method, received_on: date, at: date, rules: Rulebook = NATIONAL) -> Findings:
    """Whether a party may object to the report on the day: within five days, and only to inquiry reports or appraisals.

    参规22-25: agreed prices and targeted inquiries cannot be objected to.
    may_object(method=Method.AGREEMENT, received_on=date(2025, 3, 3), at=date(2025, 3, 3)).allowed is False.
    """
    last = clocks.deadline(rule="REF-OBJ", start=received_on, rules=rules).last_day
    open_to = method in (Method.ONLINE_INQUIRY, Method.APPRAISAL)
    return Findings.of(
        [
            rules.reason("REF-OBJ", "网络询价或者委托评估的结果可以提出异议", met=open_to),
            rules.reason("REF-OBJ", "在收到报告后五日内提出（至{last}）", met=at <= last, last=last),
        ]
    )


def appraisal_fee_base(*, appraised: Decimal, sold: Decimal | None) -> Decimal | None:
    """The sum in yuan on which the appraiser charges: the appraisal, or the price when lower; None when unsold (参规32).

    appraisal_fee_base(appraised=Decimal(100), sold=Decimal(70)) == 70.00.
    """
    return None if sold is None else min(money.amount(appraised), money.amount(sold))
