"""How money finds its case: the payer's page of a case, what payers say, rules switched off, public notices."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court, Post
from accounts.policy import scope
from accounts.roles import Action, Scope
from cases.models import Case, Decision, StoredFile
from funds.kinds.unidentified import NoticeState, PayerClaimState
from funds.models.receipts import Receipt
from kernel.encryption import EncryptedTextField
from kernel.models import Keyed
from kernel.money import MoneyField


class PayLink(Keyed):
    """The address of a case's page for payers; the token says nothing and cannot be guessed. One is in force at a time."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="pay_links")
    token = models.CharField(max_length=43, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    ended_why = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("付款页")
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(ended_at__isnull=True), name="one_pay_link"),
        ]

    @property
    def symbol(self) -> str:
        """How the journal names the link."""
        return f"funds.paylink:{self.pk}"


class PayerClaimQuerySet(models.QuerySet["PayerClaim"]):
    def visible_to(self, actor: Actor | None) -> "PayerClaimQuerySet":
        """What payers said about the cases that the actor sees."""
        if actor is None or not actor.is_staff or (width := scope(actor, Action.SEE_FUNDS)) is None:
            return self.none()
        rows = self.filter(court_id=actor.court_id)
        return rows if width == Scope.COURT else rows.filter(case__in=Case.objects.visible_to(actor))

    def open(self) -> "PayerClaimQuerySet":
        """Those whose money is still looked for."""
        return self.filter(state__in=[PayerClaimState.WAITING, PayerClaimState.PARKED])


class PayerClaim(Keyed):
    """A payer says on the case's page that it paid without a reference: day, amount (yuan), name, tail of the account."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="payer_claims")
    paid_on = models.DateField(_("付款日"))
    amount = MoneyField(_("金额"))
    payer_name = models.CharField(_("付款人"), max_length=120)
    name_digest = models.CharField(max_length=43)
    account_tail = models.CharField(_("付款账号后四位"), max_length=4, blank=True)
    phone = EncryptedTextField(_("联系电话"), blank=True)
    words = models.CharField(_("说明"), max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("状态"), max_length=10, choices=PayerClaimState.choices, default=PayerClaimState.WAITING)
    receipt = models.ForeignKey(Receipt, models.PROTECT, null=True, related_name="payer_claims")
    made_at = models.DateTimeField()
    answer = models.CharField(_("答复"), max_length=300, blank=True)
    answered_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)

    objects = PayerClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("付款人申报")
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="payer_claim_positive"),
            models.UniqueConstraint(
                fields=["case", "paid_on", "amount", "name_digest"],
                condition=Q(state__in=["WAITING", "PARKED"]),
                name="payer_claim_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["court", "amount"], name="payer_claim_open", condition=Q(state__in=["WAITING", "PARKED"])
            ),
            models.Index(fields=["court", "-made_at", "-id"], name="payer_claim_recent"),
        ]

    @property
    def symbol(self) -> str:
        """How events name what the payer said."""
        return f"funds.payer_claim:{self.pk}"


class PayerExclusionQuerySet(models.QuerySet["PayerExclusion"]):
    def visible_to(self, actor: Actor | None) -> "PayerExclusionQuerySet":
        """Rules of the court for those who see its money."""
        if actor is None or not actor.is_staff or scope(actor, Action.SEE_FUNDS) != Scope.COURT:
            return self.none()
        return self.filter(court_id=actor.court_id)

    def in_force(self) -> "PayerExclusionQuerySet":
        """Those that nobody has switched on again."""
        return self.filter(ended_at__isnull=True)


class PayerExclusion(Keyed):
    """Automatic matching is off for a payer, for one case or (without a case) for every case, from a moment on.

    The payer is known by a keyed digest of account and name; ``payer`` is the masked name for people to read.
    """

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    payer_digest = models.CharField(max_length=43)
    payer = models.CharField(_("付款人"), max_length=120)
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    receipt = models.ForeignKey(Receipt, models.PROTECT, null=True, related_name="+")
    why = models.CharField(_("原因"), max_length=300)
    asked_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    confirmed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    from_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    ended_why = models.CharField(max_length=300, blank=True)

    objects = PayerExclusionQuerySet.as_manager()

    class Meta:
        verbose_name = _("停用的自动匹配")
        constraints = [
            models.UniqueConstraint(
                fields=["court", "payer_digest", "case"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="exclusion_once",
            )
        ]
        indexes = [models.Index(fields=["court", "-from_at", "-id"], name="exclusion_recent")]

    @property
    def symbol(self) -> str:
        """How the journal names the rule."""
        return f"funds.payer_exclusion:{self.pk}"


class PublicNoticeQuerySet(models.QuerySet["PublicNotice"]):
    def visible_to(self, actor: Actor | None) -> "PublicNoticeQuerySet":
        """Notices of the court for those who see its money."""
        if actor is None or not actor.is_staff or scope(actor, Action.SEE_FUNDS) != Scope.COURT:
            return self.none()
        return self.filter(court_id=actor.court_id)

    def published(self) -> "PublicNoticeQuerySet":
        """Those that the director approved."""
        return self.filter(state=NoticeState.PUBLISHED)


class PublicNotice(Keyed):
    """公告认领: unidentified money is told to the public, masked, until an inclusive last day."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.ASKED)
    number = models.CharField(_("公告编号"), max_length=60, blank=True)
    total = MoneyField(_("合计"))
    days = models.PositiveSmallIntegerField(_("公告天数"))
    asked_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    until_on = models.DateField(_("公告截止日"), null=True)
    readings = models.PositiveIntegerField(_("查阅次数"), default=0)

    objects = PublicNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("认领公告")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="PUBLISHED", until_on__isnull=False, published_at__isnull=False)
                | ~Q(state="PUBLISHED"),
                name="notice_published_until",
            )
        ]
        indexes = [
            models.Index(fields=["court", "-asked_at", "-id"], name="notice_recent"),
            models.Index(fields=["until_on"], name="notice_running", condition=Q(state="PUBLISHED")),
        ]

    @property
    def symbol(self) -> str:
        """How events and decisions name the notice."""
        return f"funds.public_notice:{self.pk}"

    def runs_on(self, day: date) -> bool:
        """Whether the public may still come forward on a day."""
        return self.state == NoticeState.PUBLISHED and self.until_on is not None and day <= self.until_on


class NoticeItem(Keyed):
    """One receipt in a notice, as the public reads it: masked payer, amount (yuan), day."""

    notice = models.ForeignKey(PublicNotice, models.PROTECT, related_name="items")
    receipt = models.ForeignKey(Receipt, models.PROTECT, related_name="notice_items")
    ordinal = models.PositiveSmallIntegerField()
    payer = models.CharField(_("付款人"), max_length=120)
    amount = MoneyField(_("金额"))
    received_on = models.DateField(_("到账日"))

    class Meta:
        verbose_name = _("公告款项")
        constraints = [
            models.UniqueConstraint(fields=["notice", "receipt"], name="notice_item_once"),
            models.UniqueConstraint(fields=["notice", "ordinal"], name="notice_item_place"),
        ]
