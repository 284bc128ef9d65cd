"""Three creditors of one debtor: what he brought is divided by a plan, and one of them objects to another's claim."""

from cases.models import Case
from enforcement.demo.court.acts import courtroom, execution, money, sharing
from enforcement.demo.court.paths import LOAN
from enforcement.demo.court.telling import Script, Telling

CLAIMS = ("86000.00", "42000.00", "30000.00")


def plan_objected(t: Telling) -> Script:
    """Cash of yesterday, a plan of the same day, an objection of today: only the disputed part waits."""
    cases = list[Case]()
    yield from _three_cases(t, cases)
    t.case = cases[0]
    yield t.lately(hours=20)
    receipt = sharing.take_cash(t, "60000.00")
    yield t.lately(hours=19)
    plan = sharing.draw(t, receipt, cases[1:])
    yield t.lately(hours=18)
    sharing.approve(t)
    yield t.lately(hours=17)
    sharing.serve(t, plan.symbol)
    yield t.lately(hours=2)
    objector = cases[2].participations.get(role="CREDITOR").party.name
    objection = sharing.object_to(t, plan, cases[0], by=objector, amount="66000.00")
    yield t.lately(hours=1)
    sharing.serve(t, objection.symbol)


def _three_cases(t: Telling, cases: list[Case]) -> Script:
    """Three judgments against the same person, three executions with the same team."""
    debtor, civils = t.someone(), list[Case]()
    yield t.back(170, 9)
    for amount in CLAIMS:
        civils.append(courtroom.file(t, cause=LOAN, claimed=amount, by=[t.someone()], against=[debtor]))
    yield t.back(166, 10)
    for t.civil in civils:
        courtroom.begin(t)
    yield t.back(110, 15)
    for t.civil, amount in zip(civils, CLAIMS, strict=True):
        courtroom.judge(t, amount, due=t.back_day(45))
    yield t.back(92, 9)
    for t.civil in civils:
        courtroom.take_effect(t)
    yield t.back(30, 9)
    for t.civil in civils:
        cases.append(execution.file(t))
    yield t.back(29, 14)
    for t.case in cases:
        execution.notify(t)
    yield t.back(28, 9)
    execution.owns_nothing(t, t.debtor)
    for t.case in cases:
        execution.inquire(t)
    yield t.back(27, 10)
    for t.case in cases:
        execution.serve(t)
    yield t.back(25, 11)
    for t.case in cases:
        execution.hand_over(t)
        money.payee_account(t)
