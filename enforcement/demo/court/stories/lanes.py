"""Disputes in execution, up to the field team and its freezes, each in one state."""

from enforcement.demo.court.acts import execution, money
from enforcement.demo.court.paths import GOODS, LOAN, RENT, TRAFFIC, WAGES, WORKS, effective, filed, in_the_field
from enforcement.demo.court.stories import vault, wang
from enforcement.demo.court.telling import Script, Telling


def execution_filed(t: Telling) -> Script:
    """Filed this morning; nobody has it yet."""
    yield from effective(t, due=20, cause=WAGES, amount="18400.00")
    yield t.lately(hours=3)
    execution.file_unassigned(t)


def execution_notified(t: Telling) -> Script:
    """Notified yesterday, not served, not inquired."""
    yield from filed(t, ago=3, cause=GOODS, amount="46200.00")
    yield t.lately(hours=26)
    execution.notify(t)


def inquired_nothing(t: Telling) -> Script:
    """The registries found nothing; handing it to a field team is overdue."""
    yield from filed(t, ago=14, cause=LOAN, amount="63500.00", against=[t.someone()])
    execution.owns_nothing(t, t.debtor)
    yield t.back(12, 9, 0)
    execution.notify(t)
    yield t.back(11, 9, 0)
    execution.inquire(t)
    yield t.back(10, 9, 0)
    execution.serve(t)


def inquired_with_findings(t: Telling) -> Script:
    """The registries found deposits."""
    yield from filed(t, ago=6, cause=RENT, amount="52000.00")
    execution.holds(t, t.debtor, "41873.60", "1250.00")
    yield t.back(4, 9, 0)
    execution.notify(t)
    yield t.back(3, 9, 0)
    execution.inquire(t)
    yield t.back(2, 9, 0)
    execution.serve(t)


def money_unmatched(t: Telling) -> Script:
    """Another case of 刘某; money came without a reference, and the executor says that it belongs here. Older money that
    nobody owns stands in a public notice."""
    by, against = wang.another_creditor(t), wang.liu()
    yield from in_the_field(t, ago=140, cause=LOAN, amount="42000.00", by=[by], against=[against])
    money.payee_account(t)
    yield t.back(46, 10, 5)
    money.pay_unnamed(t, "1260.00", "武某平", "货款")
    yield t.back(46, 14, 30)
    money.pay_unnamed(t, "18000.00", "刘某", "还款")
    yield t.back(44, 9, 15)
    money.ask_claim(t, "付款人是被执行人本人，来电核实")
    yield t.back(44, 16, 0)
    money.confirm_claim(t)
    yield from vault.paid_out(t, 43)
    yield t.back(32, 9, 50)
    money.ask_notice(t)
    yield t.back(31, 15, 20)
    money.publish_notice(t)
    yield t.back(4, 13, 20)
    money.pay_unnamed(t, "5000.00", "刘某华", "还款")
    yield t.lately(hours=19)
    money.ask_claim(t, "付款人是被执行人刘某的妹妹，电话核实为代刘某还款")


def freeze_asked(t: Telling) -> Script:
    """A freeze waits for the judge."""
    yield from in_the_field(
        t, ago=25, cause=WORKS, amount="186000.00", balances=["94020.18", "3300.00"], officer="zhang"
    )
    yield t.lately(hours=7)
    execution.ask_freeze(t, "97320.18")


def frozen(t: Telling) -> Script:
    """Frozen in execution."""
    t.team = "TWO"
    yield from in_the_field(t, ago=70, cause=GOODS, amount="74800.00", balances=["31206.44"])
    yield t.back(60, 9, 30)
    execution.ask_freeze(t, "74800.00")
    yield t.back(59, 16, 0)
    execution.freeze(t)
    yield t.back(57, 9, 0)
    execution.serve(t)


def freeze_expiring(t: Telling) -> Script:
    """A freeze runs out in nine days; the renewal is to be asked."""
    yield from in_the_field(t, ago=368, cause=LOAN, amount="230000.00", balances=["57000.00"])
    yield t.back(358, 9, 30)
    execution.ask_freeze(t, "230000.00")
    yield t.back(356, 10, 0, exact=True)
    execution.freeze(t)
    yield t.back(353, 10, 0)
    execution.serve(t)


def levied(t: Telling) -> Script:
    """Deposits were levied and paid out; the rest is owed."""
    t.team = "TWO"
    yield from in_the_field(t, ago=95, cause=TRAFFIC, amount="88000.00", balances=["36420.75"], by=[t.someone()])
    money.payee_account(t)
    yield t.back(84, 9, 30)
    execution.ask_freeze(t, "88000.00")
    yield t.back(83, 15, 0)
    execution.freeze(t)
    yield t.back(75, 9, 0)
    money.number(t)
    execution.ask_levy(t, "36420.75")
    yield t.back(74, 9, 20)
    execution.levy(t)
    execution.serve(t)
    yield from vault.paid_out(t, 73)
