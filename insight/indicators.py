"""The indicators: each with its formula, both its numbers, its definition's version and the rows behind it.

The formulas are the usual ones where no official text gives them, so every definition says what it counts and what it
never counts. Two values compare only under the same key and version. There is no ranking of people.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from insight import queries
from insight.formulas import closings, money, preserving
from insight.frames import Frame
from insight.parts import HUNDREDTH, Part, Text, rounded, written
from law.rules import NATIONAL, Confidence

PERCENT = "%"
IN_DAYS = gettext_lazy("天")

Sides = Callable[[Frame], tuple[Part, Part]]


@dataclass(frozen=True, kw_only=True)
class Definition:
    """One indicator as it is defined: a changed formula is a new version, never an edit of the old one.

    ``beside`` are further lists that the page shows. ``twin`` is the key of the other definition of the same name, ``basis``
    what tells the two apart: the page switches between them. ``spread`` says that median and ninetieth percentile stand
    beside the average.
    """

    key: str
    title: Text
    formula: Text
    counts_not: Text
    sides: Sides
    rule: str
    unit: Text = PERCENT
    version: int = 1
    target: Decimal
    falling: bool = False
    beside: tuple[Callable[[Frame], Part], ...] = ()
    on_board: bool = True
    twin: str = ""
    basis: Text = ""
    spread: bool = False


DEFINITIONS: dict[str, Definition] = {
    row.key: row
    for row in (
        Definition(
            key="KPI-REAL-FIRST",
            title=gettext_lazy("首次执行案件实际执结率"),
            formula=gettext_lazy("首次执行实际执结 ÷ 首次执行结案（口径甲）"),
            counts_not=gettext_lazy("终结本次执行程序不计入实际执结；只计“执”字号，不含执恢、执保、执异。"),
            sides=closings.first_by_closed,
            beside=(closings.not_really,),
            rule="KPI-REAL-FIRST",
            target=Decimal(70),
            twin="KPI-REAL-FIRST-B",
        ),
        Definition(
            key="KPI-REAL-FIRST-B",
            title=gettext_lazy("首次执行案件实际执结率（口径乙）"),
            formula=gettext_lazy("首次执行实际执结 ÷ 首次执行受理（受理＝期初旧存＋期内新收，口径乙）"),
            counts_not=gettext_lazy("终结本次执行程序不计入实际执结；未结案件留在分母。"),
            sides=closings.first_by_in_hand,
            beside=(closings.unclosed_first,),
            rule="KPI-REAL-FIRST",
            target=Decimal(60),
            on_board=False,
            twin="KPI-REAL-FIRST",
        ),
        Definition(
            key="KPI-CLOSE",
            title=gettext_lazy("结案率"),
            formula=gettext_lazy("期内结案 ÷（期初旧存＋期内新收），首次执行与恢复执行"),
            counts_not=gettext_lazy("含终本，与实际执结率不是一回事，两者不可互换。"),
            sides=closings.closed,
            rule="KPI-CLOSE",
            target=Decimal(90),
            on_board=False,
        ),
        Definition(
            key="KPI-ARRIVE",
            title=gettext_lazy("实际执行到位率"),
            formula=gettext_lazy("结案案件到账、扣划、抵债金额 ÷ 结案案件申请执行标的额（含终本）"),
            counts_not=gettext_lazy(
                "不明款、提存、司法救助金、干警自愿补足（本院另有规定的除外）、放弃、抵销和当事人之间自行给付不计入到位；"
                "同一纠纷期内多次结案，标的额只计一次。"
            ),
            sides=closings.arrived,
            version=2,
            rule="KPI-ARRIVE",
            target=Decimal(50),
        ),
        Definition(
            key="KPI-DONE",
            title=gettext_lazy("执行完毕率"),
            formula=gettext_lazy("以“执行完毕”结案 ÷ 结案（首次执行与恢复执行）"),
            counts_not=gettext_lazy("终本、终结执行、和解长期履行不计入执行完毕。"),
            sides=closings.performed,
            beside=(closings.not_performed,),
            rule="KPI-DONE",
            target=Decimal(38),
        ),
        Definition(
            key="KPI-DAYS",
            title=gettext_lazy("平均办案期限"),
            formula=gettext_lazy("Σ（结案日－立案日）÷ 结案数，自然日（首次执行与恢复执行）"),
            counts_not=gettext_lazy("不扣除法定不计期间；执保、执异另计。"),
            sides=closings.days,
            rule="KPI-DAYS",
            unit=IN_DAYS,
            target=Decimal(180),
            falling=True,
        ),
        Definition(
            key="KPI-PAYDAYS",
            title=gettext_lazy("案款发放平均用时"),
            formula=gettext_lazy("Σ（银行付讫－款项到账）÷ 发放笔数，按笔简单平均"),
            counts_not=gettext_lazy("执行费、退款不计；未发清的款不在平均之内，另列存量和账龄。"),
            sides=money.payout_days,
            beside=(money.unpaid,),
            rule="KPI-PAYDAYS",
            unit=IN_DAYS,
            target=Decimal(3),
            falling=True,
            twin="KPI-PAYDAYS-W",
            basis=gettext_lazy("自然日"),
            spread=True,
        ),
        Definition(
            key="KPI-PAYDAYS-W",
            title=gettext_lazy("案款发放平均用时（工作日）"),
            formula=gettext_lazy("Σ（到账次日至付讫日的工作日）÷ 发放笔数，按笔简单平均"),
            counts_not=gettext_lazy("休息日和法定节假日不计；执行费、退款不计；未发清的款不在平均之内。"),
            sides=money.payout_working_days,
            beside=(money.unpaid,),
            rule="KPI-PAYDAYS",
            unit=IN_DAYS,
            target=Decimal(3),
            falling=True,
            on_board=False,
            twin="KPI-PAYDAYS",
            basis=gettext_lazy("工作日"),
            spread=True,
        ),
        Definition(
            key="KPI-PAY-IN-3",
            title=gettext_lazy("三日内发放率"),
            formula=gettext_lazy("到账后三日内付讫的笔数 ÷ 发放笔数"),
            counts_not=gettext_lazy("执行费、退款不计；未发清的款不在其内。"),
            sides=money.paid_in_time,
            beside=(money.paid_late,),
            rule="KPI-PAYDAYS",
            target=Decimal(90),
            on_board=False,
        ),
        Definition(
            key="KPI-CYCLE",
            title=gettext_lazy("从立案执行到案款到手"),
            formula=gettext_lazy("Σ（最后一笔案款付讫日－执行立案日）÷ 执行完毕且已发放的案件数，自然日"),
            counts_not=gettext_lazy("只计首次执行；当事人之间自行给付、法院没有发放案款的不计。"),
            sides=money.cycle,
            rule="KPI-CYCLE",
            unit=IN_DAYS,
            target=Decimal(90),
            falling=True,
            on_board=False,
            spread=True,
        ),
        Definition(
            key="KPI-UNKNOWN",
            title=gettext_lazy("不明款余额下降率"),
            formula=gettext_lazy(
                "（期初不明款余额－现在不明款余额）÷ 期初不明款余额；期初日由本院设定，未设定的为期间开始"
            ),
            counts_not=gettext_lazy("两个时点比较；期内新出现的不明款使下降减少。"),
            sides=money.unidentified,
            beside=(money.still_unidentified,),
            rule="KPI-UNKNOWN",
            version=2,
            target=Decimal(50),
        ),
        Definition(
            key="KPI-PRES",
            title=gettext_lazy("民事案件保全率"),
            formula=gettext_lazy("采取财产保全的民事案件 ÷ 民商事一审新收"),
            counts_not=gettext_lazy("一案多次裁定只计一件；诉前保全归入后来的诉讼案件；待裁定、退回的不计。"),
            sides=preserving.rate,
            beside=(preserving.not_preserved,),
            rule="KPI-PRES",
            target=Decimal(30),
        ),
        Definition(
            key="KPI-PRES-MED",
            title=gettext_lazy("保全案件调解成功率"),
            formula=gettext_lazy("已保全且以调解结案 ÷ 已保全且已结的民事案件"),
            counts_not=gettext_lazy("未结案件不入分母；撤诉入分母，不入分子。"),
            sides=preserving.mediated,
            beside=(preserving.not_mediated,),
            rule="KPI-PRES-MED",
            target=Decimal(35),
        ),
    )
}
BOARD = tuple(key for key, row in DEFINITIONS.items() if row.on_board)
FURTHER = tuple(key for key, row in DEFINITIONS.items() if not (row.on_board or row.twin or key == "KPI-CLOSE"))
"""What the leader's page names below the board; the share closed stands beside the stock, a twin on its other's page."""


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """One indicator read over one frame; ``cases`` are the rows below the line, of which the rest is a reading."""

    key: str
    title: Text
    unit: Text
    formula: Text
    counts_not: Text
    version: int
    citation: str
    from_memory: bool
    numerator: Part
    denominator: Part
    target: Decimal | None
    falling: bool
    frame: Frame

    @property
    def cases(self) -> "QuerySet[Any]":
        """The rows behind the figure."""
        return self.denominator.rows

    @property
    def as_of(self) -> datetime:
        """The moment as of which it was read."""
        return self.frame.at

    @property
    def value(self) -> Decimal | None:
        """Half up to two places; None when nothing stands below the line."""
        if not self.denominator.value:
            return None
        scale = 100 if self.unit == PERCENT else 1
        return rounded(self.numerator.value * scale / self.denominator.value)

    @property
    def text(self) -> str:
        """The value as people read it; a dash when there is none."""
        return written(self.value)

    @property
    def gap(self) -> Decimal | None:
        """How far the value is on the good side of its target (negative: on the bad side)."""
        if self.value is None or self.target is None:
            return None
        return self.target - self.value if self.falling else self.value - self.target

    @property
    def state(self) -> str:
        """The word of the mark: done on the good side, past on the bad side, empty when it cannot be said."""
        if self.gap is None:
            return ""
        return "done" if self.gap >= 0 else "past"

    @property
    def note(self) -> str:
        """The target and the distance from it, in words."""
        if self.value is None:
            return _("期内没有可计的案件")
        if self.gap is None or self.target is None:
            return ""
        target, distance = short(self.target), short(abs(self.gap))
        if self.unit != PERCENT:
            words = _("目标 %(target)s 天以内") if self.gap >= 0 else _("目标 %(target)s 天以内，超 %(distance)s 天")
        else:
            words = (
                _("目标 %(target)s%%，高 %(distance)s 百分点")
                if self.gap >= 0
                else _("目标 %(target)s%%，低 %(distance)s 百分点")
            )
        return words % {"target": target, "distance": distance}


def read(key: str, frame: Frame, targets: Mapping[str, Decimal] | None = None) -> Indicator:
    """Read one indicator over a frame; KeyError when it is not defined."""
    row = DEFINITIONS[key]
    known = queries.targets(frame.court_id, frame.last) if targets is None else targets
    numerator, denominator = row.sides(frame)
    rule = NATIONAL.rule(row.rule)
    return Indicator(
        key=row.key,
        title=row.title,
        unit=row.unit,
        formula=row.formula,
        counts_not=row.counts_not,
        version=row.version,
        citation=rule.article,
        from_memory=rule.confidence is Confidence.FROM_MEMORY,
        numerator=numerator,
        denominator=denominator,
        target=known.get(key, row.target),
        falling=row.falling,
        frame=frame,
    )


def read_all(frame: Frame, keys: tuple[str, ...] = tuple(DEFINITIONS)) -> list[Indicator]:
    """Read several indicators over a frame; the number of queries does not depend on the number of cases."""
    targets = queries.targets(frame.court_id, frame.last)
    return [read(key, frame, targets) for key in keys]


def beside(key: str, frame: Frame) -> list[Part]:
    """The further lists of an indicator's page."""
    return [make(frame) for make in DEFINITIONS[key].beside]


def spread(found: Indicator) -> list[tuple[Text, str]]:
    """Median and ninetieth percentile of what its rows add, where an average alone would hide the slow ones."""
    values = found.numerator.each() if DEFINITIONS[found.key].spread else []
    if not values:
        return []
    return [(_("中位数"), written(median(values))), (_("九成不超过"), written(ninetieth(values)))]


def ninetieth(values: Sequence[Decimal]) -> Decimal:
    """The smallest value that nine in ten do not exceed (nearest rank)."""
    return sorted(values)[-(-len(values) * 9 // 10) - 1]


def short(value: Decimal) -> str:
    """A number without idle zeros: 70, 4.2, 0.05."""
    text = f"{value.quantize(HUNDREDTH):f}"
    return text.rstrip("0").rstrip(".")
