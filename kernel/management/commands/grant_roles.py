"""Give the application's role exactly what it needs: no ownership, no TRUNCATE, insert-only on append-only tables."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from psycopg2 import sql

from kernel.append_only import AppendOnly


class Command(BaseCommand):
    help = "Grant the role of web and workers its rights on every table (run as owner after migrate)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", default="app")

    def handle(self, *args: Any, **options: Any) -> None:
        role = sql.Identifier(options["role"])
        once = {model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly)}
        with connection.cursor() as cursor:
            cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role))
            cursor.execute(sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(role))
            for table in sorted(connection.introspection.table_names(cursor)):
                name = sql.Identifier(table)
                rights = "SELECT, INSERT" if table in once else "SELECT, INSERT, UPDATE, DELETE"
                cursor.execute(sql.SQL("REVOKE ALL ON {} FROM {}").format(name, role))
                cursor.execute(sql.SQL("GRANT " + rights + " ON {} TO {}").format(name, role))
        self.stdout.write(f"{options['role']}: {len(once)} append-only tables")
