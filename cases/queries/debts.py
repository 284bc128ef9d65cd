"""What is owed: the one answer for every room, replayed by ``law.debt`` from the items and the performances."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _

from cases.kinds import CRIMINAL, EXECUTION_KINDS, ItemNature
from cases.models import JudgmentItem, Matter, Party, Performance
from cases.queries.rules import Rulebooks
from kernel import clock, reading
from kernel.reading import Columns
from law import debt as law_debt
from law.appropriation import Component
from law.interest import LAST_OLD_DAY

COMPONENTS = {
    ItemNature.PRINCIPAL: Component.PRINCIPAL,
    ItemNature.GENERAL_INTEREST: Component.GENERAL_INTEREST,
    ItemNature.COSTS: Component.COSTS,
    ItemNature.EXECUTION_FEE: Component.COSTS,
    **dict.fromkeys(CRIMINAL, Component.PRINCIPAL),
}


_ITEM = Columns(
    JudgmentItem, "item", "version", "matter", "case", "ordinal", "nature", "payee", "amount", "due_on", "liability",
    "called_on",
)  # fmt: skip
_PAYEE = Columns(Party, "payee", "version", "court", "kind", "name")
_ITEMS = f"""
    SELECT {_ITEM}, {_PAYEE}, side.party_id, side.share, side.later
      FROM cases_judgmentitem AS item
      LEFT JOIN cases_party AS payee ON payee.id = item.payee_id
      LEFT JOIN cases_itempayer AS side ON side.item_id = item.id
     WHERE item.matter_id = ANY(%s)
     ORDER BY item.case_id, item.ordinal, side.later, side.id
"""
_CASES = """
    SELECT matter_id, id, kind, fee, filed_at, effective_on, stage_since
      FROM cases_case
     WHERE matter_id = ANY(%s)
     ORDER BY filed_at
"""
_PAID = """
    SELECT paid.matter_id, paid."on", paid.amount, paid.subject, paid.payer_id, revoking.id
      FROM cases_performance AS paid
      LEFT JOIN cases_performance AS revoking ON revoking.revokes_id = paid.id
     WHERE paid.matter_id = ANY(%s) AND paid.revokes_id IS NULL
     ORDER BY paid."on", paid.recorded_at
"""


class _Side(NamedTuple):
    """One payer of an item."""

    party_id: UUID
    share: Decimal | None
    later: bool


class _Item(NamedTuple):
    """An item with those who are to pay it."""

    matter_id: UUID
    row: JudgmentItem
    sides: list[_Side]


class _Case(NamedTuple):
    """What the debt needs of a case."""

    matter_id: UUID
    pk: UUID
    kind: str
    fee: Decimal | None
    filed_at: datetime
    effective_on: date | None
    stage_since: datetime


class _Paid(NamedTuple):
    """What the debt needs of a performance: a long history is read on every receipt."""

    matter_id: UUID
    on: date
    amount: Decimal
    subject: str
    payer_id: UUID | None
    revoked_by: UUID | None


Read = TypeVar("Read", _Item, _Case, _Paid)


@dataclass(frozen=True, kw_only=True)
class Owing:
    """What the debt of a matter is computed from, read once: it answers for any day without another query.

    ``known`` are the subjects that a performance was ever recorded under; ``rows`` the items with their payees.
    """

    court_id: UUID
    rows: tuple[JudgmentItem, ...]
    items: tuple[law_debt.Item, ...]
    receipts: tuple[law_debt.Receipt, ...]
    known: frozenset[str]
    rules: Rulebooks

    def at(self, day: date) -> law_debt.Statement:
        """The account at the end of a day (yuan)."""
        rules = self.rules.of(self.court_id, day)
        return law_debt.statement(items=self.items, receipts=self.receipts, at=day, rules=rules)

    def without(self, subject: str) -> "Owing":
        """The same debt, had the performance under this subject not been."""
        return replace(self, receipts=tuple(row for row in self.receipts if row.key != subject))

    def around(self, receipt: law_debt.Receipt) -> tuple[law_debt.Statement, law_debt.Statement]:
        """The account at the end of a receipt's day, without the receipt and with it."""
        running = law_debt.Running(items=self.items, rules=self.rules.of(self.court_id, receipt.on))
        for earlier in self.receipts:
            if earlier.on <= receipt.on:
                running.take(earlier)
        before = running.at(receipt.on)
        running.take(receipt)
        return before, running.at(receipt.on)


def debt(matter: Matter, at: date) -> law_debt.Statement:
    """The account of a matter's debt at the end of a day (yuan): items, execution fee, doubled interest, performances."""
    return owing([matter])[matter.pk].at(at)


def owing(matters: Iterable[Matter], *, rules: Rulebooks | None = None) -> dict[UUID, Owing]:
    """The debts of several matters, read together: four queries for any number of them."""
    courts = {matter.pk: matter.court_id for matter in matters}
    rules, asked = rules or Rulebooks(), list(courts)
    items = _by_matter(_items(asked))
    cases = _by_matter(map(_Case._make, reading.answers(_CASES, asked)))
    paid = _by_matter(map(_Paid._make, reading.answers(_PAID, asked)))
    found = {}
    for key, court_id in courts.items():
        judged = {case.pk: case for case in cases[key]}
        lines = [_line(row, sides, judged[row.case_id]) for _matter, row, sides in items[key]]
        found[key] = Owing(
            court_id=court_id,
            rows=tuple(item.row for item in items[key]),
            items=(*lines, *_execution_fees(cases[key], lines)),
            receipts=tuple(receipt_of(row) for row in paid[key] if row.revoked_by is None),
            known=frozenset(row.subject for row in paid[key]),
            rules=rules,
        )
    return found


def receipt_of(row: Performance | _Paid) -> law_debt.Receipt:
    """How the account of a debt sees a performance."""
    payer = symbol_of(row.payer_id) if row.payer_id else ""
    return law_debt.Receipt(on=row.on, amount=row.amount, key=row.subject, payer=payer)


def demand(matter: Matter) -> Decimal:
    """The sum of the judgment's items as ordered (yuan), before interest, fees and performances."""
    return sum(JudgmentItem.objects.filter(matter=matter).values_list("amount", flat=True), Decimal("0.00"))


def _by_matter(rows: Iterable[Read]) -> dict[UUID, list[Read]]:
    found: dict[UUID, list[Read]] = defaultdict(list)
    for row in rows:
        found[row.matter_id].append(row)
    return found


def _items(matters: list[UUID]) -> Iterable[_Item]:
    found: dict[UUID, _Item] = {}
    parties: dict[UUID, Any] = {}
    for values in reading.answers(_ITEMS, matters):
        item = found.get(values[0])
        if item is None:
            row, payee = reading.split(values, _ITEM, _PAYEE, known=parties)
            row.payee = payee
            item = found[row.pk] = _Item(row.matter_id, row, [])
        side = _Side._make(values[-3:])
        if side.party_id is not None:
            item.sides.append(side)
    return found.values()


def _line(row: JudgmentItem, sides: Sequence[_Side], case: _Case) -> law_debt.Item:
    return law_debt.Item(
        key=row.symbol,
        amount=row.amount,
        due_on=row.due_on or case.effective_on or clock.day_of(case.stage_since),
        label=_("判项%(place)s %(nature)s") % {"place": row.ordinal, "nature": ItemNature(row.nature).label},
        component=COMPONENTS[ItemNature(row.nature)],
        doubles=False if row.nature in CRIMINAL else None,
        payers=tuple(symbol_of(side.party_id) for side in sides),
        liability=law_debt.Liability(row.liability),
        shares=tuple(side.share for side in sides if side.share is not None),
        later=tuple(symbol_of(side.party_id) for side in sides if side.later),
        called_on=row.called_on,
        doubles_after=_doubles_after(row),
    )


def _doubles_after(row: JudgmentItem) -> date | None:
    """Delay before 1 August 2014 follows the old rule (INT-OLD) and is entered as an item; the doubled part begins after it."""
    return LAST_OLD_DAY if row.due_on is not None and row.due_on < LAST_OLD_DAY else None


def _execution_fees(cases: Sequence[_Case], items: Sequence[law_debt.Item]) -> list[law_debt.Item]:
    """The execution fee is borne by the debtor and collected with the debt (费办38); it bears no doubled interest."""
    payers, shares = _fee_payers(items)
    return [
        law_debt.Item(
            key=f"fee:{row.pk}",
            amount=row.fee,
            due_on=clock.day_of(row.filed_at),
            arises_on=clock.day_of(row.filed_at),
            label="申请执行费",
            component=Component.COSTS,
            payers=payers,
            liability=law_debt.Liability.SEVERAL if shares else law_debt.Liability.JOINT,
            shares=shares,
        )
        for row in cases
        if row.kind in EXECUTION_KINDS and row.fee
    ]


def _fee_payers(items: Sequence[law_debt.Item]) -> tuple[tuple[str, ...], tuple[Decimal, ...]]:
    """Who answers first bears the fee together; where an item is several, each in proportion to what he is to pay."""
    first = [tuple(payer for payer in item.payers if payer not in item.later) for item in items]
    payers = tuple(dict.fromkeys(payer for members in first for payer in members))
    if all(item.liability != law_debt.Liability.SEVERAL for item in items):
        return payers, ()
    weights = dict.fromkeys(payers, Decimal(0))
    for item, members in zip(items, first, strict=True):
        for place, payer in enumerate(members):
            several = item.liability == law_debt.Liability.SEVERAL
            weights[payer] += item.shares[place] if several else item.amount / len(members)
    return payers, tuple(weights.values())


def symbol_of(party_id: UUID) -> str:
    """How the account of a debt names a party."""
    return f"cases.party:{party_id}"
