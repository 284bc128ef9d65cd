"""How several payers of one sum are liable (民法典177, 178): each for all, each for a share, or after the others.

A several debt is one account per debtor, so a payment never touches a stranger's share. A joint or supplementary debt is
one account that every payment lowers; what each can be asked for is read from it, so nothing is counted twice.
"""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from law.splitting import split


class Liability(StrEnum):
    """How several payers are liable: each for all, each for a share, or after the others."""

    JOINT = "JOINT"
    SEVERAL = "SEVERAL"
    SUPPLEMENTARY = "SUPPLEMENTARY"


class SharesMissing(ValueError):
    """Several liability needs a share for each payer."""


class FirstDebtorMissing(ValueError):
    """Supplementary liability needs somebody who answers first and somebody who answers after."""


def shares(*, amount: Decimal, payers: Sequence[str], weights: Sequence[Decimal | int]) -> tuple[Decimal, ...]:
    """Each payer's share of a several debt, in yuan; the shares add up to the amount.

    民法典177. Raises SharesMissing. shares(amount=Decimal(100), payers=["甲", "乙"], weights=[1, 2]) == (33.33, 66.67).
    """
    if len(weights) != len(payers) or not payers:
        raise SharesMissing("按份责任须写明每个义务人的份额")
    return split(amount, weights)


def limits(*, payers: Sequence[str], later: Sequence[str], most: Sequence[Decimal | int] = ()) -> tuple[Decimal, ...]:
    """The most that each of `later` can be asked for after the others, in yuan; empty when the judgment sets no limit.

    Raises FirstDebtorMissing, SharesMissing. limits(payers=["甲", "乙"], later=["乙"], most=[30]) == (30,).
    """
    first = [payer for payer in payers if payer not in later]
    if not first or not later or len(first) + len(later) != len(payers):
        raise FirstDebtorMissing("补充责任须写明先承担的义务人和补充承担的义务人")
    if most and len(most) != len(later):
        raise SharesMissing("补充责任的限额须逐人写明")
    return tuple(Decimal(limit) for limit in most)
