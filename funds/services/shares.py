"""How a pool is divided among the rows of a plan, line by line: ``law.distribution`` over the rows as they stand.

Nothing is written here. What an open objection disputes is reserved, row by row: never less than the disputed claim
(解释510③ 与争议债权数额相应的款项), and never less than the row would lose if the objection were right.
"""

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from funds.kinds.distribution import RANKS, PlanRank
from funds.models import PlanClaim
from kernel.money import ZERO
from law import distribution, splitting
from law.reasons import Line
from law.rules import NATIONAL, Rulebook

WHOLE = Decimal(1)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an objection wants of a row: another amount (yuan, without doubled interest) or another class."""

    amount: Decimal
    rank: str


@dataclass(frozen=True, kw_only=True)
class Given:
    """What a row gets (yuan): ``paid`` now, ``reserved`` until the dispute ends; ``rate`` of the whole claim."""

    claim: PlanClaim
    paid: Decimal
    reserved: Decimal
    line: Line

    @property
    def share(self) -> Decimal:
        """What the plan gives the row."""
        return self.paid + self.reserved

    @property
    def whole(self) -> Decimal:
        """The whole claim with its doubled interest."""
        total: Decimal = self.claim.amount + self.claim.doubled
        return total

    @property
    def unpaid(self) -> Decimal:
        """What is owed to the row afterwards; the rest goes on being enforced (解释508)."""
        return self.whole - self.share

    @property
    def rate(self) -> Decimal:
        """The part of the claim that the plan pays."""
        return (self.share / self.whole).quantize(Decimal("0.000001")) if self.whole else WHOLE


@dataclass(frozen=True, kw_only=True)
class Division:
    """The division of a pool (yuan): the rows' shares and the surplus add up to ``proceeds``."""

    proceeds: Decimal
    rows: tuple[Given, ...]
    surplus: Decimal

    def of(self, claim_id: UUID) -> Given:
        """One row's part."""
        return next(row for row in self.rows if row.claim.pk == claim_id)

    @property
    def reserved(self) -> Decimal:
        """What waits for the end of disputes."""
        return sum((row.reserved for row in self.rows), ZERO)

    @property
    def costs(self) -> Decimal:
        """What the costs take before every claim."""
        return sum((row.share for row in self.rows if row.claim.rank == PlanRank.COSTS), ZERO)

    @property
    def ordinary_rate(self) -> Decimal | None:
        """What part of the ordinary claims, doubled interest included, the plan pays; None without ordinary claims."""
        rows = [row for row in self.rows if row.claim.rank == PlanRank.ORDINARY]
        claimed = sum((row.whole for row in rows), ZERO)
        if not claimed:
            return None
        return (sum((row.share for row in rows), ZERO) / claimed).quantize(Decimal("0.000001"))

    def as_dict(self) -> dict[str, Any]:
        """The table as it is kept: symbols, amounts and the sentence of each line."""
        rows = [
            {
                "claim": str(row.claim.pk),
                "ordinal": row.claim.ordinal,
                "label": row.claim.label,
                "number": row.claim.case.number,
                "rank": row.claim.rank,
                "amount": row.claim.amount,
                "doubled": row.claim.doubled,
                "paid": row.paid,
                "reserved": row.reserved,
                "unpaid": row.unpaid,
                "rate": str(row.rate),
                "text": row.line.text,
                "basis": row.line.basis,
            }
            for row in self.rows
        ]
        return {"proceeds": self.proceeds, "rows": rows, "surplus": self.surplus, "reserved": self.reserved}


def divide(
    *,
    pool: Decimal,
    debtor_kind: str,
    claims: Sequence[PlanClaim],
    reserve: Mapping[UUID, Decimal] | None = None,
    rules: Rulebook = NATIONAL,
) -> Division:
    """Divide ``pool`` yuan among the rows; 500,000 with costs of 15,400 and a mortgage of 200,000 leaves 284,600 (解释508)."""
    kept = dict(reserve or {})
    costs = [claim for claim in claims if claim.rank == PlanRank.COSTS]
    rest = [claim for claim in claims if claim.rank != PlanRank.COSTS]
    found = distribution.distribute(
        proceeds=pool,
        costs=sum((claim.amount for claim in costs), ZERO),
        claims=[_claim(claim, kept.get(claim.pk, ZERO)) for claim in rest],
        debtor=distribution.Debtor(debtor_kind),
        one_title=len({claim.case.matter_id for claim in rest if claim.rank == PlanRank.ORDINARY}) == 1,
        rules=rules,
    )
    taken = splitting.split(found.costs, [claim.amount for claim in costs])
    cost_line, *lines = found.reckoning.lines
    rows = [_cost(claim, amount, kept, cost_line) for claim, amount in zip(costs, taken, strict=True)]
    for claim, line in zip(rest, lines, strict=True):
        share = found.share(str(claim.pk))
        rows.append(Given(claim=claim, paid=share.paid, reserved=share.reserved, line=_named(line, claim.label)))
    return Division(proceeds=found.proceeds, rows=tuple(rows), surplus=found.surplus)


def reserve_for(
    *,
    pool: Decimal,
    debtor_kind: str,
    claims: Sequence[PlanClaim],
    wants: Mapping[UUID, Wanted],
    rules: Rulebook = NATIONAL,
) -> dict[UUID, Decimal]:
    """What to reserve of each row while it is disputed (yuan): the disputed claim, and whatever the row could lose."""
    as_is = divide(pool=pool, debtor_kind=debtor_kind, claims=claims, rules=rules)
    as_wanted = divide(pool=pool, debtor_kind=debtor_kind, claims=corrected(claims, wants), rules=rules)
    found = {}
    for row in as_is.rows:
        loses = row.share - as_wanted.of(row.claim.pk).share
        kept = max(loses, min(row.share, _disputed(row.claim, wants.get(row.claim.pk))))
        if kept > 0:
            found[row.claim.pk] = kept
    return found


def corrected(claims: Sequence[PlanClaim], wants: Mapping[UUID, Wanted]) -> list[PlanClaim]:
    """Copies of the rows with what an objection wants of them; the rows themselves stay as they are."""
    found = []
    for claim in claims:
        again = copy(claim)
        if want := wants.get(claim.pk):
            again.amount, again.rank = want.amount, want.rank
            again.doubled = claim.doubled if want.amount else ZERO
        found.append(again)
    return found


def _disputed(claim: PlanClaim, want: Wanted | None) -> Decimal:
    """How much of a claim is denied: the difference of the amounts, or all of it when it is to stand further back."""
    if want is None:
        return ZERO
    order = list(PlanRank.values)
    denied: Decimal = claim.amount - want.amount
    if order.index(want.rank) > order.index(claim.rank) or not want.amount:
        denied = claim.amount + claim.doubled
    return max(ZERO, denied)


def _claim(claim: PlanClaim, reserve: Decimal) -> distribution.Claim:
    return distribution.Claim(
        key=str(claim.pk),
        amount=claim.amount,
        rank=RANKS[PlanRank(claim.rank)],
        priority=claim.priority,
        doubled=claim.doubled,
        seized_at=claim.seized_at,
        limit=claim.limit,
        disputed=reserve,
        has_title=claim.has_title,
    )


def _cost(claim: PlanClaim, amount: Decimal, reserve: Mapping[UUID, Decimal], line: Line) -> Given:
    kept = min(amount, reserve.get(claim.pk, ZERO))
    return Given(claim=claim, paid=amount - kept, reserved=kept, line=replace(line, label=claim.label, amount=amount))


def _named(line: Line, label: str) -> Line:
    """The line with the creditor's name in the place of the row's key."""
    return replace(line, label=label)
