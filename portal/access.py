"""Who reads in the portal: a party that proved itself, and nobody else. Other cases are absent."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from accounts.actors import Actor
from cases.access import number_of
from cases.kinds import Audience
from cases.models import Participation, Party
from cases.queries import disclosing
from kernel.refusals import NotFound

SESSION_KEY = "portal"


@dataclass(frozen=True)
class Reader:
    """The party, its actor, and its participations in cases that it may see."""

    party: Party
    actor: Actor
    participations: tuple[Participation, ...]

    def participation(self, number: str) -> Participation:
        """The party's place in the case of that number; raises NotFound for any other case."""
        official = number_of(number)
        for row in self.participations:
            if row.case.number == official:
                return row
        raise NotFound()


def reader_of(request: HttpRequest) -> Reader | None:
    """The reader of the session, or None."""
    key = request.session.get(SESSION_KEY)
    party = Party.objects.select_related("court").filter(pk=UUID(key)).first() if key else None
    if party is None:
        return None
    rows = tuple(disclosing.participations_of(party.pk))
    ids = frozenset(row.case_id for row in rows)
    actor = Actor.party(court=party.court, party_id=party.pk, name=party.name, case_ids=ids)
    return Reader(party=party, actor=actor, participations=rows)


View = Callable[..., HttpResponse]


def party_required(view: View) -> View:
    """Only for a signed-in party; others are led to the sign-in. The view gets ``reader``."""

    @wraps(view)
    @never_cache
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reader = reader_of(request)
        if reader is None:
            return redirect("portal:sign_in")
        return view(request, reader, *args, **kwargs)

    guarded.needs_party = True  # type: ignore[attr-defined]
    return guarded


def side(row: Participation) -> Audience:
    """The side of a participation that the portal shows."""
    found = disclosing.side_in(row)
    if found is None:
        raise NotFound()
    return found
