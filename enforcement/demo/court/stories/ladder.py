"""Disputes on the ladder and at the end of a round, each in one state."""

from enforcement.demo.court.acts import execution, money, pressure
from enforcement.demo.court.paths import GOODS, LOAN, RENT, TRAFFIC, WAGES, WORKS, in_the_field
from enforcement.demo.court.telling import Script, Telling


def grace_running(t: Telling) -> Script:
    """Warned; nineteen of thirty days of grace are left."""
    yield from in_the_field(t, ago=55, cause=GOODS, amount="132000.00", balances=[])
    yield t.back(30, 14, 0)
    execution.contact(t, "电话联系被执行人法定代表人：接通，称货款未收回，请求宽限。")
    yield t.back(11, 9, 0)
    pressure.warn(t)
    yield t.back(10, 10, 0)
    execution.serve(t)


def grace_past(t: Telling) -> Script:
    """The grace is over since two days; the next step is to be decided."""
    debtor = t.someone()
    yield from in_the_field(t, ago=80, cause=LOAN, amount="54000.00", balances=[], against=[debtor])
    yield t.back(32, 9, 0, exact=True)
    pressure.warn(t)
    yield t.back(31, 15, 0)
    execution.serve(t)
    yield t.back(12, 15, 0)
    execution.contact(t, "电话联系被执行人：接通后挂断。")


def limit_asked(t: Telling) -> Script:
    """A limit of consumption waits for the president."""
    t.team = "TWO"
    yield from in_the_field(t, ago=66, cause=LOAN, amount="47500.00", balances=[], against=[t.someone()])
    yield t.lately(hours=22)
    pressure.ask_limit(t)


def limited(t: Telling) -> Script:
    """Limited."""
    yield from in_the_field(t, ago=72, cause=GOODS, amount="69300.00", balances=["620.10"])
    yield t.back(50, 9, 0)
    pressure.ask_limit(t)
    yield t.back(49, 16, 0)
    pressure.limit(t)
    yield t.back(47, 10, 0)
    execution.serve(t)


def listed_in_grace(t: Telling) -> Script:
    """Listed, not yet published: a month of grace runs."""
    yield from in_the_field(t, ago=90, cause=WORKS, amount="275000.00", balances=["2100.00"], officer="zhang")
    yield t.back(22, 9, 0)
    pressure.ask_listing(t)
    yield t.back(20, 16, 0)
    pressure.enlist(t)
    yield t.back(18, 10, 0)
    execution.serve(t)


def published(t: Telling) -> Script:
    """Listed and published."""
    yield from in_the_field(t, ago=120, cause=GOODS, amount="118000.00", balances=[], against=[t.someone()])
    yield t.back(88, 9, 0)
    pressure.ask_listing(t, ground=4, evidence="经送达报告财产令，逾期未报告，传唤未到")
    yield t.back(86, 16, 0)
    pressure.enlist(t)
    yield t.back(84, 10, 0)
    execution.serve(t)
    yield t.back(48, 9, 0)
    pressure.publish(t)


def fined(t: Telling) -> Script:
    """Fined for hiding a rent; the fine is open."""
    t.team = "TWO"
    yield from in_the_field(t, ago=62, cause=RENT, amount="81000.00", balances=["900.00"], against=[t.someone()])
    yield t.back(13, 9, 0)
    execution.note(t, "到被执行人沿街房核查：由他人承租，年租金 12,000 元，财产报告中没有列明。")
    yield t.back(12, 10, 0)
    pressure.ask_fine(t, "3000.00", "虚假报告财产，隐瞒租金收入")
    yield t.back(9, 15, 0)
    pressure.fine(t)
    yield t.back(7, 10, 0)
    execution.serve(t)


def detained(t: Telling) -> Script:
    """In detention since four days."""
    yield from in_the_field(t, ago=77, cause=WAGES, amount="39400.00", balances=[], against=[t.someone()])
    yield t.back(6, 9, 0)
    pressure.ask_detention(t, 15, "收到传票无正当理由拒不到庭，撕毁封条")
    yield t.lately(hours=98)
    pressure.detain(t)
    yield t.lately(hours=92)
    pressure.tell_family(t)


def repair_due(t: Telling) -> Script:
    """Published, then everything was paid: the listing must go in three working days, the limit with it."""
    by, against = t.someone(), t.someone()
    yield from in_the_field(t, ago=130, cause=LOAN, amount="31000.00", balances=[], by=[by], against=[against])
    money.payee_account(t)
    yield t.back(92, 9, 0)
    pressure.ask_listing(t)
    yield t.back(91, 16, 0)
    pressure.enlist(t)
    yield t.back(89, 10, 0)
    execution.serve(t)
    yield t.back(55, 9, 0)
    pressure.publish(t)
    yield t.lately(hours=49)
    money.pay(t, t.owed())
    yield t.lately(hours=47)
    money.confirm(t)
    yield t.lately(hours=44)
    money.approve(t)
    yield t.lately(hours=25)
    money.send(t)


def round_ready(t: Telling) -> Script:
    """Nothing found in three months: the round may be ended."""
    t.team = "TWO"
    yield from in_the_field(t, ago=112, cause=LOAN, amount="35200.00", balances=[], against=[t.someone()])
    yield t.back(75, 9, 0)
    pressure.ask_limit(t)
    yield t.back(74, 16, 0)
    pressure.limit(t)
    yield t.back(73, 10, 0)
    execution.serve(t)
    yield t.back(20, 10, 0)
    execution.note(t, "到被执行人住所走访：无车辆、无经营，居住房为租赁；村委证明其以零工为生。")


def round_ended(t: Telling) -> Script:
    """The round is ended."""
    yield from in_the_field(t, ago=150, cause=TRAFFIC, amount="260000.00", balances=[], against=[t.someone()])
    yield t.back(120, 9, 0)
    pressure.ask_limit(t)
    yield t.back(119, 16, 0)
    pressure.limit(t)
    yield t.back(117, 10, 0)
    execution.serve(t)
    yield t.back(45, 9, 0)
    execution.propose_closing(t, "ROUND_ENDED", "穷尽财产调查，未发现可供执行财产，申请执行人同意")
    yield t.back(43, 11, 0)
    execution.close(t, "song")
