"""Recompute every chain and name the first altered row."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cases.services import verifying


class Command(BaseCommand):
    help = "Verify the hash chains of all cases; exits with 1 and names the row when one was altered."

    def handle(self, *args: Any, **options: Any) -> None:
        found = verifying.verify()
        if found.broken:
            rows = "\n".join(f"{row.case} #{row.seq} ({row.event}): {row.what}" for row in found.broken)
            raise CommandError(f"altered:\n{rows}")
        self.stdout.write(f"intact: {found.cases} cases, {found.events} events, root {found.root}")
