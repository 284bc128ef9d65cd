"""The distribution plan: whose money it divides among whom, version after version, and the objections to it (解释508–510)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court, Post
from accounts.policy import scope
from accounts.roles import Action, Scope
from cases.models import Case, Decision, Document, Party
from funds.kinds.distribution import DebtorKind, ObjectionStage, Outcome, PlanRank, PlanStage
from funds.models.receipts import Receipt
from kernel.append_only import AppendOnly
from kernel.models import Keyed, Versioned
from kernel.money import ZERO, MoneyField


class PlanQuerySet(models.QuerySet["DistributionPlan"]):
    def visible_to(self, actor: Actor | None) -> "PlanQuerySet":
        """Plans of the court; narrower scopes see those in which one of their own cases takes part."""
        if actor is None or not actor.is_staff or (width := scope(actor, Action.SEE_FUNDS)) is None:
            return self.none()
        rows = self.filter(court_id=actor.court_id)
        if width == Scope.COURT:
            return rows
        mine = Case.objects.visible_to(actor)
        joined = PlanClaim.objects.filter(case__in=mine, dropped_at__isnull=True)
        return rows.filter(Q(case__in=mine) | Q(pk__in=joined.values("plan_id")))


class DistributionPlan(Keyed, Versioned):
    """One plan of the case that the money came for. ``stage`` is assigned by ``funds/services/distributing.py`` alone.

    ``pool`` is the sum of its receipts (yuan); claims are reckoned to ``cutoff``, the day on which the money counts. ``result``
    is the division as it stands; what was issued is frozen in ``PlanVersion``.
    """

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="distribution_plans")
    ordinal = models.PositiveSmallIntegerField(_("次序"))
    debtor = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("被执行人"))
    debtor_kind = models.CharField(_("被执行人类型"), max_length=20, choices=DebtorKind.choices)
    ground = models.CharField(_("企业法人不移送破产的情况"), max_length=300, blank=True)
    pool = MoneyField(_("可分配款"))
    cutoff = models.DateField(_("债权计算至"))
    result = models.JSONField(default=dict)
    stage = models.CharField(_("状态"), max_length=10, choices=PlanStage.choices, default=PlanStage.DRAFT)
    drawn_by = models.ForeignKey(Post, models.PROTECT, related_name="+", verbose_name=_("制作人"))
    drawn_at = models.DateTimeField()
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    why_ended = models.CharField(max_length=300, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("分配方案")
        constraints = [
            models.UniqueConstraint(fields=["case", "ordinal"], name="plan_ordinal_once"),
            models.CheckConstraint(condition=Q(pool__gt=0), name="plan_pool_positive"),
        ]
        indexes = [
            models.Index(
                fields=["court", "drawn_at", "id"],
                name="plan_open",
                condition=Q(stage__in=["DRAFT", "ISSUED", "PARTLY"]),
            ),
            models.Index(fields=["court", "-drawn_at", "-id"], name="plan_recent"),
        ]

    @property
    def symbol(self) -> str:
        """How events name the plan."""
        return f"funds.distributionplan:{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether money still waits under the plan."""
        return self.ended_at is None


class PlanSource(Keyed):
    """A receipt whose money the plan divides; used once it is divided, released when the plan is discarded."""

    plan = models.ForeignKey(DistributionPlan, models.PROTECT, related_name="sources")
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="plan_sources")
    amount = MoneyField(_("金额"))
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("分配的来款")
        constraints = [
            models.UniqueConstraint(fields=["receipt"], condition=Q(ended_at__isnull=True), name="receipt_in_one_plan")
        ]


class PlanClaim(Keyed):
    """One row of the table: whose claim of which case, its class, amounts in yuan and grounds.

    ``doubled`` is the doubled interest, which comes last; ``limit`` bounds a secured claim to its collateral; ``in_debt`` says
    that what it receives reduces the debt of its case. A row without a party is the court's fee or the treasury's.
    """

    plan = models.ForeignKey(DistributionPlan, models.PROTECT, related_name="claims")
    ordinal = models.PositiveSmallIntegerField()
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+")
    label = models.CharField(_("债权人"), max_length=120)
    rank = models.CharField(_("顺位"), max_length=12, choices=PlanRank.choices, default=PlanRank.ORDINARY)
    amount = MoneyField(_("债权额"))
    doubled = MoneyField(_("加倍利息"), default=ZERO)
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    ground = models.CharField(_("优先依据"), max_length=200, blank=True)
    priority = models.PositiveSmallIntegerField(_("优先次序"), default=0)
    limit = MoneyField(_("担保物价款"), null=True)
    seized_at = models.DateTimeField(_("查封时间"), null=True)
    asked_on = models.DateField(_("申请参与分配日"), null=True)
    has_title = models.BooleanField(_("已取得执行依据"), default=True)
    in_debt = models.BooleanField(default=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("分配债权")
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "ordinal"], name="plan_claim_ordinal_once"),
            models.CheckConstraint(condition=Q(amount__gte=0, doubled__gte=0), name="plan_claim_not_negative"),
        ]
        indexes = [models.Index(fields=["case", "plan"], name="plan_claim_of_case")]


class PlanVersion(Keyed, AppendOnly):
    """The plan as it was issued or corrected: the table and its division, frozen, with the reason."""

    plan = models.ForeignKey(DistributionPlan, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("版本"))
    why = models.CharField(_("原因"), max_length=300)
    result = models.JSONField(default=dict)
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("分配方案版本")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_once")]


class PlanPart(Keyed, AppendOnly):
    """Money that a plan gave: out of which receipt, as which receipt of the creditor's own case, for which row (yuan).

    Without a row it is what was left over, for the debtor.
    """

    plan = models.ForeignKey(DistributionPlan, models.PROTECT, related_name="parts")
    claim = models.ForeignKey(PlanClaim, models.PROTECT, null=True, related_name="parts")
    source = models.ForeignKey(Receipt, models.PROTECT, related_name="divided_into")
    receipt = models.OneToOneField(Receipt, models.PROTECT, related_name="plan_part")
    amount = MoneyField(_("金额"))
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("分配所得")
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="plan_part_positive")]


class PlanObjection(Keyed, Versioned):
    """A person's objection: which rows it wants otherwise, what is reserved because of it, and how far it has come.

    ``wants`` holds {claim: {amount, rank}}, ``reserve`` {claim: yuan}. ``stage`` is assigned by ``objecting.py`` alone.
    """

    plan = models.ForeignKey(DistributionPlan, models.PROTECT, related_name="objections")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    grounds = models.TextField(_("异议理由"))
    wants = models.JSONField(default=dict)
    reserve = models.JSONField(default=dict)
    made_on = models.DateField(_("提出日"))
    made_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    stage = models.CharField(_("状态"), max_length=10, choices=ObjectionStage.choices, default=ObjectionStage.MADE)
    notice = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    opposition_notice = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")
    sued_on = models.DateField(_("起诉日"), null=True)
    suit_number = models.CharField(_("异议之诉案号"), max_length=60, blank=True)
    outcome = models.CharField(_("诉讼结果"), max_length=10, choices=Outcome.choices, blank=True)
    outcome_on = models.DateField(_("裁判生效日"), null=True)
    outcome_why = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("分配方案异议")
        ordering = ["made_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "party"], condition=Q(ended_at__isnull=True), name="one_open_objection_each"
            )
        ]

    @property
    def symbol(self) -> str:
        """How events name the objection."""
        return f"funds.planobjection:{self.pk}"


class PlanOpposition(Keyed):
    """Somebody opposes an objection within the fifteen days (解释510)."""

    objection = models.ForeignKey(PlanObjection, models.PROTECT, related_name="oppositions")
    party = models.ForeignKey(Party, models.PROTECT, related_name="+")
    grounds = models.TextField(_("反对意见"))
    made_on = models.DateField(_("提出日"))
    made_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("对异议的反对意见")
        ordering = ["made_at", "id"]
        constraints = [models.UniqueConstraint(fields=["objection", "party"], name="opposed_once_each")]
