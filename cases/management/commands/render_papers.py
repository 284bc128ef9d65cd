"""Make the files of every paper that has none, faulty ones included (after fonts were added, or a paper was mended)."""

from typing import Any

from django.core.management.base import BaseCommand

from cases.models import Document
from cases.services import rendering
from kernel import clock


class Command(BaseCommand):
    help = "Make Word and PDF of every paper that has no PDF yet, and say which cannot be made."

    def handle(self, *args: Any, **options: Any) -> None:
        """Render one after another; a faulty paper does not stop the rest."""
        keys = list(Document.objects.filter(pdf__isnull=True).order_by("issued_at").values_list("pk", flat=True))
        for key in keys:
            rendering.render(document_id=key, at=clock.now())
        left = Document.objects.filter(pk__in=keys, pdf__isnull=True).select_related("case")
        for document in left:
            self.stderr.write(f"{document.number} {document.title}: {document.render_error or 'file store'}")
        self.stdout.write(f"{len(keys) - len(left)} made, {len(left)} left")
