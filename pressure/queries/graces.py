"""The days of grace, one cell each, with what happened on them."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from cases.models import Performance, Service
from cases.models.events import Event
from kernel import clock
from kernel.templatetags.countdowns import countdown
from kernel.templatetags.dates import day_text
from pressure.models import CreditWarning
from pressure.queries.standings import Standing

WARNING = timedelta(days=3)  # as the duty at the end of grace warns
APART = 12  # percent of the strip that a flag's words need


def strip(found: Standing) -> dict[str, Any] | None:
    """What templates/_parts/grace.html needs, with the countdown; None for a debtor who was never warned."""
    row = found.warning
    if row is None or row.from_on is None or row.last_day is None:
        return None
    total = (row.last_day - row.from_on).days
    today = (found.day - row.from_on).days
    end = clock.end_of(row.last_day)
    running = found.in_grace and not found.discharged
    return {
        "row": row,
        "days": [_cell(number, today, row, found) for number in range(1, total + 1)],
        "flags": _flags(row, found, total),
        "end_label": _("届满"),
        "start": day_text(row.from_on, found.day),
        "today": max(today, 1) if found.in_grace else 0,
        "today_label": _("今天，第 %(day)s 天") % {"day": max(today, 1)},
        "running": running,
        "left": countdown(end, found.at, opened=row.warned_at, warn_at=end - WARNING) if running else None,
        "over": _over(row, found),
    }


def _cell(number: int, today: int, row: CreditWarning, found: Standing) -> str:
    if row.ended_on and row.from_on and number > (row.ended_on - row.from_on).days:
        return "held"
    if number == max(today, 1) and found.in_grace:
        return "today"
    return "past" if number < today or not found.in_grace else "todo"


def _over(row: CreditWarning, found: Standing) -> str:
    if found.discharged:
        return _("期内或期后已付清，不再惩戒")
    if row.ended_on:
        return _("已于 %(day)s 提前结束：%(why)s") % {"day": day_text(row.ended_on, found.day), "why": row.ended_why}
    if row.last_day and row.last_day < found.day:
        return _("已于 %(day)s 届满，未付清") % {"day": day_text(row.last_day, found.day)}
    return ""


def _flags(row: CreditWarning, found: Standing, total: int) -> list[dict[str, Any]]:
    """At most what fits: money first, then the service of the warning, then contacts."""
    first, last = row.from_on or found.day, row.last_day or found.day
    paid = Performance.objects.filter(
        matter=found.case.matter, on__range=(first, last), revokes__isnull=True, revoked_by__isnull=True
    )
    served = Service.objects.filter(document__subject=row.symbol, served_on__range=(first, last))
    contacts = Event.objects.filter(case=found.case, verb="cases.contacted", happened_at__gte=row.warned_at)
    wanted = [(one.on, _("履行 %(sum)s") % {"sum": f"{one.amount:,.2f}"}) for one in paid.order_by("on")]
    wanted += [(day, _("签收")) for day in served.values_list("served_on", flat=True)]
    wanted += [(clock.day_of(one), _("联系")) for one in contacts.values_list("happened_at", flat=True)]
    taken: list[float] = [100 - APART / 2]
    flags = []
    for day, label in wanted:
        number = min(max((day - first).days, 1), total)
        place = 100 * (number - 1) / total
        if day <= last and all(abs(place - one) >= APART for one in taken):
            taken.append(place)
            flags.append({"label": label, "day": number})
    return sorted(flags, key=lambda flag: flag["day"])
