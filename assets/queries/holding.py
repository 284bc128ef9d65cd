"""What is held, what is on its way, and which freezes need the clock's attention."""

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, QuerySet, Sum, Value
from django.db.models.functions import Cast, Concat

from accounts.actors import Actor
from assets.models import Finding, FreezeOrder, Inquiry, Levy, Measure, Preservation
from assets.models.inquiries import InquiryState
from assets.models.measures import MeasureQuerySet, OrderState
from cases.kinds import EXECUTION_KINDS, CaseKind, PerformanceSource
from cases.models import Case, Performance
from gateways.models import Message, MessageState
from kernel import clock

ZERO = Decimal("0.00")


def held(case: Case, at: datetime) -> Decimal:
    """What is under first-rank control for the matter on a day (yuan); waiting measures hold nothing."""
    return _sum(holding(case, clock.day_of(at)), "held")


def holding(case: Case, on: date) -> MeasureQuerySet:
    """First-rank measures of the matter in force on a day."""
    rows = Measure.objects.holding().in_force(on).filter(case__matter_id=case.matter_id)
    return rows.select_related("asset", "order__party", "case").order_by("last_day", "id")


def held_by_preservation(row: Preservation, on: date) -> Decimal:
    """What a preservation holds on a day (yuan), wherever its orders have gone since."""
    return _sum(Measure.objects.holding().in_force(on).filter(order__preservation=row), "held")


def orders_of(case: Case) -> "QuerySet[FreezeOrder]":
    """Every freeze of the matter."""
    return FreezeOrder.objects.filter(case__matter_id=case.matter_id)


def pending(orders: "QuerySet[FreezeOrder]", *, without: UUID | None = None) -> Decimal:
    """The limits of orders that wait for the judge or for the bank (yuan)."""
    rows = orders.all().live().filter(state__in=[OrderState.ASKED, OrderState.ORDERED])  # type: ignore[attr-defined]
    return _sum(rows.exclude(pk=without) if without else rows, "limit")


def acting_case(order: FreezeOrder) -> Case:
    """The case that acts on a freeze: the open execution case of the dispute, else the one that carries it (保规17)."""
    rows = Case.objects.open().filter(matter_id=order.case.matter_id, kind__in=EXECUTION_KINDS)
    return rows.select_related("court", "matter").order_by("-filed_at").first() or order.case


def being_levied(case: Case, *, without: UUID | None = None) -> Decimal:
    """Levied money of the matter that no receipt has booked yet, and levies on their way (yuan)."""
    rows = Levy.objects.filter(case__matter_id=case.matter_id)
    on_the_way = rows.on_the_way()
    done = _sum(rows.filter(state=OrderState.EFFECTIVE), "amount")
    booked = Performance.objects.filter(
        matter_id=case.matter_id, source=PerformanceSource.LEVY, revokes__isnull=True, revoked_by__isnull=True
    )
    unbooked = max(done - _sum(booked, "amount"), ZERO)
    return _sum(on_the_way.exclude(pk=without) if without else on_the_way, "amount") + unbooked


def searched(case: Case, at: datetime) -> bool:
    """Whether a round of the inquiry has been answered on every channel."""
    rows = Inquiry.objects.filter(case=case)
    return rows.exists() and not rows.filter(state=InquiryState.SENT).exists()


def found_nothing(case: Case, at: datetime) -> bool:
    """Whether the inquiry answered and found no property."""
    return searched(case, at) and not Finding.objects.property().filter(inquiry__case=case).exists()


def expiring(actor: Actor) -> MeasureQuerySet:
    """Measures in force that run out by themselves, of cases that the actor sees or that share a dispute with them."""
    matters = Case.objects.visible_to(actor).values("matter")
    rows = Measure.objects.holding().filter(case__court_id=actor.court_id, case__matter__in=matters)
    return rows.filter(last_day__isnull=False, order__state__in=[OrderState.EFFECTIVE, OrderState.RELEASING])


def lapsed(today: date) -> "QuerySet[Measure, UUID]":
    """Keys of the orders with a measure whose last day has passed, oldest first."""
    rows = Measure.objects.holding().filter(last_day__lt=today).order_by("last_day", "order_id")
    return rows.values_list("order_id", flat=True).distinct()  # type: ignore[return-value]


def to_take_over() -> "QuerySet[FreezeOrder, UUID]":
    """Keys of the preservation freezes in force whose dispute has an open execution case."""
    execution = Case.objects.open().filter(matter=OuterRef("case__matter"), kind__in=EXECUTION_KINDS)
    rows = FreezeOrder.objects.filter(state=OrderState.EFFECTIVE, case__kind=CaseKind.PRESERVATION)
    return rows.filter(Exists(execution)).order_by("id").values_list("pk", flat=True)  # type: ignore[return-value]


def unsent() -> "QuerySet[FreezeOrder, UUID]":
    """Keys of the orders whose letter was cancelled before it left."""
    cancelled = Message.objects.filter(
        about=Concat(Value("assets.freeze_order:"), Cast(OuterRef("pk"), CharField())),
        kind="freeze",
        state=MessageState.CANCELLED,
    )
    rows = FreezeOrder.objects.filter(state=OrderState.ORDERED)
    return rows.filter(Exists(cancelled)).order_by("id").values_list("pk", flat=True)  # type: ignore[return-value]


def _sum(rows: "QuerySet[object]", field: str) -> Decimal:
    total: Decimal | None = rows.aggregate(total=Sum(field))["total"]
    return total or ZERO
