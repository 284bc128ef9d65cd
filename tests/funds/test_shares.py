"""Whatever the rows and the objections: shares, costs, reserve and surplus add up to the pool, and no row gets more than it claims."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from cases.models import Case
from funds.kinds.distribution import DebtorKind, PlanRank
from funds.models import PlanClaim
from funds.services import shares
from funds.services.shares import Wanted
from kernel.keys import uuid7

D = Decimal
fen = st.integers(min_value=0, max_value=90_000_000).map(lambda number: D(number) / 100)


@st.composite
def rows(draw: st.DrawFn) -> list[PlanClaim]:
    """Rows of two cases in any class."""
    cases = [Case(id=uuid7(), matter_id=uuid7(), number=f"（2026）晋1031执{place}号") for place in (1, 2)]
    return [
        PlanClaim(
            ordinal=place,
            case=draw(st.sampled_from(cases)),
            label=f"债权人{place}",
            rank=draw(st.sampled_from(PlanRank.values)),
            amount=draw(fen),
            doubled=draw(fen),
        )
        for place in range(draw(st.integers(min_value=1, max_value=7)))
    ]


@settings(max_examples=100, deadline=None, derandomize=True)
@given(claims=rows(), pool=fen.filter(bool), kind=st.sampled_from(DebtorKind.values), data=st.data())
def test_shares_costs_reserve_and_surplus_are_the_pool(
    claims: list[PlanClaim], pool: Decimal, kind: str, data: st.DataObject
) -> None:
    whole = shares.divide(pool=pool, debtor_kind=kind, claims=claims)
    assert sum((row.share for row in whole.rows), D(0)) + whole.surplus == pool
    assert all(D(0) <= row.share <= row.whole for row in whole.rows)
    disputed = data.draw(st.sampled_from(claims))
    wants = {disputed.pk: Wanted(amount=data.draw(fen), rank=data.draw(st.sampled_from(PlanRank.values)))}
    reserve = shares.reserve_for(pool=pool, debtor_kind=kind, claims=claims, wants=wants)
    kept = shares.divide(pool=pool, debtor_kind=kind, claims=claims, reserve=reserve)
    assert sum((row.paid for row in kept.rows), D(0)) + kept.reserved + kept.surplus == pool
    assert {row.claim.pk: row.share for row in kept.rows} == {row.claim.pk: row.share for row in whole.rows}


@settings(max_examples=100, deadline=None, derandomize=True)
@given(claims=rows(), pool=fen.filter(bool), data=st.data())
def test_what_is_paid_at_once_is_due_whatever_becomes_of_the_objection(
    claims: list[PlanClaim], pool: Decimal, data: st.DataObject
) -> None:
    kind = DebtorKind.NATURAL_PERSON.value
    disputed = data.draw(st.sampled_from(claims))
    wants = {disputed.pk: Wanted(amount=data.draw(fen), rank=disputed.rank)}
    reserve = shares.reserve_for(pool=pool, debtor_kind=kind, claims=claims, wants=wants)
    now = shares.divide(pool=pool, debtor_kind=kind, claims=claims, reserve=reserve)
    upheld = shares.divide(pool=pool, debtor_kind=kind, claims=shares.corrected(claims, wants))
    for row in now.rows:
        assert row.paid <= upheld.of(row.claim.pk).share
    assert disputed.amount == next(row.claim.amount for row in now.rows if row.claim.pk == disputed.pk)
