"""What people type about payment batches and the ceremony of handing over."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField
from funds.kinds.batches import BatchWay


class WayForm(forms.Form):
    """How the batch leaves."""

    way = forms.ChoiceField(
        label=_("付款方式"),
        choices=BatchWay.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选择付款方式。")},
    )


class CeremonyForm(forms.Form):
    """When and where payees sign."""

    on = DayField(label=_("集中发放日"))
    place = forms.CharField(label=_("地点"), max_length=120, error_messages={"required": _("请填写地点。")})


class SignForm(forms.Form):
    """Who signed for the payee."""

    signer = forms.CharField(label=_("签领人"), max_length=80, error_messages={"required": _("请填写签领人。")})
    agency = forms.CharField(
        label=_("代领依据"), max_length=200, required=False, help_text=_("不是本人签领时必填，例如特别授权委托书。")
    )


class PhotoForm(forms.Form):
    """A photograph of the ceremony."""

    file = forms.FileField(
        label=_("照片"),
        help_text=_("JPG 或 PNG。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".jpg,.jpeg,.png"}),
        error_messages={"required": _("请选择照片。")},
    )
    caption = forms.CharField(label=_("说明"), max_length=100, required=False)


class ReportForm(forms.Form):
    """A status report of the bank."""

    file = forms.FileField(
        label=_("回执文件"),
        help_text=_("银行对付款文件的 pain.002 回执（XML）。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xml"}),
        error_messages={"required": _("请选择回执文件。"), "empty": _("文件是空的，请重新下载。")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            raise ValidationError(_("文件超过 20 MB。"), "too_large")
        return file
