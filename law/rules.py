"""The versioned table of every rule and figure: `NATIONAL`, and the names a caller needs to read or override it.

NATIONAL.figure("SAN-DETAIN") == 15 days; NATIONAL.rule("FRZ-TERM-DEPOSIT", at=day).article is the citation in full.
"""

from law.rulebook import (
    Confidence,
    NoFigure,
    NotInForce,
    NotOverridable,
    OutOfBounds,
    Rule,
    Rulebook,
    Tier,
    Unit,
    UnknownRule,
)
from law.tables import (
    closing,
    court,
    credit,
    disposal,
    distribution,
    execution,
    fees,
    freezing,
    funds,
    interest,
    others,
    preservation,
    sanctions,
)

ALL = (
    *preservation.RULES,
    *freezing.RULES,
    *fees.RULES,
    *execution.RULES,
    *interest.RULES,
    *funds.RULES,
    *distribution.RULES,
    *credit.RULES,
    *sanctions.RULES,
    *disposal.RULES,
    *closing.RULES,
    *others.RULES,
    *court.RULES,
)
NATIONAL = Rulebook.of(ALL)

__all__ = [
    "ALL",
    "NATIONAL",
    "Confidence",
    "NoFigure",
    "NotInForce",
    "NotOverridable",
    "OutOfBounds",
    "Rule",
    "Rulebook",
    "Tier",
    "Unit",
    "UnknownRule",
]
