"""The boards of the desk: the tray of open duties, what was done, what runs out. Every board has a constant number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from accounts.policy import scope
from accounts.roles import Action, Role, Scope
from cases.declaring import DUTIES
from cases.models import Duty, DutyNotice
from cases.models.duties import DutyQuerySet
from kernel import clock

ORDER = ("due_at", "id")
DONE_ORDER = ("-closed_at", "-id")
SOON = timedelta(days=3)
MOST_WAITING = 50

TAGS: dict[str, Promise] = {
    "decision": gettext_lazy("审批"),
    "filing": gettext_lazy("立案"),
    "trial": gettext_lazy("审理"),
    "service": gettext_lazy("送达"),
    "inquiry": gettext_lazy("查控"),
    "property": gettext_lazy("财产"),
    "expiring": gettext_lazy("措施到期"),
    "funds": gettext_lazy("案款"),
    "pressure": gettext_lazy("信用"),
    "sanction": gettext_lazy("强制"),
    "repair": gettext_lazy("修复"),
    "closing": gettext_lazy("结案"),
    "other": gettext_lazy("其他"),
}
GROUPS = (
    ("past", "past", gettext_lazy("已过期")),
    ("today", "near", gettext_lazy("今天到期")),
    ("soon", "running", gettext_lazy("三日内")),
    ("later", "idle", gettext_lazy("以后")),
)


@dataclass(frozen=True)
class Tally:
    """How many open duties a board has, by group of time and by tag."""

    groups: dict[str, int]
    tags: dict[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.groups.values())


def tray(actor: Actor, *, team: bool = False) -> DutyQuerySet:
    """The open duties in the actor's own tray, or with ``team`` all those of the cases it sees."""
    rows = Duty.objects.visible_to(actor) if team else Duty.objects.held_by(actor)
    return rows.open()


def running(rows: DutyQuerySet) -> DutyQuerySet:
    """Those whose limit runs; ordered by ``ORDER`` the next to run out stands first."""
    found = rows.filter(paused_at__isnull=True, due_at__isnull=False)
    return found.select_related("case", "holder__user", "holder_team")


def waiting(rows: DutyQuerySet) -> list[Duty]:
    """Those whose limit does not run: paused, or without one; at most a page of them."""
    found = rows.filter(Q(paused_at__isnull=False) | Q(due_at__isnull=True))
    return list(found.select_related("case", "holder__user", "holder_team").order_by("opened_at", "id")[:MOST_WAITING])


def by_limit(duties: Iterable[Duty]) -> list[Duty]:
    """Duties in hand by what runs out first; what does not run stands last."""
    return sorted(duties, key=lambda duty: (duty.paused_at is not None, duty.due_at is None, duty.due_at, duty.pk))


def tagged(rows: DutyQuerySet, tag: str) -> DutyQuerySet:
    """Only the duties with a tag; an unknown tag leaves all."""
    return rows.filter(kind__in=_kinds(tag)) if tag in TAGS else rows


def tally(rows: DutyQuerySet, at: datetime, tag: str = "") -> Tally:
    """Counts by group (of the chosen tag) and by tag (of all), in one query."""
    running, today = Q(paused_at__isnull=True), clock.end_of(clock.day_of(at))
    counted = rows.order_by().values("kind").annotate(
        total=Count("id"),
        past=Count("id", filter=running & Q(due_at__lt=at)),
        today=Count("id", filter=running & Q(due_at__gte=at, due_at__lte=today)),
        soon=Count("id", filter=running & Q(due_at__gt=max(today, at), due_at__lte=today + SOON)),
    )  # fmt: skip
    groups, tags = dict.fromkeys(("past", "today", "soon", "later"), 0), dict.fromkeys(TAGS, 0)
    for row in counted:
        own = _tags(row["kind"])
        for name in own:
            tags[name] += row["total"]
        if tag in TAGS and tag not in own:
            continue
        for name in ("past", "today", "soon"):
            groups[name] += row[name]
        groups["later"] += row["total"] - row["past"] - row["today"] - row["soon"]
    return Tally(groups, {name: count for name, count in tags.items() if count})


def done(actor: Actor) -> DutyQuerySet:
    """The duties that the actor did: those of its posts, and those of its role's tray that it closed itself."""
    own = Q(holder_id__in=actor.post_ids)
    of_role = Q(holder__isnull=True, holder_role__in=actor.roles, closed_by__actor=actor.symbol)
    rows = Duty.objects.filter(court_id=actor.court_id, closed_in_time__isnull=False).filter(own | of_role)
    return rows.select_related("case", "closed_by")


def warned(actor: Actor, at: datetime) -> DutyQuerySet:
    """Running duties past or near their limit in the cases that the actor sees.

    The bound on ``due_at`` follows from the longest warning of all kinds; it keeps the walk along the index short.
    """
    latest = at + max(kind.warn for kind in DUTIES)
    rows = Duty.objects.visible_to(actor).open()
    return rows.filter(paused_at__isnull=True, warn_at__lte=at, due_at__lte=latest)


def reported(rows: DutyQuerySet, actor: Actor) -> DutyQuerySet:
    """Only those that were reported to a post of the actor by escalation."""
    told = Q()
    for key in actor.post_ids:
        told |= Q(watchers__contains=[f"accounts.post:{key}"])
    return rows.filter(pk__in=DutyNotice.objects.filter(told, label="ESCALATED").values("duty_id"))


def holder_of(duty: Duty) -> str:
    """Who must act: the person, or the role whose tray holds the duty."""
    if duty.holder is not None:
        return str(duty.holder.user.name)
    role = str(Role(duty.holder_role).label) if duty.holder_role in Role.values else duty.holder_role
    return f"{duty.holder_team.name}{role}" if duty.holder_team else role


def is_mine(duty: Duty, actor: Actor) -> bool:
    """Whether the duty is in the actor's tray (as ``held_by`` says in SQL)."""
    if duty.holder_id is not None:
        return duty.holder_id in actor.post_ids
    if duty.court_id != actor.court_id or duty.holder_role not in actor.roles:
        return False
    return duty.holder_team_id is None or not actor.team_id or duty.holder_team_id == actor.team_id


def team_word(actor: Actor) -> str:
    """What “everybody” means for the actor: the team, or the court; empty for those who only see their own."""
    width = scope(actor, Action.SEE_CASES)
    if width == Scope.COURT:
        return _("全院")
    return _("全组") if width == Scope.TEAM and actor.team_id else ""


def grouped(entries: Sequence[dict[str, Any]], counts: dict[str, int]) -> list[dict[str, Any]]:
    """The rows of a page under the four bars of time."""
    return [
        {
            "state": state,
            "label": label,
            "count": counts[key],
            "duties": [row for row in entries if row["group"] == key],
        }
        for key, state, label in GROUPS
    ]


def _tags(kind: str) -> Iterable[str]:
    row = DUTIES.find(kind)
    return (row.tags & TAGS.keys() if row else frozenset()) or {"other"}


def _kinds(tag: str) -> list[str]:
    known = [row.kind for row in DUTIES]
    return [kind for kind in known if tag in _tags(kind)]
