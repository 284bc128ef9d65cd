"""The one search box: whatever is pasted finds cases. Rooms append their own finders (an account number, a receipt).

A finder takes the actor and the typed text and says which cases it names; what the actor may not see is dropped afterwards.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from cases.kinds import CHARACTERS
from cases.models import Case, Participation, Party
from cases.services.parties import PHONE
from kernel import text
from kernel.encryption import digest, tail_digest
from law.case_number import Malformed, parse

MOST = 50
IDENTITY = re.compile(r"^(\d{17}[\dX]|[0-9A-HJ-NPQRTUWXY]{18})$")
TAIL = re.compile(r"^[0-9A-Z]{3}[0-9A-Z]$")
PARTIAL = re.compile(
    r"^(?:\(?(?P<year>20\d\d)\)?年?)?(?:[\u4e00-\u9fff]\d{4})?"
    rf"(?P<kind>{'|'.join(sorted(CHARACTERS.values(), key=len, reverse=True))})?第?(?P<serial>\d{{1,5}})号?$"
)
HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


@dataclass(frozen=True)
class Finder:
    """One way of finding: ``find`` returns the keys of cases; ``sensitive`` finders are entered in the journal."""

    name: str
    label: Promise
    find: Callable[[Actor, str], Iterable[UUID]]
    sensitive: bool = False


@dataclass(frozen=True)
class Found:
    """The cases found, the ways that found them, and those of them that read identities."""

    cases: Sequence[Case]
    labels: Sequence[str]
    sensitive: Sequence[str]


def find(actor: Actor, typed: str) -> Found:
    """The visible cases that the typed text names, the newest first, at most fifty."""
    wanted = text.narrow(typed)
    keys: set[UUID] = set()
    used: list[Finder] = []
    for finder in FINDERS:
        if found := set(finder.find(actor, wanted)) if wanted else set():
            keys |= found
            used.append(finder)
    rows = Case.objects.visible_to(actor).filter(pk__in=keys).select_related("officer__user")
    return Found(
        cases=list(rows.order_by("-filed_at", "-id")[:MOST]),
        labels=[str(finder.label) for finder in used],
        sensitive=[finder.name for finder in used if finder.sensitive],
    )


def matching(rows: "QuerySet[Case]", actor: Actor, typed: str) -> "QuerySet[Case]":
    """The rows of a list that match: by number (whole or part) or a party's name; what is neither is sought in the cause."""
    wanted = text.narrow(typed)
    if not wanted:
        return rows
    keys = {*_by_number(actor, wanted), *_by_part(actor, wanted), *_by_name(actor, wanted)}
    return rows.filter(pk__in=keys) if keys else rows.filter(cause__icontains=wanted)


def _by_number(actor: Actor, typed: str) -> Iterable[UUID]:
    try:
        number = parse(typed).text
    except Malformed:
        return ()
    return Case.objects.filter(court_id=actor.court_id, number=number).values_list("pk", flat=True)


def _by_part(actor: Actor, typed: str) -> Iterable[UUID]:
    """执123, 2026执123 or 123: kind and year may be missing."""
    match = PARTIAL.match(re.sub(r"\s", "", typed))
    if match is None or int(match["serial"]) == 0:
        return ()
    rows = Case.objects.filter(court_id=actor.court_id, serial=int(match["serial"]))
    if match["year"]:
        rows = rows.filter(year=int(match["year"]))
    if match["kind"]:
        rows = rows.filter(kind=next(kind for kind, word in CHARACTERS.items() if word == match["kind"]))
    return rows.order_by("-filed_at").values_list("pk", flat=True)[:MOST]


def _by_name(actor: Actor, typed: str) -> Iterable[UUID]:
    wanted = text.searchable(typed)
    if len(wanted) < 2 or not HAN.search(wanted):
        return ()
    pairs = [gram for gram in text.grams(wanted) if len(gram) == 2]
    rows = Party.objects.filter(court_id=actor.court_id, name_grams__contains=pairs).values_list("pk", "name")
    return _cases_of(key for key, name in rows if wanted in text.searchable(name))


def _by_identity(actor: Actor, typed: str) -> Iterable[UUID]:
    number = typed.replace(" ", "").replace("-", "").upper()
    if not IDENTITY.match(number):
        return ()
    return _cases_of(_parties(actor, id_digest=digest(number)))


def _by_tail(actor: Actor, typed: str) -> Iterable[UUID]:
    tail = typed.upper()
    if not TAIL.match(tail):
        return ()
    return _cases_of(_parties(actor, id_tail_digest=tail_digest(tail)))


def _by_phone(actor: Actor, typed: str) -> Iterable[UUID]:
    number = typed.replace(" ", "").replace("—", "-")
    if not PHONE.match(number):
        return ()
    return _cases_of(_parties(actor, phone_digest=digest(number)))


def _parties(actor: Actor, **by: str) -> Iterable[UUID]:
    return Party.objects.filter(court_id=actor.court_id, **by).values_list("pk", flat=True)


def _cases_of(parties: Iterable[UUID]) -> Iterable[UUID]:
    keys = list(parties)
    if not keys:
        return ()
    return Participation.objects.filter(party_id__in=keys).values_list("case_id", flat=True)


FINDERS: list[Finder] = [
    Finder("number", _("案号"), _by_number),
    Finder("part", _("案号的一部分"), _by_part),
    Finder("name", _("当事人姓名或名称"), _by_name),
    Finder("identity", _("证件号码"), _by_identity, sensitive=True),
    Finder("identity_tail", _("证件后四位"), _by_tail, sensitive=True),
    Finder("phone", _("电话"), _by_phone, sensitive=True),
]
