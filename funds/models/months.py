"""The closing of a month: what finance drew up and the executing side confirmed (FUND-LEDGER)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Court, Post
from cases.models import Case, Decision
from funds.kinds.apart import MonthState
from kernel.models import Keyed, Versioned


class MonthClosing(Keyed, Versioned):
    """One month of a court, carried by an administrative case.

    ``figures`` holds the trial balance, the bank's closing, counts, sums and open items (yuan).
    """

    court = models.ForeignKey(Court, models.PROTECT, related_name="+")
    month = models.DateField(_("月份"))
    state = models.CharField(_("状态"), max_length=10, choices=MonthState.choices, default=MonthState.OPEN)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    close_by = models.DateField(_("月结期限"))
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, related_name="+")
    figures = models.JSONField(default=dict)
    prepared_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("月结")
        constraints = [
            models.UniqueConstraint(fields=["court", "month"], name="month_closed_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="month_by_its_first_day"),
        ]

    @property
    def symbol(self) -> str:
        """How the journal names the closing."""
        return f"funds.monthclosing:{self.pk}"
