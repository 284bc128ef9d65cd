"""How fast money goes on and how much of it nobody owns yet (KPI-PAYDAYS, KPI-CYCLE, KPI-UNKNOWN)."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db.models import Case as Choice
from django.db.models import DurationField, ExpressionWrapper, F, Min, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from cases.kinds import ClosedHow
from funds import ledger, queries
from funds.kinds import AccountKind, PayeeKind, PayoutState
from funds.models import Account, Payout, Receipt, Transfer
from insight.formulas import caseload
from insight.frames import INSTANT, Frame
from insight.models import Baseline
from insight.parts import DAYS, PIECES, YUAN, Part, counted, summed
from kernel import clock
from kernel.money import ZERO, MoneyField
from law import periods

LATE = timedelta(days=3)
"""The court's own limit for a payout (FUND-LOCAL)."""
WORKING_DAYS = _("个工作日")


def payout_days(frame: Frame) -> tuple[Part, Part]:
    """Σ(付讫－到账) ÷ 笔数, each payout to a party counted once whatever its amount."""
    rows = settled(frame)
    took = summed("numerator", _("用时合计"), rows, measure="took", unit=DAYS, measure_label=_("用时（天）"))
    return took, counted("denominator", _("已发放"), rows, PIECES)


def settled(frame: Frame) -> "QuerySet[Payout]":
    """Payouts to parties that the bank paid in the frame, with how long the money was at the court."""
    rows = Payout.objects.filter(
        court_id=frame.court_id,
        state=PayoutState.SETTLED,
        payee_kind=PayeeKind.PARTY,
        settled_at__gte=frame.since,
        settled_at__lte=frame.at,
    )
    took = ExpressionWrapper(F("settled_at") - F("receipt__received_at"), output_field=DurationField())
    return rows.annotate(took=took)


def payout_working_days(frame: Frame) -> tuple[Part, Part]:
    """The same in working days: those after the day of receipt up to the day on which the bank had paid."""
    rows = settled(frame)
    took = {
        key: Decimal(periods.working_days(start=clock.day_of(came), until=clock.day_of(paid)))
        for key, came, paid in rows.order_by().values_list("pk", "receipt__received_at", "settled_at")
    }
    label, each = _("用时合计"), _("用时（工作日）")
    whole = Part("numerator", label, sum(took.values(), ZERO), rows, WORKING_DAYS, measure_label=each, amounts=took)
    return whole, counted("denominator", _("已发放"), rows, PIECES)


def paid_in_time(frame: Frame) -> tuple[Part, Part]:
    """三日内付讫 ÷ 发放笔数: natural days from the receipt, to the minute."""
    rows = settled(frame)
    return counted("numerator", _("三日内付讫"), rows.filter(took__lte=LATE), PIECES), counted(
        "denominator", _("已发放"), rows, PIECES
    )


def paid_late(frame: Frame) -> Part:
    """Payouts that took longer than three days."""
    return counted("rest", _("超过三日付讫"), settled(frame).filter(took__gt=LATE), PIECES)


def cycle(frame: Frame) -> tuple[Part, Part]:
    """Σ(最后一笔付讫日－立案日) ÷ 案件数: first executions performed in the frame whose creditor was paid by the court."""
    paid = Payout.objects.filter(case_id=OuterRef("pk"), state=PayoutState.SETTLED, payee_kind=PayeeKind.PARTY)
    last = paid.order_by("-settled_at").values("settled_at")[:1]
    rows = (
        caseload.closed(frame, caseload.FIRST)
        .filter(closed_how=ClosedHow.PERFORMED)
        .annotate(paid_at=Subquery(last))
        .filter(paid_at__isnull=False)
        .annotate(took=TruncDate("paid_at", tzinfo=clock.SHANGHAI) - TruncDate("filed_at", tzinfo=clock.SHANGHAI))
    )
    days = summed("numerator", _("到手天数合计"), rows, measure="took", unit=DAYS, measure_label=_("用时（天）"))
    return days, counted("denominator", _("执行完毕且已发放"), rows)


def unpaid(frame: Frame) -> Part:
    """The stock that is not paid out yet, with its age: an average of what was paid alone would hide it."""
    return counted("unpaid", _("尚未发清的存量"), waiting(frame), PIECES)


def waiting(frame: Frame) -> "QuerySet[Receipt]":
    """Receipts of cases not wholly paid out, with their age; held ones are among them."""
    age = ExpressionWrapper(Value(frame.at) - F("received_at"), output_field=DurationField())
    return queries.open_receipts(frame.court_id).filter(received_at__lte=frame.at).annotate(age=age)


def late(frame: Frame) -> "QuerySet[Receipt]":
    """Receipts that wait longer than three days and are not held back with approval."""
    return waiting(frame).filter(received_at__lt=frame.at - LATE).exclude(queries.under_hold())


def unidentified(frame: Frame) -> tuple[Part, Part]:
    """(期初－现在) ÷ 期初 of the money in suspense, read from the transfers of the suspense account.

    The day of the opening balance is the court's own when one is set (``Baseline``).
    """
    start = baseline(frame)
    then, now = in_suspense(frame.court_id, start), in_suspense(frame.court_id, frame.at)
    fallen = {key: then.get(key, ZERO) - now.get(key, ZERO) for key in {*then, *now}}
    fallen = {key: amount for key, amount in fallen.items() if amount}
    return _suspense("numerator", _("比期初减少"), fallen), _suspense("denominator", _("期初不明款余额"), then)


def still_unidentified(frame: Frame) -> Part:
    """What is in suspense at the moment of the frame."""
    return _suspense("rest", _("现在的不明款余额"), in_suspense(frame.court_id, frame.at))


def baseline_of(frame: Frame) -> Baseline | None:
    """The baseline that the court had set by the moment of the frame; the newest one counts."""
    rows = Baseline.objects.filter(court_id=frame.court_id, set_at__lte=frame.at)
    return rows.select_related("set_by__user").order_by("-set_at").first()


def baseline(frame: Frame) -> datetime:
    """The moment of the opening balance: the end of the day that the court set; else the frame's beginning, or the end of
    the first day with money in suspense.
    """
    if told := baseline_of(frame):
        return clock.end_of(told.on) - INSTANT
    first = first_day(frame.court_id)
    begun = clock.end_of(first) if first else frame.since
    return min(max(frame.since, begun) - INSTANT, frame.at)


def first_day(court_id: UUID) -> date | None:
    """The first day on which the ledger held unidentified money."""
    rows = Transfer.objects.filter(destination__key=ledger.key_of(AccountKind.SUSPENSE, court_id))
    first = rows.aggregate(first=Min("at"))["first"]
    return clock.day_of(first) if first else None


def in_suspense(court_id: UUID, moment: datetime) -> dict[UUID, Decimal]:
    """How much of each receipt was in suspense at a moment (yuan); receipts that left it wholly are not named."""
    account = Account.objects.filter(key=ledger.key_of(AccountKind.SUSPENSE, court_id)).first()
    if account is None:
        return {}
    signed = Choice(When(destination=account, then=F("amount")), default=-F("amount"), output_field=MoneyField())
    rows = Transfer.objects.filter(Q(source=account) | Q(destination=account), at__lte=moment)
    sums = rows.order_by().values("subject").annotate(left=Sum(signed)).values_list("subject", "left")
    return {UUID(subject.partition(":")[2]): left for subject, left in sums if left}


def _suspense(key: str, label: object, amounts: Mapping[UUID, Decimal]) -> Part:
    rows = Receipt.objects.filter(pk__in=list(amounts))
    total = sum(amounts.values(), ZERO)
    return Part(key, label, total, rows, YUAN, measure_label=_("计入（元）"), amounts=amounts)  # type: ignore[arg-type]
