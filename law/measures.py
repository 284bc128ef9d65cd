"""How a measure takes effect, what may be frozen of shares and accounts, and when it must be released (FRZ-*, PRES-LIFT-*)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

from law import money
from law.reasons import Findings
from law.rules import NATIONAL, Rulebook


class NotEffective(ValueError):
    """Neither service nor publication is known, so the measure has no day of effect."""


def effective_at(*, served_at: datetime | None, published_at: datetime | None = None, equity: bool = False) -> datetime:
    """When a measure takes effect: on service of ruling and notice; for equity on publication in the enterprise register.

    查规1②, 股规6 (FRZ-EFFECT). Raises NotEffective while that moment is unknown.
    effective_at(served_at=datetime(2025, 3, 3, 9)) == datetime(2025, 3, 3, 9).
    """
    found = published_at if equity else served_at
    if found is None:
        raise NotEffective(
            "股权冻结自公示时生效，请填写公示时间" if equity else "请填写裁定书和协助执行通知书的送达时间"
        )
    return found


def in_order_of_service(*, notices: Sequence[tuple[str, datetime]]) -> tuple[str, ...]:
    """Which of several rulings on one property the registry carries out first: by the moment of service (FRZ-ORDER).

    in_order_of_service(notices=[]) == ().
    """
    return tuple(key for key, _ in sorted(notices, key=lambda notice: notice[1]))


def must_assist(*, notice_served_at: datetime, transfer_completed_at: datetime | None) -> bool:
    """Whether the registry must still seal: yes until the transfer is completed, even if it was filed before (查规23).

    must_assist(notice_served_at=datetime(2025, 3, 3, 9), transfer_completed_at=None) is True.
    """
    return transfer_completed_at is None or notice_served_at < transfer_completed_at


def shares_to_freeze(*, debt: Decimal, close: Decimal, held: int, rules: Rulebook = NATIONAL) -> int:
    """How many listed shares to freeze: the debt at the last closing price and at most a fifth more (法发〔2019〕35号7).

    shares_to_freeze(debt=Decimal(100000), close=Decimal(10), held=50000) == 12000; never more than are held.
    """
    if close <= 0:
        raise money.NotAnAmount("收盘价须大于零")
    wanted = money.amount(debt) / close * (1 + rules.figure("FRZ-OVER-LISTED"))
    return min(held, int(wanted.to_integral_value(rounding=ROUND_FLOOR)))


@dataclass(frozen=True, slots=True, kw_only=True)
class FreezeFacts:
    """What an order to freeze says; sums in yuan."""

    names_amount: bool = False
    leaves_rest_usable: bool = True
    exempt_thing: bool = False
    co_owned: bool = False
    co_owners_told: bool = False
    end_stated: bool = False


def may_freeze(*, facts: FreezeFacts, rules: Rulebook = NATIONAL) -> Findings:
    """Whether an order is drawn up as the law asks: an exact amount and end, the rest usable, nothing exempt.

    保规13、15、18②, 查规3、12. may_freeze(facts=FreezeFacts(names_amount=True, end_stated=True)).allowed is True.
    """
    return Findings.of(
        [
            rules.reason("FRZ-OVER-ACCOUNT", "写明冻结的具体数额", met=facts.names_amount),
            rules.reason("FRZ-OVER-ACCOUNT", "不影响限额以外资金的使用", met=facts.leaves_rest_usable),
            rules.reason("FRZ-END-DATE", "写明届满日", met=facts.end_stated),
            rules.reason("FRZ-EXEMPT", "不属于不得查封的财产", met=not facts.exempt_thing),
            rules.reason("FRZ-COOWN", "已通知共有人", met=facts.co_owners_told or not facts.co_owned, blocking=False),
        ]
    )


def may_use_live_seal(*, keeper_is_debtor: bool, use_harms_value: bool, rules: Rulebook = NATIONAL) -> Findings:
    """Whether a sealed thing may go on being used: only in the debtor's own keeping and without harm to its value.

    查规10, 解释155 (FRZ-LIVE).
    may_use_live_seal(keeper_is_debtor=False, use_harms_value=False).allowed is False.
    """
    return Findings.of(
        [
            rules.reason("FRZ-LIVE", "由被执行人保管", met=keeper_is_debtor),
            rules.reason("FRZ-LIVE", "继续使用对价值无重大影响", met=not use_harms_value),
        ]
    )


class ReleaseCause(StrEnum):
    """Why a measure must be released (查规28, 解释166)."""

    THIRD_PARTY_OWNS = "THIRD_PARTY_OWNS"
    WITHDRAWN = "WITHDRAWN"
    UNSOLD_AND_NOT_TAKEN = "UNSOLD_AND_NOT_TAKEN"
    SATISFIED = "SATISFIED"
    SECURITY_ACCEPTED = "SECURITY_ACCEPTED"
    SECURITY_SUFFICIENT = "SECURITY_SUFFICIENT"
    WRONGLY_PRESERVED = "WRONGLY_PRESERVED"
    CLAIM_REJECTED = "CLAIM_REJECTED"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseFacts:
    """Why a release is asked for; for the disputed thing itself the applicant's consent is needed."""

    cause: ReleaseCause
    applicant_agrees: bool = False
    disputed_thing: bool = False
    preservation: bool = False


def must_release(*, facts: ReleaseFacts, rules: Rulebook = NATIONAL) -> Findings:
    """Whether the measure must be released by a ruling: on every listed cause, with consent where the law asks for it.

    查规28: security in execution needs the applicant's consent; 保规22: sufficient security in a money dispute does not,
    unless the thing itself is in dispute.
    must_release(facts=ReleaseFacts(cause=ReleaseCause.SATISFIED)).allowed is True.
    """
    rule = "PRES-LIFT-COND" if facts.preservation else "FRZ-RELEASE"
    consent = facts.applicant_agrees
    if facts.cause is ReleaseCause.SECURITY_SUFFICIENT:
        consent = consent or (facts.preservation and not facts.disputed_thing)
    elif facts.cause is not ReleaseCause.SECURITY_ACCEPTED:
        consent = True
    return Findings.of([rules.reason(rule, "有解除事由，且需要申请人同意的已同意", met=consent)])


def lapsed(*, end: date, at: date) -> bool:
    """Whether a measure has ended by itself: from the day after its last day (查规27, FRZ-EXPIRE).

    lapsed(end=date(2026, 3, 10), at=date(2026, 3, 10)) is False.
    """
    return at > end
