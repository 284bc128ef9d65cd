"""Do the bank's own figures agree with its lines? What does not is shown to the clerk, and nothing is refused for it."""

from collections.abc import Iterable
from decimal import Decimal

from funds.statements.model import StatementLine, StatementWarning
from funds.statements.refusing import marked as _

Checked = tuple[tuple[StatementWarning, ...], Decimal | None, Decimal | None]


def warnings_of(
    lines: tuple[StatementLine, ...],
    *,
    opening: Decimal | None,
    closing: Decimal | None,
    declared: Iterable[tuple[Decimal | None, Decimal | None]] = (),
    whole: bool = True,
) -> Checked:
    """The disagreements, with the opening and closing balance, which the running balances give when nobody states them."""
    moving = _once(lines)
    found: list[StatementWarning] = []
    first, last, broken = _ends(moving)
    if broken and whole:
        found.append(StatementWarning("CHAIN", _("逐笔余额不连续，流水可能缺行")))
    opening, closing = first if opening is None else opening, last if closing is None else closing
    if whole and opening is not None and closing is not None:
        reached = opening + sum((line.signed for line in moving), Decimal(0))
        if reached != closing:
            text = _("期初余额加减各笔得 {reached}，与期末余额 {closing} 不符").format(reached=reached, closing=closing)
            found.append(StatementWarning("BALANCE", text))
    found.extend(_footers(moving, declared) if whole else ())
    return tuple(found), opening, closing


def _once(lines: Iterable[StatementLine]) -> list[StatementLine]:
    """Without the repeats of one and the same booking."""
    seen = set()
    found = []
    for line in lines:
        key = (line.bank_reference, line.amount, line.direction, line.occurrence)
        if line.bank_reference is None or key not in seen:
            found.append(line)
        seen.add(key)
    return found


def _ends(lines: list[StatementLine]) -> tuple[Decimal | None, Decimal | None, bool]:
    """Opening and closing balance by the running balances, oldest or newest first; whether these do not run."""
    if not lines or any(line.balance is None for line in lines):
        return None, None, False
    for ordered in (lines, lines[::-1]):
        balances = [line.balance or Decimal(0) for line in ordered]
        if all(
            now - before == line.signed for now, before, line in zip(balances[1:], balances, ordered[1:], strict=False)
        ):
            return balances[0] - ordered[0].signed, balances[-1], False
    return None, None, True


def _footers(
    lines: list[StatementLine], declared: Iterable[tuple[Decimal | None, Decimal | None]]
) -> Iterable[StatementWarning]:
    received = sum((line.amount for line in lines if line.direction == "IN"), Decimal(0))
    paid = sum((line.amount for line in lines if line.direction == "OUT"), Decimal(0))
    stated = [pair for pair in declared if pair != (None, None)]
    for income, expense in stated[-1:]:
        # Banks count a reversal as a negative amount of its own column, so only the difference is sure to agree.
        both = income is not None and expense is not None
        agrees = (
            (income or 0) - (expense or 0) == received - paid
            if both
            else (income, expense) in ((received, None), (None, paid))
        )
        if not agrees:
            text = _("银行合计为收入 {income}、支出 {expense}，各笔相加为收入 {received}、支出 {paid}").format(
                income=income, expense=expense, received=received, paid=paid
            )
            yield StatementWarning("FOOTER", text)
