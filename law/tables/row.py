"""How a table row is written: one call per version of a rule."""

from datetime import date
from decimal import Decimal

from law.rulebook import Confidence, Figure, Rule, Unit

V = Confidence.VERIFIED
V2 = Confidence.VERIFIED_2ND
M = Confidence.FROM_MEMORY


def row(
    id: str,
    title: str,
    citation: str,
    confidence: Confidence,
    value: Figure | int | str = None,
    unit: Unit = Unit.NONE,
    *,
    bounds: tuple[int | str, int | str] | None = None,
    since: date | None = None,
    until: date | None = None,
) -> Rule:
    """One version of a rule; whole numbers and strings become Decimal figures."""
    return Rule(
        id=id,
        title=title,
        citation=citation,
        confidence=confidence,
        value=Decimal(value) if isinstance(value, int | str) else value,
        unit=unit,
        override_bounds=None if bounds is None else (Decimal(bounds[0]), Decimal(bounds[1])),
        in_force_from=since,
        in_force_to=until,
    )
