"""A demo that was stopped while it was made is made anew at the next start; nothing else is ever touched."""

import pytest
from django.core.management import call_command
from django.db import connection

from accounts import audit
from accounts.models import Court
from enforcement.demo.court import people, seeding
from kernel import clock

pytestmark = pytest.mark.django_db
FOUNDED = clock.at_time(people.SINCE, 9)


@pytest.fixture(autouse=True)
def demo(settings: object) -> object:
    settings.DEMO = True  # type: ignore[attr-defined]
    return settings


def tables() -> int:
    return len(connection.introspection.table_names())


def test_a_demo_stopped_halfway_loses_its_tables(capsys: pytest.CaptureFixture[str]) -> None:
    people.found(people.XIXIAN, at=FOUNDED)
    call_command("forget_unfinished")
    assert tables() == 0
    assert "made anew" in capsys.readouterr().out


def test_a_finished_one_an_empty_one_and_a_real_court_keep_them(demo: object) -> None:
    before = tables()
    call_command("forget_unfinished")
    staff = people.found(people.XIXIAN, at=FOUNDED)
    other = Court.objects.create(code="京0101", name="北京市东城区人民法院", short_name="东城法院")
    call_command("forget_unfinished")
    other.delete()
    audit.write(actor=staff.actor("guan"), act=seeding.READY, at=FOUNDED)
    call_command("forget_unfinished")
    assert (tables(), Court.objects.count()) == (before, 1)


def test_outside_the_demo_nothing_is_dropped(demo: object) -> None:
    people.found(people.XIXIAN, at=FOUNDED)
    demo.DEMO = False  # type: ignore[attr-defined]
    call_command("forget_unfinished")
    assert Court.objects.count() == 1
