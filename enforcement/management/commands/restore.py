"""Fill an empty database and the file store from an archive."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from enforcement import backups, env
from kernel.refusals import Refusal


class Command(BaseCommand):
    help = "Fill an empty database and the file store from an archive, after checking all of it (connects as owner)."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument("--database-url", default="", help="instead of DATABASE_OWNER_URL")

    def handle(self, *args: Any, **options: Any) -> None:
        url = options["database_url"] or env.text("DATABASE_OWNER_URL", env.text("DATABASE_URL"))
        try:
            manifest = backups.restore(archive=options["archive"], database_url=url, files=settings.FILES_DIR)
        except Refusal as refusal:
            raise CommandError(refusal.text) from refusal
        self.stdout.write(f"{manifest['made_at']}: {len(manifest['parts']) - 1} files; now run verify_chain")
