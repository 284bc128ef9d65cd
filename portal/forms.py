"""Forms of the portal."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.kinds import ObjectionKind
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


class HurryForm(forms.Form):
    """What the party wants to know or to be done."""

    words = forms.CharField(
        label=_("想问什么、希望办什么"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class ObjectionForm(forms.Form):
    """An objection to the execution, as the party writes it."""

    kind = forms.ChoiceField(
        label=_("您不服什么"),
        choices=[
            (ObjectionKind.CONDUCT.value, _("法院的做法（查封、拍卖、扣划等程序）")),
            (ObjectionKind.TITLE.value, _("被查封、处置的财产是我的")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择一种。")},
    )
    contested = forms.CharField(
        label=_("针对哪份文书、哪次行为或者哪件财产"),
        max_length=200,
        error_messages={"required": _("请写明针对什么。")},
    )
    words = forms.CharField(
        label=_("要求和理由"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("请写明要求和理由。")},
    )


class AccountForm(forms.Form):
    """Where the party wants its money; the holder is the party itself."""

    account = forms.CharField(
        label=_("本人银行账号"),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("请填写账号。")},
    )
    bank = forms.CharField(
        label=_("开户行"),
        max_length=80,
        help_text=_("写到支行，例如 中国农业银行隰县支行"),
        error_messages={"required": _("请填写开户行。")},
    )


class TakeUpForm(forms.Form):
    """What the filing clerk does with an objection from the phone."""

    FILE, BACK = "FILE", "BACK"
    outcome = forms.ChoiceField(
        label=_("处理"),
        choices=[(FILE, _("立案审查")), (BACK, _("不予立案，告知理由和补正办法"))],
        initial=FILE,
        widget=forms.RadioSelect,
    )
    kind = forms.ChoiceField(label=_("异议类型"), choices=ObjectionKind.choices, widget=forms.RadioSelect)
    contested = forms.CharField(label=_("所针对的行为或者标的"), max_length=200)
    words = forms.CharField(
        label=_("理由和补正办法"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    articles = {"outcome": _("法释〔2015〕10号第2条"), "kind": _("民事诉讼法第236条、第238条")}

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("outcome") == self.BACK and not str(typed.get("words", "")).strip():
            self.add_error("words", forms.ValidationError(_("不予立案须写明理由。"), "required"))
        return typed
