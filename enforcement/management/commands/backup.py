"""Write the database and the stored files into one archive."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from enforcement import backups, env
from kernel import clock
from kernel.refusals import Refusal


class Command(BaseCommand):
    help = "Write the database and the stored files into one archive (connects as owner)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument("--database-url", default="", help="instead of DATABASE_OWNER_URL")

    def handle(self, *args: Any, **options: Any) -> None:
        url = options["database_url"] or env.text("DATABASE_OWNER_URL", env.text("DATABASE_URL"))
        archive: Path = options["archive"]
        try:
            manifest = backups.backup(archive=archive, database_url=url, files=settings.FILES_DIR, at=clock.now())
        except Refusal as refusal:
            raise CommandError(refusal.text) from refusal
        self.stdout.write(f"{archive}: {len(manifest['parts']) - 1} files, {archive.stat().st_size} bytes")
