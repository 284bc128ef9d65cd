"""Objections, reconsiderations and suits in execution: who, within what time, and what goes on meanwhile (OBJ-*).

None of them stops the execution by itself. Conduct: objection until the execution ends, then ten days to the higher court.
Title of a third party: until the execution on that thing ends, then fifteen days to sue.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from law import clocks
from law.calendar import CHINA, Calendar
from law.reasons import Findings
from law.rules import NATIONAL, Rulebook


class Remedy(StrEnum):
    """Steps that a party or third party may take, each with its own period from service or knowledge."""

    PRESERVATION_RECONSIDERATION = "PRES-RECON"
    CONDUCT_RECONSIDERATION = "OBJ-ACT.REVIEW"
    TITLE_SUIT = "OBJ-TITLE.SUIT"
    JURISDICTION_OBJECTION = "OBJ-JURIS"
    TERMINATION_OBJECTION = "OBJ-END"
    ROUND_ENDING_OBJECTION = "ZB-OBJ"
    NOTARY_RECONSIDERATION = "OBJ-NOTARY"
    SANCTION_RECONSIDERATION = "SAN-RECON"
    EXIT_BAN_RECONSIDERATION = "SAN-EXIT"
    LISTING_RECONSIDERATION = "DIS-CORRECT.REVIEW"
    ADDED_PARTY_RECONSIDERATION = "EXE-ADD-PARTY.REVIEW"
    ADDED_PARTY_SUIT = "EXE-ADD-PARTY.SUIT"
    PLAN_OBJECTION = "DIST-OBJ-1"
    PLAN_OPPOSITION = "DIST-OBJ-2"
    PLAN_SUIT = "DIST-OBJ-3"
    APPRAISAL_OBJECTION = "REF-OBJ"
    THIRD_PARTY_DEBT_OBJECTION = "FRZ-THIRD-DEBT"


class CourtStep(StrEnum):
    """Steps that the court owes, each with its own period from receipt."""

    FILE_OBJECTION = "OBJ-ACT.FILE"
    RULE_ON_CONDUCT = "OBJ-ACT"
    RULE_ON_RECONSIDERATION = "OBJ-ACT.REVIEW-RULE"
    RULE_ON_TITLE = "OBJ-TITLE"
    LIFT_AFTER_NO_SUIT = "OBJ-RELEASE"
    RULE_ON_PRESERVATION_RECONSIDERATION = "PRES-RECON.RULE"
    DECIDE_SANCTION_RECONSIDERATION = "SAN-RECON.RULE"
    DECIDE_EXIT_BAN_RECONSIDERATION = "SAN-EXIT.RULE"
    DECIDE_LISTING_CORRECTION = "DIS-CORRECT"


def window(
    *, remedy: Remedy, served_on: date, calendar: Calendar = CHINA, rules: Rulebook = NATIONAL
) -> clocks.Deadline:
    """The last day for the step, with its article; the day of service is not counted.

    window(remedy=Remedy.CONDUCT_RECONSIDERATION, served_on=date(2025, 3, 3)).last_day == date(2025, 3, 13).
    """
    return clocks.deadline(rule=remedy.value, start=served_on, calendar=calendar, rules=rules)


def court_due(
    *, step: CourtStep, received_on: date, calendar: Calendar = CHINA, rules: Rulebook = NATIONAL
) -> clocks.Deadline:
    """The last day for the court's step: fifteen days for a ruling on an objection (民诉236、238).

    court_due(step=CourtStep.RULE_ON_CONDUCT, received_on=date(2025, 3, 3)).last_day == date(2025, 3, 18).
    """
    return clocks.deadline(rule=step.value, start=received_on, calendar=calendar, rules=rules)


class ObjectionKind(StrEnum):
    """An objection to conduct, or of a third party to the object."""

    CONDUCT = "CONDUCT"
    TITLE = "TITLE"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionFacts:
    """An objection as received, and where the execution stands."""

    kind: ObjectionKind
    execution_ended_on: date | None = None
    object_execution_ended_on: date | None = None
    against_termination: bool = False
    termination_served_on: date | None = None
    withdrawn_or_rejected_before: bool = False
    same_judge_executed: bool = False


def may_object(*, facts: ObjectionFacts, at: date, rules: Rulebook = NATIONAL) -> Findings:
    """Whether an objection is admissible on the day, and whether the panel may hear it.

    民诉236、238, 异复6、11、15. Against a termination: sixty days from service (法释〔2016〕3号).
    may_object(facts=ObjectionFacts(kind=ObjectionKind.CONDUCT), at=date(2025, 3, 3)).allowed is True.
    """
    ended = facts.execution_ended_on if facts.kind is ObjectionKind.CONDUCT else facts.object_execution_ended_on
    rule = "OBJ-ACT" if facts.kind is ObjectionKind.CONDUCT else "OBJ-TITLE"
    if facts.against_termination and facts.termination_served_on is not None:
        last = clocks.deadline(rule="OBJ-END", start=facts.termination_served_on, rules=rules).last_day
        in_time = rules.reason("OBJ-END", "在收到终结执行文书后六十日内提出（至{last}）", met=at <= last, last=last)
    else:
        met = ended is None or at < ended
        in_time = rules.reason(rule, "在执行终结前提出", met=met)
    return Findings.of(
        [
            in_time,
            rules.reason(
                "OBJ-ONCE", "没有就同一标的撤回或者被驳回后再次提出", met=not facts.withdrawn_or_rejected_before
            ),
            rules.reason("OBJ-PANEL", "实施人员没有参加审查", met=not facts.same_judge_executed),
        ]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What a pending objection does to the execution."""

    stops_execution: bool
    stops_disposal: bool
    article: str


def effect(
    *,
    kind: ObjectionKind,
    debtor_secured: bool = False,
    creditor_secured: bool = False,
    rules: Rulebook = NATIONAL,
) -> Effect:
    """What goes on while an objection or reconsideration is pending: execution does; disposal may pause.

    Conduct: nothing stops, but the debtor's security may stop disposal and the creditor's security lets it go on (执程9).
    Title: the object is not disposed of while it is examined, unless the creditor gives security (解释313, 执程15、16).
    effect(kind=ObjectionKind.CONDUCT).stops_disposal is False.
    """
    if kind is ObjectionKind.TITLE:
        return Effect(stops_execution=False, stops_disposal=not creditor_secured, article=rules.article("OBJ-TITLE"))
    stops = debtor_secured and not creditor_secured
    return Effect(stops_execution=False, stops_disposal=stops, article=rules.article("OBJ-ACT"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleOutcome:
    """What follows when a third party's objection is well founded: a stay first, release only after nobody sues."""

    stay: bool
    sue_by: date
    lift_from: date
    lift_by: date


def title_upheld(*, served_on: date, calendar: Calendar = CHINA, rules: Rulebook = NATIONAL) -> TitleOutcome:
    """The days after an upheld title objection: fifteen to sue, then seven to release (民诉238, 解释314).

    title_upheld(served_on=date(2025, 3, 3)).sue_by == date(2025, 3, 18). The measure is not released at once.
    """
    sue_by = clocks.deadline(rule="OBJ-TITLE.SUIT", start=served_on, calendar=calendar, rules=rules).last_day
    lift_by = clocks.deadline(rule="OBJ-RELEASE", start=sue_by, calendar=calendar, rules=rules).last_day
    return TitleOutcome(stay=True, sue_by=sue_by, lift_from=date.fromordinal(sue_by.toordinal() + 1), lift_by=lift_by)


@dataclass(frozen=True, slots=True, kw_only=True)
class ThirdDebtFacts:
    """A notice to a third party who owes the debtor (到期债权)."""

    served_personally: bool
    served_on: date
    objected_on: date | None = None
    paid: bool = False


def may_enforce_third_debt(*, facts: ThirdDebtFacts, at: date, rules: Rulebook = NATIONAL) -> Findings:
    """Whether the third party may be enforced against: served in person, fifteen days passed without objection or payment.

    执规45-52, 解释499. An objection in time is not examined and stops enforcement; the freeze stays (FRZ-THIRD-NOAUTO).
    may_enforce_third_debt(facts=ThirdDebtFacts(served_personally=True, served_on=date(2025, 3, 3)),
    at=date(2025, 3, 18)).allowed is False.
    """
    last = clocks.deadline(rule="FRZ-THIRD-DEBT", start=facts.served_on, rules=rules).last_day
    objected = facts.objected_on is not None and facts.objected_on <= last
    return Findings.of(
        [
            rules.reason("FRZ-THIRD-DEBT", "履行通知已直接送达第三人", met=facts.served_personally),
            rules.reason("FRZ-THIRD-DEBT", "十五日异议期已届满（{last}）", met=at > last, last=last),
            rules.reason("FRZ-THIRD-DEBT", "第三人没有在期内提出异议", met=not objected),
            rules.reason("FRZ-THIRD-DEBT", "第三人没有履行", met=not facts.paid),
        ]
    )


def freeze_survives_third_party_objection() -> bool:
    """An objection of the third party stops enforcement and leaves the freeze in force (FRZ-THIRD-NOAUTO): True.

    freeze_survives_third_party_objection() is True.
    """
    return True
