"""The roof as a Django app."""

from django.apps import AppConfig

from enforcement.celery import app as celery_app  # every process with Django knows the queues

__all__ = ["EnforcementConfig", "celery_app"]


class EnforcementConfig(AppConfig):
    name = "enforcement"
