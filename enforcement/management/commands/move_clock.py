"""``move_clock --days 30``: time passes for every process of the demo, then everything that ran out is swept."""

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assets.tasks import sweep_freezes
from cases.tasks import sweep_duties
from funds.tasks import mark_unanswered
from gateways.tasks import sweep_messages
from kernel import clock

SWEEPS = (sweep_duties, sweep_freezes, mark_unanswered, sweep_messages)


class Command(BaseCommand):
    help = "Move the clock of the demo; 0 days only sweeps, --reset goes back to the machine's clock."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--days", type=float, default=0.0, help="days to move by, minus for back")
        parser.add_argument("--hours", type=float, default=0.0, help="hours to move by")
        parser.add_argument("--reset", action="store_true", help="go by the machine's clock again")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.CLOCK_MOVABLE:
            raise CommandError("This clock cannot be moved: only the demo's and the tests' can.")
        if options["reset"]:
            clock.reset()
        clock.move(timedelta(days=options["days"], hours=options["hours"]))
        for sweep in SWEEPS:
            sweep()
        self.stdout.write(f"{clock.now().astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}")
