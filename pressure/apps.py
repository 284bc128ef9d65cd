from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PressureConfig(AppConfig):
    name = "pressure"
    verbose_name = _("信用惩戒")
