"""Settlement, security for execution, and resuming (SET-*, GUAR-*, ZB-RESUME).

A broken settlement lets the creditor choose: resume the judgment or sue on the settlement, never both. Resuming after a
settlement has two years from its last day; resuming after a round ended has no limit.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from law import periods
from law.calendar import CHINA, Calendar
from law.reasons import Findings
from law.rules import NATIONAL, Rulebook


class SettlementForm(StrEnum):
    """The three ways in which a settlement enters the file; anything else is no settlement of the case."""

    JOINT_WRITING = "JOINT_WRITING"
    ONE_SIDE_WRITING_ACCEPTED = "ONE_SIDE_WRITING_ACCEPTED"
    ORAL_RECORDED_AND_SIGNED = "ORAL_RECORDED_AND_SIGNED"


@dataclass(frozen=True, slots=True, kw_only=True)
class SettlementFacts:
    """A settlement and how it went; `last_due_on` is the last day of its last instalment."""

    form: SettlementForm | None = None
    agent_signed: bool = False
    agent_specially_authorised: bool = False
    last_due_on: date | None = None
    performed: bool = False
    being_performed: bool = False
    condition_pending: bool = False
    anticipatory_breach: bool = False
    creditor_sued_on_it: bool = False


def may_stay(*, facts: SettlementFacts, rules: Rulebook = NATIONAL) -> Findings:
    """Whether a settlement may stay the execution: it is in the file in one of three forms and duly authorised (和规2-4).

    may_stay(facts=SettlementFacts(form=SettlementForm.JOINT_WRITING)).allowed is True.
    """
    authorised = facts.agent_specially_authorised or not facts.agent_signed
    return Findings.of(
        [
            rules.reason("SET-FORM", "和解协议已入卷（书面提交或者记入笔录签章）", met=facts.form is not None),
            rules.reason("SET-FORM", "代理人有特别授权", met=authorised),
        ]
    )


def may_resume_after_settlement(
    *, facts: SettlementFacts, asked_on: date, rules: Rulebook = NATIONAL, calendar: Calendar = CHINA
) -> Findings:
    """Whether the judgment is resumed after a broken settlement.

    和规9-11、13, 解释466: within two years of its last day; not when performed, in course, not yet due, or sued on.
    may_resume_after_settlement(facts=SettlementFacts(performed=True), asked_on=date(2025, 3, 3)).allowed is False.
    """
    due = facts.last_due_on
    pending = facts.condition_pending or (due is not None and asked_on <= due and not facts.being_performed)
    reasons = [
        rules.reason("SET-RESUME-BAR", "和解协议没有履行完毕", met=not facts.performed),
        rules.reason("SET-RESUME-BAR", "和解协议不在正常履行中", met=not facts.being_performed),
        rules.reason(
            "SET-RESUME-BAR",
            "履行期限已到、条件已成就，或者被执行人预期违约",
            met=not pending or facts.anticipatory_breach,
        ),
        rules.reason("SET-BREACH", "没有就和解协议另行起诉", met=not facts.creditor_sued_on_it),
    ]
    if due is not None:
        last = resume_until(last_due_on=due, rules=rules, calendar=calendar)
        reasons.append(rules.reason("SET-RESUME-LIMIT", "在{last}前申请恢复", met=asked_on <= last, last=last))
    return Findings.of(reasons)


def resume_until(*, last_due_on: date, rules: Rulebook = NATIONAL, calendar: Calendar = CHINA) -> date:
    """The last day to ask to resume: two years after the settlement's last day (和规10).

    resume_until(last_due_on=date(2023, 3, 10)) == date(2025, 3, 10).
    """
    return periods.last_day(start=last_due_on, years=rules.count("SET-RESUME-LIMIT"), calendar=calendar)


def may_resume_round(*, property_found: bool, debtor_able_again: bool = False, rules: Rulebook = NATIONAL) -> Findings:
    """Whether a round that was ended is resumed: property was found and checked; no limit of time (终规9①, 解释517②).

    may_resume_round(property_found=True).allowed is True.
    """
    met = property_found or debtor_able_again
    return Findings.of([rules.reason("ZB-RESUME", "发现被执行人有可供执行财产", met=met)])


def may_sue_on_settlement(*, resumed: bool, rules: Rulebook = NATIONAL) -> Findings:
    """Whether the creditor may sue on the settlement: not once the judgment is resumed (和规9).

    may_sue_on_settlement(resumed=True).allowed is False.
    """
    return Findings.of([rules.reason("SET-BREACH", "没有申请恢复执行原生效法律文书", met=not resumed)])


@dataclass(frozen=True, slots=True, kw_only=True)
class GuarantorFacts:
    """A guarantor of a settlement or of the execution."""

    promised_direct_enforcement: bool
    resumed: bool
    guarantee_until: date | None = None
    stay_ended_on: date | None = None


def may_enforce_guarantor(*, facts: GuarantorFacts, at: date, rules: Rulebook = NATIONAL) -> Findings:
    """Whether the security is enforced directly; the guarantor is never added as a debtor (和规18, 担规11-13).

    may_enforce_guarantor(facts=GuarantorFacts(promised_direct_enforcement=False, resumed=True),
    at=date(2025, 3, 3)).allowed is False.
    """
    until = facts.guarantee_until
    if until is None and facts.stay_ended_on is not None:
        until = periods.add_months(facts.stay_ended_on, 12 * rules.count("GUAR-STAY"))
    return Findings.of(
        [
            rules.reason("SET-GUAR", "向法院承诺自愿接受直接强制执行", met=facts.promised_direct_enforcement),
            rules.reason("SET-GUAR", "已恢复执行原生效法律文书", met=facts.resumed),
            rules.reason("GUAR-STAY", "在担保期间内", met=until is None or at <= until),
        ]
    )


class StayTooLong(ValueError):
    """A stay on security lasts one year at most."""


def stay_end(*, from_on: date, until: date | None = None, rules: Rulebook = NATIONAL) -> date:
    """The last day of a stay on security: as agreed, at most one year (担规10). Raises StayTooLong.

    stay_end(from_on=date(2025, 3, 3)) == date(2026, 3, 3).
    """
    longest = periods.add_months(from_on, 12 * rules.count("GUAR-STAY"))
    if until is not None and until > longest:
        raise StayTooLong(f"担保暂缓执行最长一年，不能晚于{longest}")
    return until or longest
