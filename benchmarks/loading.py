"""A court full of cases, loaded by COPY: each with its matter, two parties, one event and one open duty."""

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from accounts.models import Court, Post
from kernel.keys import uuid7
from kernel.text import grams

BATCH = 10_000


def copy(table: str, columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> None:
    """COPY rows into a table; None is NULL."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow(["\\N" if value is None else value for value in row])
    buffer.seek(0)
    names = ", ".join(f'"{name}"' for name in columns)
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN WITH (FORMAT csv, NULL '\\N')", buffer)


def cases(*, court: Court, officer: Post, count: int, first: int, at: datetime, phone: str = "") -> None:
    """Load ``count`` open execution cases numbered from ``first``; one in fifty is the officer's own.

    ``phone`` is the cipher text of the parties' telephone.
    """
    for start in range(first, first + count, BATCH):
        _batch(court, officer, range(start, min(start + BATCH, first + count)), at, phone)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _batch(court: Court, officer: Post, serials: range, at: datetime, phone: str) -> None:
    keys = [(serial, uuid7(), uuid7(), uuid7(), uuid7()) for serial in serials]
    day = at.date()
    copy(
        "cases_matter",
        ["id", "court_id", "cause", "opened_on", "risks"],
        ([matter, court.pk, "买卖合同纠纷", day, "[]"] for _s, matter, _c, _a, _b in keys),
    )
    copy("cases_case", CASE, (_case(court, officer, at, *row[:3]) for row in keys))
    copy("cases_party", PARTY, _parties(court, keys, phone))
    copy("cases_participation", ["id", "case_id", "party_id", "role", "ordinal", "special_authority"], _places(keys))
    events = {row[2]: uuid7() for row in keys}
    copy(
        "cases_event",
        EVENT,
        (
            [
                events[row[2]],
                row[2],
                court.pk,
                1,
                "cases.filed",
                f"cases.case:{row[2]}",
                at,
                at,
                officer.symbol,
                '{"number": "x", "claimed": "1.00", "fee": "1.00", "v": 1}',
                "0" * 32,
                "0" * 64,
                "0" * 64,
            ]
            for row in keys
        ),
    )
    copy("cases_duty", DUTY, (_duty(court, officer, at, row[0], row[2], events[row[2]]) for row in keys))


CASE = [
    "id",
    "version",
    "matter_id",
    "court_id",
    "kind",
    "year",
    "serial",
    "number",
    "stage",
    "stage_since",
    "lane",
    "cause",
    "claimed",
    "fee",
    "officer_id",
    "team_id",
    "filed_by_id",
    "filed_at",
    "quick",
    "closed_how",
]
PARTY = [
    "id",
    "version",
    "court_id",
    "kind",
    "name",
    "name_grams",
    "id_number",
    "id_digest",
    "id_tail_digest",
    "gender",
    "phone",
    "phone_digest",
    "address",
    "legal_representative",
]
EVENT = [
    "id",
    "case_id",
    "court_id",
    "seq",
    "verb",
    "subject",
    "happened_at",
    "recorded_at",
    "actor",
    "facts",
    "salt",
    "facts_digest",
    "digest",
]
DUTY = [
    "id",
    "court_id",
    "case_id",
    "kind",
    "subject",
    "opened_at",
    "opened_by_id",
    "base_at",
    "limit",
    "due_at",
    "due_on",
    "step",
    "provisional",
    "holder_id",
    "holder_role",
    "holder_team_id",
]


def _case(court: Court, officer: Post, at: datetime, serial: int, matter: UUID, key: UUID) -> list[Any]:
    filed = at - timedelta(minutes=serial % 500_000)
    own = officer.pk if serial % 50 == 0 else None
    return [
        key,
        1,
        matter,
        court.pk,
        "EXECUTION",
        2026,
        serial,
        f"（2026）{court.code}执{serial}号",
        "IMPLEMENTING",
        filed,
        "IMPLEMENTATION",
        "买卖合同纠纷",
        "142000.00",
        "2030.00",
        own,
        officer.team_id if own else None,
        None,
        filed,
        False,
        "",
    ]


def _parties(court: Court, keys: list[tuple[int, UUID, UUID, UUID, UUID]], phone: str) -> Iterator[list[Any]]:
    for serial, _matter, _case, one, other in keys:
        for key, name in ((one, f"申某{serial}"), (other, f"被某{serial}")):
            pairs = "{" + ",".join(grams(name)) + "}"
            yield [key, 1, court.pk, "PERSON", name, pairs, "", "", "", "", phone, "", "", ""]


def _places(keys: list[tuple[int, UUID, UUID, UUID, UUID]]) -> Iterator[list[Any]]:
    for _serial, _matter, case, one, other in keys:
        yield [uuid7(), case, one, "CREDITOR", 1, False]
        yield [uuid7(), case, other, "DEBTOR", 1, False]


def _duty(court: Court, officer: Post, at: datetime, serial: int, case: UUID, event: UUID) -> list[Any]:
    due = at + timedelta(hours=serial % 4000 - 200)
    own = officer.pk if serial % 50 == 0 else None
    return [
        uuid7(),
        court.pk,
        case,
        "cases.execute_in_time",
        f"cases.case:{case}",
        at,
        event,
        at,
        '{"months": 6}',
        due,
        due.date(),
        0,
        False,
        own,
        "EXECUTION_JUDGE",
        None,
    ]
