"""Any clock of the table by its rule id: the figure's unit says how the period runs.

deadline(rule="EXE-ACCEPT", start=date(2025, 3, 3)) ends on 2025-03-10. The three lists of time that does not count are
kept apart (EXE-EXCLUDE-A, -B, -C): each deadline takes the pauses of its own list only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from law import periods
from law.calendar import CHINA, Calendar
from law.reasons import Findings
from law.rules import NATIONAL, Rulebook, Unit

Span = periods.Span


class NoClock(ValueError):
    """The rule states no period, or a period in another unit than the start that was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last day of a period and where it comes from."""

    last_day: date
    rule: str
    article: str
    provisional: bool


def deadline(
    *,
    rule: str,
    start: date,
    pauses: Iterable[Span] = (),
    calendar: Calendar = CHINA,
    rules: Rulebook = NATIONAL,
) -> Deadline:
    """The last day of the period that `rule` sets, running from the day after `start` (民诉85②③).

    deadline(rule="EXE-CLOSE", start=date(2025, 1, 15)).last_day == date(2025, 7, 15). A year without announced holidays
    makes the result provisional. Raises NoClock for hours and for rules without a period.
    """
    found = rules.rule(rule, at=start if len(rules.versions.get(rule, ())) > 1 else None)
    count = rules.count(rule, at=start) if found.in_force(start) else rules.count(rule)
    spans = tuple(pauses)
    units = {
        Unit.DAYS: {"days": count},
        Unit.WORKING_DAYS: {"working_days": count},
        Unit.MONTHS: {"months": count},
        Unit.YEARS: {"years": count},
    }
    if found.unit not in units:
        raise NoClock(f"规则 {rule}（{found.title}）不是按日、工作日、月、年计算的期间")
    last = periods.last_day(start=start, pauses=spans, calendar=calendar, **units[found.unit])
    provisional = calendar.is_provisional(last.year)
    return Deadline(last_day=last, rule=rule, article=found.article, provisional=provisional)


def moment(*, rule: str, start: datetime, rules: Rulebook = NATIONAL) -> datetime:
    """The end of a period of hours that `rule` sets, from the next full hour (解释125); it never moves.

    moment(rule="PRES-PRE-RULING", start=datetime(2025, 3, 3, 10, 20)) == datetime(2025, 3, 5, 11, 0). Raises NoClock.
    """
    found = rules.rule(rule)
    if found.unit is not Unit.HOURS:
        raise NoClock(f"规则 {rule}（{found.title}）不是按小时计算的期间")
    return periods.last_moment(start=start, hours=rules.count(rule))


class Pause(StrEnum):
    """Why time does not count, as events of a case name it."""

    JURISDICTION = "JURISDICTION"
    AUDIT_OR_APPRAISAL = "AUDIT_OR_APPRAISAL"
    ASSET_CLEARING = "ASSET_CLEARING"
    STAY = "STAY"
    SETTLEMENT_OR_SECURITY = "SETTLEMENT_OR_SECURITY"
    STAY_BY_HIGHER_COURT = "STAY_BY_HIGHER_COURT"
    AUCTION_OR_SALE = "AUCTION_OR_SALE"
    ANNOUNCEMENT = "ANNOUNCEMENT"
    SERVICE_BY_ANNOUNCEMENT = "SERVICE_BY_ANNOUNCEMENT"
    QUESTION_TO_HIGHER_COURT = "QUESTION_TO_HIGHER_COURT"
    DISPUTE_BETWEEN_COURTS = "DISPUTE_BETWEEN_COURTS"
    SUSPENSION = "SUSPENSION"


EXCLUDED = {
    "EXE-EXCLUDE-A": frozenset(
        {
            Pause.JURISDICTION,
            Pause.AUDIT_OR_APPRAISAL,
            Pause.ASSET_CLEARING,
            Pause.STAY,
            Pause.SETTLEMENT_OR_SECURITY,
            Pause.STAY_BY_HIGHER_COURT,
            Pause.AUCTION_OR_SALE,
            Pause.ANNOUNCEMENT,
        }
    ),
    "EXE-EXCLUDE-B": frozenset(
        {
            Pause.SERVICE_BY_ANNOUNCEMENT,
            Pause.SUSPENSION,
            Pause.STAY,
            Pause.QUESTION_TO_HIGHER_COURT,
            Pause.DISPUTE_BETWEEN_COURTS,
        }
    ),
    "EXE-EXCLUDE-C": frozenset(
        {
            Pause.ANNOUNCEMENT,
            Pause.AUDIT_OR_APPRAISAL,
            Pause.JURISDICTION,
            Pause.DISPUTE_BETWEEN_COURTS,
            Pause.SUSPENSION,
            Pause.STAY,
        }
    ),
}


def not_counted(*, under: str, pauses: Iterable[tuple[Pause, Span]]) -> tuple[Span, ...]:
    """The spans that one list of exclusions recognises; the others go on counting.

    An auction stops the closing limit (EXE-EXCLUDE-A) and not the creditor's six months (EXE-EXCLUDE-C).
    not_counted(under="EXE-EXCLUDE-C", pauses=[]) == ().
    """
    reasons = EXCLUDED[under]
    return periods.merged(span for reason, span in pauses if reason in reasons)


def closing_deadline(
    *,
    filed_on: date,
    administrative: bool = False,
    extended: bool = False,
    pauses: Iterable[tuple[Pause, Span]] = (),
    calendar: Calendar = CHINA,
    rules: Rulebook = NATIONAL,
) -> Deadline:
    """The last day to close an execution case: six months (three for administrative decisions), three more if extended.

    执规63, 审限5、8、9. closing_deadline(filed_on=date(2025, 1, 15)).last_day == date(2025, 7, 15).
    """
    rule = "EXE-CLOSE.ADMIN" if administrative else "EXE-CLOSE"
    months = rules.count(rule) + (rules.count("EXE-CLOSE.EXTENSION") if extended else 0)
    spans = not_counted(under="EXE-EXCLUDE-A", pauses=pauses)
    last = periods.last_day(start=filed_on, months=months, pauses=spans, calendar=calendar)
    provisional = calendar.is_provisional(last.year)
    return Deadline(last_day=last, rule=rule, article=rules.article(rule), provisional=provisional)


def higher_court_from(*, asked_on: date, pauses: Iterable[tuple[Pause, Span]] = (), rules: Rulebook = NATIONAL) -> date:
    """The first day on which the creditor may turn to the higher court: after six months without execution (民诉237).

    higher_court_from(asked_on=date(2025, 1, 15)) == date(2025, 7, 16).
    """
    spans = not_counted(under="EXE-EXCLUDE-C", pauses=pauses)
    end = periods.last_day(start=asked_on, months=rules.count("EXE-UPPER"), pauses=spans, calendar=NO_REST)
    return date.fromordinal(end.toordinal() + 1)


class _NoRest(Calendar):
    """A calendar without rest days, for dates that no holiday moves."""

    def is_rest_day(self, day: date) -> bool:
        return False


NO_REST = _NoRest(frozenset(), frozenset(), frozenset())


class LimitStart(StrEnum):
    """From when the two years to apply for execution run (民诉250②)."""

    LAST_DAY_OF_PERFORMANCE = "LAST_DAY_OF_PERFORMANCE"
    LAST_INSTALMENT = "LAST_INSTALMENT"
    EFFECTIVE_DATE = "EFFECTIVE_DATE"
    BREACH = "BREACH"


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFacts:
    """What matters for the two years: when they start, what interrupted them, what exempts."""

    starts_on: date
    interrupted_on: tuple[date, ...] = ()
    resumes_after_round_end: bool = False
    debtor_objects: bool = False


def application_limit(*, facts: LimitFacts, calendar: Calendar = CHINA, rules: Rulebook = NATIONAL) -> date:
    """The last day of the two years to apply for execution; each interruption starts them anew (民诉250, 执程20).

    For instalments `starts_on` is the last day of the LAST one. application_limit(facts=LimitFacts(
    starts_on=date(2023, 3, 10))) == date(2025, 3, 10).
    """
    last = periods.last_day(start=facts.starts_on, years=rules.count("EXE-LIMIT"), calendar=calendar)
    for day in sorted(facts.interrupted_on):
        if day <= last:
            last = max(last, periods.last_day(start=day, years=rules.count("EXE-LIMIT"), calendar=calendar))
    return last


def must_accept(*, facts: LimitFacts, at: date, rules: Rulebook = NATIONAL) -> Findings:
    """Whether an application is accepted: always as far as time is concerned; a late one only warns.

    解释481: the limit is the debtor's defence and never a bar to filing. Resuming after a round ended knows no limit (517②).
    must_accept(facts=LimitFacts(starts_on=date(2020, 1, 1)), at=date(2025, 1, 1)).allowed is True.
    """
    late = at > application_limit(facts=facts, rules=rules) and not facts.resumes_after_round_end
    return Findings.of(
        [
            rules.reason(
                "EXE-LIMIT", "在申请执行时效期间内提出（超过的仍应受理，由被执行人抗辩）", met=not late, blocking=False
            )
        ]
    )


def may_enforce_despite_limit(*, facts: LimitFacts, at: date, rules: Rulebook = NATIONAL) -> Findings:
    """Whether execution goes on although the two years passed: it stops only on the debtor's well-founded objection.

    may_enforce_despite_limit(facts=LimitFacts(starts_on=date(2020, 1, 1)), at=date(2025, 1, 1)).allowed is True.
    """
    late = at > application_limit(facts=facts, rules=rules) and not facts.resumes_after_round_end
    met = not (late and facts.debtor_objects)
    return Findings.of([rules.reason("EXE-LIMIT", "被执行人没有提出成立的时效抗辩", met=met)])


def report_scope(*, notice_received_on: date, rules: Rulebook = NATIONAL) -> date:
    """The first day of the time whose changes of property are reported: a year before the notice was received.

    民诉252, 财调6. report_scope(notice_received_on=date(2025, 3, 10)) == date(2024, 3, 10). Not the filing date.
    """
    return periods.add_months(notice_received_on, -12 * rules.count("EXE-REPORT-SCOPE"))
