"""Questions to the assets room."""

from datetime import date, datetime
from decimal import Decimal

from django.db.models import Sum

from assets.models import Finding, Inquiry, Measure
from assets.models.inquiries import InquiryState
from assets.models.measures import MeasureQuerySet
from cases.models import Case
from kernel import clock


def held(case: Case, at: datetime) -> Decimal:
    """What is under first-rank control for the matter on a day (yuan); waiting measures hold nothing."""
    rows = holding(case, clock.day_of(at))
    return rows.aggregate(total=Sum("held"))["total"] or Decimal("0.00")


def holding(case: Case, on: date) -> MeasureQuerySet:
    """First-rank measures of the matter in force on a day."""
    rows = Measure.objects.holding().in_force(on).filter(case__matter_id=case.matter_id)
    return rows.select_related("asset", "order__party", "case").order_by("last_day")


def searched(case: Case, at: datetime) -> bool:
    """Whether a round of the inquiry has been answered on every channel."""
    rows = Inquiry.objects.filter(case=case)
    return rows.exists() and not rows.filter(state=InquiryState.SENT).exists()


def found_nothing(case: Case, at: datetime) -> bool:
    """Whether the inquiry answered and found no property."""
    return searched(case, at) and not Finding.objects.filter(inquiry__case=case).exists()
