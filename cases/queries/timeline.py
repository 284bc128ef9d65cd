"""The timeline of a case: events in words, with what belongs to them. The number of events does not change that of queries."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actors import Actor
from cases import sentences
from cases.declaring import EVENTS
from cases.models import Attachment, Case, Decision, Document, Event, Follow, Note
from cases.queries import subjects
from cases.services.noting import CORRECTABLE

ORDER = ("-happened_at", "-seq")
RECENT = ("-recorded_at", "-id")

GROUPS: dict[str, Promise] = {
    "money": gettext_lazy("钱"),
    "property": gettext_lazy("财产"),
    "parties": gettext_lazy("当事人"),
    "papers": gettext_lazy("文书"),
    "work": gettext_lazy("办理"),
}


def of_case(case: Case, group: str = "") -> "QuerySet[Event]":
    """The events of a case, all or of one group."""
    rows = Event.objects.filter(case=case)
    return rows.filter(verb__in=verbs(group)) if group in GROUPS else rows


def since(actor: Actor, at: datetime, group: str = "", verb: str = "", *, followed: bool = False) -> "QuerySet[Event]":
    """What others recorded since a moment in the cases that the actor sees, or follows: all, one group or one verb."""
    seen = Case.objects.visible_to(actor).values("pk")
    if followed:
        seen = seen.filter(pk__in=Follow.objects.of(actor).values("case_id"))
    rows = Event.objects.filter(court_id=actor.court_id, recorded_at__gte=at, case_id__in=seen)
    rows = rows.exclude(actor=actor.symbol).select_related("case")
    if verb in EVENTS:
        return rows.filter(verb=verb)
    return rows.filter(verb__in=verbs(group)) if group in GROUPS else rows


def verbs(group: str) -> list[str]:
    """The verbs of a group; what names no known group is work."""
    return [row.verb for row in EVENTS if group_of(row.verb) == group]


def group_of(verb: str) -> str:
    """The group of a verb."""
    row = EVENTS.find(verb)
    return row.group if row and row.group in GROUPS else "work"


def entries(events: Sequence[Event], *, may_correct: bool = False) -> list[dict[str, Any]]:
    """Events as the timeline shows them: sentence, who did it, note, papers; a corrected one is struck through.

    With ``may_correct`` an entry that a note can correct carries the link to it.
    """
    known = [event for event in events if event.verb in EVENTS]
    found = _Belongings(known)
    shown = [_entry(row, found) for row in sentences.describe(known)]
    for row in shown:
        if may_correct and row["event"].verb in CORRECTABLE and not row["corrected"]:
            row["papers"].append(link(_("更正"), "cases:correct", row["event"].pk))
    return shown


def _entry(row: sentences.Entry, found: "_Belongings") -> dict[str, Any]:
    event = row.event
    return {
        "at": row.at,
        "sentence": row.sentence,
        "plain": _second(row.actor, found.notes.get(event.subject) or row.means),
        "weighty": row.kind.turning,
        "papers": found.papers(event),
        "corrected": event.pk in found.corrected,
        "event": event,
    }


def _second(actor: str, rest: str) -> str:
    if actor and rest:
        return format_html('{}<span class="sep"></span>{}', actor, rest)
    return actor or rest


class _Belongings:
    """What the subjects of some events lead to: papers, attachments, decisions, notes; four queries at most."""

    def __init__(self, events: Sequence[Event]) -> None:
        symbols = {event.subject for event in events} | {_about(event) for event in events}
        keys = [event.pk for event in events]
        self.corrected = set(Event.objects.filter(corrects_id__in=keys).values_list("corrects_id", flat=True))
        self.notes = _notes(subjects.keys(symbols, "cases.note"))
        self.links = _documents(subjects.keys(symbols, "cases.document"))
        self.links |= _attachments(subjects.keys(symbols, "cases.attachment"))
        self.links |= _decisions(subjects.keys(symbols, "cases.decision"))

    def papers(self, event: Event) -> list[dict[str, str]]:
        """The links of one event."""
        found = (self.links.get(symbol) for symbol in dict.fromkeys((event.subject, _about(event))))
        return [link for link in found if link]


def _about(event: Event) -> str:
    return str((event.facts or {}).get("about") or "")


def _notes(keys: Iterable[UUID]) -> dict[str, str]:
    if not keys:
        return {}
    return {f"cases.note:{row.pk}": row.text for row in Note.objects.filter(pk__in=keys)}


def _documents(keys: Iterable[UUID]) -> dict[str, dict[str, str]]:
    if not keys:
        return {}
    rows = Document.objects.filter(pk__in=keys).select_related("case").only("title", "case__number")
    return {row.symbol: link(_("文书"), "cases:document", row.case.slug, row.pk) for row in rows}


def _attachments(keys: Iterable[UUID]) -> dict[str, dict[str, str]]:
    if not keys:
        return {}
    rows = Attachment.objects.filter(pk__in=keys).select_related("case").only("title", "case__number")
    return {f"cases.attachment:{row.pk}": link(_("附件"), "cases:attachment", row.case.slug, row.pk) for row in rows}


def _decisions(keys: Iterable[UUID]) -> dict[str, dict[str, str]]:
    if not keys:
        return {}
    found = Decision.objects.filter(pk__in=keys).values_list("pk", flat=True)
    return {f"cases.decision:{key}": link(_("审批"), "cases:decision", key) for key in found}


def link(label: str, name: str, *args: Any) -> dict[str, str]:
    """A link, or nothing while no room has the page."""
    try:
        return {"label": label, "url": reverse(name, args=args)}
    except NoReverseMatch:
        return {}
