"""How much may still be put under control: the debt (or the preserved sum) less what is held and on its way (查规19)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from assets import queries as asset_queries
from assets.models import Preservation
from cases import queries
from cases.kinds import CaseKind
from cases.models import Case
from kernel import clock
from kernel.refusals import Refusal
from law import freezing
from law.freezing import OverSeizure as Measured

ZERO = Decimal("0.00")


class OverSeizure(Refusal):
    """Freezing is limited to the debt and the costs of execution (FRZ-NO-OVER), in preservation to what was ruled."""

    message = _(
        "拟冻结 %(limit)s 元，加上已控制的 %(held)s 元和待反馈的 %(pending)s 元，明显超过应控制的 %(owed)s 元。请降低冻结限额。"
    )


class NothingOwed(Refusal):
    """A discharged debt bears no measure."""

    message = _("债务已全部清偿，不能再采取冻结措施。")


@dataclass(frozen=True)
class Room:
    """Yuan: what may be controlled in all, what is held, what waits for the judge or the bank, and what is left."""

    owed: Decimal
    held: Decimal
    pending: Decimal
    strict: bool

    @property
    def left(self) -> Decimal:
        """What may still be frozen."""
        return max(self.owed - self.held - self.pending, ZERO)


def room(case: Case, at: datetime, *, without: UUID | None = None) -> Room:
    """The room for another freeze; an order that is looked at itself is left out by ``without``."""
    if case.kind == CaseKind.PRESERVATION:
        row = Preservation.objects.get(carried_out_in=case)
        held = asset_queries.held_by_preservation(row, clock.day_of(at))
        return Room(row.amount, held, asset_queries.pending(row.orders, without=without), strict=True)
    owed = queries.debt(case.matter, clock.day_of(at)).total
    orders = asset_queries.orders_of(case)
    return Room(owed, asset_queries.held(case, at), asset_queries.pending(orders, without=without), strict=False)


def measured(case: Case, found: Room, limit: Decimal, at: datetime) -> Measured:
    """What the law says about a further freeze up to ``limit``."""
    holdings = [
        freezing.Holding(key=key, value=value)
        for key, value in (("held", found.held), ("pending", found.pending), ("new", limit))
    ]
    rules = queries.rulebook(case.court, clock.day_of(at))
    return freezing.over_seizure(debt=found.owed, costs=ZERO, holdings=holdings, rules=rules)


def check(case: Case, limit: Decimal, at: datetime, *, without: UUID | None = None) -> None:
    """Refuse a freeze beyond what may be controlled. Raises NothingOwed, OverSeizure."""
    found = room(case, at, without=without)
    if found.owed <= 0:
        raise NothingOwed()
    beyond = found.strict and limit > found.left
    if beyond or measured(case, found, limit, at).manifest:
        raise OverSeizure(
            limit=f"{limit:,.2f}",
            held=f"{found.held:,.2f}",
            pending=f"{found.pending:,.2f}",
            owed=f"{found.owed:,.2f}",
            field="limit",
        )
