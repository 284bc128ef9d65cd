"""What managers keep: the day's figures, the nightly proofs, the court's own targets, and supervisions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court, Post
from accounts.policy import scope
from accounts.roles import Action, Scope
from cases.models import Case, Duty
from kernel.append_only import AppendOnly
from kernel.models import Keyed
from kernel.money import MoneyField


class Snapshot(Keyed, AppendOnly):
    """One indicator of a court at the end of a day, over one span, with both its numbers and its definition's version.

    The numbers have two places; they are cases, days or yuan as the definition says. ``value`` is empty when nothing
    stands below the line. ``taken_at`` is later than ``on`` when the day was reckoned afterwards.
    """

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    on = models.DateField(_("截至日"))
    key = models.CharField(_("指标"), max_length=30)
    version = models.PositiveSmallIntegerField(_("口径版本"))
    span = models.CharField(_("期间"), max_length=10)
    numerator = MoneyField(_("分子"))
    denominator = MoneyField(_("分母"))
    value = MoneyField(_("值"), null=True)
    taken_at = models.DateTimeField()

    class Meta:
        verbose_name = _("指标快照")
        constraints = [
            models.UniqueConstraint(fields=["court", "on", "key", "version", "span"], name="snapshot_once_a_day")
        ]
        indexes = [models.Index(fields=["court", "span", "on"], name="snapshot_history")]


class Proof(Keyed, AppendOnly):
    """One invariant proved or broken: how many rows were looked at, how many break it, and what the first of them are."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    key = models.CharField(max_length=20)
    checked = models.PositiveIntegerField(_("核对"))
    broken = models.PositiveIntegerField(_("不符"))
    offenders = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("自证")
        indexes = [models.Index(fields=["court", "key", "-at"], name="proof_latest")]

    @property
    def holds(self) -> bool:
        """Whether nothing breaks the invariant."""
        return self.broken == 0


class Target(Keyed, AppendOnly):
    """The court's own target of an indicator from a day on; the newest one in force counts."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    key = models.CharField(_("指标"), max_length=30)
    value = MoneyField(_("目标"))
    from_on = models.DateField(_("起"))
    set_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("指标目标")
        indexes = [models.Index(fields=["court", "key", "-from_on", "-set_at"], name="target_latest")]


class Baseline(Keyed, AppendOnly):
    """期初数: the unidentified money (yuan) at the end of a day, set by the court's leaders; the newest one set counts."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    amount = MoneyField(_("期初不明款余额"))
    on = models.DateField(_("期初日"))
    why = models.CharField(_("依据"), max_length=200)
    set_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    class Meta:
        verbose_name = _("不明款期初数")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="baseline_positive")]
        indexes = [models.Index(fields=["court", "-set_at"], name="baseline_latest")]


class SupervisionQuerySet(models.QuerySet["Supervision"]):
    def visible_to(self, actor: Actor | None) -> "SupervisionQuerySet":
        """Those of the court for whoever supervises, else those of the cases that the actor sees."""
        if actor is None or not actor.is_staff:
            return self.none()
        rows = self.filter(court_id=actor.court_id)
        if scope(actor, Action.SUPERVISE) == Scope.COURT:
            return rows
        return rows.filter(case__in=Case.objects.visible_to(actor))


class Supervision(Keyed):
    """督办: a leader asks the officer about a case, perhaps about one duty of it; the officer answers in writing."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="supervisions")
    duty = models.ForeignKey(Duty, models.PROTECT, null=True, related_name="+")
    request = models.CharField(_("督办要求"), max_length=300)
    issued_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    reply_by = models.DateField(_("答复期限"))
    reply = models.CharField(_("答复"), max_length=500, blank=True)
    replied_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    replied_at = models.DateTimeField(null=True)

    objects = SupervisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("督办")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "duty"],
                condition=Q(replied_at__isnull=True),
                nulls_distinct=False,
                name="supervision_open_once",
            )
        ]
        indexes = [models.Index(fields=["court", "-issued_at", "-id"], name="supervision_recent")]

    @property
    def symbol(self) -> str:
        """How events and duties name the supervision."""
        return f"insight.supervision:{self.pk}"
