"""Matter and Case: a dispute and its numbered cases, each on its own spine."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court, Post, Team
from accounts.policy import scope
from accounts.roles import Action, Scope
from cases.kinds import CaseKind, ClosedHow, Lane
from kernel.models import Keyed, Versioned
from kernel.money import MoneyField


class Matter(Keyed):
    """The whole dispute: its cases share the debt, the parties and the property."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="matters")
    cause = models.CharField(_("案由"), max_length=60)
    opened_on = models.DateField()
    risks = models.JSONField(_("立案时发现的风险"), default=list)

    class Meta:
        verbose_name = _("纠纷")
        indexes = [models.Index(fields=["court", "-opened_on"])]


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, actor: Actor | None) -> "CaseQuerySet":
        """The only beginning of a query for cases: the court first, then the scope of the role."""
        if actor is None or (width := scope(actor, Action.SEE_CASES)) is None:
            return self.none()
        if not actor.is_staff:
            return self.filter(court_id=actor.court_id, pk__in=actor.case_ids)
        rows = self.filter(court_id=actor.court_id)
        if width == Scope.COURT:
            return rows
        mine = Q(officer_id__in=actor.post_ids) | Q(filed_by_id__in=actor.post_ids)
        if width == Scope.TEAM and actor.team_id:
            mine |= Q(team_id=actor.team_id)
        return rows.filter(mine)

    def open(self) -> "CaseQuerySet":
        """Cases that are not closed."""
        return self.filter(closed_at__isnull=True)


class Case(Keyed, Versioned):
    """One numbered case. Nothing but ``cases/services/stages.py`` assigns ``stage``."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="cases")
    court = models.ForeignKey(Court, models.PROTECT, related_name="cases")
    kind = models.CharField(_("案件类型"), max_length=24, choices=CaseKind.choices)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    number = models.CharField(_("案号"), max_length=40, unique=True)
    stage = models.CharField(_("阶段"), max_length=24)
    stage_since = models.DateTimeField()
    lane = models.CharField(_("节段"), max_length=16, choices=Lane.choices, blank=True)
    cause = models.CharField(_("案由"), max_length=60)
    claimed = MoneyField(_("标的额"), null=True, blank=True)
    fee = MoneyField(_("应交费用"), null=True, blank=True)
    officer = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("承办人"))
    team = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, related_name="cases", verbose_name=_("团队"))
    filed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    filed_at = models.DateTimeField(_("立案时间"))
    effective_on = models.DateField(_("文书生效日"), null=True, blank=True)
    arises_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    quick = models.BooleanField(_("快执"), default=False)
    closed_at = models.DateTimeField(_("结案时间"), null=True, blank=True)
    closed_how = models.CharField(_("结案方式"), max_length=20, choices=ClosedHow.choices, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("案件")
        constraints = [
            models.UniqueConstraint(fields=["court", "year", "kind", "serial"], name="case_serial_once"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_how="") | Q(closed_at__isnull=False) & ~Q(closed_how=""),
                name="case_closed_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["court", "-filed_at", "-id"], name="case_list"),
            models.Index(fields=["court", "kind", "-filed_at", "-id"], name="case_list_kind"),
            models.Index(fields=["team", "-filed_at", "-id"], name="case_list_team"),
            models.Index(fields=["officer", "-filed_at", "-id"], name="case_list_officer"),
            models.Index(fields=["court", "closed_at"], name="case_closed"),
            models.Index(
                fields=["court", "-filed_at", "-id"], name="case_list_open", condition=Q(closed_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def symbol(self) -> str:
        """How events and messages name the case."""
        return f"cases.case:{self.pk}"

    @property
    def slug(self) -> str:
        """The case number as it stands in addresses: 2025晋1031执123号."""
        return self.number.replace("（", "").replace("）", "")

    @property
    def is_open(self) -> bool:
        """Whether the case is not closed."""
        return self.closed_at is None


class NumberCounter(models.Model):
    """The last serial given per court, year and kind; gapless because it commits with the case."""

    court = models.ForeignKey(Court, models.PROTECT)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=24)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["court", "year", "kind"], name="counter_once")]


class ClueKind(models.TextChoices):
    """What kind of property a clue points at."""

    DEPOSIT = "DEPOSIT", _("银行存款")
    VEHICLE = "VEHICLE", _("车辆")
    IMMOVABLE = "IMMOVABLE", _("不动产")
    EQUITY = "EQUITY", _("股权")
    CLAIM = "CLAIM", _("到期债权")
    OTHER = "OTHER", _("其他")


class Clue(Keyed):
    """A property clue that a party gave; its text may hold accounts and is never shown to the other side."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="clues")
    party = models.ForeignKey("cases.Party", models.PROTECT, related_name="clues", verbose_name=_("财产所有人"))
    kind = models.CharField(_("财产类型"), max_length=12, choices=ClueKind.choices)
    description = models.CharField(_("线索内容"), max_length=300)
    given_by = models.CharField(_("提供人"), max_length=60, blank=True)
    given_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(_("核查结果"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("财产线索")
