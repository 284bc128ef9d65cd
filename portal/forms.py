"""Forms of the portal."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignInForm(forms.Form):
    """Case number and the tail of the identity number."""

    number = forms.CharField(label=_("案号"), max_length=60, help_text=_("写在法院文书上，例如 （2026）晋1031执417号"))
    tail = forms.CharField(label=_("证件号码后四位"), max_length=8)


class CodeForm(SignInForm):
    """The same with the code from the text message."""

    code = forms.CharField(
        label=_("短信验证码"),
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )
