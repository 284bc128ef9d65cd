"""The whole account of a money debt, replayed from the judgment's items and the receipts in time order.

Each receipt pays costs, then awarded interest, then principal, then the doubled part (law.appropriation); debts that
are due come before others and earlier ones first. The doubled part runs on each item's unpaid principal after its own
last day of performance; awarded interest runs on the unpaid principal by its own term. Whatever several joint debtors
pay counts once. Every line is dated and cited, and the lines add up to what is owed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from law import accounts, appropriation, liability, money, periods
from law.accounts import Account, Entry
from law.appropriation import Component, Parts
from law.calendar import DAY
from law.liability import Liability as Liability
from law.liability import SharesMissing as SharesMissing
from law.rates import Term
from law.reasons import Line, Plain, Reckoning, plain
from law.rules import NATIONAL, Rulebook

Span = periods.Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One sum that the judgment orders: yuan, last day of performance, the part of the debt, who pays.

    `component` PRINCIPAL also covers penalties and lawyers' fees awarded (they double); COSTS covers court costs and
    execution fees (they do not, INT-COSTBASE). `doubles` overrides that. `doubles_after` starts the doubling later than
    `due_on`. `shares` gives each payer's weight for several liability. `later` are the payers of a supplementary debt who
    answer only after the others, from the day `called_on`; there `shares` is the most that each of them answers for.
    `arises_on` is the day on which a fee came to be owed: money that came before it pays nothing of it.
    """

    key: str
    amount: Decimal
    due_on: date
    label: str = ""
    component: Component = Component.PRINCIPAL
    interest: tuple[Term, ...] = ()
    doubles: bool | None = None
    doubles_after: date | None = None
    payers: tuple[str, ...] = ()
    liability: Liability = Liability.JOINT
    shares: tuple[Decimal | int, ...] = ()
    later: tuple[str, ...] = ()
    called_on: date | None = None
    arises_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A dated amount in yuan that reduced the debt: payment, levy (its own day), sale, set-off, waiver.

    `payer` limits it to what that payer owes, his own share first; `item` puts one item first, `only` limits it to some
    parts (a waiver);
    `agreed_order` replaces the order of the law.
    """

    on: date
    amount: Decimal
    key: str = ""
    payer: str = ""
    item: str = ""
    only: tuple[Component, ...] = ()
    agreed_order: tuple[Component, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation:
    """What one receipt paid, in yuan; receipt.amount == paid.total + surplus."""

    receipt: Receipt
    paid: Parts
    surplus: Decimal


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What is owed at the end of the day `at`, in yuan, and how it came about.

    `total` is everything unpaid; `not_due` is the part of it whose last day of performance has not passed;
    `daily_growth` is what one more day adds; `by_payer` is what each payer can be asked for (joint debts repeat there),
    `growth_by_payer` what one more day adds to that.
    """

    at: date
    owed: Parts
    paid: Parts
    surplus: Decimal
    not_due: Decimal
    daily_growth: Decimal
    allocations: tuple[Allocation, ...]
    by_item: Mapping[str, Parts]
    by_payer: Mapping[str, Decimal]
    growth_by_payer: Mapping[str, Decimal]
    entries: tuple[Entry, ...] = field(repr=False)
    rules: Rulebook = field(repr=False)

    @property
    def total(self) -> Decimal:
        """Everything unpaid."""
        return self.owed.total

    @property
    def due(self) -> Decimal:
        """The unpaid part whose last day of performance has passed or is `at`."""
        return self.total - self.not_due

    @property
    def costs(self) -> Decimal:
        """Unpaid costs."""
        return self.owed.costs

    @property
    def general_interest(self) -> Decimal:
        """Unpaid awarded interest."""
        return self.owed.general_interest

    @property
    def principal(self) -> Decimal:
        """Unpaid principal."""
        return self.owed.principal

    @property
    def doubled_interest(self) -> Decimal:
        """The unpaid doubled part."""
        return self.owed.doubled_interest

    def owed_by(self, payer: str) -> Decimal:
        """What one payer can be asked for on the day; nothing of a stranger."""
        return self.by_payer.get(payer, money.ZERO)

    @property
    def discharged(self) -> bool:
        """Whether nothing is owed any more."""
        return not self.total

    @cached_property
    def lines(self) -> tuple[Line, ...]:
        """The dated and cited lines; receipts are negative, and the amounts add up to `total`."""
        return tuple(accounts.line(entry, self.rules) for entry in self.entries)

    @property
    def reckoning(self) -> Reckoning:
        """The account as a reckoning."""
        return Reckoning(self.total, self.lines)

    @property
    def text(self) -> str:
        """The account as text."""
        return self.reckoning.text

    def as_dict(self) -> dict[str, Plain]:
        """The account as plain data."""
        return {
            "at": plain(self.at),
            "total": plain(self.total),
            "not_due": plain(self.not_due),
            "daily_growth": plain(self.daily_growth),
            "surplus": plain(self.surplus),
            "owed": self.owed.as_dict(),
            "paid": self.paid.as_dict(),
            "by_payer": {payer: plain(amount) for payer, amount in self.by_payer.items()},
            "lines": [line.as_dict() for line in self.lines],
        }


class OutOfOrder(ValueError):
    """A receipt or a day before a receipt that was taken already: the account must be replayed from the start."""


class Running:
    """The account of a debt while receipts come in, each once and in time order; `at` reads it without closing it.

    After the same receipts it says what `statement` says; the receipts before are not replayed.
    """

    def __init__(self, *, items: Iterable[Item], excluded: Iterable[Span] = (), rules: Rulebook = NATIONAL) -> None:
        self._rules = rules
        given = list(items)
        self._sheet = [account for item in given for account in _open(item, rules)]
        self._arises = {item.key: item.arises_on for item in given if item.arises_on}
        self._in_turn = sorted(self._sheet, key=lambda account: account.due_on)
        self._stops = periods.merged(excluded)
        self._entries = [account.opening() for account in self._sheet]
        self._allocations: list[Allocation] = []
        self._last = date.min

    def take(self, receipt: Receipt) -> Allocation:
        """Let a receipt pay; raises OutOfOrder, BeforeDoubledRule, NotAnAmount."""
        self._not_before(receipt.on)
        self._last = receipt.on
        owed = [account for account in self._in_turn if self._arises.get(account.key, receipt.on) <= receipt.on]
        self._allocations.append(_allocate(receipt, owed, self._stops, self._entries))
        return self._allocations[-1]

    def at(self, day: date) -> Statement:
        """The account at the end of a day that is not before the last receipt; raises OutOfOrder, BeforeDoubledRule."""
        self._not_before(day)
        sheet, entries = [account.twin() for account in self._sheet], list(self._entries)
        for account in sheet:
            account.close(day, self._stops, entries)
        return _state(sheet, self._allocations, entries, day, self._stops, self._rules)

    def _not_before(self, day: date) -> None:
        if day < self._last:
            raise OutOfOrder(f"{day} comes before {self._last}")


def statement(
    *,
    items: Iterable[Item],
    receipts: Iterable[Receipt] = (),
    at: date,
    excluded: Iterable[Span] = (),
    rules: Rulebook = NATIONAL,
) -> Statement:
    """The account of the debt at the end of the day `at`; receipts after `at` are left out.

    法释〔2014〕8号, 民法典560、561. `excluded` are half-open spans in which the doubled part does not run.
    A judgment of 1,311,000.00 due 2019-10-31 with costs of 10.25 and an execution fee of 15,510.00, unpaid at
    2020-01-13: 74 days, doubled part 16,977.45, total 1,343,497.70. Raises BeforeDoubledRule, NotAnAmount.
    statement(items=[Item(key="p", amount=Decimal(100000), due_on=date(2025, 1, 10))],
    at=date(2025, 4, 20)).total == 101750.00.
    """
    running = Running(items=items, excluded=excluded, rules=rules)
    for receipt in sorted(receipts, key=lambda receipt: receipt.on):
        if receipt.on <= at:
            running.take(receipt)
    return running.at(at)


def _open(item: Item, rules: Rulebook) -> list[Account]:
    """One account for an item; one for each payer when they are severally liable."""
    doubles = item.doubles
    if doubles is None:
        with_costs = item.component is Component.COSTS and rules.count("INT-COSTBASE") == 1
        doubles = item.component is Component.PRINCIPAL or with_costs
    if item.liability is Liability.SEVERAL:
        parts = liability.shares(amount=item.amount, payers=item.payers, weights=item.shares)
        return [_account(item, part, (payer,), doubles, rules) for payer, part in zip(item.payers, parts, strict=True)]
    account = _account(item, item.amount, item.payers, doubles, rules)
    if item.liability is Liability.SUPPLEMENTARY:
        account.later, account.called_on = item.later, item.called_on
        most = liability.limits(payers=item.payers, later=item.later, most=item.shares)
        account.limits = dict(zip(item.later, most, strict=False))
    return [account]


def _account(item: Item, amount: Decimal, payers: tuple[str, ...], doubles: bool, rules: Rulebook) -> Account:
    return Account(
        key=item.key,
        label=item.label or item.component.label,
        component=item.component,
        principal=money.amount(amount),
        due_on=item.due_on,
        terms=item.interest,
        doubles_after=(item.doubles_after or item.due_on) if doubles else None,
        payers=payers,
        rate=rules.figure("INT-RATE"),
    )


def _allocate(receipt: Receipt, in_turn: Sequence[Account], stops: Sequence[Span], entries: list[Entry]) -> Allocation:
    left = money.amount(receipt.amount)
    paid = dict.fromkeys(appropriation.LEGAL_ORDER, money.ZERO)
    order = receipt.only or appropriation.order(receipt.agreed_order)
    for group in _groups(receipt, in_turn):
        for part in order:
            for account in group:
                if not left:
                    break
                room = min(left, account.limits.get(receipt.payer, left))
                share = account.pay(part, room, receipt.on, stops, entries, receipt.key)
                if share:
                    if receipt.payer in account.limits:
                        account.limits[receipt.payer] -= share
                    paid[part] += share
                    left -= share
    return Allocation(receipt=receipt, paid=appropriation.parts(paid), surplus=left)


def _groups(receipt: Receipt, in_turn: Sequence[Account]) -> list[Sequence[Account]]:
    """The accounts a receipt may pay: the named item, then what is due, then the rest; one's own before shared ones."""
    payable = [account for account in in_turn if receipt.payer in account.payers] if receipt.payer else []
    payable.sort(key=lambda account: len(account.payers) > 1)
    named: list[Account] = []
    due: list[Account] = []
    later: list[Account] = []
    for account in payable or in_turn:
        if receipt.item and account.key == receipt.item:
            named.append(account)
        elif account.due_on <= receipt.on or account.component is Component.COSTS:
            due.append(account)
        else:
            later.append(account)
    return [named, due, later]


def _state(
    sheet: Sequence[Account],
    allocations: Sequence[Allocation],
    entries: list[Entry],
    at: date,
    stops: Sequence[Span],
    rules: Rulebook,
) -> Statement:
    by_item: dict[str, dict[Component, Decimal]] = {}
    by_payer: dict[str, Decimal] = {}
    by_growth: dict[str, Decimal] = {}
    owed = dict.fromkeys(appropriation.LEGAL_ORDER, money.ZERO)
    not_due, growth = money.ZERO, Decimal(0)
    for account in sheet:
        total = account.total
        _add(owed, account.owed())
        _add(by_item.setdefault(account.key, {}), account.owed())
        grown = account.growth(at + DAY, stops)
        for payer in account.payers:
            asked = account.asked_of(payer, at)
            by_payer[payer] = by_payer.get(payer, money.ZERO) + asked
            by_growth[payer] = by_growth.get(payer, Decimal(0)) + (grown if asked == total else 0)
        if account.due_on > at:
            not_due += total
        growth += grown
    return Statement(
        at=at,
        owed=appropriation.parts(owed),
        paid=_paid(allocations),
        surplus=sum((allocation.surplus for allocation in allocations), money.ZERO),
        not_due=not_due,
        daily_growth=money.fen(growth),
        allocations=tuple(allocations),
        by_item={key: appropriation.parts(found) for key, found in by_item.items()},
        by_payer=by_payer,
        growth_by_payer={payer: money.fen(grown) for payer, grown in by_growth.items()},
        entries=tuple(entries),
        rules=rules,
    )


def _paid(allocations: Sequence[Allocation]) -> Parts:
    paid = dict.fromkeys(appropriation.LEGAL_ORDER, money.ZERO)
    for allocation in allocations:
        for part in paid:
            paid[part] += allocation.paid.of(part)
    return appropriation.parts(paid)


def _add(total: dict[Component, Decimal], other: Mapping[Component, Decimal]) -> None:
    for part, amount in other.items():
        total[part] = total.get(part, money.ZERO) + amount
