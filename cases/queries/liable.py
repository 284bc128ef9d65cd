"""What each debtor of a dispute can be asked for: the same account read for one of them, never counted twice (F-24)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from cases.kinds import Liability
from cases.models import ItemPayer, JudgmentItem, Party
from law.debt import Statement


@dataclass(frozen=True)
class Owing:
    """One debtor today: what he can be asked for, and what one more day adds (yuan)."""

    party: Party
    owed: Decimal
    growth: Decimal


def owed_by(statement: Statement, party: Party | None) -> Decimal:
    """What one debtor can be asked for (yuan); of somebody whom no item names, as one added in execution, the whole."""
    return statement.by_payer.get(party.symbol, statement.total) if party else statement.total


def growth_for(statement: Statement, party: Party | None) -> Decimal:
    """What one more day adds for one debtor (yuan)."""
    return statement.growth_by_payer.get(party.symbol, statement.daily_growth) if party else statement.daily_growth


def differ(statement: Statement) -> bool:
    """Whether the debtors do not all owe the same: then every page and paper says who owes what."""
    return any(owed != statement.total for owed in statement.by_payer.values())


def debtors(statement: Statement, items: Sequence[JudgmentItem]) -> list[Owing]:
    """Each payer of the items, in their order; ``items`` come with ``sides__party``."""
    parties = dict.fromkeys(side.party for item in items for side in item.sides.all())
    return [Owing(party, owed_by(statement, party), growth_for(statement, party)) for party in parties]


def words(item: JudgmentItem, side: ItemPayer) -> str:
    """How a payer answers for an item: his share, or his place after the others; empty when all answer together."""
    if item.liability == Liability.SEVERAL and side.share is not None:
        return _("%(share)s 元") % {"share": f"{side.share:,.2f}"}
    if item.liability != Liability.SUPPLEMENTARY:
        return ""
    if not side.later:
        return _("先承担")
    limit = _("，限 %(share)s 元") % {"share": f"{side.share:,.2f}"} if side.share is not None else ""
    state = _("已启动") if item.called_on else _("尚未启动")
    return _("补充%(limit)s，%(state)s") % {"limit": limit, "state": state}
