"""Duty: what must happen next, by whom, by when."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court, Post, Team
from accounts.policy import scope
from accounts.roles import Action, Scope
from kernel.append_only import AppendOnly
from kernel.models import Keyed


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, actor: Actor | None) -> "DutyQuerySet":
        """Duties of the cases that the actor may see."""
        if actor is None or not actor.is_staff:
            return self.none()
        rows = self.filter(court_id=actor.court_id)
        width = scope(actor, Action.SEE_CASES)
        if width == Scope.COURT:
            return rows
        mine = Q(holder_id__in=actor.post_ids) | Q(case__officer_id__in=actor.post_ids)
        if width == Scope.TEAM and actor.team_id:
            mine |= Q(case__team_id=actor.team_id)
        return rows.filter(mine) if width else rows.none()

    def held_by(self, actor: Actor) -> "DutyQuerySet":
        """Duties in the actor's own tray: named to a post of the actor, or to its role when no post is named."""
        tray = Q(holder_id__in=actor.post_ids)
        unnamed = Q(holder__isnull=True, court_id=actor.court_id, holder_role__in=actor.roles)
        if actor.team_id:
            unnamed &= Q(holder_team__isnull=True) | Q(holder_team_id=actor.team_id)
        return self.filter(tray | unnamed)

    def open(self) -> "DutyQuerySet":
        """Duties that are neither done nor cancelled."""
        return self.filter(closed_at__isnull=True)

    def past(self, at: datetime) -> "DutyQuerySet":
        """Open, running and past their moment."""
        return self.open().filter(paused_at__isnull=True, due_at__lte=at)


class Duty(Keyed):
    """One duty of a kind about a subject; at most one is open at a time. ``due_at`` is a cache of the law over the dates."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("cases.Event", models.PROTECT, related_name="+")
    base_at = models.DateTimeField()
    limit = models.JSONField(default=dict)
    due_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    warn_at = models.DateTimeField(null=True)
    attention_at = models.DateTimeField(null=True)
    step = models.PositiveSmallIntegerField(default=0)
    provisional = models.BooleanField(default=False)
    holder = models.ForeignKey(Post, models.PROTECT, null=True, related_name="duties")
    holder_role = models.CharField(max_length=20)
    holder_team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    paused_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey("cases.Event", models.PROTECT, null=True, related_name="+")
    closed_in_time = models.BooleanField(null=True)

    objects = DutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("待办")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "subject"], condition=Q(closed_at__isnull=True), name="duty_open_once"
            )
        ]
        indexes = [
            models.Index(fields=["holder", "due_at", "id"], name="duty_inbox", condition=Q(closed_at__isnull=True)),
            models.Index(
                fields=["court", "holder_role", "due_at", "id"],
                name="duty_inbox_role",
                condition=Q(closed_at__isnull=True),
            ),
            models.Index(fields=["case", "due_at"], name="duty_of_case", condition=Q(closed_at__isnull=True)),
            models.Index(fields=["court", "due_at", "id"], name="duty_of_court", condition=Q(closed_at__isnull=True)),
            models.Index(
                fields=["court", "warn_at"],
                name="duty_warned",
                condition=Q(closed_at__isnull=True, paused_at__isnull=True),
            ),
            models.Index(fields=["court", "kind", "due_at"], name="duty_of_kind", condition=Q(closed_at__isnull=True)),
            models.Index(
                fields=["attention_at"],
                name="duty_attention",
                condition=Q(closed_at__isnull=True, paused_at__isnull=True),
            ),
            models.Index(fields=["holder", "-closed_at"], name="duty_done", condition=Q(closed_at__isnull=False)),
        ]

    @property
    def symbol(self) -> str:
        """How events name the duty."""
        return f"cases.duty:{self.pk}"


class DutyPause(Keyed):
    """A span that does not count; the open one has no end."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="pauses")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    why = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["duty"], condition=Q(until_at__isnull=True), name="one_open_pause")
        ]


class DutyNotice(Keyed, AppendOnly):
    """A warning or one step of the escalation; each step of a duty happens once."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="notices")
    step = models.PositiveSmallIntegerField()
    label = models.CharField(max_length=20)
    watchers = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["duty", "step"], name="duty_notice_once")]
