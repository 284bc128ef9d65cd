"""What a creditor or the debtor writes about a distribution plan on the phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from funds.forms.distribution import WantForm
from funds.kinds.distribution import PlanRank

WORDS = {"rows": 4}
ASKED = [
    choice for choice in PlanRank.choices if choice[0] not in (PlanRank.COSTS, PlanRank.FINE, PlanRank.CONFISCATION)
]


class ObjectionForm(WantForm):
    """Which row should say what, and why."""

    grounds = forms.CharField(
        label=_("理由"),
        max_length=2000,
        widget=forms.Textarea(attrs=WORDS),
        error_messages={"required": _("请写明理由。")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choice: Any = self.fields["rank"]
        choice.choices = ASKED


class OppositionForm(forms.Form):
    """Why another's objection is wrong."""

    about = forms.UUIDField(widget=forms.HiddenInput)
    grounds = forms.CharField(
        label=_("反对的理由"),
        max_length=2000,
        widget=forms.Textarea(attrs=WORDS),
        error_messages={"required": _("请写明理由。")},
    )

    def __init__(self, *args: Any, may_object: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.may_object = may_object
