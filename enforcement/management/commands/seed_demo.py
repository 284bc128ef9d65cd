"""``seed_demo --ready``: the demo court with its forty matters, once. ``--more``: three hundred and sixty more, slowly."""

import contextlib
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from enforcement.demo.court import growing, matters, seeding
from kernel import clock


class Command(BaseCommand):
    help = "Make the demo court through the services of the house; does nothing when it is there."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--ready", action="store_true", help="both courts and forty matters, one for each state")
        parser.add_argument("--more", action="store_true", help="360 more matters in small batches")
        parser.add_argument("--strict", action="store_true", help="stop at the first act that is refused")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["ready"] and not options["more"]:
            raise CommandError("Say --ready or --more.")
        if options["ready"] and not seeding.is_ready():
            self._ready(strict=options["strict"])
        if options["more"]:
            self._prove()
            growing.grow(say=lambda line: self.stdout.write(line), strict=options["strict"])

    def _prove(self) -> None:
        """What runs at night in a court runs once now: the proofs, and the figures of the year so far."""
        with contextlib.suppress(CommandError, SystemExit):  # a breach is shown on its page
            call_command("prove_invariants", stdout=self.stdout)
        call_command("take_snapshots", since=clock.today().replace(month=1, day=1), stdout=self.stdout)

    def _ready(self, *, strict: bool) -> None:
        began = time.monotonic()
        report = seeding.seed(matters.MATTERS, strict=strict)
        self.stdout.write(f"demo court: {len(report.told)} matters in {time.monotonic() - began:.1f} s")
        for key, why in report.broken.items():
            self.stderr.write(f"demo court: the story {key} stays where it is: {why}")
