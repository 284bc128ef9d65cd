"""System checks over the declarations: unknown verbs, duties that nothing closes, decisions without a person."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from accounts.policy import POLICY
from accounts.roles import Role
from cases.declaring import ACTS, DECISIONS, DUTIES, EVENTS, PAPERS


@register(Tags.models)
def declarations(**_options: Any) -> list[CheckMessage]:
    """Every verb a declaration names is declared, every decision has an asker and a decider."""
    return [*_duties(), *_events(), *_decisions(), *_papers()]


def _error(text: str, number: int) -> Error:
    return Error(text, id=f"cases.E{number:03d}")


def _duties() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for kind in DUTIES:
        verbs = (*kind.opens, *kind.closes, *kind.cancels, *kind.pauses, *kind.resumes)
        found += [_error(f"duty {kind.kind} names the unknown verb {verb}", 1) for verb in verbs if verb not in EVENTS]
        if not kind.opens or not kind.closes:
            found.append(_error(f"duty {kind.kind} cannot be opened or closed", 2))
        if bool(kind.url) != bool(kind.button):
            found.append(_error(f"duty {kind.kind} has a button without an address, or the other way round", 3))
    return found


def _events() -> list[CheckMessage]:
    verbs = [verb for kind in EVENTS for verb in kind.once.values()]
    found: list[CheckMessage] = [
        _error(f"visibility waits for the unknown verb {verb}", 4) for verb in verbs if verb not in EVENTS
    ]
    for kind in EVENTS:
        if kind.tell and not (kind.plain or kind.sms):
            found.append(_error(f"event {kind.verb} tells parties without plain words", 5))
        if kind.tell - kind.seen_by:
            found.append(_error(f"event {kind.verb} tells somebody who may not see it", 6))
    return found


def _decisions() -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for kind in DECISIONS:
        askers = {role for role, rights in POLICY.items() if kind.ask in rights}
        deciders = {role for role, rights in POLICY.items() if kind.decide in rights}
        tiers = () if callable(kind.tiers) else kind.tiers
        if not askers or not deciders:
            found.append(_error(f"nobody may ask or decide {kind.kind}", 7))
        found += [
            _error(f"{Role(role)} decides {kind.kind} without the right", 8) for role in tiers if role not in deciders
        ]
    return found


def _papers() -> list[CheckMessage]:
    names = [act.name for act in ACTS] + [paper.kind for paper in PAPERS]
    return [_error(f"{name} is not named room.thing", 9) for name in names if "." not in name]
