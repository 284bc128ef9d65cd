"""Closing a month: finance draws the books up, the executing side confirms, and no value date of the month is taken any more.

Work without a case hangs on an administrative one (执他), one for a court: every month has its row, its duty there and its
paper (FUND-LEDGER, 法发〔2017〕6号第3条). A line that the bank sends after the closing is booked on the first open day;
the receipt keeps the bank's own day.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court
from accounts.roles import Action
from cases import access, locks, queries
from cases.kinds import CaseKind
from cases.models import Case, Decision, Matter
from cases.services import deciding, filing, issuing, recording
from funds import ledger, months
from funds import locks as fund_locks
from funds.kinds import AccountKind
from funds.kinds.apart import MonthState
from funds.models import Account, MainAccount, MonthClosing, PayoutHalt, Transfer
from kernel import clock
from kernel.refusals import Condition, NotFound, Refusal
from law import funds as law_funds

KIND = "funds.month"
PAPER = "funds.month_sheet"
CAUSE = "案款月度对账"
MOST_DAYS = 10


class MonthNotOver(Refusal):
    """A month is closed when it is over."""

    message = _("%(month)s还没有结束，月末之后才能月结。")


class MonthNotOpen(Refusal):
    """The month waits for approval, or is closed."""

    message = _("这个月现在“%(state)s”，不能再提请月结。")


class NotReadyToClose(Refusal):
    """Something of the month is open."""

    message = _("%(month)s还不能月结，请先办理下列事项。")


class FiguresMoved(Refusal):
    """The books changed after they were drawn up."""

    message = _("提请月结之后账目有变动，请退回后重新提请。")


@dataclass(frozen=True)
class MonthFacts:
    """Facts of funds.month_opened, funds.month_prepared and funds.month_closed: the month, the last day to close it."""

    month: str
    close_by: date


@dataclass(frozen=True)
class MonthFigures:
    """Facts of funds.month_closed: the bank's figure at the end (yuan), receipts and payouts of the month."""

    month: str
    bank: Decimal
    receipts: int
    payouts: int


def sweep(*, court: Court, at: datetime) -> int:
    """Open the rows of the months that began since the last time, each with its duty; how many."""
    missing = _missing(court, clock.day_of(at))
    if not missing:
        return 0
    actor = Actor.system(court, "clock")
    with transaction.atomic():
        case = carrying(court, actor, at)
        for month in missing:
            _open(case, month, actor, at)
    return len(missing)


def _missing(court: Court, today: date) -> list[date]:
    """From the month before this one, or from the first with money, to this one, without those that have a row."""
    this = today.replace(day=1)
    last = MonthClosing.objects.filter(court=court).order_by("-month").values_list("month", flat=True).first()
    first_moved = Transfer.objects.filter(court=court).order_by("value_on").values_list("value_on", flat=True).first()
    if first_moved is None:
        return []
    before = (this - timedelta(days=1)).replace(day=1)
    month = months.next_month(last) if last else max(first_moved.replace(day=1), before)
    found = []
    while month <= this:
        found.append(month)
        month = months.next_month(month)
    return found


def carrying(court: Court, actor: Actor, at: datetime) -> Case:
    """The court's administrative case for its monthly books, opened when it is missing, and locked."""
    MainAccount.objects.select_for_update(no_key=True).filter(court=court).first()  # one opener at a time
    rows = Case.objects.open().filter(court=court, kind=CaseKind.OTHER_EXECUTION, cause=CAUSE)
    known = rows.values_list("pk", flat=True).first()
    if known:
        return locks.lock(known)
    matter = Matter.objects.create(court=court, cause=CAUSE, opened_on=clock.day_of(at))
    return filing.open_case(matter=matter, kind=CaseKind.OTHER_EXECUTION, sides={}, actor=actor, at=at)


def _open(case: Case, month: date, actor: Actor, at: datetime) -> None:
    end = months.last_day(month)
    row, made = MonthClosing.objects.get_or_create(
        court_id=case.court_id,
        month=month,
        defaults={
            "case": case,
            "close_by": law_funds.close_month_by(month_end=end, rules=queries.rulebook(case.court, end)),
        },
    )
    if made:
        facts = MonthFacts(month=label(month), close_by=row.close_by)
        recording.record(case=case, verb="funds.month_opened", actor=actor, at=at, subject=row.symbol, facts=facts)


@transaction.atomic
def prepare(*, closing_id: UUID, why: str, actor: Actor, at: datetime) -> MonthClosing:
    """Draw up the month and ask the executing side. Raises MonthNotOver, MonthNotOpen, NotReadyToClose, NotFound."""
    row, case = _locked(actor, closing_id, Action.RECONCILE)
    if clock.day_of(at) <= months.last_day(row.month):
        raise MonthNotOver(month=label(row.month))
    waits = row.decision is not None and row.decision.state == "ASKED"
    if row.state == MonthState.CONFIRMED or waits:
        raise MonthNotOpen(state=row.get_state_display())
    require_ready(row)
    row.figures, row.state = months.figures(row.court_id, row.month), MonthState.PREPARED
    row.prepared_by_id, row.prepared_at = actor.post_id, at
    row.version += 1
    row.decision = deciding.ask(
        case=case, kind=KIND, subject=row.symbol, actor=actor, at=at, proposal=row.figures, why=why
    )
    row.save()
    return row


def require_ready(row: MonthClosing) -> None:
    """Raise NotReadyToClose with every condition of closing a month that is not met."""
    found = conditions(row)
    if not all(one.met for one in found):
        raise NotReadyToClose(month=label(row.month), conditions=found)


def conditions(row: MonthClosing) -> list[Condition]:
    """Every condition of closing a month, met or not, with what would cure it."""
    court_id, month = row.court_id, row.month
    days = months.unreconciled_days(court_id, month)
    earlier = MonthClosing.objects.filter(court_id=court_id, month__lt=month).exclude(state=MonthState.CONFIRMED)
    first = earlier.order_by("month").first()
    halt = PayoutHalt.objects.filter(court_id=court_id, ended_at__isnull=True).first()
    lines = months.waiting_lines(court_id, month)
    named = "、".join(f"{day.month}月{day.day}日" for day in days[:MOST_DAYS])
    return [
        Condition(
            text=str(_("每个有收付的日子都与银行对账相符")),
            met=not days,
            cure=str(_("请对账：%(days)s（共 %(count)s 天）") % {"days": named, "count": len(days)}) if days else "",
            article="法发〔2017〕6号第3条",
        ),
        Condition(
            text=str(_("没有未解除的停付")),
            met=halt is None,
            cure=str(_("账实差额 %(sum)s 元，请先查清") % {"sum": f"{halt.difference:,.2f}"}) if halt else "",
        ),
        Condition(
            text=str(_("当月银行流水全部入账")),
            met=lines == 0,
            cure=str(_("还有 %(count)s 笔流水未入账或待查") % {"count": lines}) if lines else "",
        ),
        Condition(
            text=str(_("以前各月都已月结")),
            met=first is None,
            cure=str(_("请先办理%(month)s的月结") % {"month": label(first.month)}) if first else "",
        ),
    ]


def confirm(*, decision: Decision, case: Case, actor: Actor, at: datetime) -> None:
    """Carry the approval out: the month is closed. Raises NotReadyToClose, FiguresMoved."""
    bank = ledger.key_of(AccountKind.BANK, case.court_id)
    held = fund_locks.lock(bank)[bank]
    row = MonthClosing.objects.select_for_update(no_key=True).get(pk=decision.subject.partition(":")[2])
    require_ready(row)
    if months.figures(row.court_id, row.month) != row.figures:
        raise FiguresMoved()
    Account.objects.filter(pk=held.pk).update(closed_until=months.last_day(row.month))
    row.state, row.confirmed_by_id, row.confirmed_at = MonthState.CONFIRMED, actor.post_id, at
    row.version += 1
    row.save()
    facts = MonthFigures(
        month=label(row.month),
        bank=Decimal(row.figures["balances"]["BANK"]),
        receipts=row.figures["receipts"]["count"],
        payouts=row.figures["payouts"]["count"],
    )
    recording.record(case=case, verb="funds.month_closed", actor=actor, at=at, subject=row.symbol, facts=facts)
    issuing.issue(case=case, kind=PAPER, subject=row.symbol, actor=actor, at=at, decision=decision, signer=actor.name)


def _locked(actor: Actor, closing_id: UUID, to: Action) -> tuple[MonthClosing, Case]:
    case_id = (
        MonthClosing.objects.filter(pk=closing_id, court_id=actor.court_id).values_list("case_id", flat=True).first()
    )
    if case_id is None:
        raise NotFound()
    case = access.locked_case_for(actor, case_id, to)
    rows = MonthClosing.objects.select_for_update(no_key=True, of=("self",)).select_related("decision")
    return rows.get(pk=closing_id), case


def label(month: date) -> str:
    """The words of a month, as papers and events say it."""
    return f"{month.year}年{month.month}月"
