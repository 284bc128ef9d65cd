"""Addresses of the whole house; each room has its own file."""

from importlib.util import find_spec

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from enforcement import health, kit

ROOMS = (
    ("accounts/", "accounts.urls"),
    ("gateways/", "gateways.urls"),
    ("funds/", "funds.urls"),
    ("assets/", "assets.urls"),
    ("pressure/", "pressure.urls"),
    ("my/", "portal.urls"),
    ("insight/", "insight.urls"),
    ("api/v1/", "enforcement.api"),
    ("", "cases.urls"),
)

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("i18n/", include("django.conf.urls.i18n")),
    *(path(prefix, include(module)) for prefix, module in ROOMS if find_spec(module)),
]

if settings.DEBUG or settings.DEMO:
    urlpatterns += [path("admin/", admin.site.urls), path("kit/", kit.show, name="kit")]
