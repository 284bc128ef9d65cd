"""Rules of delayed performance (INT-*): the doubled part of interest since 1 August 2014."""

from datetime import date

from law.rulebook import Unit
from law.tables.row import V2, M, V, row

SINCE = date(2014, 8, 1)

RULES = (
    row("INT-START", "加倍部分起算", "迟规2；解释504", V),
    row("INT-RATE", "加倍部分日利率", "迟规1", V, "0.000175", Unit.RATIO, since=SINCE),
    row("INT-END", "加倍部分止算", "迟规3①②", V),
    row("INT-DAYS", "天数为日期之差", "推算", M),
    row("INT-EXCLUDE", "不计算的期间", "迟规3③", V),
    row("INT-ORDER", "先清偿金钱债务，后清偿加倍部分", "迟规4", V),
    row("INT-ORDER-INNER", "费用、利息、主债务的顺序", "民法典561；解释508", V),
    row("INT-FX", "外币债务", "迟规5", V),
    row("INT-OLD", "施行前的期间适用旧规", "迟规7", V),
    row("INT-BACK", "执行回转同样适用", "迟规6", V),
    row("INT-NONMONEY", "迟延履行金为损失的倍数", "解释505；民诉264", V, 2, Unit.COUNT),
    row("INT-COSTBASE", "受理费是否计入基数（1 为计入）", "实务意见", V2, 0, Unit.COUNT, bounds=(0, 1)),
    row("INT-NOTICE", "执行通知告知迟延利息", "解释480②", V),
)
