"""Rows are inserted with one statement and read back as they were given."""

from datetime import datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cases.kinds import PerformanceSource
from cases.models import Matter, Performance
from gateways.models import Message
from kernel import writing
from tests.cast import MORNING, TODAY, Cast


def _performance(matter: Matter, subject: str, **more: object) -> Performance:
    given = {"amount": Decimal("10.00"), "source": PerformanceSource.RECEIPT, "recorded_at": MORNING} | more
    return Performance(matter=matter, on=TODAY, subject=subject, **given)


@pytest.fixture
def matter(cast: Cast) -> Matter:
    return Matter.objects.create(court=cast.xixian, cause="买卖合同纠纷", opened_on=TODAY)


def test_many_rows_take_one_statement_and_come_back_as_they_were(matter: Matter) -> None:
    rows = [_performance(matter, f"funds.receipt:{place}", amount=Decimal(place)) for place in range(1, 6)]
    with CaptureQueriesContext(connection) as queries:
        assert writing.insert(rows) == {row.pk for row in rows}
    assert len(queries) == 1
    kept = list(Performance.objects.order_by("amount"))
    assert [row.pk for row in kept] == [row.pk for row in rows]
    assert (kept[0].source, kept[0].on, kept[0].recorded_at, kept[0].payer) == ("RECEIPT", TODAY, MORNING, None)
    assert not any(row._state.adding for row in rows)


def test_a_taken_key_is_refused_or_left_out(matter: Matter) -> None:
    writing.insert([_performance(matter, "one")])
    with pytest.raises(IntegrityError), transaction.atomic():
        writing.insert([_performance(matter, "one"), _performance(matter, "two")])
    again, new = _performance(matter, "one"), _performance(matter, "two")
    assert writing.insert([again, new], once=True) == {new.pk}
    assert (again._state.adding, new._state.adding) == (True, False)
    assert Performance.objects.count() == 2


def test_what_is_encrypted_or_json_goes_the_fields_own_way(cast: Cast) -> None:
    message = Message(
        court=cast.xixian,
        channel="sms",
        kind="text",
        key="notice:1",
        payload={"phone": "13800000001"},
        created_at=MORNING,
    )
    writing.insert([message])
    assert Message.objects.get().payload == {"phone": "13800000001"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload FROM gateways_message")
        assert "13800000001" not in cursor.fetchone()[0]


def test_floats_and_moments_without_a_time_zone_are_refused(matter: Matter) -> None:
    with pytest.raises(TypeError):
        writing.insert([_performance(matter, "one", amount=0.1)])
    with pytest.raises(ValueError, match="time zone"):
        writing.insert([_performance(matter, "one", recorded_at=datetime(2026, 11, 20, 9))])
    assert not Performance.objects.exists()


def test_nothing_is_nothing() -> None:
    assert writing.insert([]) == set()


def test_rows_of_several_models_go_at_one_go_and_in_their_order(cast: Cast) -> None:
    matter = Matter(court=cast.xixian, cause="买卖合同纠纷", opened_on=TODAY)
    rows = [_performance(matter, "one"), _performance(matter, "two")]
    with CaptureQueriesContext(connection) as queries:
        writing.insert_all([matter], [], rows)
    assert len(queries) == 1
    assert not any(row._state.adding for row in (matter, *rows))
    assert set(matter.performances.values_list("subject", flat=True)) == {"one", "two"}


def test_changing_writes_the_named_fields_and_no_other(matter: Matter) -> None:
    matter.cause, matter.opened_on = "借款合同纠纷", TODAY.replace(day=1)
    with CaptureQueriesContext(connection) as queries:
        writing.change(matter, "cause")
    assert len(queries) == 1
    kept = Matter.objects.get()
    assert (kept.cause, kept.opened_on) == ("借款合同纠纷", TODAY)


def test_what_is_not_there_cannot_be_changed(cast: Cast) -> None:
    with pytest.raises(writing.Gone):
        writing.change(Matter(court=cast.xixian, cause="买卖合同纠纷", opened_on=TODAY), "cause")
    assert not Matter.objects.exists()
