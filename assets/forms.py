"""What people type about property; choices never reach beyond the parties of the case."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assets.models.preservations import Exemption, SecurityForm
from assets.services.preserving import Application
from assets.services.releasing import Cause
from cases.forms.fields import DayField
from cases.kinds import CLAIMING, OWING
from cases.models import Case, Party
from cases.models.cases import ClueKind
from kernel.money import MoneyFormField

ZERO = Decimal("0.00")
REASON = {"required": _("请写明理由。")}


class PartyChoice(forms.ModelChoiceField):
    """A party of the case, told by name and the end of its number."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Party.objects.none(), empty_label=None, **options)

    def label_from_instance(self, party: Party) -> str:
        tail = party.id_number[-4:] if party.id_number else ""
        return f"{party.name}（{_('证件尾号')} {tail}）" if tail else f"{party.name}（{_('无证件号码')}）"


def members(case: Case, roles: Any) -> Any:
    """The parties of a case in certain roles, in order."""
    return Party.objects.filter(participations__case=case, participations__role__in=list(roles)).order_by(
        "participations__ordinal", "id"
    )


class SecurityFields(forms.Form):
    """What the applicant gives as security."""

    security_form = forms.ChoiceField(label=_("担保方式"), choices=SecurityForm.choices, required=False)
    security = MoneyFormField(label=_("担保金额"), minimum=ZERO, required=False)

    def clean_security(self) -> Decimal:
        return self.cleaned_data["security"] or ZERO


class PreserveForm(SecurityFields):
    """An application in a civil case."""

    applicant = PartyChoice(label=_("申请人"))
    against = PartyChoice(label=_("被申请人"))
    amount = MoneyFormField(label=_("请求保全金额"))
    exemption = forms.ChoiceField(label=_("可免担保的情形"), choices=Exemption.choices, required=False)
    urgent = forms.BooleanField(
        label=_("情况紧急，须 48 小时内裁定"), required=False, help_text=_("不立即保全，权益会受到难以弥补的损害。")
    )

    field_order = ("applicant", "against", "amount", "urgent", "security_form", "security", "exemption")

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["applicant"].queryset = members(case, CLAIMING)  # type: ignore[attr-defined]
        self.fields["against"].queryset = members(case, OWING)  # type: ignore[attr-defined]

    def given(self) -> Application:
        """What the service takes."""
        return Application(**self.cleaned_data)


class PreSuitForm(SecurityFields):
    """An application before the suit, besides the two parties."""

    cause = forms.CharField(label=_("案由"), max_length=60, error_messages={"required": _("请填写纠纷的案由。")})
    amount = MoneyFormField(label=_("请求保全金额"))
    clue_kind = forms.ChoiceField(label=_("财产类型"), choices=ClueKind.choices, initial=ClueKind.DEPOSIT)
    clue = forms.CharField(
        label=_("明确的财产信息"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("请写明财产信息：开户行、账号、房产坐落、车牌等。")},
    )

    field_order = ("cause", "amount", "clue_kind", "clue", "security_form", "security")


class SueForm(forms.Form):
    """The claim of the suit that follows a preservation."""

    claimed = MoneyFormField(label=_("诉讼标的额"))
    articles = {"claimed": "费办13"}


class FreezeForm(forms.Form):
    """Whose deposits, up to how much, and why."""

    party = PartyChoice(label=_("冻结谁的存款"))
    limit = MoneyFormField(label=_("冻结限额"))
    why = forms.CharField(label=_("理由"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["party"].queryset = members(case, OWING)  # type: ignore[attr-defined]


class ReleaseForm(forms.Form):
    """Why a freeze is released."""

    cause = forms.ChoiceField(label=_("解除事由"), choices=[("", _("请选择")), *Cause.choices])
    why = forms.CharField(
        label=_("情况说明"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), error_messages=REASON
    )
    articles = {"cause": "保规23，查规28"}

    def reason(self) -> str:
        """The cause and what was said about it, as the ruling and the judge read it."""
        return f"{Cause(self.cleaned_data['cause']).label}：{self.cleaned_data['why']}"


class LevyForm(forms.Form):
    """How much of the frozen money."""

    amount = MoneyFormField(label=_("扣划金额"))
    articles = {"amount": "民诉253"}


class MoveUpForm(forms.Form):
    """What the bank said when the freeze before ended."""

    held = MoneyFormField(label=_("现实际冻结"))
    effective_on = DayField(label=_("转为首封之日"), future=False, help_text=_("期限自这一天起算。"))
    articles = {"effective_on": "查规26"}


class ClueResultForm(forms.Form):
    """What checking a clue brought."""

    result = forms.CharField(
        label=_("核查结果"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明核查结果。")},
    )
