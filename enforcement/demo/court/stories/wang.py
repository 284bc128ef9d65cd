"""王某军 against 某环保科技公司 and 刘某: the one case that is told through, its sums adding up to the fen.

Owed today: 1,311,000.00 due 130 days ago, costs 8,299.50, execution fee 15,510.00, doubled interest 28,171.92 for 77, 50
and 3 days, less 200,000.00 and 36,500.00 paid: 1,126,481.42 yuan, growing by 192.20 a day.
"""

from cases.models import Party
from cases.services.parties import PartyInput
from enforcement.demo.court import identities
from enforcement.demo.court.acts import courtroom, execution, money, pressure
from enforcement.demo.court.paths import LABOUR
from enforcement.demo.court.people import XIXIAN
from enforcement.demo.court.telling import Script, Telling

LIU = 7001
"""The serial of 刘某, who is a debtor in two cases."""


def liu() -> PartyInput:
    """刘某, the same person in both cases."""
    return identities.person(LIU, XIXIAN.county, name="刘某")


def another_creditor(t: Telling) -> PartyInput:
    """Who else has a claim against 刘某."""
    return t.someone(name="孟某")


def story(t: Telling) -> Script:
    """From the suit to this morning."""
    yield from _judged(t)
    yield from _in_the_field(t)
    yield from _first_money(t)
    yield from _this_month(t)


def _liu(t: Telling) -> Party:
    return t.present.participations.select_related("party").get(party__name="刘某").party


def _judged(t: Telling) -> Script:
    yield t.back(356, 9, 10, exact=True)
    by, against = t.someone(name="王某军"), [t.company(name="某环保科技公司"), liu()]
    courtroom.file(t, cause=LABOUR, claimed="1311000.00", by=[by], against=against, risks=["转移资产"])
    execution.owns_nothing(t, t.debtor)
    execution.holds(t, _liu(t), "186200.00", tail="6217")
    yield t.back(355, 10, 0, exact=True)
    courtroom.apply(t, "1311000.00", against=_liu(t), urgent=True)
    yield t.back(354, 9, 0, exact=True)
    courtroom.rule(t)
    yield t.back(352, 10, 20, exact=True)
    execution.preserve(t, "1311000.00")
    yield t.back(350, 15, 0, exact=True)
    execution.serve(t)
    yield t.back(345, 9, 0, exact=True)
    courtroom.begin(t)
    yield t.back(165, 15, 0, exact=True)
    courtroom.judge(t, "1311000.00", due=t.back_day(130), costs="8299.50", text="被告连带赔偿原告各项损失1311000.00元")
    yield t.back(145, 9, 0, exact=True)
    courtroom.take_effect(t)


def _in_the_field(t: Telling) -> Script:
    yield t.back(125, 9, 5, exact=True)
    execution.file(t, officer="zhang")
    execution.take_over(t)
    money.payee_account(t)
    yield t.back(122, 10, 40, exact=True)
    execution.notify(t)
    yield t.back(121, 9, 0, exact=True)
    execution.inquire(t)
    yield t.back(119, 15, 30, exact=True)
    execution.serve(t)
    yield t.back(100, 9, 30, exact=True)
    execution.hand_over(t, officer="zhang")


def _first_money(t: Telling) -> Script:
    yield t.back(53, 14, 5, exact=True)
    money.pay(t, "200000.00", payer=_liu(t))
    yield t.back(53, 16, 30, exact=True)
    money.confirm(t)
    yield t.back(52, 10, 10, exact=True)
    money.approve(t)
    yield t.back(51, 11, 20, exact=True)
    money.send(t)


def _this_month(t: Telling) -> Script:
    yield t.back(28, 15, 10, exact=True)
    pressure.warn(t, party=_liu(t))
    yield t.back(28, 16, 0, exact=True)
    execution.serve(t)
    yield t.back(10, 9, 31, exact=True)
    execution.contact(t, "电话联系刘某：接通，答应周末前付 30,000 元。")
    yield t.back(7, 10, 20, exact=True)
    execution.object_to(t, t.someone(name="郝某"))
    yield t.back(3, 22, 40, exact=True)
    money.pay(t, "36500.00", payer=_liu(t), remark="鼓楼路商铺租金")
    yield t.back(2, 9, 10, exact=True)
    money.confirm(t)
    yield t.back(1, 16, 5, exact=True)
    execution.note(t, "到鼓楼路商铺核查：现由郝某承租经营，月租 3,200 元；刘某报告财产时未列这笔租金。")
    yield t.back(1, 17, 10, exact=True)
    money.number(t)
    execution.ask_levy(t, "186200.00")
