"""What is typed when the criminal chamber hands a judgment over for execution."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField
from cases.forms.parties import PartyForm
from cases.kinds import ItemNature, PartyKind
from cases.services.parties import PartyInput
from cases.services.transferring import Order, Transfer
from kernel.money import MoneyFormField

PARTY = ("kind", "name", "id_number", "phone", "address", "legal_representative")


class TransferForm(PartyForm):
    """The judgment, the convict, and what it orders about property."""

    judgment = forms.CharField(
        label=_("刑事裁判案号"), max_length=60, help_text=_("任何写法都可以，例如 2026晋1031刑初12。")
    )
    offence = forms.CharField(label=_("罪名"), max_length=80)
    effective_on = DayField(label=_("生效日"), future=False)
    restitution = MoneyFormField(label=_("责令退赔"), required=False)
    victim = forms.CharField(label=_("被害人"), max_length=80, required=False, help_text=_("有退赔的填写。"))
    fine = MoneyFormField(label=_("罚金"), required=False)
    confiscation = MoneyFormField(label=_("没收财产"), required=False)
    articles = {"restitution": _("刑事涉财执行规定第13条"), "fine": _("罚金、没收缴入国库")}
    field_order = ("judgment", "offence", "effective_on", *PARTY, "restitution", "victim", "fine", "confiscation")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].label = _("被执行人")

    def transfer(self) -> Transfer:
        """What was typed, for the service."""
        typed = self.cleaned_data
        victim = PartyInput(kind=PartyKind.PERSON, name=typed["victim"]) if typed["victim"] else None
        orders = (
            (ItemNature.RESTITUTION, typed["restitution"], victim),
            (ItemNature.FINE, typed["fine"], None),
            (ItemNature.CONFISCATION, typed["confiscation"], None),
        )
        return Transfer(
            judgment=typed["judgment"],
            offence=typed["offence"],
            effective_on=typed["effective_on"],
            convict=PartyInput(**{name: typed[name] for name in PARTY}),
            orders=[Order(nature, amount, payee) for nature, amount, payee in orders if amount],
        )
