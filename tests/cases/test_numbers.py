"""Case numbers: a series of its own for each court, year and kind; no gap and no double, also when many file at once."""

import threading

import pytest
from django.db import connection, transaction

from cases.models import Case
from cases.services import numbering
from tests import factories
from tests.cast import MORNING, Cast


@pytest.mark.django_db(transaction=True)
def test_forty_filings_at_once_leave_no_gap(cast: Cast) -> None:
    court = cast.xixian
    serials: list[int] = []
    lock = threading.Lock()

    def take() -> None:
        try:
            for _turn in range(10):
                with transaction.atomic():
                    serial = numbering.next_serial(court=court, year=2026, kind="EXECUTION")
                with lock:
                    serials.append(serial)
        finally:
            connection.close()

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(serials) == list(range(1, 41))


def test_a_filing_that_fails_gives_its_number_back(cast: Cast) -> None:
    class Undone(Exception):
        pass

    def fail() -> None:
        with transaction.atomic():
            factories.civil_case(cast)
            raise Undone

    assert cast.filing_clerk
    with pytest.raises(Undone):
        fail()
    assert factories.civil_case(cast).number == "（2026）晋1031民初1号"
    assert Case.objects.count() == 1


def test_kinds_and_courts_count_apart(cast: Cast) -> None:
    basis = factories.judged_case(cast)
    assert basis.number == "（2026）晋1031民初1号"
    assert factories.execution_case(cast, seed=2).number == "（2026）晋1031执1号"
    assert factories.civil_case(cast, seed=9, at=MORNING).number == "（2026）晋1031民初3号"
