from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PressureConfig(AppConfig):
    name = "pressure"
    verbose_name = _("信用惩戒")

    def ready(self) -> None:
        """The navigation's count and the journal's words register themselves; both need the models."""
        import_module("pressure.shell")
