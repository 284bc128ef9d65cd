"""How old unidentified money is: every receipt in exactly one column, the limit of FUND-UNKNOWN among them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from funds.kinds import ReceiptState
from funds.models import Receipt
from kernel import clock
from kernel.money import ZERO

EDGES = ((3, _("3 天内")), (7, _("3–7 天")), (30, _("7–30 天")), (90, _("30–90 天")), (365, _("90 天–1 年")))
OLDER = _("1 年以上")
LATE_AFTER = 7
"""Days (three working days are at most seven days outside of long holidays)."""


@dataclass(frozen=True)
class Bucket:
    """One column: from how many whole days on, how many receipts, how much (yuan)."""

    label: str | Promise
    count: int
    amount: Decimal
    late: bool


def of_unidentified(actor: Actor, *, at: datetime) -> list[Bucket]:
    """The unidentified money that the actor sees by the days it has waited, the youngest first; one query."""
    today = clock.day_of(at)
    rows = Receipt.objects.visible_to(actor).filter(state=ReceiptState.SUSPENSE).order_by()
    begins = [0, *(days for days, _label in EDGES)]
    spans = list(zip(begins, [*begins[1:], None], [*(label for _days, label in EDGES), OLDER], strict=True))
    sums = rows.aggregate(**_columns(spans, today))
    return [
        Bucket(label, sums[f"count_{place}"], sums[f"sum_{place}"] or ZERO, late=since >= LATE_AFTER)
        for place, (since, _until, label) in enumerate(spans)
    ]


def _columns(spans: list[tuple[int, int | None, str | Promise]], today: date) -> dict[str, Count | Sum]:
    columns: dict[str, Count | Sum] = {}
    for place, (since, until, _label) in enumerate(spans):
        inside = Q(received_on__lte=today - timedelta(days=since))
        if until is not None:
            inside &= Q(received_on__gt=today - timedelta(days=until))
        if place == 0:
            inside = Q(received_on__gt=today - timedelta(days=until or 0))
        columns |= {f"count_{place}": Count("pk", filter=inside), f"sum_{place}": Sum("amount", filter=inside)}
    return columns
