"""What people type about the service of papers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms import DayField
from cases.models.documents import ServiceMethod

BY_HAND = [choice for choice in ServiceMethod.choices if choice[0] != ServiceMethod.GATEWAY]


class ServiceForm(forms.Form):
    """How and when a paper reached its recipient; the return of service as a scan or picture."""

    method = forms.ChoiceField(label=_("送达方式"), choices=[("", _("请选择")), *BY_HAND])
    served_on = DayField(
        label=_("送达日"),
        help_text=_("公告送达填公告之日，满三十日视为送达；电子送达填到达受送达人系统之日。"),
    )
    proof = forms.FileField(
        label=_("送达回证"),
        required=False,
        help_text=_("扫描件或照片，PDF、JPG、PNG，不超过 20 MB。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"}),
    )
