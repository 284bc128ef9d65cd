"""Rows that are written once stay as they are, also for whoever comes with SQL as the application's role."""

import psycopg2
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from cases.models import Event
from cases.services import verifying
from kernel.append_only import AppendOnly, WrittenOnce
from tests import factories
from tests.cast import Cast

MODELS = [model for model in apps.get_models() if issubclass(model, AppendOnly)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_append_only_table_has_its_triggers(model: type[AppendOnly], db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal", [model._meta.db_table]
        )
        names = {row[0] for row in cursor.fetchall()}
    assert {"refuse_update", "refuse_delete"} <= names


def test_an_event_cannot_be_changed_or_deleted_in_python_or_sql(cast: Cast) -> None:
    event = Event.objects.get(case=factories.civil_case(cast))
    with pytest.raises(WrittenOnce):
        event.save()
    with pytest.raises(WrittenOnce):
        event.delete()
    for statement in ("UPDATE cases_event SET actor = 'x'", "DELETE FROM cases_event"):
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    assert verifying.verify().broken == ()


@pytest.mark.django_db(transaction=True)
def test_the_applications_role_is_refused(cast: Cast) -> None:
    factories.civil_case(cast)
    call_command("grant_roles")
    outside = psycopg2.connect(
        host=connection.settings_dict["HOST"], user="app", dbname=connection.settings_dict["NAME"]
    )
    try:
        for statement in (
            "UPDATE cases_event SET actor = 'x'",
            "DELETE FROM cases_event",
            "TRUNCATE cases_event CASCADE",
            "ALTER TABLE cases_event DISABLE TRIGGER ALL",
        ):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege), outside, outside.cursor() as cursor:
                cursor.execute(statement)
    finally:
        outside.close()
    assert Event.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_verification_names_the_row_that_an_owner_altered(cast: Cast) -> None:
    case = factories.execution_case(cast)
    event = Event.objects.filter(case=case).order_by("seq")[0]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE cases_event DISABLE TRIGGER refuse_update")
        cursor.execute('UPDATE cases_event SET facts = facts || \'{"claimed": "1.00"}\' WHERE id = %s', [event.pk])
        cursor.execute("ALTER TABLE cases_event ENABLE TRIGGER refuse_update")
    broken = verifying.verify().broken
    assert [(row.case, row.seq, row.what) for row in broken] == [(case.number, 1, "facts altered")]


@pytest.mark.django_db(transaction=True)
def test_erasure_removes_the_facts_and_keeps_the_chain(cast: Cast) -> None:
    event = Event.objects.get(case=factories.civil_case(cast))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE cases_event SET facts = NULL, salt = NULL WHERE id = %s", [event.pk])
    assert verifying.verify().broken == ()
