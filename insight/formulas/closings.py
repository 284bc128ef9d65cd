"""How cases close: really closed, wholly performed, how much was recovered, how long it took (KPI-REAL-FIRST … KPI-DAYS).

An ended round (终本) stands below the line and never above it.
"""

from django.db.models import Case as Choice
from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from accounts.models import Court
from cases.kinds import ClosedHow, PerformanceSource
from cases.models import Case, Event, Performance
from cases.models.cases import CaseQuerySet
from cases.queries import rulebook
from funds.kinds import DonorKind
from funds.models import Deposit, Receipt
from insight.formulas import caseload
from insight.frames import Frame
from insight.parts import DAYS, Part, counted, summed
from kernel import clock
from kernel.money import ZERO, MoneyField
from law import funds as law_funds
from law.indicators import Closing, Money, really_closed, recovered

Sides = tuple[Part, Part]

REALLY = sorted(way for way in ClosedHow.values if way in Closing.__members__ and really_closed(closing=Closing(way)))
"""The ways of closing that count as real, as the law's own table says."""

AS_MONEY = {
    PerformanceSource.RECEIPT: Money.BOOKED,
    PerformanceSource.LEVY: Money.BOOKED,
    PerformanceSource.IN_KIND: Money.IN_KIND,
}
RECOVERED = sorted(source.value for source, kind in AS_MONEY.items() if recovered(sums={kind: ZERO + 1}))
"""Where money must come from to count as recovered: booked to the case, levied, or taken in kind."""


def first_by_closed(frame: Frame) -> Sides:
    """首执实结 ÷ 首执结案 (A)."""
    rows = caseload.closed(frame, caseload.FIRST)
    return _really(rows), counted("denominator", _("首次执行结案"), rows)


def first_by_in_hand(frame: Frame) -> Sides:
    """首执实结 ÷ 首执受理 (B), where 受理 is the old stock and what was filed."""
    rows = caseload.closed(frame, caseload.FIRST)
    return _really(rows), counted("denominator", _("首次执行受理"), caseload.in_hand(frame, caseload.FIRST))


def _really(rows: CaseQuerySet) -> Part:
    return counted("numerator", _("首次执行实际执结"), rows.filter(closed_how__in=REALLY))


def closed(frame: Frame) -> Sides:
    """结案 ÷（旧存＋新收）: every way of closing counts, an ended round as well; it is not the share really closed."""
    return counted("numerator", _("结案"), caseload.closed(frame)), counted(
        "denominator", _("旧存与新收"), caseload.in_hand(frame)
    )


def performed(frame: Frame) -> Sides:
    """执行完毕 ÷ 结案, first and resumed executions."""
    rows = caseload.closed(frame)
    wholly = counted("numerator", _("执行完毕"), rows.filter(closed_how=ClosedHow.PERFORMED))
    return wholly, counted("denominator", _("结案"), rows)


def days(frame: Frame) -> Sides:
    """Σ(结案日－立案日) ÷ 结案数 in natural days, first and resumed executions."""
    closed_on, filed_on = (TruncDate(name, tzinfo=clock.SHANGHAI) for name in ("closed_at", "filed_at"))
    rows = caseload.closed(frame).annotate(took=closed_on - filed_on)
    total = summed("numerator", _("办案天数合计"), rows, measure="took", unit=DAYS, measure_label=_("用时（天）"))
    return total, counted("denominator", _("结案"), rows)


def arrived(frame: Frame) -> Sides:
    """到位金额 ÷ 结案案件申请执行标的额: one matter's claim counts once, money counts in the case in which it was recorded."""
    rows = caseload.closed(frame).annotate(sought=_sought(frame), arrived=_arrived(frame))
    got = summed("numerator", _("实际到位金额"), rows, measure="arrived", measure_label=_("到位（元）"))
    return got, summed("denominator", _("结案案件标的额"), rows, measure="sought", measure_label=_("计入标的（元）"))


def _sought(frame: Frame) -> Choice:
    """A resumed case repeats the claim of a case of the same matter that closed in the same frame."""
    earlier = caseload.closed(frame).filter(matter_id=OuterRef("matter_id"))
    before = Q(filed_at__lt=OuterRef("filed_at")) | Q(filed_at=OuterRef("filed_at"), pk__lt=OuterRef("pk"))
    return Choice(
        When(Exists(earlier.filter(before)), then=Value(ZERO)),
        default=Coalesce(F("claimed"), Value(ZERO)),
        output_field=MoneyField(),
    )


def _arrived(frame: Frame) -> CombinedExpression:
    """What performances brought, less what of it lies in deposit: nobody has it yet."""
    brought = Coalesce(Subquery(_performances(frame)), Value(ZERO), output_field=MoneyField())
    deposited = Coalesce(Subquery(_deposits(frame)), Value(ZERO), output_field=MoneyField())
    return brought - deposited


def _deposits(frame: Frame) -> "object":
    """Deposits of the case that stood at the moment of the frame."""
    standing = Q(ended_at__isnull=True) | Q(ended_at__gt=frame.at)
    rows = Deposit.objects.filter(standing, case_id=OuterRef("pk"), payout__isnull=False, from_at__lte=frame.at)
    return rows.order_by().values("case_id").annotate(total=Sum("amount")).values("total")


def _given_by_staff(frame: Frame) -> Q:
    """Performances by what staff gave of their own: no part of what arrived, unless the court counts it (FUND-3RD-PAYER)."""
    court = Court.objects.get(pk=frame.court_id)
    if law_funds.counts_staff_money(rules=rulebook(court, frame.last)):
        return Q(pk__in=[])
    rows = Receipt.objects.filter(court=court, donor_kind=DonorKind.STAFF_VOLUNTARY)
    found = Q(pk__in=[])
    for receipt in rows.only("pk"):
        found |= Q(subject__startswith=receipt.symbol)
    return found


def _performances(frame: Frame) -> "object":
    """Performances that stand, recorded in the very case by its event, and not revoked by the moment of the frame."""
    told = Event.objects.filter(
        case_id=OuterRef(OuterRef("pk")), verb="cases.performed", subject=OuterRef("subject"), recorded_at__lte=frame.at
    )
    standing = Q(revoked_by__isnull=True) | Q(revoked_by__recorded_at__gt=frame.at)
    rows = Performance.objects.filter(
        Exists(told), standing, matter_id=OuterRef("matter_id"), revokes__isnull=True, source__in=RECOVERED
    )
    rows = rows.exclude(_given_by_staff(frame))
    return rows.order_by().values("matter_id").annotate(total=Sum("amount")).values("total")


def not_really(frame: Frame) -> Part:
    """First executions that closed without being really closed: what A leaves below the line."""
    rows = caseload.closed(frame, caseload.FIRST).exclude(closed_how__in=REALLY)
    return counted("rest", _("未计入分子"), rows)


def not_performed(frame: Frame) -> Part:
    """Executions that closed in another way than by full performance."""
    rows = caseload.closed(frame).exclude(closed_how=ClosedHow.PERFORMED)
    return counted("rest", _("未计入分子"), rows)


def unclosed_first(frame: Frame) -> Part:
    """First executions in hand that are not really closed: what B leaves below the line."""
    rows: CaseQuerySet = caseload.in_hand(frame, caseload.FIRST)
    really = Case.objects.filter(closed_how__in=REALLY, closed_at__gte=frame.since, closed_at__lte=frame.at)
    return counted("rest", _("未计入分子"), rows.exclude(pk__in=really.values("pk")))
