"""Cases by when they were filed and closed: the rows of every figure of the stock (旧存＋新收－结案＝未结)."""

from collections.abc import Iterable

from django.db.models import Q

from cases.kinds import EXECUTION_KINDS, CaseKind
from cases.models import Case
from cases.models.cases import CaseQuerySet
from insight.frames import Frame

FIRST = frozenset({CaseKind.EXECUTION})


def of_court(frame: Frame, kinds: Iterable[str] = EXECUTION_KINDS) -> CaseQuerySet:
    """All cases of some kinds that were filed by the moment of the frame."""
    return Case.objects.filter(court_id=frame.court_id, kind__in=sorted(kinds), filed_at__lte=frame.at)


def old(frame: Frame, kinds: Iterable[str] = EXECUTION_KINDS) -> CaseQuerySet:
    """旧存: filed before the frame and not closed when it began."""
    return of_court(frame, kinds).filter(
        Q(closed_at__isnull=True) | Q(closed_at__gte=frame.since), filed_at__lt=frame.since
    )


def new(frame: Frame, kinds: Iterable[str] = EXECUTION_KINDS) -> CaseQuerySet:
    """新收: filed in the frame."""
    return of_court(frame, kinds).filter(filed_at__gte=frame.since)


def in_hand(frame: Frame, kinds: Iterable[str] = EXECUTION_KINDS) -> CaseQuerySet:
    """受理: the old stock and what was filed in the frame."""
    return of_court(frame, kinds).filter(Q(closed_at__isnull=True) | Q(closed_at__gte=frame.since))


def closed(frame: Frame, kinds: Iterable[str] = EXECUTION_KINDS) -> CaseQuerySet:
    """结案: closed in the frame, in whatever way."""
    return of_court(frame, kinds).filter(closed_at__gte=frame.since, closed_at__lte=frame.at)


def unclosed(frame: Frame, kinds: Iterable[str] = EXECUTION_KINDS) -> CaseQuerySet:
    """未结: filed by the moment of the frame and not closed by then."""
    return of_court(frame, kinds).filter(Q(closed_at__isnull=True) | Q(closed_at__gt=frame.at))
