from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InsightConfig(AppConfig):
    name = "insight"
    verbose_name = _("指标")

    def ready(self) -> None:
        """The navigation's count registers itself; it needs the models."""
        import_module("insight.shell")
