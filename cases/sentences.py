"""Verb and facts become a sentence, for the desk and, in plain words, for a party. Wording may change; history stays."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, get_type_hints
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Post
from cases.declaring import DECISIONS, EVENTS, EventKind
from cases.kinds import Audience
from cases.models import Case, Event, Party
from kernel import clock
from kernel.templatetags import dates

Names = dict[str, str]


@dataclass(frozen=True)
class Entry:
    """One event in words."""

    event: Event
    kind: EventKind
    at: datetime
    sentence: str
    plain: str
    means: str
    you_can: str
    sms: str
    actor: str


def describe(events: Sequence[Event], audience: Audience | None = None) -> list[Entry]:
    """Entries for events; names are looked up once for all of them."""
    names = _names(events)
    return [_entry(event, names, audience) for event in events]


def _entry(event: Event, names: Names, audience: Audience | None) -> Entry:
    kind = EVENTS.get(event.verb)
    if event.facts is None:
        erased = _("这条记录的内容已依法删除")
        return Entry(event, kind, event.happened_at, erased, erased, "", "", "", "")
    words = _Words(_shown(kind, event, names))
    return Entry(
        event=event,
        kind=kind,
        at=event.happened_at,
        sentence=str(kind.sentence) % words,
        plain=str(kind.plain) % words,
        means=str(kind.means) % words,
        you_can=str(kind.you_can.get(audience, "") if audience else "") % words,
        sms=str(kind.sms) % words,
        actor=names.get(event.actor, ""),
    )


class _Words(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "—"


def _shown(kind: EventKind, event: Event, names: Names) -> dict[str, str]:
    hints = _hints(kind.facts)
    facts = event.facts or {}
    words = {key: _word(value, hints.get(key), names) for key, value in facts.items()}
    return words | {"subject": names.get(event.subject, ""), "actor": names.get(event.actor, "")}


@cache
def _hints(facts: type) -> dict[str, Any]:
    return get_type_hints(facts)


def _word(value: Any, hint: Any, names: Names) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(hint, type) and issubclass(hint, Enum):
        return str(getattr(hint(value), "label", value))
    kinds = getattr(hint, "__args__", (hint,))
    if Decimal in kinds:
        return f"{Decimal(value):,.2f}"
    if datetime in kinds:
        local = datetime.fromisoformat(value).astimezone(clock.SHANGHAI)
        return f"{dates.full_day_text(local.date())} {dates.hour_text(local)}"
    if date in kinds:
        return dates.full_day_text(date.fromisoformat(value))
    if isinstance(value, list):
        return "、".join(_word(item, None, names) for item in value)
    return names.get(str(value), str(value))


def _people(keys: Iterable[UUID]) -> Names:
    rows = Post.objects.filter(pk__in=list(keys)).select_related("user")
    return {row.symbol: row.user.name for row in rows}


def _parties(keys: Iterable[UUID]) -> Names:
    return {row.symbol: row.name for row in Party.objects.filter(pk__in=list(keys)).only("id", "name")}


def _cases(keys: Iterable[UUID]) -> Names:
    return {row.symbol: row.number for row in Case.objects.filter(pk__in=list(keys)).only("id", "number")}


RESOLVERS: dict[str, Callable[[Iterable[UUID]], Names]] = {
    "accounts.post": _people,
    "cases.party": _parties,
    "cases.case": _cases,
}


def _names(events: Sequence[Event]) -> Names:
    wanted: dict[str, set[UUID]] = {}
    for symbol in _symbols(events):
        model, _colon, key = symbol.partition(":")
        if model in RESOLVERS:
            wanted.setdefault(model, set()).add(UUID(key))
    found: Names = {"system:clock": _("系统"), "system:bank": _("银行"), "system:gateway": _("外部系统")}
    found |= {row.kind: str(row.title) for row in DECISIONS}
    for model, keys in wanted.items():
        found |= RESOLVERS[model](keys)
    return found


def _symbols(events: Sequence[Event]) -> Iterable[str]:
    for event in events:
        yield event.actor
        yield event.subject
        for value in (event.facts or {}).values():
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, str) and item.startswith(tuple(RESOLVERS)):
                    yield item
