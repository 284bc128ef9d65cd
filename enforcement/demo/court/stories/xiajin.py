"""Two stories of 夏津: 王某军 is paid ten days after he asked for execution; 靳某 pays when he has been detained."""

from datetime import date

from enforcement.demo.court.acts import courtroom, execution, money, pressure
from enforcement.demo.court.paths import GOODS, LABOUR, in_the_field
from enforcement.demo.court.telling import Script, Telling

DUE = date(2019, 10, 31)
PAID = "1343497.70"


def wang_is_paid(t: Telling) -> Script:
    """1,311,000.00 due on 31 October 2019; asked on 3 January 2020; 1,343,497.70 paid on 13 January."""
    yield t.on(date(2019, 6, 3))
    against = [t.company(name="山东某环保公司"), t.company(name="湖南某环保实业公司")]
    courtroom.file(t, cause=LABOUR, claimed="1311000.00", by=[t.someone(name="王某军")], against=against)
    yield t.on(date(2019, 6, 5))
    courtroom.begin(t)
    yield t.on(date(2019, 9, 2), 10)
    courtroom.judge(t, "1311000.00", due=DUE, costs="10.25")
    yield t.on(date(2019, 10, 8))
    courtroom.take_effect(t)
    yield t.on(date(2020, 1, 3))
    execution.file(t)
    for row in t.case.participations.filter(role="DEBTOR").select_related("party"):
        execution.owns_nothing(t, row.party)
    yield t.on(date(2020, 1, 3), 10)
    execution.notify(t, days=7)
    yield t.on(date(2020, 1, 3), 11)
    execution.inquire(t)
    yield t.on(date(2020, 1, 4), 15)
    execution.serve(t)
    yield t.on(date(2020, 1, 6), 9)
    execution.hand_over(t)
    money.payee_account(t)
    yield from _pressed(t)
    yield from _paid(t)


def _pressed(t: Telling) -> Script:
    conduct = "有能力履行而拒不履行，经传唤拒绝报告财产"
    yield t.on(date(2020, 1, 8), 10)
    pressure.ask_fine(t, "50000.00", conduct)
    pressure.ask_detention(t, 15, conduct, person="某环保公司负责人")
    yield t.on(date(2020, 1, 8), 17)
    pressure.fine(t)
    yield t.on(date(2020, 1, 9), 9)
    pressure.detain(t)
    yield t.on(date(2020, 1, 9), 11)
    pressure.tell_family(t)
    execution.serve(t)


def _paid(t: Telling) -> Script:
    yield t.on(date(2020, 1, 13), 9, 20)
    money.pay(t, PAID)
    yield t.on(date(2020, 1, 13), 10, 30)
    pressure.release(t, "被执行人已全部履行")
    money.confirm(t)
    yield t.on(date(2020, 1, 13), 14)
    money.approve(t)
    yield t.on(date(2020, 1, 13), 15)
    money.send(t)
    yield t.on(date(2020, 1, 14), 9)
    pressure.conclude_fine(t)
    execution.propose_closing(t, "PERFORMED", "债务全部清偿，案款已发放")
    yield t.on(date(2020, 1, 15), 9)
    execution.close(t)


def jin_pays(t: Telling) -> Script:
    """靳某 owes 孙某 142,000.00, tears a record, is fined and detained, and pays; the case is closed."""
    by, against = t.someone(name="孙某"), t.someone(name="靳某")
    yield from in_the_field(t, ago=64, cause=GOODS, amount="142000.00", balances=[], by=[by], against=[against])
    money.payee_account(t)
    yield t.back(46, 10, 0)
    execution.note(t, "网格长协助排查：靳某名下有一家具商铺，由其内弟秦某租赁。")
    yield t.back(44, 15, 0)
    pressure.ask_fine(t, "5000.00", "拒不配合执行，当场撕毁调查笔录")
    pressure.ask_detention(t, 15, "拒不配合执行，当场撕毁调查笔录")
    yield t.back(44, 16, 0)
    pressure.fine(t)
    pressure.detain(t)
    yield t.back(44, 18, 0)
    pressure.tell_family(t)
    execution.serve(t)
    yield t.back(41, 9, 30)
    money.pay(t, t.owed())
    yield t.back(41, 11, 0)
    pressure.release(t, "被执行人已全部履行，承认错误")
    money.confirm(t)
    yield t.back(40, 9, 0)
    money.approve(t)
    yield t.back(40, 15, 0)
    money.send(t)
    yield t.back(36, 9, 0)
    pressure.conclude_fine(t)
    execution.propose_closing(t, "PERFORMED", "债务全部清偿，案款已发放")
    yield t.back(35, 10, 0)
    execution.close(t)
