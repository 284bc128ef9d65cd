"""Which part of a debt a payment pays first (INT-ORDER, INT-ORDER-INNER).

Order: costs of enforcement → awarded interest → principal → doubled interest, each in full before the next. The parties
may agree on another order; a part they do not name follows in the order of the law.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from law import money
from law.reasons import Line, Plain, plain
from law.rules import NATIONAL, Rulebook


class Component(StrEnum):
    """The four parts of a money debt."""

    COSTS = "costs"
    GENERAL_INTEREST = "general_interest"
    PRINCIPAL = "principal"
    DOUBLED_INTEREST = "doubled_interest"

    @property
    def label(self) -> str:
        """The Chinese name."""
        return LABELS[self.value]


LABELS = {
    "costs": "实现债权的费用",
    "general_interest": "一般债务利息",
    "principal": "金钱债务本金",
    "doubled_interest": "迟延履行期间加倍部分债务利息",
}
LEGAL_ORDER = (
    Component.COSTS,
    Component.GENERAL_INTEREST,
    Component.PRINCIPAL,
    Component.DOUBLED_INTEREST,
)
RULES = {
    Component.COSTS: "INT-ORDER-INNER",
    Component.GENERAL_INTEREST: "INT-ORDER-INNER",
    Component.PRINCIPAL: "INT-ORDER",
    Component.DOUBLED_INTEREST: "INT-ORDER",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """An amount in yuan for each part of the debt."""

    costs: Decimal = money.ZERO
    general_interest: Decimal = money.ZERO
    principal: Decimal = money.ZERO
    doubled_interest: Decimal = money.ZERO

    @property
    def total(self) -> Decimal:
        """The sum of the four."""
        return self.costs + self.general_interest + self.principal + self.doubled_interest

    def of(self, component: Component) -> Decimal:
        """The amount of one part."""
        value: Decimal = getattr(self, component.value)
        return value

    def as_dict(self) -> dict[str, Plain]:
        """The four amounts and their total as plain data."""
        return {part.value: plain(self.of(part)) for part in LEGAL_ORDER} | {"total": plain(self.total)}


def parts(amounts: Mapping[Component, Decimal]) -> Parts:
    """The amounts by part as one value; parts that are not named are zero.

    parts({Component.COSTS: Decimal("1.00")}).total == 1.00.
    """
    return Parts(
        costs=amounts.get(Component.COSTS, money.ZERO),
        general_interest=amounts.get(Component.GENERAL_INTEREST, money.ZERO),
        principal=amounts.get(Component.PRINCIPAL, money.ZERO),
        doubled_interest=amounts.get(Component.DOUBLED_INTEREST, money.ZERO),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Appropriation:
    """What a payment paid, what remains owed, and what was left over, in yuan; amount == paid.total + surplus."""

    amount: Decimal
    paid: Parts
    remaining: Parts
    surplus: Decimal
    lines: tuple[Line, ...]

    def as_dict(self) -> dict[str, Plain]:
        """The result as plain data."""
        return {
            "amount": plain(self.amount),
            "paid": self.paid.as_dict(),
            "remaining": self.remaining.as_dict(),
            "surplus": plain(self.surplus),
            "lines": [line.as_dict() for line in self.lines],
        }


def order(agreed: Sequence[Component | str] | None = None) -> tuple[Component, ...]:
    """The order to follow: the agreed parts first, the others in the order of the law.

    order(["principal"])[0] == "principal".
    """
    if not agreed:
        return LEGAL_ORDER
    named = tuple(dict.fromkeys(Component(part) for part in agreed))
    return (*named, *(part for part in LEGAL_ORDER if part not in named))


def appropriate(
    *,
    amount: Decimal,
    costs: Decimal = money.ZERO,
    general_interest: Decimal = money.ZERO,
    principal: Decimal = money.ZERO,
    doubled_interest: Decimal = money.ZERO,
    agreed_order: Sequence[Component | str] | None = None,
    rules: Rulebook = NATIONAL,
) -> Appropriation:
    """Divide `amount` yuan over the parts owed, each in full before the next.

    法释〔2014〕8号4, 民法典561. No fen is lost. 60,000 on costs of 1,000, interest of 8,000, a principal of 100,000 and
    a doubled part of 1,750 pay 1,000, 8,000, 51,000 and 0; 49,000 of the principal remain.
    appropriate(amount=Decimal(60), costs=Decimal(10), principal=Decimal(100)).paid.principal == 50.00.
    """
    owed = Parts(
        costs=money.amount(costs),
        general_interest=money.amount(general_interest),
        principal=money.amount(principal),
        doubled_interest=money.amount(doubled_interest),
    )
    left = given = money.amount(amount)
    paid: dict[str, Decimal] = {}
    lines: list[Line] = []
    for part in order(agreed_order):
        share = min(left, owed.of(part))
        paid[part.value] = share
        left -= share
        if share:
            lines.append(_line(part, share, owed.of(part), agreed_order is not None, rules))
    shares = Parts(**paid)
    remaining = Parts(**{part.value: owed.of(part) - shares.of(part) for part in LEGAL_ORDER})
    return Appropriation(amount=given, paid=shares, remaining=remaining, surplus=left, lines=tuple(lines))


def _line(part: Component, share: Decimal, owed: Decimal, agreed: bool, rules: Rulebook) -> Line:
    return Line(
        template="清偿{label}{amount:,.2f}元，尚欠{rest:,.2f}元",
        label=part.label,
        amount=share,
        basis="当事人约定" if agreed else rules.article(RULES[part]),
        args={"rest": owed - share},
        base=owed,
        rule=RULES[part],
    )
