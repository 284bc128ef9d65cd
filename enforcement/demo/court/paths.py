"""Stretches that many stories share: up to an effective judgment, up to the field team."""

from collections.abc import Sequence

from cases.services.parties import PartyInput
from enforcement.demo.court.acts import courtroom, execution
from enforcement.demo.court.telling import Script, Telling

GOODS, LOAN, BANK_LOAN = "买卖合同纠纷", "民间借贷纠纷", "金融借款合同纠纷"
TRAFFIC, WAGES, WORKS = "机动车交通事故责任纠纷", "追索劳动报酬纠纷", "建设工程施工合同纠纷"
HOLIDAYS = 14
"""Days between the end of performing and the filing, more than the longest holiday: acts move to the working day before."""
RENT, LABOUR, PROPERTY_FEES = "房屋租赁合同纠纷", "提供劳务者受害责任纠纷", "物业服务合同纠纷"


def effective(
    t: Telling,
    *,
    due: int,
    cause: str,
    amount: str,
    costs: str = "",
    by: Sequence[PartyInput] = (),
    against: Sequence[PartyInput] = (),
) -> Script:
    """A judgment whose period for performing ended ``due`` days ago (minus: ends in so many days)."""
    yield t.back(due + 120, 9, 10)
    courtroom.file(t, cause=cause, claimed=amount, by=by, against=against)
    yield t.back(due + 117, 10, 0)
    courtroom.begin(t)
    yield t.back(due + 38, 15, 30)
    courtroom.judge(t, amount, due=t.back_day(due), costs=costs)
    yield t.back(due + 18, 9, 40)
    courtroom.take_effect(t)


def filed(
    t: Telling,
    *,
    ago: int,
    cause: str,
    amount: str,
    costs: str = "",
    by: Sequence[PartyInput] = (),
    against: Sequence[PartyInput] = (),
    officer: str = "",
) -> Script:
    """An execution that was filed so many days ago."""
    yield from effective(t, due=ago + HOLIDAYS, cause=cause, amount=amount, costs=costs, by=by, against=against)
    yield t.back(ago, 9, 20)
    execution.file(t, officer=officer)


def in_the_field(
    t: Telling,
    *,
    ago: int,
    cause: str,
    amount: str,
    costs: str = "",
    balances: Sequence[str] | None = None,
    by: Sequence[PartyInput] = (),
    against: Sequence[PartyInput] = (),
    officer: str = "",
) -> Script:
    """An execution filed so many days ago, notified, served, inquired and handed to the field team five days later.

    ``balances`` fix the debtor's deposits; without a single one no registry finds anything.
    """
    yield from filed(t, ago=ago, cause=cause, amount=amount, costs=costs, by=by, against=against, officer=officer)
    if balances is not None:
        execution.owns_nothing(t, t.debtor)
        execution.holds(t, t.debtor, *balances)
    yield t.back(ago - 1, 10, 15)
    execution.notify(t)
    yield t.back(ago - 2, 9, 30)
    execution.inquire(t)
    yield t.back(ago - 3, 15, 0)
    execution.serve(t)
    yield t.back(ago - 5, 11, 0)
    execution.hand_over(t, officer=officer)
