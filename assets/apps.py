from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssetsConfig(AppConfig):
    name = "assets"
    verbose_name = _("财产与措施")

    def ready(self) -> None:
        """The navigation's counts and the journal's words register themselves; both need the models."""
        import_module("assets.shell")
