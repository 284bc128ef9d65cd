"""The list of cases: filters that live in the address, rows with their parties and next duty, sums over what is filtered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Post
from cases.declaring import DUTIES
from cases.kinds import CaseKind, Lane
from cases.models import Case, Duty
from cases.queries import rows, search, subjects
from cases.stages import Stage, spine_of
from kernel import clock
from kernel.sounding import Sound

ORDER = ("-filed_at", "-id")
MOST = 10_000  # rows summed in the foot and written to one workbook


@dataclass(frozen=True)
class Chosen:
    """The filters of the list as the address says them; what it does not know is left out."""

    kind: str = ""
    lane: str = ""
    stage: str = ""
    officer: UUID | None = None
    state: str = ""
    year: int | None = None
    overdue: bool = False
    q: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Chosen":
        """The filters in an address; values that are none of the choices are ignored."""
        year = query.get("year", "")
        return cls(
            kind=_one_of(query.get("kind", ""), CaseKind.values),
            lane=_one_of(query.get("lane", ""), Lane.values),
            stage=_one_of(query.get("stage", ""), Stage.values),
            officer=key_of(query.get("officer", "")),
            state=_one_of(query.get("state", ""), ("open", "closed")),
            year=int(year) if year.isdecimal() and len(year) == 4 else None,
            overdue=query.get("overdue") == "1",
            q=query.get("q", "").strip()[:80],
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is filtered."""
        return self == Chosen()


def cases(actor: Actor, chosen: Chosen, at: datetime) -> "QuerySet[Case]":
    """The cases that the actor sees, filtered."""
    found = Case.objects.visible_to(actor)
    plain = {"kind": chosen.kind, "lane": chosen.lane, "stage": chosen.stage, "officer_id": chosen.officer}
    found = found.filter(**{name: value for name, value in (plain | {"year": chosen.year}).items() if value})
    if chosen.state:
        found = found.filter(closed_at__isnull=chosen.state == "open")
    if chosen.overdue:
        past = Duty.objects.past(at).filter(court_id=actor.court_id, warn_at__lte=at)
        found = found.filter(pk__in=past.values("case_id"))
    return search.matching(found, actor, chosen.q)


def table(found: Sequence[Case], at: datetime) -> list[dict[str, Any]]:
    """The rows of a page: parties and next duty are read for all of them at once."""
    keys = [case.pk for case in found]
    parties, nearest = subjects.sides(keys), next_duties(keys)
    names = subjects.words(duty.subject for duty in nearest.values())
    return [
        {
            "id": case.pk,
            "number": case.number,
            "url": rows.case_url(case),
            "kind": CaseKind(case.kind).label,
            "parties": subjects.against(parties.get(case.pk)),
            "cause": case.cause,
            "claimed": case.claimed,
            "stage": stage_of(case),
            "lane": case.get_lane_display(),
            "closed": case.closed_at is not None,
            "officer": case.officer.user.name if case.officer else "",
            "filed_at": case.filed_at,
            "next": _next(nearest.get(case.pk), names, at),
        }
        for case in found
    ]


def stage_of(case: Case) -> str:
    """The words of the stage; of a closed case how it ended."""
    if case.closed_at is not None:
        return case.get_closed_how_display()
    return str(spine_of(case.kind).stages.get(case.stage, case.stage))


def next_duties(keys: Iterable[UUID]) -> dict[UUID, Duty]:
    """The running duty of each case that runs out first, in one query."""
    found = Duty.objects.open().filter(case_id__in=list(keys), paused_at__isnull=True, due_at__isnull=False)
    return {duty.case_id: duty for duty in found.order_by("case_id", "due_at", "id").distinct("case_id")}


def _next(duty: Duty | None, names: Mapping[str, str], at: datetime) -> dict[str, Any] | None:
    if duty is None:
        return None
    title = rows.title_of(duty, DUTIES.find(duty.kind), names.get(duty.subject, ""))
    return {"left": rows.left_of(duty, at), "title": title}


@dataclass(frozen=True)
class Total:
    """The sum claimed over the filtered list (yuan), or over its newest ten thousand."""

    amount: Decimal
    capped: bool

    @property
    def label(self) -> str:
        """What is summed."""
        return _("最近 1 万件标的合计") if self.capped else _("标的合计")


def total(found: "QuerySet[Case]") -> Total:
    """The sum claimed; of a longer list that of the newest ten thousand cases."""
    head = found.order_by(*ORDER).values("claimed")[:MOST]
    row = head.aggregate(total=Sum("claimed"), count=Count("*"))
    return Total(row["total"] or Decimal("0.00"), row["count"] == MOST)


def officers(actor: Actor) -> list[Post]:
    """The posts that are officers of a case that the actor sees."""
    seen = Case.objects.visible_to(actor).filter(officer_id=OuterRef("pk"))
    return list(
        Post.objects.filter(Exists(seen), court_id=actor.court_id).select_related("user").order_by(Sound("user__name"))
    )


def years(actor: Actor) -> list[int]:
    """The years of filing, this one first; ten at most."""
    this = clock.today().year
    first = Case.objects.visible_to(actor).order_by("filed_at").values_list("year", flat=True).first() or this
    return list(range(this, max(first, this - 9) - 1, -1))


def _one_of(typed: str, known: Iterable[str]) -> str:
    return typed if typed in known else ""


def key_of(typed: str) -> UUID | None:
    """The key that was sent, or none."""
    try:
        return UUID(typed)
    except ValueError:
        return None
