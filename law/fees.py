"""Court fees by the State Council's measures of 2007: acceptance, execution and preservation fees, in yuan.

Each scale is progressive: every part of the amount pays its own rate, so the fee is continuous and never falls. Halving
happens once at most (FEE-HALF). The execution fee is not prepaid; the debtor bears it (FEE-PREPAY, FEE-BEAR).
"""

from datetime import date
from decimal import Decimal

from law import money
from law.reasons import Line, Reckoning
from law.rules import NATIONAL, Rulebook, Tier

FLAT = "{label}：{base:,.2f}元以内定额{amount:,.2f}元"
STEP = "{label}：{base:,.2f}元×{rate}＝{amount:,.2f}元"
HALVED = "{label}：{base:,.2f}元减半，减{cut:,.2f}元"
CAPPED = "{label}：最高{cap:,.2f}元，减{cut:,.2f}元"
NO_AMOUNT = "{label}：无金额，定额{amount:,.2f}元"


def acceptance_fee(
    *, amount: Decimal | None, halved: bool = False, at: date | None = None, rules: Rulebook = NATIONAL
) -> Reckoning:
    """The acceptance fee of a property case on `amount` yuan claimed; halved once for settlement or simple procedure.

    费办13（一）、15、16. Sum over the steps of part × rate. acceptance_fee(amount=Decimal(1311000)).total == 16599.00.
    None means a claim without an amount (FEE-NONPROP, 50 yuan unless the court sets another figure).
    """
    if amount is None:
        lines = [_no_amount("案件受理费", rules, "FEE-NONPROP", at)]
    else:
        lines = _progressive("案件受理费", money.amount(amount), rules, "FEE-ACC", at)
    if halved:
        lines.append(_half(lines, rules, at))
    return Reckoning.of(lines)


def execution_fee(*, amount: Decimal | None, at: date | None = None, rules: Rulebook = NATIONAL) -> Reckoning:
    """The execution fee on `amount` yuan enforced; borne by the debtor and never prepaid.

    费办14（一）、38. execution_fee(amount=Decimal(1311000)).total == 15510.00. None: 50 to 500, set by the court.
    """
    if amount is None:
        return Reckoning.of([_no_amount("执行申请费", rules, "FEE-EXE.NO-AMOUNT", at)])
    return Reckoning.of(_progressive("执行申请费", money.amount(amount), rules, "FEE-EXE", at))


def preservation_fee(*, amount: Decimal | None, at: date | None = None, rules: Rulebook = NATIONAL) -> Reckoning:
    """The preservation fee on the value in yuan actually preserved (not the value asked for), at most 5,000.

    费办14（二）. preservation_fee(amount=Decimal("142000")).total == 1230.00; None or up to 1,000 yuan: 30.00.
    """
    if amount is None:
        return Reckoning.of([_no_amount("保全申请费", rules, "PRES-FEE.FLAT", at)])
    lines = _progressive("保全申请费", money.amount(amount), rules, "PRES-FEE", at)
    reckoned = sum((line.amount for line in lines), money.ZERO)
    cap = money.fen(rules.figure("PRES-FEE.CAP", at=at))
    if reckoned > cap:
        cut = reckoned - cap
        lines.append(_line(CAPPED, "保全申请费", -cut, rules, "PRES-FEE.CAP", at, base=reckoned, cap=cap, cut=cut))
    return Reckoning.of(lines)


def _progressive(label: str, amount: Decimal, rules: Rulebook, id: str, at: date | None) -> list[Line]:
    lines: list[Line] = []
    charged = Decimal(0)
    for tier in rules.tiers(id, at=at):
        part = (amount if tier.upto is None else min(amount, tier.upto)) - charged
        if lines and part <= 0:
            break
        lines.append(_step(label, part, tier, rules, id, at))
        charged += part
    return _rounded_once(lines)


def _step(label: str, part: Decimal, tier: Tier, rules: Rulebook, id: str, at: date | None) -> Line:
    if tier.fixed is not None:
        return _line(FLAT, label, tier.fixed, rules, id, at, base=tier.upto)
    return _line(STEP, label, part * tier.rate, rules, id, at, base=part, rate=tier.rate)


def _rounded_once(lines: list[Line]) -> list[Line]:
    # Only the last step can have a part of a fen: the borders are whole thousands of yuan.
    return [
        Line(
            template=line.template,
            label=line.label,
            amount=money.fen(line.amount),
            basis=line.basis,
            base=line.base,
            rate=line.rate,
            rule=line.rule,
        )
        for line in lines
    ]


def _half(lines: list[Line], rules: Rulebook, at: date | None) -> Line:
    whole = sum((line.amount for line in lines), money.ZERO)
    cut = whole - money.fen(whole * rules.figure("FEE-HALF", at=at))
    return _line(HALVED, "案件受理费", -cut, rules, "FEE-HALF", at, base=whole, cut=cut)


def _no_amount(label: str, rules: Rulebook, id: str, at: date | None) -> Line:
    return _line(NO_AMOUNT, label, money.fen(rules.figure(id, at=at)), rules, id, at)


def _line(
    template: str,
    label: str,
    amount: Decimal,
    rules: Rulebook,
    id: str,
    at: date | None,
    *,
    base: Decimal | None = None,
    rate: Decimal | None = None,
    **args: Decimal,
) -> Line:
    rule = rules.rule(id, at=at)
    return Line(
        template=template,
        label=label,
        amount=amount,
        basis=rule.article,
        args=args,
        base=base,
        rate=rate,
        rule=rule.family,
    )
