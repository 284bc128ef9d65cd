"""Addresses of the whole house; each room has its own file."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from enforcement import health, kit
from enforcement.demo.court import progress

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("accounts/", include("accounts.urls")),
    path("gateways/", include("gateways.urls")),
    path("assets/", include("assets.urls")),
    path("funds/", include("funds.urls")),
    path("pressure/", include("pressure.urls")),
    path("insight/", include("insight.urls")),
    path("my/", include("portal.urls")),
    path("approaches/", include("portal.urls_desk")),
    path("", include("portal.urls_open")),
    path("api/v1/", include("enforcement.api")),
    path("", include("cases.urls")),
]

if settings.DEBUG or settings.DEMO:
    urlpatterns += [path("admin/", admin.site.urls), path("kit/", kit.show, name="kit")]

if settings.DEMO:
    urlpatterns += [path("demo/progress/", progress.show, name="demo_progress")]
