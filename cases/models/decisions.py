"""Decision: who asked, who approved or sent back, why, under which tier of authority."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court, Post
from kernel.append_only import AppendOnly
from kernel.models import Keyed, Versioned
from kernel.money import MoneyField


class DecisionState(models.TextChoices):
    """Where a decision stands."""

    ASKED = "ASKED", _("待审批")
    APPROVED = "APPROVED", _("已同意")
    SENT_BACK = "SENT_BACK", _("已退回")
    WITHDRAWN = "WITHDRAWN", _("已撤回")


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, actor: Actor | None) -> "DecisionQuerySet":
        """Decisions of the court's cases that the actor asked, may decide or may see."""
        if actor is None or not actor.is_staff:
            return self.none()
        from_tray = Q(tier_role__in=actor.roles) | Q(asked_by_id__in=actor.post_ids)
        seen = Q(case__officer_id__in=actor.post_ids) | Q(steps__actor=actor.symbol)
        if actor.team_id:
            seen |= Q(case__team_id=actor.team_id)
        return self.filter(court_id=actor.court_id).filter(from_tray | seen).distinct()

    def awaiting(self, actor: Actor) -> "DecisionQuerySet":
        """Those that the actor can decide now: of its tier, and never its own."""
        return self.filter(court_id=actor.court_id, state=DecisionState.ASKED, tier_role__in=actor.roles).exclude(
            asked_by__user_id=actor.user_id
        )


class Decision(Keyed, Versioned):
    """One question put to the person with authority. ``proposal`` holds what ``carry_out`` will do."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    proposal = models.JSONField(default=dict)
    amount = MoneyField(null=True)
    why = models.TextField(_("理由"), blank=True)
    asked_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    tiers = models.JSONField(default=list)
    tier = models.PositiveSmallIntegerField(default=0)
    tier_role = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=DecisionState.choices, default=DecisionState.ASKED)
    decided_at = models.DateTimeField(null=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("审批")
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject"], condition=Q(state="ASKED"), name="decision_open_once")
        ]
        indexes = [
            models.Index(fields=["court", "tier_role", "asked_at"], name="decision_tray", condition=Q(state="ASKED")),
            models.Index(fields=["case", "-asked_at"], name="decision_of_case"),
        ]

    @property
    def symbol(self) -> str:
        """How events name the decision."""
        return f"cases.decision:{self.pk}"


class DecisionStep(Keyed, AppendOnly):
    """One act on a decision: approval of a tier, return with an opinion, withdrawal."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=10, choices=DecisionState.choices)
    tier_role = models.CharField(max_length=20)
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=60)
    acting_for = models.BooleanField(default=False)
    opinion = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
