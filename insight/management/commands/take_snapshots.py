"""Keep the figures of past days, for a court that begins in the middle of its history."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.models import Court
from insight.services import snapshots
from kernel import clock


class Command(BaseCommand):
    help = "Keep the indicators of past days as they are reckoned now; days that were kept stay as they are."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--since", type=date.fromisoformat, required=True)
        parser.add_argument("--every", type=int, default=7, help="days between two snapshots")

    def handle(self, *args: Any, **options: Any) -> None:
        now = clock.now()
        for court in Court.objects.order_by("code"):
            kept = snapshots.fill(court=court, since=options["since"], at=now, every=options["every"])
            self.stdout.write(f"{court.code}: {kept} kept")
