"""What stands around a case: the cases of its dispute, other cases of the debtor, the people who work on it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Post
from accounts.roles import Role
from cases.kinds import OWING, CaseKind, ClosedHow
from cases.models import Case, Participation
from cases.queries import rows
from cases.stages import spine_of
from kernel import clock
from kernel.templatetags import dates

BRANCHES = frozenset({CaseKind.OBJECTION, CaseKind.SANCTION})
OTHERS = 5
MOST_SHARED = 200  # cases of one debtor that are looked at


def tree(case: Case, actor: Actor, at: datetime) -> list[dict[str, Any]]:
    """The cases of the dispute in the order of filing; those that the actor may not see are named without a link."""
    family = list(Case.objects.filter(matter_id=case.matter_id).order_by("filed_at", "id"))
    seen = _seen(actor, [row.pk for row in family])
    return [
        {
            "number": row.number,
            "url": rows.case_url(row) if row.pk in seen else "",
            "note": note_of(row, at),
            "here": row.pk == case.pk,
            "branch": row.kind in BRANCHES,
        }
        for row in family
    ]


def note_of(case: Case, at: datetime) -> str:
    """Kind and stage of a case, or how and when it ended."""
    kind = str(CaseKind(case.kind).label)
    if case.closed_at is not None:
        day = dates.day_text(clock.day_of(case.closed_at), clock.day_of(at))
        return f"{kind}，{ClosedHow(case.closed_how).label}，{day}"
    return f"{kind}，{spine_of(case.kind).stages.get(case.stage, case.stage)}"


def others(case: Case, actor: Actor) -> list[dict[str, Any]]:
    """Open cases of other disputes in which a debtor of this case owes as well, as far as the actor sees them."""
    mine = list(Participation.objects.filter(case=case, role__in=OWING).values_list("party_id", flat=True))
    shared = Participation.objects.filter(party_id__in=mine, role__in=OWING).values_list("case_id", flat=True)
    keys = set(shared[:MOST_SHARED])
    found = Case.objects.visible_to(actor).open().filter(pk__in=keys).exclude(matter_id=case.matter_id)
    return [
        {"number": row.number, "url": rows.case_url(row), "claimed": row.claimed, "cause": row.cause}
        for row in found.order_by("-filed_at", "-id")[:OTHERS]
    ]


def people(case: Case, at: datetime) -> list[dict[str, str]]:
    """Who works on the case: the officer, then the team's posts by role."""
    found = []
    if case.officer is not None:
        found.append({"role": _("承办人"), "names": case.officer.user.name})
    if case.team_id is None:
        return found
    posts = Post.objects.in_force(clock.day_of(at)).filter(team_id=case.team_id).exclude(pk=case.officer_id)
    by_role: dict[str, list[str]] = {}
    for role, name in posts.order_by("role", "from_on", "id").values_list("role", "user__name"):
        by_role.setdefault(role, []).append(name)
    order = [role.value for role in Role]
    return found + [
        {"role": str(Role(role).label), "names": "、".join(by_role[role])} for role in sorted(by_role, key=order.index)
    ]


def _seen(actor: Actor, keys: Iterable[UUID]) -> set[UUID]:
    return set(Case.objects.visible_to(actor).filter(pk__in=list(keys)).values_list("pk", flat=True))
