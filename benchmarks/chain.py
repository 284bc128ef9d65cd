"""Chained events per second: the whole recording (lock, chain, duties) beside bare inserts of the same row."""

import time
from typing import Any

from django.db import connection, transaction

from accounts.actors import Actor
from benchmarks import court
from cases import locks
from cases.kinds import CaseKind
from cases.models import Case, Event, Matter
from cases.services import filing, noting, recording
from kernel import clock
from kernel.keys import uuid7

EVENTS = 400


def measure() -> dict[str, dict[str, Any]]:
    """Events a second, and the ratio to bare inserts."""
    made = court.make()
    at = clock.now()
    actor = Actor.of_post(made.judge, on=clock.today())
    with transaction.atomic():
        matter = Matter.objects.create(court=made.court, cause="买卖合同纠纷", opened_on=clock.today())
        case = filing.open_case(matter=matter, kind=CaseKind.OBJECTION, sides={}, actor=actor, at=at)
    begun = time.perf_counter()
    for _count in range(EVENTS):
        with transaction.atomic():
            recording.record(
                case=locks.lock(case.pk), verb="cases.noted", actor=actor, at=at, facts=noting.Noted(kind="NOTE")
            )
    chained = EVENTS / (time.perf_counter() - begun)
    bare = _bare(case)
    return {
        "chained_events": {
            "value": round(chained),
            "unit": "events/s",
            "against": round(bare),
            "ratio": round(chained / bare, 3),
        }
    }


def _bare(case: Case) -> float:
    last = Event.objects.filter(case=case).order_by("-seq").values_list("seq", flat=True)[0]
    statement = (
        "INSERT INTO cases_event (id, case_id, court_id, seq, verb, subject, happened_at, recorded_at, actor, facts, salt,"
        " facts_digest, digest) SELECT %s, case_id, court_id, %s, verb, subject, happened_at, recorded_at, actor, facts,"
        " salt, facts_digest, digest FROM cases_event WHERE case_id = %s AND seq = %s"
    )
    begun = time.perf_counter()
    for number in range(EVENTS):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [uuid7(), last + 1 + number, case.pk, last])
    return EVENTS / (time.perf_counter() - begun)
