"""The indicators of execution as definitions (KPI-*): numerator, denominator, what never counts; no ranking of people.

A ratio keeps both its numbers and its definition; two ratios compare only under the same definition and version. Formulas
are the usual ones where no official text was found, so every definition carries its confidence through its rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from law import money
from law.rules import NATIONAL, Rulebook


class Closing(StrEnum):
    """How a case closed (EXE-CLOSE-TYPES)."""

    PERFORMED = "PERFORMED"
    ROUND_ENDED = "ROUND_ENDED"
    TERMINATED = "TERMINATED"
    CANCELLED = "CANCELLED"
    NOT_TO_BE_ENFORCED = "NOT_TO_BE_ENFORCED"
    REJECTED = "REJECTED"
    LONG_SETTLEMENT = "LONG_SETTLEMENT"


REALLY_CLOSED = frozenset({Closing.PERFORMED, Closing.TERMINATED, Closing.NOT_TO_BE_ENFORCED, Closing.REJECTED})


def really_closed(*, closing: Closing) -> bool:
    """Whether a closing counts as real: an ended round, a cancelled case and a running settlement never do (KPI-REAL).

    really_closed(closing=Closing.ROUND_ENDED) is False.
    """
    return closing in REALLY_CLOSED


class Money(StrEnum):
    """Where money of a case stands or came from."""

    BOOKED = "BOOKED"
    IN_KIND = "IN_KIND"
    UNIDENTIFIED = "UNIDENTIFIED"
    DEPOSITED = "DEPOSITED"
    RELIEF = "RELIEF"


def recovered(*, sums: Mapping[Money, Decimal]) -> Decimal:
    """What counts as recovered, in yuan: booked receipts and satisfaction in kind; no unidentified, deposited or relief money.

    recovered(sums={Money.BOOKED: Decimal(100), Money.RELIEF: Decimal(50)}) == 100.00 (KPI-ARRIVE, AID-FIELDS).
    """
    counted = (sums.get(kind, money.ZERO) for kind in (Money.BOOKED, Money.IN_KIND))
    return sum((money.amount(value) for value in counted), money.ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One indicator: its rule id, Chinese name, and what stands above and below the line."""

    rule: str
    numerator: str
    denominator: str
    version: int = 1


DEFINITIONS = {
    found.rule: found
    for found in (
        Definition(rule="KPI-CLOSE", numerator="期内结案", denominator="期初旧存与期内新收"),
        Definition(rule="KPI-REAL", numerator="实际执结", denominator="受理"),
        Definition(rule="KPI-REAL-FIRST", numerator="首次执行案件实际执结", denominator="首次执行案件结案"),
        Definition(rule="KPI-WITHPROP-90", numerator="法定期限内实际执结的有财产案件", denominator="有财产案件"),
        Definition(rule="KPI-ZB-OK", numerator="核查合格的终本案件", denominator="被核查的终本案件"),
        Definition(rule="KPI-OVERALL-80", numerator="终本与法定期限内实际执结", denominator="受理"),
        Definition(rule="KPI-PETITION", numerator="办结的信访", denominator="受理的信访"),
        Definition(rule="KPI-ARRIVE", numerator="实际到位金额", denominator="结案案件申请执行标的额"),
        Definition(rule="KPI-DONE", numerator="执行完毕", denominator="结案"),
        Definition(rule="KPI-ZB", numerator="首次执行终本", denominator="首次执行结案"),
        Definition(rule="KPI-DAYS", numerator="结案用时之和（日）", denominator="结案"),
        Definition(rule="KPI-PAYDAYS", numerator="发放用时之和（日）", denominator="发放笔数"),
        Definition(
            rule="KPI-CYCLE", numerator="立案执行至最后一笔付讫的日数之和", denominator="执行完毕且已发放的案件"
        ),
        Definition(rule="KPI-UNKNOWN", numerator="不明款期初减期末", denominator="不明款期初"),
        Definition(rule="KPI-PRES", numerator="采取保全的民事案件", denominator="民商事一审新收"),
        Definition(rule="KPI-PRES-MED", numerator="已保全且以调解结案", denominator="已保全且已结"),
        Definition(rule="KPI-LOAD", numerator="受理", denominator="执行法官"),
        Definition(rule="KPI-REQUERY", numerator="按期查询批次", denominator="应查询批次"),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """An indicator's value with both its numbers; no value when nothing stands below the line."""

    definition: Definition
    numerator: Decimal
    denominator: Decimal
    name: str

    @property
    def value(self) -> Decimal | None:
        """Numerator ÷ denominator to four places, or None."""
        return None if not self.denominator else (self.numerator / self.denominator).quantize(Decimal("0.0001"))

    def comparable(self, other: "Ratio") -> bool:
        """Whether the two numbers mean the same thing: same definition, same version."""
        return self.definition == other.definition


def ratio(*, rule: str, numerator: Decimal | int, denominator: Decimal | int, rules: Rulebook = NATIONAL) -> Ratio:
    """An indicator from its two numbers: ratio(rule="KPI-PRES", numerator=27, denominator=89).value == 0.3034."""
    return Ratio(
        definition=DEFINITIONS[rule],
        numerator=Decimal(numerator),
        denominator=Decimal(denominator),
        name=rules.rule(rule).title,
    )
