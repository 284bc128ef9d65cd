"""A difference between books and bank is told to finance and to the director, and is somebody's duty until it is gone.

The halt itself is opened and ended by ``reconciling`` in its own transaction; a sweep lets the court's administrative
case agree with it, so nothing that compares the books ever waits for a case.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Court
from cases.models import Duty
from cases.services import recording
from funds.models import PayoutHalt
from funds.services import closing_month

DUTY = "funds.clear_difference"


@dataclass(frozen=True)
class BooksDiffer:
    """Facts of funds.books_differ and funds.books_agree: the difference (yuan), how many candidates and accounts are named.

    The duty is due from ``since`` on: a halt is past as soon as it begins.
    """

    since: datetime
    difference: Decimal
    candidates: int
    accounts: int


def sweep(*, court: Court, at: datetime) -> bool:
    """Tell a halt that began or ended since the last time; whether something was told."""
    halt = PayoutHalt.objects.filter(court=court, ended_at__isnull=True).select_related("opened_by").first()
    told = Duty.objects.filter(court=court, kind=DUTY, closed_at__isnull=True)
    known = set(told.values_list("subject", flat=True))
    if known == ({symbol(halt)} if halt else set()):
        return False
    actor = Actor.system(court, "clock")
    with transaction.atomic():
        case = closing_month.carrying(court, actor, at)
        for subject in known - ({symbol(halt)} if halt else set()):
            ended = PayoutHalt.objects.select_related("opened_by").get(pk=subject.partition(":")[2])
            recording.record(
                case=case, verb="funds.books_agree", actor=actor, at=at, subject=subject, facts=_facts(ended)
            )
        if halt and symbol(halt) not in known:
            recording.record(
                case=case, verb="funds.books_differ", actor=actor, at=at, subject=symbol(halt), facts=_facts(halt)
            )
    return True


def symbol(halt: PayoutHalt) -> str:
    """How events name a halt."""
    return f"funds.payouthalt:{halt.pk}"


def _facts(halt: PayoutHalt) -> BooksDiffer:
    opened = halt.opened_by
    return BooksDiffer(
        since=halt.from_at,
        difference=halt.difference,
        candidates=len(opened.candidates),
        accounts=len(opened.wrong_accounts),
    )
