from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GatewaysConfig(AppConfig):
    name = "gateways"
    verbose_name = _("外部系统")

    def ready(self) -> None:
        """Checks and the navigation's count register themselves; both need the models."""
        import_module("gateways.checks")
        import_module("gateways.shell")
