"""After a test that commits, the rows that it left are deleted; nothing else is done to the database.

Django empties a test database with TRUNCATE, which makes every table and index anew: about a second for ours, whatever the
test wrote. The owner of a throw-away cluster may leave the triggers of append-only tables aside for this; elsewhere
Django's own way is taken.
"""

from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

KEPT = {"django_content_type", "auth_permission"}  # what a migrated database holds
_truncate_all = TransactionTestCase._fixture_teardown


def _empty_all(self: TransactionTestCase) -> None:
    try:
        for alias in self._databases_names(include_mirrors=False):
            empty(connections[alias])
    except DatabaseError:
        _truncate_all(self)


def empty(connection: BaseDatabaseWrapper) -> None:
    """Delete every row of the tables that have any."""
    quote = connection.ops.quote_name
    names = set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - KEPT
    looks = [f"(SELECT '{name}' FROM {quote(name)} LIMIT 1)" for name in sorted(names)]
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(looks))
        filled = [row[0] for row in cursor.fetchall()]
        deletions = [f"DELETE FROM {quote(name)}" for name in filled]
        if deletions:
            cursor.execute("; ".join(["SET LOCAL session_replication_role = replica", *deletions]))


TransactionTestCase._fixture_teardown = _empty_all
