"""Small sale in kind: things the debtor hands over with consent, sold on the spot; the proceeds belong to the case."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.actors import Actor
from accounts.models import Court, Post
from accounts.policy import scope
from accounts.roles import Action, Scope
from cases.models import Case, Document, Party, StoredFile
from funds.kinds.apart import SaleState
from funds.models.receipts import Receipt
from kernel.models import Keyed, Versioned
from kernel.money import MoneyField


class SmallSaleQuerySet(models.QuerySet["SmallSale"]):
    def visible_to(self, actor: Actor | None) -> "SmallSaleQuerySet":
        """Sales of the court, or of the actor's own cases."""
        if actor is None or not actor.is_staff or (width := scope(actor, Action.SEE_FUNDS)) is None:
            return self.none()
        rows = self.filter(court_id=actor.court_id)
        return rows if width == Scope.COURT else rows.filter(case__in=Case.objects.visible_to(actor))


class SmallSale(Keyed, Versioned):
    """Things with the owner's consent, what they are, their pictures, who bought them for how much (yuan)."""

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, related_name="small_sales")
    owner = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("物主"))
    consent_on = models.DateField(_("同意日"))
    consent = models.CharField(_("同意内容"), max_length=300)
    items = models.JSONField(_("物品"))
    photos = models.ManyToManyField(StoredFile, related_name="+")
    state = models.CharField(_("状态"), max_length=10, choices=SaleState.choices, default=SaleState.AGREED)
    buyer = models.CharField(_("买受人"), max_length=120, blank=True)
    amount = MoneyField(_("价款"), null=True)
    record = models.CharField(_("变卖经过"), max_length=500, blank=True)
    receipt = models.OneToOneField(Receipt, models.PROTECT, null=True, related_name="small_sale")
    certificate = models.OneToOneField(Document, models.PROTECT, null=True, related_name="+")
    registered_by = models.ForeignKey(Post, models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    sold_at = models.DateTimeField(null=True)

    objects = SmallSaleQuerySet.as_manager()

    class Meta:
        verbose_name = _("小额变卖")
        indexes = [models.Index(fields=["case", "registered_at"], name="small_sale_of_case")]

    @property
    def symbol(self) -> str:
        """How events name the sale."""
        return f"funds.smallsale:{self.pk}"
