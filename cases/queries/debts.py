"""What is owed: the one answer for every room, replayed by ``law.debt`` from the items and the performances."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from cases.kinds import EXECUTION_KINDS, ItemNature
from cases.models import Case, JudgmentItem, Matter, Performance
from cases.queries.rules import rulebook
from kernel import clock
from law import debt as law_debt
from law.appropriation import Component
from law.interest import LAST_OLD_DAY

COMPONENTS = {
    ItemNature.PRINCIPAL: Component.PRINCIPAL,
    ItemNature.GENERAL_INTEREST: Component.GENERAL_INTEREST,
    ItemNature.COSTS: Component.COSTS,
    ItemNature.EXECUTION_FEE: Component.COSTS,
}


def debt(matter: Matter, at: date) -> law_debt.Statement:
    """The account of a matter's debt at the end of a day (yuan): items, execution fee, doubled interest, performances."""
    return law_debt.statement(items=_items(matter), receipts=_receipts(matter), at=at, rules=rulebook(matter.court, at))


def demand(matter: Matter) -> Decimal:
    """The sum of the judgment's items as ordered (yuan), before interest, fees and performances."""
    return sum(JudgmentItem.objects.filter(matter=matter).values_list("amount", flat=True), Decimal("0.00"))


def _items(matter: Matter) -> list[law_debt.Item]:
    rows = JudgmentItem.objects.filter(matter=matter).select_related("case").prefetch_related("sides")
    items = [
        law_debt.Item(
            key=f"cases.judgment_item:{row.pk}",
            amount=row.amount,
            due_on=row.due_on or row.case.effective_on or clock.day_of(row.case.stage_since),
            label=_("判项%(place)s %(nature)s") % {"place": row.ordinal, "nature": ItemNature(row.nature).label},
            component=COMPONENTS[ItemNature(row.nature)],
            payers=tuple(symbol_of(side.party_id) for side in row.sides.all()),
            liability=law_debt.Liability(row.liability),
            shares=tuple(side.share for side in row.sides.all() if side.share is not None),
            later=tuple(symbol_of(side.party_id) for side in row.sides.all() if side.later),
            called_on=row.called_on,
            doubles_after=_doubles_after(row),
        )
        for row in rows
    ]
    return items + _execution_fees(matter, items)


def _doubles_after(row: JudgmentItem) -> date | None:
    """Delay before 1 August 2014 follows the old rule (INT-OLD) and is entered as an item; the doubled part begins after it."""
    return LAST_OLD_DAY if row.due_on is not None and row.due_on < LAST_OLD_DAY else None


def _execution_fees(matter: Matter, items: Sequence[law_debt.Item]) -> list[law_debt.Item]:
    """The execution fee is borne by the debtor and collected with the debt (费办38); it bears no doubled interest."""
    payers, shares = _fee_payers(items)
    rows = Case.objects.filter(matter=matter, kind__in=EXECUTION_KINDS, fee__gt=0).order_by("filed_at")
    return [
        law_debt.Item(
            key=f"fee:{row.pk}",
            amount=row.fee or Decimal("0.00"),
            due_on=clock.day_of(row.filed_at),
            label="申请执行费",
            component=Component.COSTS,
            payers=payers,
            liability=law_debt.Liability.SEVERAL if shares else law_debt.Liability.JOINT,
            shares=shares,
        )
        for row in rows
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


def _receipts(matter: Matter) -> list[law_debt.Receipt]:
    rows = Performance.objects.filter(matter=matter, revokes__isnull=True, revoked_by__isnull=True)
    return [
        law_debt.Receipt(
            on=row.on, amount=row.amount, key=row.subject, payer=symbol_of(row.payer_id) if row.payer_id else ""
        )
        for row in rows.order_by("on", "recorded_at")
    ]
