"""Interest in enforcement: the doubled part for delay, the interest awarded, the penalty for other duties (INT-*).

Doubled part: principal × 0.000175 × days, where the principal excludes awarded interest, the rate is fixed and never
follows the market, and days count after the last day of performance up to and including the day of payment: of the
levy, not of the payout; of the ruling that confirms a sale.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from law import money, periods
from law.rates import Piece, Term
from law.reasons import Line, Reckoning
from law.rules import NATIONAL, Rulebook

DOUBLED = "{label}：{base:,.2f}元×{rate}×{days}天（{since}之后至{until}）＝{amount:,.2f}元"
GENERAL = "{label}的利息：{base:,.2f}元×年利率{rate:.4%}×{days}天÷{year}（{since}之后至{until}）＝{amount:,.2f}元"
UNCHECKED = (
    "{label}的利息：{base:,.2f}元×年利率{rate:.4%}（利率待核）×{days}天÷{year}（{since}之后至{until}）＝{amount:,.2f}元"
)
Payment = tuple[date, Decimal]
Span = periods.Span
LAST_OLD_DAY = date(2014, 7, 31)


class BeforeDoubledRule(ValueError):
    """Days before 1 August 2014 follow the older rule on bank loan rates; they must be reckoned apart (INT-OLD)."""


class MoreThanOwed(ValueError):
    """The payments exceed the principal: the surplus belongs to other parts of the debt or back to the payer."""


def doubled_interest(
    *,
    principal: Decimal,
    due_on: date,
    until: date,
    payments: Iterable[Payment] = (),
    excluded: Iterable[Span] = (),
    rules: Rulebook = NATIONAL,
) -> Reckoning:
    """The doubled part in yuan on `principal` (without awarded interest), unpaid after `due_on`, up to `until`.

    法释〔2014〕8号1-4: Σ principal × 0.000175 × days. `payments` are (day, yuan that reduced the principal); `excluded`
    are half-open spans of days that do not count. doubled_interest(principal=Decimal("100000"),
    due_on=date(2025, 1, 10), until=date(2025, 4, 20)).total == 1750.00 (100 days).
    Raises BeforeDoubledRule, MoreThanOwed.
    """
    if due_on < LAST_OLD_DAY and until > due_on:
        raise BeforeDoubledRule(f"2014年8月1日前的迟延期间适用旧规（同期贷款利率），请分段另算：{due_on}")
    left = money.amount(principal)
    spans = periods.merged(excluded)
    lines: list[Line] = []
    since = due_on
    for day, paid in _by_day(payments, until):
        if left and day > since:
            lines += doubled_line(base=left, since=since, until=day, excluded=spans, rules=rules)
            since = day
        left -= paid
        if left < 0:
            raise MoreThanOwed(f"冲抵本金的款项超过本金：{day}超出{-left:,.2f}元")
    if left:
        lines += doubled_line(base=left, since=since, until=until, excluded=spans, rules=rules)
    return Reckoning.of(lines)


def doubled_line(
    *,
    base: Decimal,
    since: date,
    until: date,
    excluded: Sequence[Span] = (),
    days: int | None = None,
    label: str = "迟延履行期间加倍部分债务利息",
    template: str = DOUBLED,
    rules: Rulebook = NATIONAL,
) -> tuple[Line, ...]:
    """The one line for a principal that stays the same after `since` up to `until`; none when no day counts.

    doubled_line(base=Decimal(100000), since=date(2025, 1, 10), until=date(2025, 4, 20))[0].days == 100.
    """
    if days is None:
        days = periods.counted_days(start=since, until=until, excluded=excluded)
    if days <= 0 or not base:
        return ()
    rate = rules.figure("INT-RATE", at=until)
    return (
        Line(
            template=template,
            label=label,
            amount=money.fen(base * rate * days),
            basis=rules.article("INT-RATE", at=until),
            base=base,
            rate=rate,
            days=days,
            rule="INT-RATE",
            since=since,
            until=until,
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A principal in yuan and the term on which awarded interest runs on it; `cap` bounds the interest in yuan."""

    principal: Decimal
    term: Term
    cap: Decimal | None = None


def general_interest(*, segments: Iterable[Segment], until: date, rules: Rulebook = NATIONAL) -> Reckoning:
    """The interest that the judgment awards, in yuan, up to `until`: Σ principal × yearly rate × days ÷ days in year.

    Simple interest on the principal alone; a judgment that awards none has no segments (法释〔2014〕8号1).
    general_interest(segments=[Segment(principal=Decimal("100000"), term=Term(from_on=date(2024, 1, 1),
    annual_rate=Decimal("0.06")))], until=date(2024, 12, 31)).total == 6000.00 (365 days).
    """
    lines: list[Line] = []
    for segment in segments:
        base = money.amount(segment.principal)
        found = [
            general_line(base=base, piece=piece, term=segment.term, rules=rules)
            for piece in segment.term.pieces(date.min, until)
        ]
        lines += found if segment.cap is None else [*found, *_over_cap(found, money.amount(segment.cap))]
    return Reckoning.of(lines)


def general_line(
    *, base: Decimal, piece: Piece, term: Term, label: str = "金钱债务", rules: Rulebook = NATIONAL
) -> Line:
    """One stretch of one rate on one principal."""
    days = (piece.until - piece.since).days
    return Line(
        template=UNCHECKED if piece.provisional else GENERAL,
        label=label,
        amount=money.fen(base * piece.rate * days / term.days_in_year),
        basis=rules.article("INT-ORDER-INNER"),
        args={"year": term.days_in_year},
        base=base,
        rate=piece.rate,
        days=days,
        rule="INT-ORDER-INNER",
        since=piece.since,
        until=piece.until,
    )


def _over_cap(lines: Sequence[Line], cap: Decimal) -> list[Line]:
    over = sum((line.amount for line in lines), money.ZERO) - cap
    if over <= 0:
        return []
    template = "{label}：以{cap:,.2f}元为限，减{over:,.2f}元"
    label, args = lines[0].label, {"cap": cap, "over": over}
    return [Line(template=template, label=label, amount=-over, basis="生效法律文书", args=args)]


def delayed_performance(
    *, loss: Decimal | None = None, set_by_court: Decimal | None = None, rules: Rulebook = NATIONAL
) -> Reckoning:
    """The penalty for a delayed act other than payment: twice the loss, or the sum the court sets where there is none.

    解释505, 民诉264. delayed_performance(loss=Decimal("5000")).total == 10000.00. Raises NothingToReckon.
    """
    rule = rules.rule("INT-NONMONEY")
    if loss:
        times = rules.figure("INT-NONMONEY")
        base = money.amount(loss)
        template = "{label}：损失{base:,.2f}元×{rate}＝{amount:,.2f}元"
        line = Line(
            template=template,
            label="迟延履行金",
            amount=money.fen(base * times),
            basis=rule.article,
            base=base,
            rate=times,
            rule=rule.id,
        )
        return Reckoning.of([line])
    if set_by_court is None:
        raise NothingToReckon("没有造成损失的，迟延履行金由法院决定数额，请填写")
    amount = money.amount(set_by_court)
    template = "{label}：法院酌定{amount:,.2f}元"
    return Reckoning.of([Line(template=template, label="迟延履行金", amount=amount, basis=rule.article, rule=rule.id)])


class NothingToReckon(ValueError):
    """Neither a loss nor a sum set by the court is known."""


def _by_day(payments: Iterable[Payment], until: date) -> list[Payment]:
    """Payments up to `until`, one sum a day, in order of days."""
    days: dict[date, Decimal] = {}
    for day, paid in payments:
        if day <= until:
            days[day] = days.get(day, money.ZERO) + money.amount(paid)
    return sorted(days.items())
