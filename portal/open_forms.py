"""What a payer types without signing in: every shape of day, amount and digits is read, what is wrong is said plainly."""

from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField
from cases.services.parties import PHONE
from kernel.money import MoneyFormField
from kernel.text import narrow

PICTURES = (".jpg", ".jpeg", ".png", ".pdf")
LARGEST = 8 * 1024 * 1024  # bytes
TAIL = len("1234")


def phone_of(typed: str) -> str:
    """A telephone number as it is kept; raises ValidationError when it cannot be one."""
    text = narrow(typed).replace(" ", "")
    if text and not PHONE.match(text):
        raise ValidationError(_("电话号码有误。手机号应为 11 位，座机请写区号。"), "phone")
    return text


class PaidForm(forms.Form):
    """I paid without a reference."""

    paid_on = DayField(
        label=_("哪天付的"),
        future=False,
        error_messages={"required": _("请填写付款日期，例如 2026-11-22 或 11月22日。")},
    )
    amount = MoneyFormField(
        label=_("付了多少（元）"), error_messages={"required": _("请填写付款金额，例如 3000 或 3,000.50。")}
    )
    payer_name = forms.CharField(
        label=_("付款账户的户名"),
        max_length=120,
        help_text=_("由别人代付的，填那个人的姓名或单位名称。"),
        error_messages={"required": _("请填写付款账户的户名。")},
    )
    account_tail = forms.CharField(label=_("付款账号后四位"), max_length=12, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=30, required=False)
    words = forms.CharField(
        label=_("补充说明"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    file = forms.FileField(
        label=_("付款截图"),
        required=False,
        help_text=_("可不传。JPG、PNG 或 PDF，不超过 8 MB。"),
        widget=forms.FileInput(attrs={"accept": ",".join(PICTURES)}),
        error_messages={"empty": _("文件是空的，请重新选择。")},
    )

    def clean_account_tail(self) -> str:
        typed = narrow(str(self.cleaned_data["account_tail"])).replace(" ", "")
        if typed and not (typed.isdigit() and len(typed) == TAIL):
            raise ValidationError(_("请只填最后四位数字，例如 0001。"), "tail")
        return typed

    def clean_phone(self) -> str:
        return phone_of(self.cleaned_data["phone"])

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is None:
            return None
        if Path(file.name).suffix.lower() not in PICTURES:
            raise ValidationError(_("只接受 JPG、PNG 或 PDF。"), "kind")
        if file.size > LARGEST:
            raise ValidationError(_("文件超过 8 MB，请截图后再传。"), "too_large")
        return file
