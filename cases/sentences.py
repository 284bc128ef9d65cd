"""Verb and facts become a sentence, for the desk and, in plain words, for a party. Wording may change; history stays."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
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
_BLANK = re.compile(r"%\((\w+)\)s")


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
    names = _resolve(value for event in events for value in _values(event))
    return [_entry(event, names, audience) for event in events]


def texts(events: Sequence[Event]) -> list[str]:
    """What a text message says of each event: its own words, else those for a party. Only what they name is looked up."""
    templates = [_text(EVENTS.get(event.verb)) for event in events]
    blanks = [frozenset(_BLANK.findall(template)) for template in templates]
    wanted = (value for event, keys in zip(events, blanks, strict=True) for value in _values(event, keys))
    names = _resolve(wanted)
    return [
        template % _Words(_shown(EVENTS.get(event.verb), event, names, keys))
        for event, template, keys in zip(events, templates, blanks, strict=True)
    ]


def _text(kind: EventKind) -> str:
    return str(kind.sms) or str(kind.plain)


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


def _shown(kind: EventKind, event: Event, names: Names, keys: Collection[str] | None = None) -> dict[str, str]:
    """The words of an event's facts, or of those keys alone."""
    hints = _hints(kind.facts)
    facts = (event.facts or {}).items()
    words = {key: _word(value, hints.get(key), names) for key, value in facts if keys is None or key in keys}
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
    return names.get(str(value)) or _title(str(value))


def _title(word: str) -> str:
    """The title of a kind of decision, or the word itself."""
    row = DECISIONS.find(word)
    return str(row.title) if row else word


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


def _resolve(symbols: Iterable[str]) -> Names:
    """The names of those who are named by symbols; each kind of row is asked once."""
    wanted: dict[str, set[UUID]] = {}
    for symbol in symbols:
        model, _colon, key = symbol.partition(":")
        if model in RESOLVERS:
            wanted.setdefault(model, set()).add(UUID(key))
    found: Names = {"system:clock": _("系统"), "system:bank": _("银行"), "system:gateway": _("外部系统")}
    for model, keys in wanted.items():
        found |= RESOLVERS[model](keys)
    return found


def _values(event: Event, keys: Collection[str] | None = None) -> Iterable[str]:
    """What may be a symbol in an event: whose act it was, what about, and the facts, or of these the keys alone."""
    for key, value in (("actor", event.actor), ("subject", event.subject), *(event.facts or {}).items()):
        if keys is None or key in keys:
            for item in value if isinstance(value, list) else [value]:
                if isinstance(item, str):
                    yield item
