"""``first_administrator``: a court outside the demo begins with one person, who enters everybody else."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.services import founding
from kernel import clock
from kernel.refusals import Refusal


class Command(BaseCommand):
    help = "Make a court and its first administrator; prints the first password, which must be changed at the sign-in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--code", required=True, help="the court's characters in case numbers, as 晋1031")
        parser.add_argument("--court", required=True, help="its name, as 隰县人民法院")
        parser.add_argument("--short", required=True, help="its short name in text messages, as 隰县法院")
        parser.add_argument("--username", required=True, help="the name for signing in")
        parser.add_argument("--name", required=True, help="the person's name")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user, password = founding.found(
                code=options["code"], name=options["court"], short_name=options["short"], username=options["username"],
                person=options["name"], at=clock.now(),
            )  # fmt: skip
        except Refusal as refusal:
            raise CommandError(refusal.text) from refusal
        self.stdout.write(f"{user.username}  {password}")
