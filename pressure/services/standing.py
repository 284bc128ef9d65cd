"""What every verb of pressure asks first: is the debt still there, and is this a debtor of the case?"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cases import facts, queries
from cases.kinds import EXECUTION_KINDS, OWING
from cases.models import Case, Participation, Party, Service
from cases.models.events import Event
from cases.queries import liable
from kernel import clock
from kernel.refusals import NotFound, Refusal
from law.rules import NATIONAL
from pressure.models import CreditWarning, Listing


class DebtDischarged(Refusal):
    """Nothing is owed any more: no pressure of any kind (P-01…, DIS-NOT-1)."""

    message = _("债务已全部清偿，不能再采取信用惩戒或强制措施。请办理解除与信用修复。")


class OwesNothing(Refusal):
    """A debtor who paid his share, or who answers only after the others, is not pressed for what others owe (民法典177)."""

    message = _(
        "%(name)s 现在没有应当履行的金额：份额已经付清，或者补充责任还没有启动。不能对其采取信用惩戒或强制措施。"
    )


class NotADebtor(Refusal):
    """Pressure is put on debtors of an open execution case only."""

    message = _("%(name)s 不是在办执行案件的被执行人。")


class InGrace(Refusal):
    """The court promised time: no penalty before the grace has run out or was ended with a reason (法发〔2019〕35号15)."""

    message = _("%(name)s的履行宽限期到%(day)s才届满，期内不采取信用惩戒。有转移财产等情形的，请先提前结束宽限期。")


def owed(case: Case, party: Party, at: datetime) -> Decimal:
    """What this debtor can be asked for on the day (yuan): the whole of a joint debt, his share of a several one."""
    return liable.owed_by(queries.debt(case.matter, clock.day_of(at)), party)


def require_debt(case: Case, party: Party, at: datetime) -> Decimal:
    """The sum that this debtor owes; raises DebtDischarged when nothing is owed at all, OwesNothing when he owes none of it."""
    statement = queries.debt(case.matter, clock.day_of(at))
    if statement.discharged:
        raise DebtDischarged()
    left = liable.owed_by(statement, party)
    if left <= 0:
        raise OwesNothing(name=party.name)
    return left


def debtor(case: Case, party_id: UUID) -> Party:
    """The debtor; raises NotFound for a stranger, NotADebtor for anybody else of the case."""
    row = Participation.objects.filter(case=case, party_id=party_id).select_related("party").first()
    if row is None:
        raise NotFound()
    if row.role not in OWING or case.kind not in EXECUTION_KINDS or not case.is_open:
        raise NotADebtor(name=row.party.name)
    return row.party


def running_grace(case: Case, party: Party, on: date) -> CreditWarning | None:
    """The grace in which the debtor is on a day."""
    return CreditWarning.objects.in_force(on).filter(case=case, party=party).order_by("-last_day").first()


def require_no_grace(case: Case, party: Party, at: datetime) -> None:
    """Raise InGrace while the debtor's time runs."""
    row = running_grace(case, party, clock.day_of(at))
    if row is not None and row.last_day is not None:
        raise InGrace(name=party.name, day=f"{row.last_day.month}月{row.last_day.day}日")


def is_minor(party: Party, on: date) -> bool:
    """Under eighteen on the day; an organisation never is."""
    if party.born_on is None:
        return False
    years = on.year - party.born_on.year - ((on.month, on.day) < (party.born_on.month, party.born_on.day))
    return years < NATIONAL.count("AGE-ADULT")


def notice_served_on(case: Case, party: Party) -> date | None:
    """The day on which the execution notice was served on the debtor."""
    rows = Service.objects.filter(
        case=case, party=party, document__kind="cases.execution_notice", served_on__isnull=False
    )
    return rows.order_by("served_on").values_list("served_on", flat=True).first()


def perform_by(case: Case) -> date | None:
    """The last day that the execution notice gave for performing."""
    event = Event.objects.filter(case=case, verb="cases.notified").order_by("-seq").first()
    return date.fromisoformat(event.facts["perform_by"]) if event and event.facts else None


@dataclass(frozen=True)
class Read:
    """What the law's questions need, already read: yuan owed, whether enough is held, the notice and its time."""

    owed: Decimal
    enough: bool
    served_on: date | None
    perform_by: date | None
    listed: bool


def read(case: Case, party: Party, at: datetime) -> Read:
    """Read it."""
    left = owed(case, party, at)
    return Read(
        owed=left,
        enough=facts.read(facts.HELD, case=case, at=at) >= left > 0,
        served_on=notice_served_on(case, party),
        perform_by=perform_by(case),
        listed=Listing.objects.unended().filter(case=case, party=party).exists(),
    )
