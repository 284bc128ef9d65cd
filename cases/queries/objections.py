"""The objections around a case: against what, by whom, how they were ruled, until when they can be taken further."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from cases.kinds import ObjectionKind, ObjectionOutcome
from cases.models import Case, Objection
from cases.queries import rows
from law import remedies


@dataclass(frozen=True)
class Window:
    """Until when a party may take the ruling further; None before it was served on it."""

    recipient: str
    until: date | None


@dataclass(frozen=True)
class Shown:
    """One objection as the case page shows it."""

    row: Objection
    url: str
    meanwhile: str
    windows: tuple[Window, ...]
    further: str
    state: str


def of_case(case: Case) -> list[Shown]:
    """Objections against the case, or the one that is examined in it."""
    found = Objection.objects.filter(Q(case=case) | Q(against=case)).select_related(
        "case", "against", "objector", "ruling"
    )
    return [_shown(row) for row in found.prefetch_related("ruling__services")]


def _shown(row: Objection) -> Shown:
    title = row.kind == ObjectionKind.TITLE
    effect = remedies.effect(kind=remedies.ObjectionKind(row.kind))
    stops = _("审查期间不停止执行，但不得处分该标的") if effect.stops_disposal else _("审查期间不停止执行")
    states = {ObjectionOutcome.REJECTED: "closed", "": "wait"}
    return Shown(
        row=row,
        url=rows.case_url(row.case),
        meanwhile="" if row.outcome else stops,
        windows=_windows(row),
        further=_("可向本院提起诉讼") if title else _("可向上一级法院申请复议"),
        state=states.get(row.outcome, "done"),
    )


def _windows(row: Objection) -> tuple[Window, ...]:
    """Ten days for reconsideration, fifteen to sue on title, from the service on each (民诉236、238)."""
    if row.ruling is None:
        return ()
    suit, review = remedies.Remedy.TITLE_SUIT, remedies.Remedy.CONDUCT_RECONSIDERATION
    remedy = suit if row.kind == ObjectionKind.TITLE else review
    return tuple(
        Window(
            service.recipient,
            remedies.window(remedy=remedy, served_on=service.served_on).last_day if service.served_on else None,
        )
        for service in row.ruling.services.all()
    )
