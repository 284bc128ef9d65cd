"""Write what waits on a court's file channels to a folder."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Court
from gateways.services import ferrying
from kernel import clock


class Command(BaseCommand):
    help = gettext_lazy("把通过文件摆渡的待发消息导出到 FOLDER/out")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--court", required=True, help=_("法院代字，如 晋1031"))
        parser.add_argument("--folder", required=True, type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        court = Court.objects.filter(code=options["court"]).first()
        if court is None:
            raise CommandError(_("没有代字为 %(code)s 的法院") % {"code": options["court"]})
        exported = ferrying.export(court=court, folder=options["folder"], at=clock.now())
        self.stdout.write(_("导出 %(count)s 条 %(path)s") % {"count": exported.count, "path": exported.path or ""})
