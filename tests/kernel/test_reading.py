"""Rows are made out of a statement that is written by hand as a queryset would make them."""

from typing import Any
from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Court
from cases.models import Case, Party
from gateways.models import Message
from kernel import reading
from kernel.reading import Columns
from tests.cast import MORNING, Cast
from tests.factories import civil_case


def test_a_row_is_what_a_queryset_gives(cast: Cast) -> None:
    case = civil_case(cast)
    columns = Columns(Case, "found")
    (values,) = reading.answers(f"SELECT {columns} FROM cases_case AS found WHERE id = %s", case.pk)
    row, wanted = columns.row(values), Case.objects.get()
    fields = [field.attname for field in Case._meta.concrete_fields]
    assert [getattr(row, name) for name in fields] == [getattr(wanted, name) for name in fields]
    assert not row._state.adding


def test_a_field_that_was_not_named_is_read_when_asked_for(cast: Cast) -> None:
    civil_case(cast)
    columns = Columns(Party, "party", "name")
    (values, *_rest) = reading.answers(f"SELECT {columns} FROM cases_party AS party ORDER BY id")
    party = columns.row(values)
    wanted = Party.objects.get(pk=party.pk)
    with CaptureQueriesContext(connection) as queries:
        assert party.name == wanted.name
        assert len(queries) == 0
        assert party.id_number == wanted.id_number
        assert len(queries) == 1


def test_what_is_encrypted_is_read_in_the_fields_own_way(cast: Cast) -> None:
    payload = {"phone": "13800000001"}
    given = {"channel": "sms", "kind": "text", "key": "notice:1", "payload": payload, "created_at": MORNING}
    Message.objects.create(court=cast.xixian, **given)
    columns = Columns(Message, "message")
    (values,) = reading.answers(f"SELECT {columns} FROM gateways_message AS message")
    assert (columns.row(values).payload, columns.row(values).reply) == (payload, None)


def test_rows_side_by_side_are_told_apart_and_each_is_made_once(cast: Cast) -> None:
    court, parent = Columns(Court, "court"), Columns(Court, "parent")
    statement = f"""
        SELECT {court}, {parent}
          FROM accounts_court AS court
          LEFT JOIN accounts_court AS parent ON parent.id = court.parent_id
         WHERE court.id = %s
    """
    (values,) = reading.answers(statement, cast.xixian.pk)
    known: dict[UUID, Any] = {}
    one, above = reading.split(values, court, parent, known=known)
    assert (one, above) == (cast.xixian, cast.xixian.parent)
    assert reading.split(values, court, parent, known=known)[0] is one
    assert reading.split(values, court, parent)[0] is not one
