"""Whom the court knows already: open cases of the identities that are being typed, so that nothing is filed twice."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from accounts.actors import Actor
from cases.models import Case, Participation
from kernel.encryption import digest

MOST = 20


@dataclass(frozen=True)
class Known:
    """One open case in which somebody of the new case takes part; ``twin`` when both of its sides do."""

    case: Case
    who: str
    twin: bool


def open_cases(*, actor: Actor, plaintiffs: Iterable[str], defendants: Iterable[str]) -> list[Known]:
    """Open cases, visible to the actor, of the identity numbers typed on either side; likely duplicates first."""
    one, other = _digests(plaintiffs), _digests(defendants)
    rows = (
        Participation.objects.filter(case__in=Case.objects.visible_to(actor).open())
        .filter(party__court_id=actor.court_id, party__id_digest__in=one | other)
        .select_related("case", "party")
        .order_by("-case__filed_at", "case_id", "role", "ordinal")
    )
    found: dict[Case, list[Participation]] = {}
    for row in rows[: MOST * 4]:
        found.setdefault(row.case, []).append(row)
    known = [
        Known(
            case=case,
            who="、".join(f"{row.get_role_display()}{row.party.name}" for row in members),
            twin=_has(members, one) and _has(members, other),
        )
        for case, members in found.items()
    ]
    return sorted(known, key=lambda row: not row.twin)[:MOST]


def _digests(numbers: Iterable[str]) -> frozenset[str]:
    return frozenset(digest(number) for number in numbers if number)


def _has(members: Iterable[Participation], digests: Collection[str]) -> bool:
    return any(row.party.id_digest in digests for row in members)
