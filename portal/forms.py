"""Forms of the portal."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kernel.money import MoneyFormField
from portal.models import ApproachKind
from portal.open_forms import phone_of


class SignInForm(forms.Form):
    """Case number and the tail of the identity number."""

    number = forms.CharField(label=_("案号"), max_length=60, help_text=_("写在法院文书上，例如 （2026）晋1031执417号"))
    tail = forms.CharField(label=_("证件号码后四位"), max_length=8)


class ApproachForm(forms.Form):
    """What a defendant or debtor offers."""

    kind = forms.ChoiceField(
        label=_("您想"),
        choices=ApproachKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择想还款还是想调解。")},
    )
    amount = MoneyFormField(label=_("愿意先付多少（元）"), required=False, help_text=_("可不填。"))
    phone = forms.CharField(label=_("联系电话"), max_length=30, required=False)
    words = forms.CharField(
        label=_("想说明的情况"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean_phone(self) -> str:
        return phone_of(self.cleaned_data["phone"])


class CodeForm(SignInForm):
    """The same with the code from the text message."""

    code = forms.CharField(
        label=_("短信验证码"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
