"""Disputes before the court of first instance and preserved ones, each in one state."""

from cases.models.cases import ClueKind
from cases.services.filing import ClueInput
from enforcement.demo.court.acts import courtroom, execution
from enforcement.demo.court.paths import BANK_LOAN, GOODS, LOAN, PROPERTY_FEES, RENT, TRAFFIC, WAGES, effective
from enforcement.demo.court.telling import Script, Telling


def civil_filed(t: Telling) -> Script:
    """Filed this morning, not yet sent to a judge."""
    yield t.lately(hours=2)
    courtroom.file(t, cause=RENT, claimed="36000.00")


def civil_filed_late(t: Telling) -> Script:
    """Filed last week with a risk and a clue; sending it to a judge is overdue."""
    yield t.back(7, 14, 20)
    clue = ClueInput(kind=ClueKind.DEPOSIT, description="在农村信用社隰县城关分社有存款，账号尾号 0831")
    courtroom.file(t, cause=GOODS, claimed="248600.00", clues=[clue], risks=["转移资产"])


def civil_in_trial(t: Telling) -> Script:
    """With its judge."""
    yield t.back(46, 9, 30)
    courtroom.file(t, cause=LOAN, claimed="85000.00", against=[t.someone()])
    yield t.back(44, 10, 0)
    courtroom.begin(t)


def civil_judged(t: Telling) -> Script:
    """Judged; the day of effect is to be recorded."""
    yield t.back(110, 9, 30)
    courtroom.file(t, cause=TRAFFIC, claimed="132800.00", against=[t.someone()])
    yield t.back(108, 10, 0)
    courtroom.begin(t)
    yield t.back(19, 16, 0)
    courtroom.judge(t, "118450.00", due=t.day(40), costs="1450.00")


def civil_effective(t: Telling) -> Script:
    """In effect, the debtor still has eight days."""
    yield from effective(t, due=-8, cause=WAGES, amount="27600.00")


def civil_withdrawn(t: Telling) -> Script:
    """The plaintiff withdrew."""
    yield t.back(65, 9, 30)
    courtroom.file(t, cause=PROPERTY_FEES, claimed="4860.00")
    yield t.back(63, 9, 0)
    courtroom.begin(t)
    yield t.back(40, 9, 0)
    courtroom.withdraw(t)


def _sued(t: Telling, ago: int, claimed: str, cause: str = GOODS) -> Script:
    yield t.back(ago, 9, 30)
    courtroom.file(t, cause=cause, claimed=claimed, by=[t.company()], against=[t.company()])
    yield t.back(ago - 1, 9, 0)
    courtroom.begin(t)


def preservation_applied(t: Telling) -> Script:
    """Urgent preservation asked; the judge has what is left of forty-eight hours."""
    yield from _sued(t, 8, "320000.00")
    yield t.lately(hours=29)
    courtroom.apply(t, "320000.00", urgent=True)


def preservation_ruled(t: Telling) -> Script:
    """Ruled; the quick team is to carry it out."""
    yield from _sued(t, 9, "96000.00")
    yield t.back(4, 10, 0)
    courtroom.apply(t, "96000.00")
    yield t.back(2, 15, 0)
    courtroom.rule(t)


def _preserved(t: Telling, ago: int, claimed: str, *balances: str) -> Script:
    yield from _sued(t, ago + 6, claimed)
    execution.holds(t, t.debtor, *balances)
    yield t.back(ago + 4, 10, 0)
    courtroom.apply(t, claimed)
    yield t.back(ago + 2, 15, 0)
    courtroom.rule(t)
    yield t.back(ago, 9, 40)
    execution.preserve(t, claimed)
    yield t.back(ago - 2, 10, 0)
    execution.serve(t)


def preservation_full(t: Telling) -> Script:
    """Everything asked for is frozen."""
    yield from _preserved(t, 60, "150000.00", "163204.55")


def preservation_partly(t: Telling) -> Script:
    """A part is frozen."""
    yield from _preserved(t, 33, "410000.00", "88310.20", "12040.00")


def preservation_nothing(t: Telling) -> Script:
    """Nothing to freeze."""
    yield from _preserved(t, 21, "58000.00")


def credit_union(t: Telling) -> Script:
    """某信用社: risk seen at filing, preserved, settled, lifted (the story of 隰县)."""
    yield t.back(38, 9, 0)
    by, against = t.company(name="隰县某农村信用社"), t.company()
    clue = ClueInput(kind=ClueKind.DEPOSIT, description="被告公司基本户，开户行在隰县，近日有大额转出")
    courtroom.file(
        t, cause=BANK_LOAN, claimed="200000.00", by=[by], against=[against], clues=[clue], risks=["转移资产"]
    )
    execution.holds(t, t.debtor, "120000.00")
    courtroom.begin(t)
    yield t.back(38, 10, 0)
    courtroom.apply(t, "200000.00", urgent=True, bank=True)
    yield t.back(38, 15, 0)
    courtroom.rule(t)
    yield t.back(38, 15, 12)
    execution.preserve(t, "200000.00")
    yield t.back(36, 10, 0)
    execution.serve(t)
    yield t.back(24, 10, 30)
    courtroom.mediate(t, "120000.00", due=t.day(180), text="被告已当场偿还贷款80000.00元，余款120000.00元分六个月付清")
    yield t.back(22, 9, 0)
    execution.release(t, "双方已达成调解并当场偿还部分贷款，申请人同意解除", asks="su", judge="kuai")
    yield t.back(20, 9, 30)
    execution.serve(t)


def pre_suit(t: Telling) -> Script:
    """Preserved before the suit; six days are left to sue."""
    yield t.back(26, 9, 0)
    by, against = t.company(), t.someone()
    courtroom.apply_before_suit(
        t, cause=LOAN, amount="76000.00", by=by, against=against, clue="在中国建设银行隰县支行有存款，账号尾号 3306"
    )
    yield t.back(26, 16, 0)
    execution.holds(t, t.kept.against, "76580.00")
    courtroom.rule(t)
    yield t.back(25, 9, 30)
    execution.preserve(t, "76000.00")
    yield t.back(24, 15, 0)
    execution.serve(t)
