"""The base of measures, limits, listings and detentions: in force from–to, ended with a reason, never deleted."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kernel.models import Keyed


class PeriodQuerySet(models.QuerySet["Period"]):  # type: ignore[type-var]
    def in_force(self, on: date) -> "PeriodQuerySet":
        """Begun, not ended, and not past the last day."""
        begun = self.filter(from_on__lte=on, ended_on__isnull=True)
        return begun.filter(Q(last_day__isnull=True) | Q(last_day__gte=on))

    def unended(self) -> "PeriodQuerySet":
        """Not ended by anybody, whether or not the last day has passed."""
        return self.filter(ended_on__isnull=True)


class Period(Keyed):
    """In force from ``from_on`` to ``last_day`` (both included; no last day means until ended)."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="%(class)ss")
    decision = models.ForeignKey("cases.Decision", models.PROTECT, null=True, related_name="+")
    from_on = models.DateField(_("起"), null=True)
    last_day = models.DateField(_("止（含当日）"), null=True)
    ended_on = models.DateField(_("结束日"), null=True)
    ended_why = models.CharField(_("结束原因"), max_length=100, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True

    def is_in_force(self, on: date) -> bool:
        """Whether the period covers a day."""
        begun = self.from_on is not None and self.from_on <= on
        return begun and self.ended_on is None and (self.last_day is None or on <= self.last_day)
