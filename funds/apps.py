from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FundsConfig(AppConfig):
    name = "funds"
    verbose_name = _("案款")

    def ready(self) -> None:
        """The counts of the navigation and the finder are declared when the models are there."""
        import_module("funds.shell")
        import_module("funds.finders")
