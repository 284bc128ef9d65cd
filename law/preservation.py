"""Property preservation before and during the suit: rulings, security, lapse, fee base, reconsideration (PRES-*)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from law import clocks, money, periods
from law.calendar import CHINA, Calendar
from law.reasons import Findings, Line, Reckoning
from law.rules import NATIONAL, Rulebook


class Stage(StrEnum):
    """When preservation is asked for."""

    PRE_SUIT = "PRE_SUIT"
    IN_SUIT = "IN_SUIT"
    PRE_EXECUTION = "PRE_EXECUTION"


class SecurityForm(StrEnum):
    """The forms of security; a bank's independent guarantee is always to be allowed."""

    PROPERTY = "PROPERTY"
    GUARANTEE = "GUARANTEE"
    LIABILITY_INSURANCE = "LIABILITY_INSURANCE"
    INDEPENDENT_GUARANTEE = "INDEPENDENT_GUARANTEE"


class Exemption(StrEnum):
    """The six kinds of claim in which security during the suit may be waived (保规9)."""

    SUPPORT_OR_INJURY = "SUPPORT_OR_INJURY"
    DOMESTIC_VIOLENCE = "DOMESTIC_VIOLENCE"
    PUBLIC_INTEREST = "PUBLIC_INTEREST"
    BRAVE_CONDUCT = "BRAVE_CONDUCT"
    CLEAR_CASE = "CLEAR_CASE"
    FINANCIAL_INSTITUTION = "FINANCIAL_INSTITUTION"


def rule_by(
    *,
    stage: Stage,
    received_at: datetime,
    urgent: bool = False,
    security_on: date | None = None,
    calendar: Calendar = CHINA,
    rules: Rulebook = NATIONAL,
) -> datetime | date:
    """By when the court rules: 48 hours before suit or when urgent, else five days, anew from the day of the security.

    民诉103③、104②, 保规4. Before suit the result is a moment, in suit a day.
    rule_by(stage=Stage.IN_SUIT, received_at=datetime(2025, 3, 3, 9)) == date(2025, 3, 10), the 8th being a Saturday.
    """
    if stage is Stage.PRE_SUIT:
        return clocks.moment(rule="PRES-PRE-RULING", start=received_at, rules=rules)
    if urgent:
        return clocks.moment(rule="PRES-LIT-URGENT", start=received_at, rules=rules)
    start = security_on or received_at.date()
    return clocks.deadline(rule="PRES-LIT-RULING", start=start, calendar=calendar, rules=rules).last_day


def security_ceiling(
    *, stage: Stage, amount: Decimal, exemption: Exemption | None = None, rules: Rulebook = NATIONAL
) -> Reckoning:
    """The most security in yuan that may be asked: 30 % of the amount in suit, about all of it before suit.

    保规5①②、9, 解释152②. security_ceiling(stage=Stage.IN_SUIT, amount=Decimal("142000")).total == 42600.00. The six
    exempt kinds and preservation after judgment may be without security.
    """
    amount = money.amount(amount)
    if stage is Stage.PRE_SUIT:
        id, rate = "PRES-SEC-PRE", rules.figure("PRES-SEC-PRE")
    elif exemption is not None or stage is Stage.PRE_EXECUTION:
        id, rate = "PRES-SEC-EXEMPT", Decimal(0)
    else:
        id, rate = "PRES-SEC-LIT", rules.figure("PRES-SEC-LIT")
    line = Line(
        template="{label}：{base:,.2f}元×{rate:.0%}＝{amount:,.2f}元",
        label="保全担保限额",
        amount=money.fen(amount * rate),
        basis=rules.article(id),
        base=amount,
        rate=rate,
        rule=id,
    )
    return Reckoning.of([line])


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseFacts:
    """A preservation measure and what followed it."""

    stage: Stage
    measure_taken_on: date
    sued_on: date | None = None
    performance_ended_on: date | None = None
    execution_asked_on: date | None = None


def lift_due_from(*, facts: LapseFacts, calendar: Calendar = CHINA, rules: Rulebook = NATIONAL) -> date | None:
    """The first day on which the court must lift the measure because nobody sued or applied in time; None if it need not.

    民诉104③: 30 days from the measure (not from the ruling); 解释163: five days after the time for performance. The
    measure does not end by itself: a ruling lifts it. Filing in time turns it into the next kind, its term running on.
    lift_due_from(facts=LapseFacts(stage=Stage.PRE_SUIT, measure_taken_on=date(2025, 3, 3))) == date(2025, 4, 3).
    """
    if facts.stage is Stage.PRE_SUIT:
        rule, start, acted = "PRES-PRE-LAPSE", facts.measure_taken_on, facts.sued_on
    elif facts.stage is Stage.PRE_EXECUTION and facts.performance_ended_on is not None:
        rule, start, acted = "PRES-POSTJUDG", facts.performance_ended_on, facts.execution_asked_on
    else:
        return None
    last = clocks.deadline(rule=rule, start=start, calendar=calendar, rules=rules).last_day
    if acted is not None and acted <= last:
        return None
    return date.fromordinal(last.toordinal() + 1)


def end_after_conversion(*, end: date) -> date:
    """The last day of a measure after it turned from preservation into execution: the same day (保规17, 解释168).

    end_after_conversion(end=date(2026, 3, 3)) == date(2026, 3, 3).
    """
    return end


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityFacts:
    """The security that an applicant gives."""

    stage: Stage
    amount: Decimal
    given: Decimal = money.ZERO
    form: SecurityForm | None = None
    exemption: Exemption | None = None
    ordered: Decimal | None = None


def may_preserve(*, facts: SecurityFacts, rules: Rulebook = NATIONAL) -> Findings:
    """Whether the security suffices: what the court ordered within the ceiling, all of it before suit.

    保规5、9, 民诉103②、104①. Without the security ordered the application is dismissed.
    may_preserve(facts=SecurityFacts(stage=Stage.PRE_SUIT, amount=Decimal(1000))).allowed is False.
    """
    ceiling = security_ceiling(stage=facts.stage, amount=facts.amount, exemption=facts.exemption, rules=rules).total
    ordered = ceiling if facts.ordered is None else facts.ordered
    pre = facts.stage is Stage.PRE_SUIT
    id = "PRES-SEC-PRE" if pre else "PRES-SEC-LIT"
    return Findings.of(
        [
            rules.reason(id, "责令提供的担保不超过{ceiling:,.2f}元", met=ordered <= ceiling, ceiling=ceiling),
            rules.reason(
                id,
                "已提供担保{given:,.2f}元",
                met=facts.given >= ordered or (facts.exemption is not None and not pre),
                given=facts.given,
            ),
            rules.reason("PRES-SEC-INS", "写明担保形式", met=facts.form is not None or not ordered),
        ]
    )


def reconsideration_until(*, served_on: date, calendar: Calendar = CHINA, rules: Rulebook = NATIONAL) -> date:
    """The last day to ask the same court to reconsider a preservation ruling: five days (民诉111, 解释171).

    reconsideration_until(served_on=date(2025, 9, 26)) == date(2025, 10, 9).
    """
    return clocks.deadline(rule="PRES-RECON", start=served_on, calendar=calendar, rules=rules).last_day


def handover_askable_from(*, first_measure_on: date, rules: Rulebook = NATIONAL) -> date:
    """The first day on which a waiting executing court may ask for the case of an idle preserving court (保规21).

    handover_askable_from(first_measure_on=date(2025, 3, 3)) == date(2026, 3, 4).
    """
    return date.fromordinal(periods.add_months(first_measure_on, 12 * rules.count("PRES-1Y-TRANSFER")).toordinal() + 1)
