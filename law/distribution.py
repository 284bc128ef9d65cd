"""Dividing proceeds among several creditors (DIST-*): costs, priorities, then pro rata or by rank of seizure.

A natural person or other organisation: ordinary claims share in proportion. A company whose creditors do not go to
bankruptcy: ordinary claims by the order of seizure. With criminal liabilities: medical costs, secured claims, restitution
to victims, other civil debts, fines, confiscation. The doubled part comes after every claim's other parts.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import IntEnum, StrEnum

from law import clocks, money
from law.calendar import CHINA, Calendar
from law.reasons import Line, Reckoning
from law.rules import NATIONAL, Rulebook
from law.splitting import split


class Debtor(StrEnum):
    """What the debtor is: the division follows from it."""

    NATURAL_PERSON = "NATURAL_PERSON"
    OTHER_ORGANISATION = "OTHER_ORGANISATION"
    COMPANY = "COMPANY"


class Rank(IntEnum):
    """The class of a claim; CRIMINAL classes matter only when the debtor also owes under a criminal judgment."""

    MEDICAL = 1
    PRIORITY = 2
    RESTITUTION = 3
    ORDINARY = 4
    FINE = 5
    CONFISCATION = 6


class MustGoToBankruptcy(ValueError):
    """A company whose referral to bankruptcy has been agreed to is not distributed among its creditors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One creditor's claim in yuan: its class, priority order, doubled part, seizure, and what is disputed of it.

    `limit` bounds a secured claim to its collateral's proceeds (what exceeds it is an ordinary claim of its own);
    `disputed` yuan are reserved, not paid (解释510③).
    """

    key: str
    amount: Decimal
    rank: Rank = Rank.ORDINARY
    priority: int = 0
    doubled: Decimal = money.ZERO
    seized_at: datetime | None = None
    limit: Decimal | None = None
    disputed: Decimal = money.ZERO
    has_title: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one claim gets, in yuan: `paid` now, `reserved` until the dispute ends, `unpaid` still owed."""

    key: str
    paid: Decimal
    reserved: Decimal
    unpaid: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Distribution:
    """The division: costs + shares (paid and reserved) + surplus == proceeds, to the fen."""

    proceeds: Decimal
    costs: Decimal
    shares: tuple[Share, ...]
    surplus: Decimal
    reckoning: Reckoning

    def share(self, key: str) -> Share:
        """One claim's share."""
        return next(share for share in self.shares if share.key == key)


def distribute(
    *,
    proceeds: Decimal,
    costs: Decimal,
    claims: Iterable[Claim],
    debtor: Debtor,
    bankruptcy_agreed: bool = False,
    one_title: bool = False,
    rules: Rulebook = NATIONAL,
) -> Distribution:
    """Divide `proceeds` yuan after `costs` among the claims.

    解释506、508、514, 执规55, 刑财13, 迟规4. Proceeds 500,000, costs 15,400, a mortgage of 200,000, ordinary claims of 300,000,
    150,000 and 100,001 of a natural person: 155,236.08, 77,618.04 and 51,745.88. `one_title`: claims of one judgment
    share in proportion whoever the debtor is. Raises MustGoToBankruptcy.
    distribute(proceeds=Decimal(1), costs=Decimal(1), claims=[], debtor=Debtor.COMPANY).surplus == 0.00.
    """
    found = tuple(claims)
    if debtor is Debtor.COMPANY and bankruptcy_agreed:
        raise MustGoToBankruptcy("被执行企业已同意移送破产审查，不进行分配")
    given = money.amount(proceeds)
    left = given
    taken = min(left, money.amount(costs))
    left -= taken
    got = {claim.key: money.ZERO for claim in found}
    pro_rata = debtor is not Debtor.COMPANY or one_title
    civil = _groups([claim for claim in found if claim.rank <= Rank.ORDINARY], pro_rata)
    penal = _groups([claim for claim in found if claim.rank > Rank.ORDINARY], pro_rata)
    for groups, due in ((civil, _due), (civil, _due_with_doubled), (penal, _due)):
        for group in groups:
            left -= _give(group, left, got, due)
    shares = tuple(_share(claim, got[claim.key]) for claim in found)
    lines = [_cost_line(taken, rules), *(_line(claim, got[claim.key], pro_rata, rules) for claim in found)]
    return Distribution(proceeds=given, costs=taken, shares=shares, surplus=left, reckoning=Reckoning.of(lines))


def _groups(claims: Sequence[Claim], pro_rata: bool) -> list[list[Claim]]:
    """Claims that stand together, in order; unless pro rata, ordinary ones stand alone by their seizure."""
    ordered: dict[tuple[object, ...], list[Claim]] = {}
    for claim in sorted((claim for claim in claims if _admitted(claim)), key=lambda claim: _place(claim, pro_rata)):
        ordered.setdefault(_place(claim, pro_rata), []).append(claim)
    return list(ordered.values())


def _admitted(claim: Claim) -> bool:
    """A claim without a title takes part only with a priority (解释506②)."""
    return claim.has_title or claim.rank is Rank.PRIORITY


def _place(claim: Claim, pro_rata: bool) -> tuple[int, int, str]:
    seized = "" if claim.seized_at is None else claim.seized_at.isoformat()
    by_seizure = claim.rank is Rank.ORDINARY and not pro_rata
    # A claim that never seized comes after every one that did: "~" sorts behind digits.
    return claim.rank, claim.priority if claim.rank is Rank.PRIORITY else 0, (seized or "~") if by_seizure else ""


def _due(claim: Claim) -> Decimal:
    whole = money.amount(claim.amount)
    return whole if claim.limit is None else min(whole, money.amount(claim.limit))


def _due_with_doubled(claim: Claim) -> Decimal:
    whole = money.amount(claim.amount) + money.amount(claim.doubled)
    return whole if claim.limit is None else min(whole, money.amount(claim.limit))


def _give(group: Sequence[Claim], left: Decimal, got: dict[str, Decimal], due: Callable[[Claim], Decimal]) -> Decimal:
    """Give a group what it is due, or its proportion of what is left; return what was given."""
    wants = [max(money.ZERO, due(claim) - got[claim.key]) for claim in group]
    wanted = sum(wants, money.ZERO)
    given = tuple(wants) if wanted <= left else split(left, wants)
    for claim, amount in zip(group, given, strict=True):
        got[claim.key] += amount
    return sum(given, money.ZERO)


def _share(claim: Claim, got: Decimal) -> Share:
    reserved = min(got, money.amount(claim.disputed))
    unpaid = money.amount(claim.amount) + money.amount(claim.doubled) - got
    return Share(key=claim.key, paid=got - reserved, reserved=reserved, unpaid=unpaid)


def _cost_line(taken: Decimal, rules: Rulebook) -> Line:
    return Line(
        template="{label}{amount:,.2f}元",
        label="执行费用",
        amount=taken,
        basis=rules.article("DIST-ORDER"),
        rule="DIST-ORDER",
    )


def _line(claim: Claim, got: Decimal, pro_rata: bool, rules: Rulebook) -> Line:
    whole = claim.amount + claim.doubled
    rate = (got / whole).quantize(Decimal("0.000001")) if whole else Decimal(0)
    if claim.rank in (Rank.MEDICAL, Rank.RESTITUTION, Rank.FINE, Rank.CONFISCATION):
        rule = "DIST-CRIM"
    else:
        rule = "DIST-ORDER" if pro_rata or claim.rank is Rank.PRIORITY else "DIST-CORP"
    return Line(
        template="{label}：债权{base:,.2f}元，分得{amount:,.2f}元（清偿率{rate:.4%}）",
        label=claim.key,
        amount=got,
        basis=rules.article(rule),
        base=whole,
        rate=rate,
        rule=rule,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanWindows:
    """The three periods of fifteen days on a plan, each from its own receipt; None until that receipt is known."""

    object_by: date
    oppose_by: date | None
    sue_by: date | None


def plan_windows(
    *,
    plan_received_on: date,
    objection_notified_on: date | None = None,
    opposition_notified_on: date | None = None,
    calendar: Calendar = CHINA,
    rules: Rulebook = NATIONAL,
) -> PlanWindows:
    """The chained periods on a distribution plan: objection, opposition, suit (解释509、510).

    plan_windows(plan_received_on=date(2025, 3, 3)).object_by == date(2025, 3, 18). Without opposition the plan is changed;
    without a suit the original plan is carried out.
    """

    def fifteen(rule: str, start: date | None) -> date | None:
        if start is None:
            return None
        return clocks.deadline(rule=rule, start=start, calendar=calendar, rules=rules).last_day

    first = clocks.deadline(rule="DIST-OBJ-1", start=plan_received_on, calendar=calendar, rules=rules).last_day
    return PlanWindows(
        object_by=first,
        oppose_by=fifteen("DIST-OBJ-2", objection_notified_on),
        sue_by=fifteen("DIST-OBJ-3", opposition_notified_on),
    )


def may_join(*, debtor: Debtor, has_title: bool, has_priority: bool, asked_on: date, ended_on: date | None) -> bool:
    """Whether a creditor may take part: not for a company; with a title or a priority; before the property is gone.

    解释506、507②. may_join(debtor=Debtor.COMPANY, has_title=True, has_priority=False,
    asked_on=date(2025, 3, 3), ended_on=None) is False: companies go to bankruptcy or by seizure.
    """
    in_time = ended_on is None or asked_on <= ended_on
    return debtor is not Debtor.COMPANY and (has_title or has_priority) and in_time
