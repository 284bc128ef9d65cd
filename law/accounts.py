"""The running account of one item of a debt: what accrued on it, what was paid on it, entry by entry.

A principal that stays the same over a stretch of days makes one entry for the stretch, rounded once; so the same
receipts split into parts give the same account.
"""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from law import appropriation, money, periods
from law.appropriation import Component
from law.calendar import DAY
from law.interest import LAST_OLD_DAY, BeforeDoubledRule, doubled_line, general_line
from law.rates import Piece, Term
from law.reasons import Line
from law.rulebook import Rulebook

Span = periods.Span
DOUBLED_ON_ITEM = "{label}的加倍部分：{base:,.2f}元×{rate}×{days}天（{since}之后至{until}）＝{amount:,.2f}元"


class EntryKind(StrEnum):
    """What an entry records."""

    ORDERED = "ORDERED"
    INTEREST = "INTEREST"
    DOUBLED = "DOUBLED"
    PAID = "PAID"


class Entry(NamedTuple):
    """One entry of the account on a day, in yuan; payments are negative."""

    kind: EntryKind
    on: date
    label: str
    part: Component
    amount: Decimal
    base: Decimal = money.ZERO
    since: date | None = None
    days: int = 0
    piece: Piece | None = None
    term: Term | None = None
    source: str = ""


@dataclass(slots=True, kw_only=True, eq=False)
class Account:
    """What is owed on one item; `principal` is the sum ordered and not yet paid, whatever its component.

    `later` are the payers who answer only after the others, from `called_on`, and each up to what is left of `limits`.
    """

    key: str
    label: str
    component: Component
    principal: Decimal
    due_on: date
    terms: tuple[Term, ...]
    doubles_after: date | None
    payers: tuple[str, ...]
    rate: Decimal
    interest: Decimal = money.ZERO
    doubled: Decimal = money.ZERO
    interest_since: date = date.min
    doubled_since: date | None = None
    later: tuple[str, ...] = ()
    called_on: date | None = None
    limits: dict[str, Decimal] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.doubled_since = self.doubles_after

    def twin(self) -> "Account":
        """The same account, to be closed on a day without closing this one."""
        other = copy(self)
        other.limits = dict(self.limits)
        return other

    def opening(self) -> Entry:
        """The entry of the sum as ordered."""
        return Entry(EntryKind.ORDERED, self.due_on, self.label, self.component, self.principal)

    def owed(self) -> dict[Component, Decimal]:
        """What is unpaid on the account after `close`, by part."""
        found = {Component.GENERAL_INTEREST: self.interest, Component.DOUBLED_INTEREST: self.doubled}
        found[self.component] = found.get(self.component, money.ZERO) + self.principal
        return found

    @property
    def total(self) -> Decimal:
        """The unpaid sum after `close`."""
        return self.principal + self.interest + self.doubled

    def asked_of(self, payer: str, at: date) -> Decimal:
        """What one of the payers can be asked for on a day, in yuan, after `close`."""
        if payer not in self.later:
            return self.total
        if self.called_on is None or self.called_on > at:
            return money.ZERO
        return min(self.total, self.limits.get(payer, self.total))

    def pay(
        self, part: Component, left: Decimal, on: date, stops: Sequence[Span], entries: list[Entry], source: str
    ) -> Decimal:
        """Pay up to `left` yuan of one part of this account on the day; return what was used."""
        used = money.ZERO
        if part is self.component:
            used = self._pay_principal(left, on, stops, entries)
        if part is Component.GENERAL_INTEREST and self.terms:
            self._book_interest(on, entries)
            share = min(left - used, self.interest)
            self.interest -= share
            used += share
        if part is Component.DOUBLED_INTEREST and self.doubles_after is not None:
            self._book_doubled(on, stops, entries)
            share = min(left - used, self.doubled)
            self.doubled -= share
            used += share
        if used:
            entries.append(Entry(EntryKind.PAID, on, part.label, part, -used, source=source))
        return used

    def close(self, on: date, stops: Sequence[Span], entries: list[Entry]) -> None:
        """Book what accrued up to the day."""
        self._book_interest(on, entries)
        self._book_doubled(on, stops, entries)

    def growth(self, day: date, stops: Sequence[Span]) -> Decimal:
        """What accrues on the day, not rounded."""
        grown = Decimal(0)
        for term in self.terms:
            for piece in term.pieces(day - DAY, day):
                grown += self.principal * piece.rate / term.days_in_year
        running = self.doubles_after is not None and day > self.doubles_after
        if running and not any(first <= day < after for first, after in stops):
            grown += self.principal * self.rate
        return grown

    def _pay_principal(self, left: Decimal, on: date, stops: Sequence[Span], entries: list[Entry]) -> Decimal:
        share = min(left, self.principal)
        if share:
            self.close(on, stops, entries)
            self.principal -= share
        return share

    def _book_interest(self, on: date, entries: list[Entry]) -> None:
        since = self.interest_since
        if on <= since:
            return
        self.interest_since = on
        principal = self.principal
        if not principal:
            return
        for term in self.terms:
            for piece in term.pieces(since, on):
                days = (piece.until - piece.since).days
                grown = money.fen(principal * piece.rate * days / term.days_in_year)
                self.interest += grown
                part = Component.GENERAL_INTEREST
                entries.append(
                    Entry(EntryKind.INTEREST, on, self.label, part, grown, principal, piece.since, days, piece, term)
                )

    def _book_doubled(self, on: date, stops: Sequence[Span], entries: list[Entry]) -> None:
        since = self.doubled_since
        if since is None or on <= since:
            return
        self.doubled_since = on
        principal = self.principal
        if not principal:
            return
        if since < LAST_OLD_DAY:
            raise BeforeDoubledRule(f"{self.label}的迟延自{since}起，2014年8月1日前的期间适用旧规，请分段另算")
        days = periods.counted_days(start=since, until=on, excluded=stops) if stops else (on - since).days
        if days:
            grown = money.fen(principal * self.rate * days)
            self.doubled += grown
            part = Component.DOUBLED_INTEREST
            entries.append(Entry(EntryKind.DOUBLED, on, self.label, part, grown, principal, since, days))


def line(entry: Entry, rules: Rulebook) -> Line:
    """The entry as a dated and cited line."""
    if entry.kind is EntryKind.DOUBLED and entry.since is not None:
        return doubled_line(
            base=entry.base,
            since=entry.since,
            until=entry.on,
            days=entry.days,
            label=entry.label,
            template=DOUBLED_ON_ITEM,
            rules=rules,
        )[0]
    if entry.kind is EntryKind.INTEREST and entry.piece is not None and entry.term is not None:
        return general_line(base=entry.base, piece=entry.piece, term=entry.term, label=entry.label, rules=rules)
    if entry.kind is EntryKind.ORDERED:
        template, basis, rule = "{label}：{amount:,.2f}元（履行期限至{until}）", "生效法律文书", ""
    else:
        rule = appropriation.RULES[entry.part]
        template, basis = "{until}清偿{label}{paid:,.2f}元", rules.article(rule)
    return Line(
        template=template,
        label=entry.label,
        amount=entry.amount,
        basis=basis,
        args={"paid": -entry.amount, "source": entry.source},
        rule=rule,
        until=entry.on,
    )
