"""What people type about pressure."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField
from cases.models import Party
from kernel.money import MoneyFormField
from law.listing import Ground
from pressure.kinds import CAUSES
from pressure.models import SanctionKind
from pressure.services.sanctioning import Proposal

REASON = {"required": _("请写明理由，入卷备查。")}


def _why(label: Any, help_text: Any = "", required: bool = True) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label=label, help_text=help_text, max_length=500, widget=area, required=required, error_messages=REASON
    )


class WarnForm(forms.Form):
    """How long the grace is."""

    days = forms.IntegerField(
        label=_("宽限天数"), initial=30, min_value=1, help_text=_("通常 30 天，上下限按本院规则。")
    )
    articles = {"days": "善意15"}


class ExtendForm(forms.Form):
    """Until when the grace runs now."""

    until = DayField(label=_("延长至（含当日）"), past=False)
    why = _why(_("延长理由"))


class WhyForm(forms.Form):
    """A reason."""

    why = _why(_("理由"))


class LimitForm(forms.Form):
    """The judge's own reason for a limit; it goes into the file."""

    why = _why(_("您的理由，入卷"))
    articles = {"why": "限规1、3、5"}


class LiftForm(forms.Form):
    """Why a limit is lifted though the debt is not paid."""

    cause = forms.ChoiceField(
        label=_("解除事由"), choices=[("", _("请选择")), *((key.value, label) for key, label in CAUSES.items())]
    )
    why = _why(_("情况说明与依据"))
    articles = {"cause": "限规9，善意17"}


class ListForm(forms.Form):
    """The ground of a listing and what proves it."""

    ground = forms.TypedChoiceField(
        label=_("法定情形"),
        coerce=int,
        choices=[("", _("请选择")), *((one.value, f"（{one.value}）{one.label}") for one in Ground)],
    )
    evidence = _why(_("证据"), _("写明材料名称、来源、日期；没有证据不能提请。"))
    grace_months = forms.TypedChoiceField(
        label=_("公布前宽限期"), coerce=int, choices=[(1, _("一个月")), (2, _("两个月")), (3, _("三个月"))], initial=1
    )
    articles = {"ground": "失规1", "evidence": "失规5", "grace_months": "善意15"}


class SanctionForm(forms.Form):
    """A fine or a detention: of whom, how much or how long, for what."""

    kind = forms.ChoiceField(label=_("种类"), choices=SanctionKind.choices)
    person = forms.CharField(
        label=_("被制裁人"),
        max_length=60,
        required=False,
        help_text=_("单位被执行人的，拘留或罚个人时填责任人姓名；不填即为被执行人本身。"),
    )
    amount = MoneyFormField(label=_("罚款金额"), required=False)
    days = forms.IntegerField(label=_("拘留天数"), min_value=1, max_value=15, required=False)
    conduct = _why(_("妨害执行的行为"), _("写明时间、地点、行为和证据；同一行为不重复处罚。"))

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        fine = typed.get("kind") == SanctionKind.FINE
        if fine and not typed.get("amount") and "amount" not in self.errors:
            self.add_error("amount", _("请填写罚款金额。"))
        if not fine and not typed.get("days") and "days" not in self.errors:
            self.add_error("days", _("请填写拘留天数。"))
        return typed

    def given(self, party: Party) -> Proposal:
        """What the service takes; the figure that the kind does not have is left out."""
        typed, kind = self.cleaned_data, SanctionKind(self.cleaned_data["kind"])
        return Proposal(
            party=party,
            kind=kind,
            conduct=typed["conduct"],
            amount=typed["amount"] if kind == SanctionKind.FINE else None,
            days=typed["days"] if kind == SanctionKind.DETENTION else None,
            person=typed["person"],
        )


class DetainForm(forms.Form):
    """When the detention began."""

    detained_at = forms.DateTimeField(
        label=_("收拘时间"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y年%m月%d日 %H:%M"],
    )
    articles = {"detained_at": "民诉118"}


class ReleaseForm(forms.Form):
    """Why a detention ends."""

    why = forms.ChoiceField(
        label=_("解除原因"),
        choices=[
            ("期满", _("期满")),
            ("履行完毕", _("被拘留人履行完毕")),
            ("承认并改正错误", _("承认并改正错误，提前解除")),
        ],
    )
    articles = {"why": "民诉118③"}
