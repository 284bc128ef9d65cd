from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from enforcement.celery import app as celery_app
from kernel import registry

__all__ = ["EnforcementConfig", "celery_app"]


class EnforcementConfig(AppConfig):
    name = "enforcement"
    verbose_name = _("善执")

    def ready(self) -> None:
        """The last app: every room is loaded, so declarations can be found and the rest wired (it imports models)."""
        registry.discover()
        import_module("enforcement.wiring").connect()
