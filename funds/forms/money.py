"""What people type about money. Choices never reach beyond the case or the court."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import Post
from cases.forms.fields import DayField
from cases.models import Case, Party
from funds.kinds import HoldReason
from kernel import clock
from kernel.money import MoneyFormField
from kernel.sounding import Sound

WHY = {"rows": 3}


class StatementForm(forms.Form):
    """A statement file."""

    file = forms.FileField(
        label=_("流水文件"),
        help_text=_("银行导出的 CSV、xls、xlsx 或 camt.053。农行、中行、建行、工行、招行、交行的格式自动识别。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xls,.xlsx,.xml"}),
        error_messages={"required": _("请选择流水文件。"), "empty": _("文件是空的，请重新导出。")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.UPLOAD_LIMIT:
            raise ValidationError(_("文件超过 20 MB，请按日分开导出。"), "too_large")
        return file


class WhyForm(forms.Form):
    """A reason in words."""

    why = forms.CharField(label=_("原因"), max_length=300, widget=forms.Textarea(attrs=WHY))

    def __init__(self, *args: Any, label: Any = None, required: bool = True, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["why"].label = label or self.fields["why"].label
        self.fields["why"].required = required


class ConfirmForm(forms.Form):
    """Nothing to type: the act is confirmed as it is shown."""


class ClaimForm(forms.Form):
    """Whose the money is said to be."""

    number = forms.CharField(
        label=_("案号"),
        max_length=60,
        help_text=_("任何写法都可以，例如 2026晋1031执417。"),
        error_messages={"required": _("请填写案号。")},
    )
    why = forms.CharField(
        label=_("依据"),
        max_length=300,
        widget=forms.Textarea(attrs=WHY),
        error_messages={"required": _("请写明认领的依据。")},
    )
    switch_off = forms.BooleanField(label=_("以后不要再自动匹配此付款人到该案"), required=False)

    def __init__(self, *args: Any, matched_by_itself: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not matched_by_itself:
            del self.fields["switch_off"]


class HoldForm(forms.Form):
    """A delay with its reason and review."""

    reason = forms.ChoiceField(label=_("事由"), choices=HoldReason.choices, widget=forms.RadioSelect)
    why = forms.CharField(label=_("说明"), max_length=300, required=False, widget=forms.Textarea(attrs=WHY))
    review_on = DayField(label=_("复查日"), past=False)
    articles = {"reason": _("法发〔2017〕6号第10条")}


class CashForm(forms.Form):
    """Cash that two officers take."""

    payer = forms.CharField(label=_("交款人"), max_length=80, error_messages={"required": _("请填写交款人。")})
    amount = MoneyFormField(label=_("金额"), error_messages={"required": _("请填写金额。")})
    second = forms.ModelChoiceField(
        label=_("共同收款人"),
        queryset=Post.objects.none(),
        error_messages={"required": _("收取现金须有两名执行人员在场，请选择另一名。")},
    )
    remark = forms.CharField(label=_("备注"), max_length=200, required=False)
    articles = {"second": _("法发〔2017〕6号第8条")}

    def __init__(self, *args: Any, case: Case, user_id: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        here = Post.objects.in_force(clock.today()).filter(court=case.court_id, user__is_active=True)
        field: Any = self.fields["second"]
        field.queryset = here.exclude(user_id=user_id).select_related("user").order_by(Sound("user__name"))
        field.label_from_instance = lambda post: f"{post.user.name}（{post.get_role_display()}）"


class PayeeForm(forms.Form):
    """Where a party wants its money."""

    party = forms.ModelChoiceField(label=_("当事人"), queryset=Party.objects.none())
    holder = forms.CharField(label=_("户名"), max_length=80, error_messages={"required": _("请填写户名。")})
    account = forms.CharField(
        label=_("账号"),
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("请填写账号。")},
    )
    bank = forms.CharField(label=_("开户行"), max_length=80, error_messages={"required": _("请填写开户行。")})
    why_other = forms.CharField(
        label=_("付给他人的依据"), max_length=200, required=False, help_text=_("户名不是本人时必填，例如特别授权。")
    )

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer_parties(self.fields["party"], case)


class ReaddressForm(forms.Form):
    """Where a refund goes."""

    holder = forms.CharField(label=_("户名"), max_length=80)
    account = forms.CharField(label=_("账号"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    bank = forms.CharField(label=_("开户行"), max_length=80)


class AssignForm(forms.Form):
    """Who receives what the law left open."""

    party = forms.ModelChoiceField(label=_("收款人"), queryset=Party.objects.none())
    amount = MoneyFormField(label=_("金额"))
    why = forms.CharField(label=_("依据"), max_length=300, widget=forms.Textarea(attrs=WHY))

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        _offer_parties(self.fields["party"], case)


def _offer_parties(field: Any, case: Case) -> None:
    field.queryset = Party.objects.filter(participations__case=case).distinct()
    field.label_from_instance = lambda party: party.name


class ReconcileForm(forms.Form):
    """The bank's own figure of a day."""

    on = DayField(label=_("对账日"), future=False)
    closing = MoneyFormField(label=_("银行日终余额"), minimum=Decimal("0.00"))


class DayForm(forms.Form):
    """A day of the books."""

    on = DayField(label=_("日期"), future=False)
