"""The figures that a court may set for itself, as its page shows them: the law beside what the court set."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Court
from cases.models import RuleOverride
from law.rulebook import Rule, Unit
from law.rules import NATIONAL

UNITS = {
    Unit.HOURS: _("小时"),
    Unit.MINUTES: _("分钟"),
    Unit.DAYS: _("日"),
    Unit.WORKING_DAYS: _("个工作日"),
    Unit.MONTHS: _("个月"),
    Unit.YEARS: _("年"),
    Unit.YUAN: _("元"),
    Unit.RATIO: "",
    Unit.COUNT: "",
}


@dataclass(frozen=True)
class OwnFigure:
    """A figure that the court may set: the national one, its bounds, the court's own now, and the next one that waits."""

    rule: Rule
    own: RuleOverride | None
    coming: RuleOverride | None

    @property
    def national(self) -> str:
        """The national figure with its unit."""
        return told(self.rule, self.rule.value if isinstance(self.rule.value, Decimal) else None)

    @property
    def bounds(self) -> str:
        """What the law allows, with the unit."""
        low, high = self.rule.override_bounds or (Decimal(0), Decimal(0))
        unit = str(UNITS.get(self.rule.unit, ""))
        return f"{told(self.rule, low).removesuffix(unit).rstrip()}–{told(self.rule, high)}"

    @property
    def now(self) -> str:
        """The court's own figure with its unit; empty when it has none."""
        return told(self.rule, Decimal(self.own.value)) if self.own else ""

    @property
    def then(self) -> str:
        """The figure that waits for its day; empty when there is none."""
        return told(self.rule, Decimal(self.coming.value)) if self.coming else ""


def own_figures(court: Court, at: date) -> list[OwnFigure]:
    """Every figure that a court may set for itself, in the order of the tables; one query."""
    rows: dict[str, RuleOverride] = {}
    coming: dict[str, RuleOverride] = {}
    for row in (
        RuleOverride.objects.filter(court=court).select_related("set_by__user").order_by("from_on", "set_at", "pk")
    ):
        if row.from_on > at:
            known = coming.get(row.rule)
            coming[row.rule] = row if known is None or known.from_on == row.from_on else known
        elif row.until_on is None or row.until_on >= at:
            rows[row.rule] = row
    found = [rule for rule in NATIONAL if rule.override_bounds and rule.in_force(at)]
    return [OwnFigure(rule, rows.get(rule.id), coming.get(rule.id)) for rule in found]


def history(court: Court, rule: str) -> "QuerySet[RuleOverride]":
    """Everything that the court ever set for a rule, the latest first."""
    rows = RuleOverride.objects.filter(court=court, rule=rule).select_related("set_by__user")
    return rows.order_by("-from_on", "-set_at", "-pk")


def told(rule: Rule, value: Decimal | None) -> str:
    """A figure with its unit: 72 小时, 100,000 元, 30%."""
    if value is None:
        return "—"
    if rule.unit == Unit.RATIO:
        return f"{plain(value * 100)}%"
    number = f"{value:,.0f}" if rule.unit == Unit.YUAN and value == value.to_integral_value() else plain(value)
    return f"{number} {UNITS.get(rule.unit, '')}".strip()


def plain(value: Decimal) -> str:
    """A figure without an exponent and without needless zeros."""
    return f"{value.normalize():f}"
