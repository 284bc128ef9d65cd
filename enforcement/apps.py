from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from enforcement.celery import app as celery_app
from kernel import registry

__all__ = ["EnforcementConfig", "celery_app"]


class EnforcementConfig(AppConfig):
    name = "enforcement"
    verbose_name = _("善执")

    def ready(self) -> None:
        """The last app: every room is loaded, so the declarations can be found."""
        registry.discover()
