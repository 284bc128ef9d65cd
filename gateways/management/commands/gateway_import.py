"""Read the files of answers and incoming items of a court from a folder."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Court
from gateways.services import ferrying
from kernel import clock


class Command(BaseCommand):
    help = gettext_lazy("读取 FOLDER/in 中的答复文件；读完移至 FOLDER/done，错误列在同名的 errors.csv")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--court", required=True, help=_("法院代字，如 晋1031"))
        parser.add_argument("--folder", required=True, type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        court = Court.objects.filter(code=options["court"]).first()
        if court is None:
            raise CommandError(_("没有代字为 %(code)s 的法院") % {"code": options["court"]})
        for done in ferrying.take_files(court=court, folder=options["folder"], at=clock.now()):
            totals = _("%(name)s：读 %(read)s，收 %(taken)s，重复 %(repeated)s，错误 %(wrong)s %(sheet)s")
            facts = {name: getattr(done, name) for name in ("read", "taken", "repeated", "wrong")}
            self.stdout.write(totals % {**facts, "name": done.path.name, "sheet": done.sheet or ""})
