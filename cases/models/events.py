"""Event: what happened, one append-only, hash-chained row per act."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Court
from cases.kinds import Audience
from kernel.append_only import AppendOnly
from kernel.models import Keyed


class Event(Keyed, AppendOnly):
    """``happened_at`` is the legal moment, ``recorded_at`` the order. Facts hold symbols, amounts and dates only."""

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="events")
    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    seq = models.PositiveIntegerField()
    verb = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    facts = models.JSONField(null=True)
    salt = models.CharField(max_length=32, null=True)
    facts_digest = models.CharField(max_length=64)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrected_by")
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("事件")
        constraints = [models.UniqueConstraint(fields=["case", "seq"], name="event_seq_once")]
        indexes = [
            models.Index(fields=["court", "verb", "-recorded_at"], name="event_by_verb"),
            models.Index(fields=["subject"], name="event_by_subject"),
            models.Index(fields=["court", "-recorded_at"], name="event_recent"),
        ]

    @property
    def symbol(self) -> str:
        """How other rows name the event."""
        return f"cases.event:{self.pk}"


class Disclosure(Keyed, AppendOnly):
    """An exception to what an EventKind says about visibility: opened or hidden for one audience, with the reason."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="disclosures")
    audience = models.CharField(max_length=12, choices=Audience.choices)
    shown = models.BooleanField()
    reason = models.CharField(max_length=200)
    actor = models.CharField(max_length=80)
    at = models.DateTimeField()


class ChainRoot(Keyed, AppendOnly):
    """The daily digest over the heads of all chains of a court, for publication."""

    court = models.ForeignKey(Court, models.PROTECT)
    on = models.DateField()
    cases = models.PositiveIntegerField()
    events = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["court", "on"], name="chain_root_once_a_day")]
