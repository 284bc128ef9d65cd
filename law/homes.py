"""What of the debtor's property is spared: necessities, income, the only home (FRZ-EXEMPT, FRZ-INCOME, FRZ-HOME-*).

"Only home" is no switch. Four questions decide: is it needed to live in, has someone who must support the debtor another
home, was another home given away to escape, does the creditor offer a home or five to eight years' rent.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from law import money, periods
from law.calendar import DAY
from law.reasons import Findings
from law.rules import NATIONAL, Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeFacts:
    """A dwelling of the debtor; rent in yuan a month as the local market has it."""

    needed_to_live_in: bool
    supporter_has_home: bool = False
    gave_other_home_away: bool = False
    creditor_offers_home: bool = False
    rent_years_offered: int = 0
    larger_than_needed: bool = False
    mortgaged: bool = False
    ruled_on: date | None = None
    lives_on_minimum_allowance: bool = False


def may_sell_home(*, facts: HomeFacts, rules: Rulebook = NATIONAL) -> Findings:
    """Whether the dwelling may be sold; freezing it is always allowed (查规4、5, 异复20).

    may_sell_home(facts=HomeFacts(needed_to_live_in=True, rent_years_offered=5)).allowed is True.
    """
    low, high = rules.count("FRZ-HOME-OK"), rules.count("FRZ-HOME-OK.RENT-MAX")
    rent = low <= facts.rent_years_offered <= high
    ways = (
        not facts.needed_to_live_in,
        facts.supporter_has_home,
        facts.gave_other_home_away,
        facts.creditor_offers_home or rent,
        facts.mortgaged,
    )
    sentence = "不是必需住房，或者扶养义务人另有住房、转移住房逃债、提供住房或者五至八年租金、设有抵押"
    return Findings.of([rules.reason("FRZ-HOME-OK", sentence, met=any(ways))])


def rent_to_keep(*, monthly_rent: Decimal, years: int, rules: Rulebook = NATIONAL) -> Decimal:
    """The rent in yuan kept for the debtor from the price: five to eight years (异复20). Raises RentYears.

    rent_to_keep(monthly_rent=Decimal(800), years=5) == 48000.00.
    """
    low, high = rules.count("FRZ-HOME-OK"), rules.count("FRZ-HOME-OK.RENT-MAX")
    if not low <= years <= high:
        raise RentYears(f"预留租金为{low}至{high}年，不能为{years}年")
    return money.amount(monthly_rent) * 12 * years


class RentYears(ValueError):
    """The rent kept for the debtor covers five to eight years."""


def may_evict_from(*, ruled_on: date, rules: Rulebook = NATIONAL) -> date:
    """The first day after the six months' grace in a mortgaged home (法释〔2005〕14号2).

    may_evict_from(ruled_on=date(2025, 3, 3)) == date(2025, 9, 4).
    """
    return periods.add_months(ruled_on, rules.count("FRZ-HOME-MORTGAGE")) + DAY


def levy_of_income(*, income: Decimal, necessities: Decimal, owed: Decimal) -> Decimal:
    """What of an income in yuan may be taken: what exceeds the household's necessities, at most the debt (民诉254).

    levy_of_income(income=Decimal(6000), necessities=Decimal(2500), owed=Decimal(100000)) == 3500.00.
    """
    free = money.amount(income) - money.amount(necessities)
    return max(money.ZERO, min(free, money.amount(owed)))


EXEMPT = (
    "生活所必需的衣服、家具、炊具、餐具等物品",
    "生活所必需的费用",
    "完成义务教育所必需的物品",
    "未公开的发明或者未发表的著作",
    "残疾辅助器具和医疗物品",
    "勋章及其他荣誉表彰物品",
    "条约、协定规定豁免的财产",
    "法律规定不得查封的其他财产",
)
