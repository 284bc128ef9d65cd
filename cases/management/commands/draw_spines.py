"""Draw docs/spines.md from the tables of transitions."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cases import stages


class Command(BaseCommand):
    help = "Write docs/spines.md; a test fails when it is stale."

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(settings.BASE_DIR) / "docs" / "spines.md"
        path.write_text(stages.drawing() + "\n", encoding="utf-8")
        self.stdout.write(str(path))
