"""Fines, detention, exit bans, compelled attendance, and the file for a criminal referral (SAN-*, REF-*, EXE-SUMMON).

A person pays at most 100,000 yuan, an organisation 50,000 to 1,000,000; detention lasts at most fifteen days; the
president approves both. The same conduct is not punished twice in the same way.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from law import money, periods
from law.calendar import CHINA, DAY, Calendar
from law.reasons import Findings, Reason
from law.rules import NATIONAL, Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionFacts:
    """The conduct and what has been done about it already."""

    conduct: str = ""
    is_organisation: bool = False
    approved_by_president: bool = False
    already_fined_for_it: bool = False
    already_detained_for_it: bool = False
    is_minor: bool = False


def may_fine(*, amount: Decimal, facts: SanctionFacts, rules: Rulebook = NATIONAL) -> Findings:
    """Whether a fine of so many yuan may be imposed.

    民诉118①、119, 解释183. A person: up to 100,000; an organisation: 50,000 to 1,000,000. may_fine(amount=Decimal("5000"),
    facts=SanctionFacts(conduct="拒不报告财产", approved_by_president=True)).allowed is True.
    """
    amount = money.amount(amount)
    return Findings.of(
        [
            *_fine_bounds(amount, facts.is_organisation, rules),
            *_common(facts, rules),
            rules.reason("SAN-NO-REPEAT", "没有因同一行为罚过款", met=not facts.already_fined_for_it),
        ]
    )


def _fine_bounds(amount: Decimal, organisation: bool, rules: Rulebook) -> list[Reason]:
    least = rules.figure("SAN-FINE.UNIT-MIN") if organisation else Decimal("0.01")
    most = rules.figure("SAN-FINE.UNIT-MAX") if organisation else rules.figure("SAN-FINE")
    met = least <= amount <= most
    if organisation:
        template = "对单位的罚款在{least:,.2f}元以上{most:,.2f}元以下"
        return [rules.reason("SAN-FINE", template, met=met, least=least, most=most)]
    return [rules.reason("SAN-FINE", "对个人的罚款在{most:,.2f}元以下", met=met, most=most)]


def may_detain(*, days: int, facts: SanctionFacts, rules: Rulebook = NATIONAL) -> Findings:
    """Whether a natural person may be detained for so many days: one to fifteen, by the president's approval.

    民诉118②、119, 解释183. may_detain(days=16, facts=SanctionFacts()).allowed is False. Of an organisation the officers are detained.
    """
    most = rules.count("SAN-DETAIN")
    return Findings.of(
        [
            rules.reason("SAN-DETAIN", "拘留在{most}日以下", met=1 <= days <= most, most=most),
            rules.reason("SAN-TARGET", "拘留的对象是自然人", met=not facts.is_organisation),
            *_common(facts, rules),
            rules.reason("SAN-NO-REPEAT", "没有因同一行为拘留过", met=not facts.already_detained_for_it),
        ]
    )


def _common(facts: SanctionFacts, rules: Rulebook) -> list[Reason]:
    return [
        rules.reason("SAN-APPROVE", "写明妨害执行的行为", met=bool(facts.conduct.strip())),
        rules.reason("SAN-APPROVE", "经院长批准", met=facts.approved_by_president),
    ]


def release_on(*, detained_on: date, days: int, rules: Rulebook = NATIONAL) -> date:
    """The day on which a detention ends: whole days, no holiday moves it (民诉118②).

    release_on(detained_on=date(2020, 1, 3), days=15) == date(2020, 1, 18). Raises TooManyDays.
    """
    most = rules.count("SAN-DETAIN")
    if not 1 <= days <= most:
        raise TooManyDays(f"拘留期限为1至{most}日，不能为{days}日")
    return detained_on + days * DAY


class TooManyDays(ValueError):
    """Detention lasts one to fifteen days."""


def tell_family_by(*, detained_at: datetime, rules: Rulebook = NATIONAL) -> datetime:
    """The moment by which the family is told: twenty-four hours after the detention (解释180).

    tell_family_by(detained_at=datetime(2025, 3, 3, 10, 20)) == datetime(2025, 3, 4, 11).
    """
    return periods.last_moment(start=detained_at, hours=rules.count("SAN-FAMILY"))


def questioning_ends(*, arrived_at: datetime, may_lead_to_detention: bool, rules: Rulebook = NATIONAL) -> datetime:
    """When a person compelled to attend must leave: eight hours, twenty-four when detention is possible (解释482).

    Counted from the arrival itself, to the minute: freedom is at stake, so no hour is rounded up.
    questioning_ends(arrived_at=datetime(2025, 3, 3, 10), may_lead_to_detention=False) == datetime(2025, 3, 3, 18).
    """
    hours = rules.count("EXE-SUMMON.LONG" if may_lead_to_detention else "EXE-SUMMON")
    return arrived_at + hours * periods.HOUR


def reconsideration_until(*, served_on: date, calendar: Calendar = CHINA, rules: Rulebook = NATIONAL) -> date:
    """The last day to ask the higher court to reconsider a fine or detention: three days (民诉119③, 解释185).

    reconsideration_until(served_on=date(2025, 3, 3)) == date(2025, 3, 6). It stays in force meanwhile.
    """
    return periods.last_day(start=served_on, days=rules.count("SAN-RECON"), calendar=calendar)


class Conduct(StrEnum):
    """Kinds of refusal under 法释〔2024〕13号3; those in NEEDS_SANCTION presuppose a fine or detention."""

    REPORT_REFUSED = "REPORT_REFUSED"
    LIMIT_BREACHED = "LIMIT_BREACHED"
    HANDOVER_REFUSED = "HANDOVER_REFUSED"
    ACT_REFUSED = "ACT_REFUSED"
    PROPERTY_SHIFTED = "PROPERTY_SHIFTED"
    EVIDENCE_FORGED = "EVIDENCE_FORGED"
    VIOLENCE = "VIOLENCE"


NEEDS_SANCTION = frozenset(
    {Conduct.REPORT_REFUSED, Conduct.LIMIT_BREACHED, Conduct.HANDOVER_REFUSED, Conduct.ACT_REFUSED}
)
EVIDENCE = {
    "identity": "被告人的身份",
    "duty": "负有执行或者协助执行义务",
    "ability": "有能力履行",
    "refusal": "拒不履行的行为",
    "gravity": "情节和后果",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralFacts:
    """What the referral rests on; `ability` is what remains after the necessities of the debtor's household, yuan."""

    conduct: Conduct
    sanctioned_before: bool = False
    ability: Decimal = money.ZERO
    evidence: frozenset[str] = field(default_factory=frozenset)
    letter: bool = False
    report: bool = False
    relies_on_others_property: bool = False
    others_property_proved: bool = False


def may_refer(*, facts: ReferralFacts, rules: Rulebook = NATIONAL) -> Findings:
    """Whether a case can go to the police as refusal to perform: ability, conduct, previous sanction, five kinds of proof.

    刑法313, 法释〔2024〕13号3、5、6, 法发〔2025〕8号3、4. A spouse's or third party's property needs its own chain of proof.
    may_refer(facts=ReferralFacts(conduct=Conduct.VIOLENCE)).allowed is False.
    """
    sanctioned = facts.sanctioned_before or facts.conduct not in NEEDS_SANCTION
    reasons = [
        rules.reason("REF-ABILITY", "扣除必需费用后仍有履行能力", met=facts.ability > 0),
        rules.reason("REF-PRECOND", "此前已被罚款或者拘留仍拒不执行", met=sanctioned),
        rules.reason("REF-PACKAGE", "有案件移送函", met=facts.letter),
        rules.reason("REF-PACKAGE", "有执行情况说明", met=facts.report),
    ]
    for key, label in EVIDENCE.items():
        met = key in facts.evidence
        reasons.append(rules.reason("REF-PACKAGE", "有证据证明{what}", met=met, what=label))
    if facts.relies_on_others_property:
        met = facts.others_property_proved
        reasons.append(rules.reason("REF-PACKAGE", "有证据证明他人名下的财产实为被执行人所有", met=met))
    return Findings.of(reasons)


def police_answer_by(
    *, received_on: date, complex_case: bool = False, calendar: Calendar = CHINA, rules: Rulebook = NATIONAL
) -> date:
    """The last day for the police to decide on a referral: seven days, thirty when complex (法发〔2025〕8号5).

    police_answer_by(received_on=date(2025, 3, 3)) == date(2025, 3, 10).
    """
    days = rules.count("REF-POLICE.COMPLEX" if complex_case else "REF-POLICE")
    return periods.last_day(start=received_on, days=days, calendar=calendar)
