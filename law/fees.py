"""Court fees by the State Council's measures of 2007: acceptance, execution and preservation fees, in yuan.

Each scale is progressive: every part of the amount pays its own rate, so the fee is continuous and never falls. Halving
happens once at most (FEE-HALF). The execution fee is not prepaid; the debtor bears it (FEE-PREPAY, FEE-BEAR).
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

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


class Nonproperty(StrEnum):
    """Cases without a claim for money, or with little of it (费办13（二）)."""

    DIVORCE = "DIVORCE"
    PERSONALITY = "PERSONALITY"
    OTHER = "OTHER"
    LABOUR = "LABOUR"
    PAYMENT_ORDER = "PAYMENT_ORDER"
    BANKRUPTCY = "BANKRUPTCY"


FREE_PART: dict[Nonproperty, tuple[tuple[str, str], ...]] = {
    # From so many yuan on, so much of what exceeds it.
    Nonproperty.DIVORCE: (("200000", "0.005"),),
    Nonproperty.PERSONALITY: (("50000", "0.01"), ("100000", "0.005")),
}


def nonproperty_fee(
    *, kind: Nonproperty, amount: Decimal = money.ZERO, base: Decimal | None = None, rules: Rulebook = NATIONAL
) -> Reckoning:
    """The fee of a case that is not (only) about money; `base` is the court's own sum within 50 to 300, 500 or 100 yuan.

    费办13、14. Divorce: free up to 200,000 of property, 0.5 % above; rights of personality: free up to 50,000 of damages,
    1 % to 100,000, 0.5 % above; labour 10; a payment order a third, bankruptcy half of the acceptance fee (at most 300,000).
    nonproperty_fee(kind=Nonproperty.DIVORCE, amount=Decimal(300000)).total == 550.00. Raises FeeOutOfBounds.
    """
    amount = money.amount(amount)
    if kind is Nonproperty.LABOUR:
        return Reckoning.of([_no_amount("劳动争议案件受理费", rules, "FEE-NONPROP.LABOUR", None)])
    if kind in (Nonproperty.PAYMENT_ORDER, Nonproperty.BANKRUPTCY):
        return Reckoning.of([_fraction(kind, amount, rules)])
    least, most = Decimal(50), {Nonproperty.DIVORCE: 300, Nonproperty.PERSONALITY: 500}.get(kind, 100)
    flat = least if base is None else money.amount(base)
    if kind is Nonproperty.PERSONALITY:
        least, flat = Decimal(100), Decimal(100) if base is None else flat
    if not least <= flat <= most:
        raise FeeOutOfBounds(f"该类案件每件交纳{least}元至{most}元，不能为{flat}元")
    lines = [_line(NO_AMOUNT, "案件受理费", money.fen(flat), rules, "FEE-NONPROP", None)]
    steps = FREE_PART.get(kind, ())
    borders = [Decimal(step) for step, _ in steps[1:]] + [amount]
    for (start, rate), border in zip(steps, borders, strict=False):
        part = min(amount, border) - Decimal(start)
        if part > 0:
            fee = money.fen(part * Decimal(rate))
            lines.append(_line(STEP, "案件受理费", fee, rules, "FEE-NONPROP", None, base=part, rate=Decimal(rate)))
    return Reckoning.of(lines)


class FeeOutOfBounds(ValueError):
    """The court's own sum lies outside what the measures allow for this kind of case."""


def _fraction(kind: Nonproperty, amount: Decimal, rules: Rulebook) -> Line:
    whole = acceptance_fee(amount=amount, rules=rules).total
    if kind is Nonproperty.PAYMENT_ORDER:
        part = money.fen(whole / rules.count("FEE-NONPROP.PAYMENT-ORDER"))
    else:
        part = min(money.fen(whole / 2), money.fen(rules.figure("FEE-NONPROP.BANKRUPTCY-CAP")))
    template = "{label}：按受理费{base:,.2f}元的比例交纳{amount:,.2f}元"
    return _line(template, "申请费", part, rules, "FEE-NONPROP", None, base=whole)


def execution_fee_base(*, claimed: Decimal, recovered: Decimal, by_recovered: bool = True) -> Decimal:
    """The sum in yuan on which the execution fee is charged at the end: what was recovered, or what was claimed.

    The measures leave it open (FEE-EXE-BASE); most courts charge by what was recovered, and both figures are shown.
    execution_fee_base(claimed=Decimal(200), recovered=Decimal(50)) == 50.00.
    """
    return money.amount(recovered) if by_recovered else money.amount(claimed)


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
