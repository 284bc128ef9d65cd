"""The list of dishonest debtors (失信): who may be listed, for how long, when published, when removed (DIS-*).

Six grounds; a fixed term of two years (one to three more when grave) exists for grounds two to six only. Never a minor,
never the officers of a listed organisation. Listing makes a consumption limit obligatory, never the reverse. Removal on
performance takes three working days for ground one; with a term, performance leads to a decision on early removal.
"""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from law import periods
from law.calendar import CHINA, Calendar
from law.reasons import Findings, Reason
from law.rules import NATIONAL, Rulebook


class Ground(IntEnum):
    """The six grounds of 法释〔2017〕7号1, numbered as there."""

    ABLE_BUT_REFUSES = 1
    OBSTRUCTION = 2
    EVASION = 3
    REPORT_BREACH = 4
    LIMIT_BREACH = 5
    SETTLEMENT_BREACH = 6

    @property
    def label(self) -> str:
        """The Chinese name of the ground."""
        return LABELS[self.value - 1]

    @property
    def has_term(self) -> bool:
        """Whether a listing on this ground has a fixed term."""
        return self is not Ground.ABLE_BUT_REFUSES


LABELS = (
    "有履行能力而拒不履行生效法律文书确定义务",
    "以伪造证据、暴力、威胁等方法妨碍、抗拒执行",
    "以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行",
    "违反财产报告制度",
    "违反限制消费令",
    "无正当理由拒不履行执行和解协议",
)


class TermOutOfBounds(ValueError):
    """The listing's term lies outside what the law allows for its ground."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingFacts:
    """What the file shows about the person to be listed; the defaults are what nothing in the file shows."""

    ground_proved: bool = False
    performed: bool = False
    risk_warned: bool = False
    is_minor: bool = False
    is_officer_of_listed_organisation: bool = False
    student_with_campus_loan: bool = False
    creditor_asks_to_refrain: bool = False
    bankruptcy_accepted: bool = False
    enough_security: bool = False
    enough_property_held: bool = False
    later_in_order: bool = False
    otherwise_not_refusing: bool = False
    asked_by_creditor_on: date | None = None
    removed_at_creditors_request_on: date | None = None


def may_list(
    *, ground: Ground | int, facts: ListingFacts, rules: Rulebook = NATIONAL, calendar: Calendar = CHINA
) -> Findings:
    """Whether the person may be listed on this ground; the decision stays with the president.

    法释〔2017〕7号1、3-5、10③, 法发〔2019〕35号16. may_list(ground=1, facts=ListingFacts(ground_proved=True,
    risk_warned=True)).allowed is True; with is_minor=True it is False whatever else the file shows.
    """
    ground = Ground(ground)
    reason = rules.reason
    reasons = [
        reason("DIS-GROUNDS", "未履行生效法律文书确定的义务", met=not facts.performed),
        reason("DIS-GROUNDS", "有证据证明：{ground}", met=facts.ground_proved, ground=ground.label),
        reason("DIS-WARN", "执行通知书已提示纳入失信名单的风险", met=facts.risk_warned),
        *_never(facts, rules),
    ]
    if ground is Ground.ABLE_BUT_REFUSES:
        reasons += _not_on_ground_one(facts, rules)
    banned = _relisting_banned(facts, rules, calendar)
    if banned is not None:
        reasons.append(banned)
    return Findings.of(reasons)


def _never(facts: ListingFacts, rules: Rulebook) -> list[Reason]:
    reason = rules.reason
    return [
        reason("DIS-MINOR", "不是未成年人", met=not facts.is_minor),
        reason(
            "DIS-NOT-2",
            "不是因单位失信而牵连的法定代表人、负责人、直接责任人员或者实际控制人",
            met=not facts.is_officer_of_listed_organisation,
        ),
        reason("DIS-NOT-2", "已控制的财产不足以清偿债务", met=not facts.enough_property_held),
        reason("DIS-NOT-2", "申请执行人没有申请暂不采取惩戒措施", met=not facts.creditor_asks_to_refrain),
        reason("DIS-NOT-2", "不是因校园贷负债的全日制在校生", met=not facts.student_with_campus_loan, blocking=False),
        reason("BKR-EFFECT", "没有受理破产", met=not facts.bankruptcy_accepted),
    ]


def _not_on_ground_one(facts: ListingFacts, rules: Rulebook) -> list[Reason]:
    reason = rules.reason
    return [
        reason("DIS-NOT-1", "没有提供充分有效担保", met=not facts.enough_security),
        reason("DIS-NOT-1", "已采取查封等措施的财产不足以清偿", met=not facts.enough_property_held),
        reason("DIS-NOT-1", "履行顺序不在后", met=not facts.later_in_order),
        reason("DIS-NOT-1", "没有其他不属于拒不履行的情形", met=not facts.otherwise_not_refusing),
    ]


def _relisting_banned(facts: ListingFacts, rules: Rulebook, calendar: Calendar) -> Reason | None:
    removed, asked = facts.removed_at_creditors_request_on, facts.asked_by_creditor_on
    if removed is None or asked is None:
        return None
    until = periods.add_months(removed, rules.count("DIS-RELIST-BAN"))
    return rules.reason(
        "DIS-RELIST-BAN", "依申请删除后满六个月才再次申请纳入（{until}届满）", met=asked > until, until=until
    )


def listing_term(
    *, ground: Ground | int, decided_on: date, extra_years: int = 0, rules: Rulebook = NATIONAL
) -> date | None:
    """The last day of a listing, or None for ground one, which has no fixed term.

    法释〔2017〕7号2①: two years; one to three more for grave violence or several kinds of conduct.
    listing_term(ground=4, decided_on=date(2025, 3, 3)) == date(2027, 3, 3). Raises TermOutOfBounds.
    """
    if not Ground(ground).has_term:
        if extra_years:
            raise TermOutOfBounds("依第一项纳入的没有固定期限，不能延长")
        return None
    least, most = rules.count("DIS-TERM.EXTENSION-MIN"), rules.count("DIS-TERM.EXTENSION-MAX")
    if extra_years and not least <= extra_years <= most:
        raise TermOutOfBounds(f"纳入期限只能延长{least}至{most}年，不能延长{extra_years}年")
    return periods.add_months(decided_on, 12 * (rules.count("DIS-TERM") + extra_years))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationFacts:
    """What must be true before a listing is shown to the public."""

    signed_by_president: bool = False
    served: bool = False
    performed: bool = False
    grace_until: date | None = None


def may_publish(*, facts: PublicationFacts, at: date, rules: Rulebook = NATIONAL) -> Findings:
    """Whether a decided listing may be published on the day: signed, served, and after the grace period.

    法释〔2017〕7号5、6, 法发〔2019〕35号15: nothing is shown during the grace period.
    may_publish(facts=PublicationFacts(signed_by_president=True, served=True), at=date(2025, 3, 3)).allowed is True.
    """
    over = facts.grace_until is None or at > facts.grace_until
    return Findings.of(
        [
            rules.reason("DIS-WARN", "决定书由院长签发", met=facts.signed_by_president),
            rules.reason("DIS-WARN", "决定书已依法送达", met=facts.served),
            rules.reason("DIS-GRACE", "宽限期已经届满", met=over),
            rules.reason("DIS-GROUNDS", "仍未履行义务", met=not facts.performed),
        ]
    )


def grace_end(*, decided_on: date, months: int = 1, rules: Rulebook = NATIONAL, calendar: Calendar = CHINA) -> date:
    """The last day of the grace period of one to three months before publication.

    法发〔2019〕35号15. grace_end(decided_on=date(2025, 3, 3), months=2) == date(2025, 5, 6), the first working day after
    the holidays. Raises TermOutOfBounds.
    """
    least, most = rules.count("DIS-GRACE"), rules.count("DIS-GRACE.MAX")
    if not least <= months <= most:
        raise TermOutOfBounds(f"宽限期为{least}至{most}个月，不能为{months}个月")
    return periods.last_day(start=decided_on, months=months, calendar=calendar)


class RemovalCause(StrEnum):
    """Why a listing ends."""

    PERFORMED = "PERFORMED"
    SETTLED_AND_PERFORMED = "SETTLED_AND_PERFORMED"
    CREDITOR_ASKED = "CREDITOR_ASKED"
    ROUND_ENDED_WITHOUT_PROPERTY = "ROUND_ENDED_WITHOUT_PROPERTY"
    SUSPENDED_BY_RETRIAL_OR_BANKRUPTCY = "SUSPENDED_BY_RETRIAL_OR_BANKRUPTCY"
    NOT_TO_BE_ENFORCED = "NOT_TO_BE_ENFORCED"
    TERMINATED = "TERMINATED"
    TERM_EXPIRED = "TERM_EXPIRED"
    WRONGLY_LISTED = "WRONGLY_LISTED"


class Route(StrEnum):
    """How a listing ends: at once by law, by a decision on early removal, or not yet."""

    MUST_REMOVE = "MUST_REMOVE"
    EARLY_DECISION = "EARLY_DECISION"
    NOT_YET = "NOT_YET"


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """How and by when a listing ends; `by` is the last working day for the deletion."""

    route: Route
    by: date | None
    reason: Reason


def removal(
    *,
    ground: Ground | int,
    cause: RemovalCause,
    happened_on: date,
    inquiries_without_property: int = 0,
    clue_open: bool = False,
    court_agrees: bool = True,
    calendar: Calendar = CHINA,
    rules: Rulebook = NATIONAL,
) -> Removal:
    """What a fact that ends a listing requires: deletion within three working days, or a decision on early removal.

    法释〔2017〕7号2②、9、10①②. Grounds two to six have a term: performance does not delete them by itself (DIS-EARLY),
    expiry does. removal(ground=1, cause=RemovalCause.PERFORMED, happened_on=date(2025, 9, 29)).by == 2025-10-10.
    """
    by = periods.last_day(start=happened_on, working_days=rules.count("DIS-REMOVE"), calendar=calendar)
    ground = Ground(ground)
    if cause is RemovalCause.WRONGLY_LISTED:
        by = periods.last_day(start=happened_on, working_days=rules.count("DIS-WRONG"), calendar=calendar)
        return _removal(Route.MUST_REMOVE, by, "DIS-WRONG", "不应纳入的，应当撤销", rules)
    if cause is RemovalCause.TERM_EXPIRED:
        route = Route.MUST_REMOVE if ground.has_term else Route.NOT_YET
        return _removal(route, by, "DIS-REMOVE", "纳入期限届满", rules)
    if ground.has_term and cause not in _WHATEVER_THE_TERM:
        return _removal(Route.EARLY_DECISION, None, "DIS-EARLY", "纳入期限未满，可以决定提前删除", rules)
    enough = inquiries_without_property >= rules.count("DIS-REMOVE.INQUIRIES") and not clue_open
    waits = cause is RemovalCause.ROUND_ENDED_WITHOUT_PROPERTY and not enough
    if waits or (cause is RemovalCause.CREDITOR_ASKED and not court_agrees):
        return _removal(Route.NOT_YET, None, "DIS-REMOVE", "删除的条件尚未具备", rules)
    return _removal(Route.MUST_REMOVE, by, "DIS-REMOVE", "应当在三个工作日内删除", rules)


# The accepted bankruptcy ends every penalty, term or not (BKR-EFFECT); all other causes wait for the term.
_WHATEVER_THE_TERM = frozenset({RemovalCause.SUSPENDED_BY_RETRIAL_OR_BANKRUPTCY, RemovalCause.NOT_TO_BE_ENFORCED})


def _removal(route: Route, by: date | None, rule: str, template: str, rules: Rulebook) -> Removal:
    found = rules.reason(rule, template, met=route is Route.MUST_REMOVE, blocking=False)
    return Removal(route=route, by=by if route is Route.MUST_REMOVE else None, reason=found)


def correction_due(*, asked_on: date, calendar: Calendar = CHINA, rules: Rulebook = NATIONAL) -> date:
    """The last day to decide a written request for correction: fifteen days (法释〔2017〕7号12).

    correction_due(asked_on=date(2025, 3, 3)) == date(2025, 3, 18).
    """
    return periods.last_day(start=asked_on, days=rules.count("DIS-CORRECT"), calendar=calendar)
