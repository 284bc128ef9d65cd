"""What the further disputes are like: ordinary ones, each ending somewhere along its spine."""

from decimal import Decimal

from enforcement.demo.court import paths
from enforcement.demo.court.acts import courtroom, execution, pressure
from enforcement.demo.court.telling import Script, Telling

CAUSES = (
    paths.GOODS, paths.GOODS, paths.LOAN, paths.LOAN, paths.LOAN, paths.BANK_LOAN, paths.TRAFFIC, paths.WAGES,
    paths.WORKS, paths.RENT, paths.LABOUR, paths.PROPERTY_FEES,
)  # fmt: skip


def _amount(t: Telling) -> str:
    yuan = int(t.random.lognormvariate(10.8, 1.0))
    return str(Decimal(max(1200, yuan)).quantize(Decimal("0.01")))


def _cause(t: Telling) -> str:
    return t.random.choice(CAUSES)


def _team(t: Telling) -> str:
    """One of the field teams that the court has."""
    return t.random.choice([name for name, crew in execution.CREWS.items() if crew.executor in t.staff.posts])


def _file(t: Telling, ago: int) -> Script:
    yield t.back(ago, t.random.randrange(9, 12), t.random.randrange(60))
    claimants, debtors = [t.someone()], [t.someone() if t.random.random() < 0.6 else t.company()]
    courtroom.file(t, cause=_cause(t), claimed=_amount(t), by=claimants, against=debtors)


def filed(t: Telling) -> Script:
    """Filed in the last days."""
    yield from _file(t, t.random.randrange(1, 4))


def in_trial(t: Telling) -> Script:
    """Before its judge."""
    ago = t.random.randrange(6, 150)
    yield from _file(t, ago)
    yield t.back(ago - 2, 10)
    courtroom.begin(t)


def judged(t: Telling) -> Script:
    """Judged, the day of effect not recorded."""
    ago = t.random.randrange(60, 160)
    yield from _file(t, ago)
    yield t.back(ago - 2, 10)
    courtroom.begin(t)
    yield t.back(t.random.randrange(3, 24), 15)
    courtroom.judge(t, str(t.civil.claimed), due=t.day(45))


def mediated(t: Telling) -> Script:
    """Mediated."""
    ago = t.random.randrange(30, 300)
    yield from _file(t, ago)
    yield t.back(ago - 2, 10)
    courtroom.begin(t)
    yield t.back(ago - 20, 15)
    courtroom.mediate(t, str(t.civil.claimed), due=t.day(t.random.randrange(60, 200)))


def withdrawn(t: Telling) -> Script:
    """Withdrawn."""
    ago = t.random.randrange(40, 300)
    yield from _file(t, ago)
    yield t.back(ago - 2, 10)
    courtroom.begin(t)
    yield t.back(ago - 25, 15)
    courtroom.withdraw(t)


def effective(t: Telling) -> Script:
    """In effect; the days for performing run or have run out."""
    yield from paths.effective(t, due=t.random.randrange(-16, 40), cause=_cause(t), amount=_amount(t), by=[t.someone()])


def notified(t: Telling) -> Script:
    """In execution since some days."""
    ago = t.random.randrange(2, 10)
    yield from paths.filed(t, ago=ago, cause=_cause(t), amount=_amount(t), by=[t.someone()])
    yield t.back(ago - 1, 14)
    execution.notify(t)


def in_the_field(t: Telling) -> Script:
    """With a field team."""
    t.team = _team(t)
    yield from paths.in_the_field(
        t, ago=t.random.randrange(12, 170), cause=_cause(t), amount=_amount(t), by=[t.someone()], against=[t.someone()]
    )


def warned(t: Telling) -> Script:
    """Warned, with grace that runs or ran out."""
    t.team = _team(t)
    ago = t.random.randrange(20, 110)
    yield from paths.in_the_field(t, ago=ago, cause=_cause(t), amount=_amount(t), by=[t.someone()])
    yield t.back(max(2, ago - 13), 9)
    pressure.warn(t)


def pays(t: Telling) -> Script:
    """A debtor who pays a part of it today."""
    yield from in_the_field(t)
    part = t.random.choice(("0.2", "0.35", "0.5"))
    t.pays_now = str((t.case.claimed * Decimal(part)).quantize(Decimal("1.00")))


def pays_all(t: Telling) -> Script:
    """A debtor who pays everything today."""
    yield from in_the_field(t)
    t.pays_now = t.owed(t.now)


def round_ended(t: Telling) -> Script:
    """Nothing found, the round ended."""
    t.team = _team(t)
    ago = t.random.randrange(140, 260)
    by, against = [t.someone()], [t.someone()]
    yield from paths.in_the_field(t, ago=ago, cause=_cause(t), amount=_amount(t), balances=[], by=by, against=against)
    yield t.back(ago - 40, 9)
    pressure.ask_limit(t)
    yield t.back(ago - 41, 16)
    pressure.limit(t)
    yield t.back(ago - 105, 9)
    execution.propose_closing(t, "ROUND_ENDED", "穷尽财产调查，未发现可供执行财产，申请执行人同意")
    yield t.back(ago - 107, 11)
    execution.close(t, "song")


SCRIPTS = (
    filed, in_trial, judged, mediated, withdrawn, effective, notified, in_the_field, warned, pays, pays_all, round_ended,
)  # fmt: skip
WEIGHTS = (14, 60, 20, 45, 20, 40, 24, 58, 25, 18, 20, 16)
