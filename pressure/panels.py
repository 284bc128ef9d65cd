"""What the pressure room shows on the case page: each debtor's rung with its clock."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from cases.declaring import PANELS, Panel
from cases.kinds import EXECUTION_KINDS, OWING
from cases.models import Case, Party
from kernel import clock
from kernel.templatetags.countdowns import countdown
from pressure.models import ConsumptionLimit, CreditWarning, Listing, ListingState, Sanction, SanctionState
from pressure.queries import standings
from pressure.queries.graces import WARNING


def _context(case: Case, actor: Actor, at: datetime) -> Mapping[str, Any]:
    """One line per measure of each debtor; four queries however many debtors there are."""
    parties = Party.objects.filter(participations__case=case, participations__role__in=OWING)
    lines: dict[Any, list[dict[str, Any]]] = {party.pk: [] for party in parties}
    for row in CreditWarning.objects.filter(case=case).order_by("warned_at"):
        over = row.last_day is not None and row.last_day < clock.day_of(at)
        word = _("宽限已提前结束") if row.ended_on else (_("宽限届满") if over else _("履行宽限期"))
        _add(lines, row, word, row.from_on, None if row.ended_on or over else row.last_day, at)
    for row in ConsumptionLimit.objects.filter(case=case).order_by("from_on"):
        _add(lines, row, _("限制消费已解除") if row.ended_on else _("限制消费"), row.from_on, None, at)
    for row in Listing.objects.filter(case=case).order_by("decided_on"):
        until = row.grace_until if row.state == ListingState.DECIDED else row.last_day
        _add(lines, row, row.get_state_display(), row.from_on, None if row.ended_on else until, at)
    for row in Sanction.objects.filter(case=case).select_related("decision").order_by("id"):
        word = f"{row.get_kind_display()} {standings.measure_of(row)}，{row.standing.label}"
        _add(lines, row, word, row.from_on, row.last_day if row.state == SanctionState.CARRIED_OUT else None, at)
    ordered = parties.order_by("participations__ordinal", "id")
    return {"debtors": [{"party": party, "lines": lines[party.pk]} for party in ordered]}


def _add(lines: dict[Any, list[dict[str, Any]]], row: Any, word: Any, since: Any, until: Any, at: datetime) -> None:
    left = countdown(clock.end_of(until), at, warn_at=clock.end_of(until) - WARNING) if until else None
    lines.setdefault(row.party_id, []).append({"word": word, "since": since, "left": left, "ended": row.ended_on})


def _count(case: Case) -> int:
    return sum(model.objects.unended().filter(case=case).count() for model in (ConsumptionLimit, Listing))


PANELS.declare(
    Panel(
        "pressure.credit", "credit", _("威慑阶梯"), "pressure/panel.html", _context, order=10,
        kinds=frozenset(EXECUTION_KINDS), count=_count,
    ),
)  # fmt: skip
