"""The board: debtors in grace, limited, listed, detained or to be repaired, the first to run out first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from cases.models import Case, Duty
from cases.queries import rows as duty_rows
from kernel import clock
from kernel.templatetags.countdowns import countdown
from pressure.models import (
    ConsumptionLimit,
    CreditWarning,
    Listing,
    ListingState,
    Sanction,
    SanctionKind,
    SanctionState,
)
from pressure.queries.graces import WARNING

REPAIR = ("pressure.lift_limit", "pressure.remove_listing", "pressure.decide_early_removal")


@dataclass(frozen=True)
class Chip:
    """One filter of the board: its word, its rows on a day, their order, and what a row says."""

    label: Any
    rows: Callable[[date], "QuerySet[Any]"]
    order: tuple[str, ...]
    told: Callable[[Any, datetime], dict[str, Any]]


def _ended_limit() -> "QuerySet[Any]":
    return ConsumptionLimit.objects.unended().filter(case=OuterRef("case"), party=OuterRef("party"))


def _grace(today: date) -> "QuerySet[Any]":
    return CreditWarning.objects.in_force(today)


def _grace_over(today: date) -> "QuerySet[Any]":
    """Grace has run out, nothing followed, the case is open."""
    rows = CreditWarning.objects.filter(ended_on__isnull=True, last_day__lt=today, case__closed_at__isnull=True)
    return rows.filter(~Exists(_ended_limit())).exclude(case__stage="PAYING")


def _limits(today: date) -> "QuerySet[Any]":
    return ConsumptionLimit.objects.in_force(today)


def _decided(today: date) -> "QuerySet[Any]":
    return Listing.objects.unended().filter(state=ListingState.DECIDED)


def _published(today: date) -> "QuerySet[Any]":
    return Listing.objects.unended().filter(state=ListingState.PUBLISHED)


def _detained(today: date) -> "QuerySet[Any]":
    return Sanction.objects.filter(state__in=[SanctionState.DECIDED, SanctionState.CARRIED_OUT])


def _left(day: date | None, at: datetime, opened: date | None = None) -> Any:
    if day is None:
        return None
    end = clock.end_of(day)
    return countdown(end, at, opened=clock.start_of(opened) if opened else None, warn_at=end - WARNING)


def _of_grace(row: CreditWarning, at: datetime) -> dict[str, Any]:
    over = row.last_day is not None and row.last_day < clock.day_of(at)
    state, word = ("past", _("宽限届满")) if over else ("running", _("宽限期中"))
    return {"left": _left(row.last_day, at, row.from_on), "state": state, "word": word, "since": row.from_on}


def _of_limit(row: ConsumptionLimit, at: datetime) -> dict[str, Any]:
    return {"left": None, "state": "done", "word": _("限制消费"), "since": row.from_on}


def _of_decided(row: Listing, at: datetime) -> dict[str, Any]:
    word = _("失信已决定，宽限中") if row.grace_until >= clock.day_of(at) else _("失信宽限届满，待公布")
    return {
        "left": _left(row.grace_until, at, row.decided_on),
        "state": "running",
        "word": word,
        "since": row.decided_on,
    }


def _of_published(row: Listing, at: datetime) -> dict[str, Any]:
    left = _left(row.last_day, at, row.from_on)
    return {"left": left, "state": "done", "word": _("失信已公布"), "since": row.published_on}


def _of_sanction(row: Sanction, at: datetime) -> dict[str, Any]:
    doing = row.state == SanctionState.CARRIED_OUT
    word = _("在拘") if doing else (_("罚款待缴") if row.kind == SanctionKind.FINE else _("拘留待执行"))
    return {"left": _left(row.last_day, at, row.from_on), "state": "running", "word": word, "since": row.from_on}


CHIPS: dict[str, Chip] = {
    "grace": Chip(_("宽限期中"), _grace, ("last_day", "id"), _of_grace),
    "over": Chip(_("宽限届满"), _grace_over, ("last_day", "id"), _of_grace),
    "limited": Chip(_("限制消费"), _limits, ("-from_on", "-id"), _of_limit),
    "decided": Chip(_("失信待公布"), _decided, ("grace_until", "id"), _of_decided),
    "published": Chip(_("失信已公布"), _published, ("-published_on", "-id"), _of_published),
    "sanctions": Chip(_("罚款拘留"), _detained, ("-id",), _of_sanction),
}


def rows(actor: Actor, name: str, today: date) -> "QuerySet[Any]":
    """The rows of a filter in the cases that the actor sees."""
    return CHIPS[name].rows(today).filter(case__in=Case.objects.visible_to(actor))


def counts(actor: Actor, today: date) -> dict[str, int]:
    """How many there are behind each filter, one query each."""
    return {name: rows(actor, name, today)[:1000].count() for name in CHIPS}


def told(name: str, found: Sequence[Any], at: datetime) -> list[dict[str, Any]]:
    """What the board says about each row."""
    return [{"row": row, "party": row.party, "case": row.case, **CHIPS[name].told(row, at)} for row in found]


def repairs(actor: Actor) -> "QuerySet[Duty]":
    """Open duties of repair in the cases that the actor sees, the first to run out first."""
    found = Duty.objects.visible_to(actor).open().filter(kind__in=REPAIR)
    return found.select_related("case").order_by(F("due_at").asc(nulls_last=True), "id")


def told_repairs(found: Sequence[Duty], at: datetime) -> list[dict[str, Any]]:
    """What the board says about each duty of repair; the debtor is behind its subject. Two queries."""
    parties: dict[str, Any] = {}
    for model, label in ((ConsumptionLimit, "pressure.limit"), (Listing, "pressure.listing")):
        keys = [UUID(duty.subject.partition(":")[2]) for duty in found if duty.subject.startswith(f"{label}:")]
        for row in model.objects.filter(pk__in=keys).select_related("party"):
            parties[row.symbol] = row
    return [
        {
            "row": parties.get(duty.subject),
            "party": parties[duty.subject].party if duty.subject in parties else None,
            "case": duty.case,
            "left": duty_rows.left_of(duty, at),
            "state": "running",
            "word": duty_rows.title_of(duty, duty_rows.DUTIES.find(duty.kind), ""),
            "since": clock.day_of(duty.opened_at),
        }
        for duty in found
    ]
