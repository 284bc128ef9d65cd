"""What a party may see of a case, and from when. Said by the kinds of event; exceptions are Disclosure rows."""

from collections.abc import Iterable
from uuid import UUID

from cases.declaring import EVENTS
from cases.kinds import CLAIMING, OWING, Audience, CaseKind, ParticipationRole
from cases.models import Case, Disclosure, Event, Participation
from kernel import clock

# A preservation is kept from the other side until property is under control (审判流程公开: afterwards).
KEPT_FROM_DEBTORS_UNTIL = {
    CaseKind.PRESERVATION: ("assets.freeze_effective", "assets.preservation_carried_out"),
    CaseKind.PRE_SUIT_PRESERVATION: ("assets.freeze_effective", "assets.preservation_carried_out"),
}


def audience_of(role: str) -> Audience | None:
    """The side on which a role stands; third parties stand on none."""
    if role in CLAIMING:
        return Audience.CREDITOR
    return Audience.DEBTOR if role in OWING else None


def participations_of(party_id: UUID) -> list[Participation]:
    """The party's own participations and those of whom it represents, which the party may see, newest case first."""
    rows = (
        Participation.objects.filter(party_id=party_id)
        .select_related("case__court", "case__matter", "represents__party", "party")
        .order_by("-case__filed_at")
    )
    return [row for row in rows if _is_open_to(row)]


def _is_open_to(row: Participation) -> bool:
    """Whether the party may see the case: an agent until his term ends, a debtor once the case is open to him."""
    side = audience_of(row.represents.role if row.represents else row.role)
    verbs = KEPT_FROM_DEBTORS_UNTIL.get(CaseKind(row.case.kind))
    if side is None or (row.until_on is not None and row.until_on < clock.today()):
        return False
    if side == Audience.CREDITOR or verbs is None:
        return True
    return Event.objects.filter(case__matter_id=row.case.matter_id, verb__in=verbs).exists()


def side_in(row: Participation) -> Audience | None:
    """The side of a participation; an agent stands where the represented party stands."""
    return audience_of(ParticipationRole(row.represents.role if row.represents else row.role))


def visible_events(case: Case, audience: Audience) -> list[Event]:
    """The events of a case that an audience may see, newest first."""
    kinds = [kind for kind in EVENTS if audience in kind.seen_by]
    rows = list(Event.objects.filter(case=case, verb__in=[kind.verb for kind in kinds]).order_by("-seq"))
    opened = _opened(case, kinds_once={kind.verb: kind.once[audience] for kind in kinds if audience in kind.once})
    shown = [row for row in rows if row.verb not in opened or row.subject in opened[row.verb]]
    return _with_exceptions(case, audience, shown)


def _opened(case: Case, kinds_once: dict[str, str]) -> dict[str, set[str]]:
    """For each verb that waits for another: the subjects for which the other has happened."""
    if not kinds_once:
        return {}
    found = Event.objects.filter(case__matter_id=case.matter_id, verb__in=set(kinds_once.values()))
    subjects: dict[str, set[str]] = {}
    for verb, subject in found.values_list("verb", "subject"):
        subjects.setdefault(verb, set()).add(subject)
    return {verb: subjects.get(wanted, set()) for verb, wanted in kinds_once.items()}


def _with_exceptions(case: Case, audience: Audience, shown: Iterable[Event]) -> list[Event]:
    rows = Disclosure.objects.filter(event__case=case, audience=audience).select_related("event").order_by("at")
    decided = {row.event_id: row for row in rows}
    kept = [event for event in shown if event.pk not in decided or decided[event.pk].shown]
    have = {event.pk for event in kept}
    added = [row.event for row in decided.values() if row.shown and row.event_id not in have]
    return sorted([*kept, *added], key=lambda event: -event.seq)
