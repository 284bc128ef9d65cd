"""Consumption limits (限制消费): when they may or must be ordered, on whom, and how they are lifted (LIM-*).

A debtor who lets the notice's time pass may be limited; a listed debtor must be. The president signs. Minors never.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from law import periods
from law.calendar import CHINA, Calendar
from law.reasons import Findings
from law.rules import NATIONAL, Rulebook

ITEMS = (
    "乘坐飞机、列车软卧、轮船二等以上舱位",
    "在星级以上宾馆、酒店、夜总会、高尔夫球场等场所高消费",
    "购买不动产或者新建、扩建、高档装修房屋",
    "租赁高档写字楼、宾馆、公寓等场所办公",
    "购买非经营必需车辆",
    "旅游、度假",
    "子女就读高收费私立学校",
    "支付高额保费购买保险理财产品",
    "乘坐G字头动车组列车全部座位、其他动车组列车一等以上座位等其他非生活和工作必需的消费",
)


class Role(StrEnum):
    """Whose consumption is limited: the debtor, or one of the four kinds of people of a debtor organisation."""

    DEBTOR = "DEBTOR"
    LEGAL_REPRESENTATIVE = "LEGAL_REPRESENTATIVE"
    PRINCIPAL_OFFICER = "PRINCIPAL_OFFICER"
    DIRECTLY_RESPONSIBLE = "DIRECTLY_RESPONSIBLE"
    ACTUAL_CONTROLLER = "ACTUAL_CONTROLLER"


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitFacts:
    """What the file shows about the person to be limited."""

    notice_served_on: date | None = None
    perform_by: date | None = None
    performed: bool = False
    listed: bool = False
    is_minor: bool = False
    enough_property_held: bool = False
    creditor_asks_to_refrain: bool = False
    bankruptcy_accepted: bool = False
    role: Role = Role.DEBTOR
    role_ended: bool = False


def may_limit(*, facts: LimitFacts, at: date, rules: Rulebook = NATIONAL) -> Findings:
    """Whether a consumption limit may be ordered on the day; the president signs it.

    法释〔2015〕17号1、3②、5, 法发〔2019〕35号16、17. may_limit(facts=LimitFacts(notice_served_on=date(2025, 3, 3),
    perform_by=date(2025, 3, 10)), at=date(2025, 3, 11)).allowed is True.
    """
    reason = rules.reason
    late = facts.perform_by is not None and at > facts.perform_by
    return Findings.of(
        [
            reason("LIM-TRIGGER", "执行通知书已经送达", met=facts.notice_served_on is not None or facts.listed),
            reason("LIM-TRIGGER", "执行通知书指定的期间已经届满", met=late or facts.listed),
            reason("LIM-TRIGGER", "未履行给付义务", met=not facts.performed),
            reason("LIM-MINOR", "不是未成年人", met=not facts.is_minor),
            reason("LIM-UNIT", "仍在职或者仍对债务履行负有责任", met=not facts.role_ended),
            reason("DIS-NOT-2", "已控制的财产不足以清偿债务", met=not facts.enough_property_held),
            reason("DIS-NOT-2", "申请执行人没有申请暂不采取惩戒措施", met=not facts.creditor_asks_to_refrain),
            reason("LIM-BANKRUPT", "没有受理破产", met=not facts.bankruptcy_accepted),
        ]
    )


def must_limit(*, listed: bool) -> bool:
    """Whether a limit is obligatory: a listed debtor must be limited; a limited one need not be listed (限规1).

    must_limit(listed=True) is True.
    """
    return listed


class LiftCause(StrEnum):
    """Why a limit is lifted for good."""

    PERFORMED = "PERFORMED"
    SECURITY = "SECURITY"
    CREDITOR_AGREES = "CREDITOR_AGREES"
    BANKRUPTCY_ACCEPTED = "BANKRUPTCY_ACCEPTED"
    OFFICER_REPLACED = "OFFICER_REPLACED"
    WRONGLY_LIMITED = "WRONGLY_LIMITED"


@dataclass(frozen=True, slots=True, kw_only=True)
class LiftFacts:
    """What is shown in support of lifting."""

    cause: LiftCause
    listed: bool = False
    not_controller_shown: bool = False


def may_lift(*, facts: LiftFacts, rules: Rulebook = NATIONAL) -> Findings:
    """Whether a limit may be lifted: performance and bankruptcy require it, security or consent allow it.

    法释〔2015〕17号9, 法发〔2019〕35号17. A listed debtor stays limited unless the listing goes too; a replaced officer must
    show that he neither controls nor is directly responsible, and the new one is then limited.
    may_lift(facts=LiftFacts(cause=LiftCause.SECURITY, listed=True)).allowed is False.
    """
    reasons = []
    if facts.cause in (LiftCause.SECURITY, LiftCause.CREDITOR_AGREES):
        reasons.append(rules.reason("LIM-TRIGGER", "不在失信名单上", met=not facts.listed))
    if facts.cause is LiftCause.OFFICER_REPLACED:
        shown = facts.not_controller_shown
        reasons.append(rules.reason("LIM-LIFT-4", "证明不是实际控制人和直接责任人员", met=shown, blocking=True))
    rule = "LIM-BANKRUPT" if facts.cause is LiftCause.BANKRUPTCY_ACCEPTED else "LIM-LIFT"
    return Findings.of([rules.reason(rule, "有解除限制消费的事由", met=True), *reasons])


class Need(StrEnum):
    """The needs for which a limit may be suspended for a time."""

    MEDICAL = "MEDICAL"
    FUNERAL = "FUNERAL"
    OFFICIAL_DUTY = "OFFICIAL_DUTY"
    FOREIGN_AFFAIRS = "FOREIGN_AFFAIRS"
    EXAMINATION = "EXAMINATION"


class TooLong(ValueError):
    """A suspension of a limit lasts one month at most."""


def suspension_end(
    *, from_on: date, until: date | None = None, rules: Rulebook = NATIONAL, calendar: Calendar = CHINA
) -> date:
    """The last day of a temporary suspension: at most one month, by approval, and it ends by itself.

    法发〔2019〕35号17. suspension_end(from_on=date(2025, 3, 3)) == date(2025, 4, 3). Raises TooLong.
    """
    longest = periods.add_months(from_on, rules.count("LIM-LIFT-4"))
    if until is not None and until > longest:
        raise TooLong(f"暂时解除限制消费最长一个月，不能晚于{longest}")
    return until or longest


def may_ride(*, train: str, seat: str) -> bool:
    """Whether a limited person may take the seat: no seat of a G train, no first class or better of other trains.

    法释〔2015〕17号3①（九）. may_ride(train="D301", seat="二等座") is True; may_ride(train="G1", seat="二等座") is False.
    """
    if train.strip().upper().startswith("G"):
        return False
    return not any(word in seat for word in ("一等", "商务", "特等", "优选", "软卧", "动卧", "高级"))


def swap_officers(*, former_still_controls: bool) -> tuple[bool, bool]:
    """Who is limited after the legal representative changed: (the former one, the new one) (法发〔2019〕35号17（2）).

    swap_officers(former_still_controls=False) == (False, True).
    """
    return former_still_controls, True
