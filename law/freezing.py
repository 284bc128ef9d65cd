"""How long a measure lasts, when it must be renewed, who comes next, and how much is too much (FRZ-*, PRES-*).

Terms: deposits one year, movables two, immovables and other rights three; a measure that is not renewed before its last
day lapses by itself. A waiting measure runs no term; it takes effect when the one before it ends (FRZ-WAIT-TERM).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from law import money, periods
from law.calendar import CHINA, DAY, Calendar
from law.reasons import Findings
from law.rules import NATIONAL, Rulebook

WARNING_DAYS = (90, 60, 30, 15, 7)


class Kind(StrEnum):
    """What is held; each kind has its own longest term."""

    DEPOSIT = "DEPOSIT"
    MOVABLE = "MOVABLE"
    IMMOVABLE = "IMMOVABLE"
    RIGHT = "RIGHT"

    @property
    def rule(self) -> str:
        """The rule that bounds the term of this kind."""
        return {"DEPOSIT": "FRZ-TERM-DEPOSIT", "MOVABLE": "FRZ-TERM-MOVABLE"}.get(self.value, "FRZ-TERM-REAL")


DEPOSIT, MOVABLE, IMMOVABLE, RIGHT = Kind.DEPOSIT, Kind.MOVABLE, Kind.IMMOVABLE, Kind.RIGHT


class TermTooLong(ValueError):
    """The term asked for exceeds the longest that the law allows for this kind of property."""


class AlreadyLapsed(ValueError):
    """The measure has ended; it cannot be renewed and a new one takes a new rank."""


def end_of_term(
    *,
    kind: Kind,
    effective_on: date,
    years: int | None = None,
    months: int | None = None,
    rules: Rulebook = NATIONAL,
) -> date:
    """The last day on which a measure is in force; an exact date that no holiday moves.

    解释485①: at most 12, 24 or 36 months (six months for deposits before 4 February 2015). Without years or months the
    longest term applies. end_of_term(kind=DEPOSIT, effective_on=date(2025, 3, 10)) == date(2026, 3, 10). Where the
    notice to the assisting body names another end, the notice decides (FRZ-END-DATE): store it. Raises TermTooLong.
    """
    longest = rules.count(Kind(kind).rule, at=effective_on)
    term = longest if years is None and months is None else 12 * (years or 0) + (months or 0)
    if not 0 < term <= longest:
        article = rules.article(Kind(kind).rule, at=effective_on)
        raise TermTooLong(f"该类财产的查封冻结期限最长{longest}个月，不能为{term}个月（{article}）")
    return periods.add_months(effective_on, term)


def renewed_end(
    *, kind: Kind, end: date, completed_on: date, years: int | None = None, rules: Rulebook = NATIONAL
) -> date:
    """The last day after a renewal completed in time: the new term runs from the old end, at most as long as the first.

    解释485②③. The renewal must be completed at the registry on or before `end`; asking is not enough (AlreadyLapsed).
    renewed_end(kind=DEPOSIT, end=date(2026, 3, 10), completed_on=date(2026, 3, 2)) == date(2027, 3, 10).
    """
    if completed_on > end:
        raise AlreadyLapsed(f"措施已于{end}届满失效，续行手续{completed_on}才办妥，只能重新查封并取得新的顺位")
    return end_of_term(kind=kind, effective_on=end, years=years, rules=rules)


@dataclass(frozen=True, slots=True)
class RenewalWindow:
    """The days that matter for a renewal; all inclusive."""

    end: date
    ask_by: date
    complete_by: date
    warn_on: tuple[date, ...]


def renewal_window(*, end: date, calendar: Calendar = CHINA, rules: Rulebook = NATIONAL) -> RenewalWindow:
    """When to ask for a renewal (seven days before the end), when it must be complete, and the warning days.

    保规18, 解释485②. renewal_window(end=date(2026, 3, 10)).ask_by == date(2026, 3, 3).
    """
    ask_by = periods.back_from(end=end, days=rules.count("PRES-RENEW"), calendar=calendar)
    complete_by = calendar.previous_working_day(end)
    return RenewalWindow(end, ask_by, complete_by, tuple(end - days * DAY for days in WARNING_DAYS))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """One court's measure as registered; `ended_on` is its release, `end` a last day stated or renewed."""

    key: str
    kind: Kind
    registered_at: datetime
    years: int | None = None
    end: date | None = None
    ended_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a measure stands on a day: rank 1 is in force, higher ranks wait, rank 0 has ended."""

    key: str
    rank: int
    effective_on: date | None
    end: date | None


def waiting_order(*, holds: Iterable[Hold], at: date, rules: Rulebook = NATIONAL) -> tuple[Standing, ...]:
    """The rank of each measure on the day, in order of registration; a lapsed or released one gives way by itself.

    查规26, 27; FRZ-WAIT-TERM: the term of a waiting measure starts when it takes effect, the day after the one before
    it ended (the day of release itself when it was released). Released while waiting, it never took effect.
    waiting_order(holds=[], at=date(2025, 1, 1)) == ().
    """
    free_from: date | None = None
    rank = 0
    standings: list[Standing] = []
    for hold in sorted(holds, key=lambda hold: (hold.registered_at, hold.key)):
        standing, free_from = _stand(hold, free_from, at, rank, rules)
        standings.append(standing)
        rank = max(rank, standing.rank)
    return tuple(standings)


def _stand(hold: Hold, free_from: date | None, at: date, rank: int, rules: Rulebook) -> tuple[Standing, date | None]:
    """One measure's standing, and the day from which the property is free for the next one."""
    registered = hold.registered_at.date()
    starts = max(registered, free_from or registered)
    if starts > registered and hold.ended_on is not None and hold.ended_on <= starts:
        still_waits = hold.ended_on > at
        return Standing(key=hold.key, rank=rank + 1 if still_waits else 0, effective_on=None, end=None), free_from
    end = hold.end or end_of_term(kind=hold.kind, effective_on=starts, years=hold.years, rules=rules)
    free = min(end + DAY, hold.ended_on or date.max)
    if free <= at:
        return Standing(key=hold.key, rank=0, effective_on=starts, end=end), free
    if starts > at:
        return Standing(key=hold.key, rank=rank + 1, effective_on=None, end=None), free
    return Standing(key=hold.key, rank=rank + 1, effective_on=starts, end=end), free


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A property held for the debt: its value and what ranks before it, in yuan; waiting ranks control nothing."""

    key: str
    value: Decimal
    prior_claims: Decimal = field(default=money.ZERO)
    indivisible: bool = False
    waiting: bool = False

    @property
    def covers(self) -> Decimal:
        """What the property is worth to this debt."""
        return money.ZERO if self.waiting else max(money.ZERO, self.value - self.prior_claims)


@dataclass(frozen=True, slots=True, kw_only=True)
class OverSeizure:
    """How what is held compares with debt and costs (yuan), and which holdings to release."""

    limit: Decimal
    held: Decimal
    excess: Decimal
    manifest: bool
    release: tuple[str, ...]
    findings: Findings


def over_seizure(
    *, debt: Decimal, costs: Decimal, holdings: Iterable[Holding], rules: Rulebook = NATIONAL
) -> OverSeizure:
    """Whether the property held manifestly exceeds debt plus costs, and what can be released without falling short.

    查规19, 民诉253①. Waiting ranks count nothing; an indivisible thing may stay when nothing else suffices. The margin
    from which the excess counts as manifest (a fifth) is the court's own figure; the law names none.
    over_seizure(debt=Decimal(100), costs=Decimal(1), holdings=[]).limit == 101.00.
    """
    found = tuple(holdings)
    limit = money.amount(debt) + money.amount(costs)
    held = sum((holding.covers for holding in found), money.ZERO)
    excess = max(money.ZERO, held - limit)
    release = _releasable(found, excess)
    manifest = excess > limit * rules.figure("FRZ-NO-OVER.MARGIN") and bool(release or _divisible(found))
    findings = Findings.of(
        [
            rules.reason(
                "FRZ-NO-OVER",
                "已控财产{held:,.2f}元，债权与费用{limit:,.2f}元，超出{excess:,.2f}元",
                met=not manifest,
                held=held,
                limit=limit,
                excess=excess,
            )
        ]
    )
    return OverSeizure(limit=limit, held=held, excess=excess, manifest=manifest, release=release, findings=findings)


def _divisible(holdings: tuple[Holding, ...]) -> bool:
    return any(not holding.indivisible and holding.covers for holding in holdings)


def _releasable(holdings: tuple[Holding, ...], excess: Decimal) -> tuple[str, ...]:
    """Whole holdings that can go without falling short, the largest first."""
    release: list[str] = []
    for holding in sorted(holdings, key=lambda holding: (-holding.covers, holding.key)):
        if not holding.waiting and money.ZERO < holding.covers <= excess:
            release.append(holding.key)
            excess -= holding.covers
    return tuple(release)
