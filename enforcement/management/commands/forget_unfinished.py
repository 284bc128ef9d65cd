"""``forget_unfinished``: a demo court whose making was interrupted is made anew. Run as owner, before ``migrate``."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection, transaction

from accounts.models import AuditEntry, Court
from enforcement.demo.court.people import PLANS
from enforcement.demo.court.seeding import is_ready

KNOWN = frozenset(plan.code for plan in PLANS)


class Command(BaseCommand):
    help = "Drop the tables of a demo that was interrupted while it was made; never touches any other court."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        tables = set(connection.introspection.table_names())
        if not settings.DEMO or not {Court._meta.db_table, AuditEntry._meta.db_table} <= tables:
            return
        found = set(Court.objects.values_list("code", flat=True))
        if not found or not found <= KNOWN or is_ready():
            return
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            for table in sorted(tables):
                cursor.execute(f"DROP TABLE IF EXISTS {connection.ops.quote_name(table)} CASCADE")
        self.stdout.write("the demo court was interrupted while it was made; it is made anew")
