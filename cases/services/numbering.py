"""Case numbers: gapless per court, year and kind, because the counter commits with the case."""

from django.db import connection

from accounts.models import Court
from cases.kinds import CHARACTERS, CaseKind
from law.case_number import CaseNumber

_NEXT = """
    INSERT INTO cases_numbercounter (court_id, year, kind, last) VALUES (%s, %s, %s, 1)
    ON CONFLICT (court_id, year, kind) DO UPDATE SET last = cases_numbercounter.last + 1
    RETURNING last
"""


def next_serial(*, court: Court, year: int, kind: str) -> int:
    """The next serial of a series; the counter's row is held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [court.pk, year, kind])
        return int(cursor.fetchone()[0])


def text(*, court: Court, year: int, kind: CaseKind, serial: int) -> str:
    """The official form: （2025）晋1031执123号 (CN-FORMAT)."""
    return CaseNumber(year=year, court=court.code, kind=CHARACTERS[kind], number=serial, suffix="").text
