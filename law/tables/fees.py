"""Rules of court fees (FEE-*, PRES-FEE): progressive scales in yuan, from the State Council's measures of 2007."""

from datetime import date
from decimal import Decimal

from law.rulebook import Tier, Unit
from law.tables.row import V2, M, V, row

SINCE = date(2007, 4, 1)


def _scale(flat: tuple[int, int] | None, *steps: tuple[int | None, str]) -> tuple[Tier, ...]:
    first = () if flat is None else (Tier(Decimal(flat[0]), fixed=Decimal(flat[1])),)
    return (*first, *(Tier(None if upto is None else Decimal(upto), Decimal(rate)) for upto, rate in steps))


ACCEPTANCE = _scale(
    (10_000, 50),
    (100_000, "0.025"),
    (200_000, "0.02"),
    (500_000, "0.015"),
    (1_000_000, "0.01"),
    (2_000_000, "0.009"),
    (5_000_000, "0.008"),
    (10_000_000, "0.007"),
    (20_000_000, "0.006"),
    (None, "0.005"),
)
EXECUTION = _scale((10_000, 50), (500_000, "0.015"), (5_000_000, "0.01"), (10_000_000, "0.005"), (None, "0.001"))
PRESERVATION = _scale((1_000, 30), (100_000, "0.01"), (None, "0.005"))

RULES = (
    row("FEE-ACC", "财产案件受理费", "费办13（一）", V, ACCEPTANCE, Unit.TIERS, since=SINCE),
    row("FEE-EXE", "执行申请费", "费办14（一）", V, EXECUTION, Unit.TIERS, since=SINCE),
    row("FEE-EXE.NO-AMOUNT", "无金额的执行申请费", "费办14（一）", V, 50, Unit.YUAN, bounds=(50, 500), since=SINCE),
    row("FEE-PRES", "保全申请费（见 PRES-FEE）", "费办14（二）", V),
    row("PRES-FEE", "保全申请费", "费办14（二）、20②、22③、38③", V, PRESERVATION, Unit.TIERS, since=SINCE),
    row("FEE-HALF", "减半交纳，只减一次", "费办15、16、18；解释206", V, "0.5", Unit.RATIO),
    row("FEE-NONPROP", "非财产案件受理费", "费办13、14", V, 50, Unit.YUAN, bounds=(50, 100)),
    row("FEE-NONPROP.LABOUR", "劳动争议受理费", "费办13", V, 10, Unit.YUAN),
    row("FEE-NONPROP.PAYMENT-ORDER", "支付令申请费比例", "费办14", V, 3, Unit.COUNT),
    row("FEE-NONPROP.BANKRUPTCY-CAP", "破产申请费最高额", "费办14", V, 300000, Unit.YUAN),
    row("FEE-PREPAY", "预交受理费期限", "费办20、22", V, 7, Unit.DAYS),
    row("FEE-BEAR", "费用负担", "费办29、31、38", V),
    row("FEE-REFUND", "退费期限", "费办53②；解释207", V, 15, Unit.DAYS, bounds=(1, 15)),
    row("FEE-REVIEW", "费用复核期限", "费办43", V, 15, Unit.DAYS, bounds=(1, 15)),
    row("FEE-RESUME", "恢复执行不再交申请费", "费办26", V),
    row("FEE-RELIEF", "司法救助减交最低比例", "费办44-47", V, "0.30", Unit.RATIO),
    row("FEE-EXE-BASE", "执行费计费基数：申请标的或实际到位", "费办14", V2),
    row("FEE-ROUND", "计至分，四舍五入", "本院内控", M),
    row("FEE-OUTLAY", "鉴定评估等费用不得代收代付", "费办12；参规33", V),
)
