"""The only way to obtain a case: absent and forbidden look the same."""

from uuid import UUID

from accounts import policy
from accounts.actors import Actor
from accounts.roles import Action
from cases import locks
from cases.models import Case
from kernel.refusals import NotFound
from law.case_number import Malformed, parse


def number_of(typed: str) -> str:
    """The official form of a case number written in any shape, or the text itself when it is none."""
    try:
        return parse(typed).text
    except Malformed:
        return typed


def case_for(actor: Actor | None, number: str, to: Action = Action.SEE_CASES) -> Case:
    """The case of that number, for an act. Raises NotFound (absent or not visible) and NotAllowed (the role lacks it)."""
    case = (
        Case.objects.visible_to(actor)
        .select_related("court", "matter", "officer__user", "team", "arises_from")
        .filter(number=number_of(number))
        .first()
    )
    if case is None or actor is None:
        raise NotFound()
    policy.require(actor, to)
    return case


def locked_case_for(actor: Actor, case_id: UUID, to: Action) -> Case:
    """The case, locked for an act of the actor; services begin with it. The system's own acts skip the table."""
    if actor.kind == "system":
        return locks.lock(case_id)
    policy.require(actor, to)
    if not Case.objects.visible_to(actor).filter(pk=case_id).exists():
        raise NotFound()
    return locks.lock(case_id)
