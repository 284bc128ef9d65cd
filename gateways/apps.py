from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GatewaysConfig(AppConfig):
    name = "gateways"
    verbose_name = _("外部系统")

    def ready(self) -> None:
        import_module("gateways.checks")  # registers itself; needs the models
