"""Abstract models that every room builds on."""

from django.db import models

from kernel.keys import uuid7


class Keyed(models.Model):
    """A row known by a time-ordered key."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """A row that people edit: its version tells a stale edit from a fresh one (409 with the difference)."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
