"""Who took part in the execution cannot rule on an objection to it (异复11; OBJ-PANEL). Compared as persons, not as posts."""

from uuid import UUID

from accounts.models import Post
from cases.kinds import EXECUTION_KINDS
from cases.models import Case, Event

NEUTRAL = frozenset({"cases.filed", "cases.assigned", "cases.objected", "cases.noted", "cases.corrected"})
"""Verbs by which nobody executes: filing, assigning, writing notes."""


def executed_it(objection: Case) -> frozenset[UUID]:
    """The users who were officers of an execution of the dispute, or recorded an act in it."""
    executions = Case.objects.filter(matter_id=objection.matter_id, kind__in=EXECUTION_KINDS)
    events = Event.objects.filter(case__in=executions)
    actors = set(events.exclude(verb__in=NEUTRAL).values_list("actor", flat=True).distinct())
    for facts in events.filter(verb="cases.assigned").values_list("facts", flat=True):
        actors |= {(facts or {}).get("officer", ""), (facts or {}).get("previous", "")}
    posts = {UUID(key) for model, _colon, key in (name.partition(":") for name in actors if name) if "post" in model}
    posts |= set(executions.exclude(officer=None).values_list("officer_id", flat=True))
    return frozenset(Post.objects.filter(pk__in=posts).values_list("user_id", flat=True))
