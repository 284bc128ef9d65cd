"""What a committing test leaves is gone before the next one, the rows of append-only tables too."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from accounts.models import Court
from cases.models import Event
from tests import factories
from tests.cast import Cast
from tests.emptying import empty


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("morning")
def test_every_row_is_deleted_but_those_of_a_migrated_database(cast: Cast) -> None:
    types = ContentType.objects.count()
    factories.civil_case(cast)
    assert Event.objects.exists()
    empty(connection)
    assert not Court.objects.exists()
    assert not Event.objects.exists()
    assert ContentType.objects.count() == types > 0
    empty(connection)
