"""What people type about a distribution plan. Choices never reach beyond the plan."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField
from cases.models import Case, Party
from funds.kinds.distribution import DebtorKind, Outcome, PlanRank
from funds.models import DistributionPlan, PlanClaim, PlanObjection, Receipt
from funds.services import plan_windows, planning
from funds.services.plan_rows import RowInput
from funds.services.shares import Wanted
from kernel import clock
from kernel.money import ZERO, MoneyFormField

WHY = {"rows": 3}
CLAIM_RANKS = [choice for choice in PlanRank.choices if choice[0] != PlanRank.COSTS]


class DrawForm(forms.Form):
    """Which receipts of the case, against whom."""

    receipts = forms.ModelMultipleChoiceField(
        label=_("列入分配的来款"), queryset=Receipt.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    debtor = forms.ModelChoiceField(label=_("被执行人"), queryset=Party.objects.none())
    debtor_kind = forms.ChoiceField(label=_("被执行人类型"), choices=DebtorKind.choices, widget=forms.RadioSelect)
    articles = {"debtor_kind": _("民事诉讼法解释第506、514条")}

    def __init__(self, *args: Any, receipts: Any, debtors: list[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        rows: Any = self.fields["receipts"]
        rows.queryset = receipts
        rows.label_from_instance = lambda row: f"{row.number}　{row.amount:,.2f}"
        _offer(self.fields["debtor"], debtors)


class JoinForm(forms.Form):
    """Another case against the debtor, with the day on which its creditor asked."""

    case = forms.ModelChoiceField(label=_("参与分配的案件"), queryset=Case.objects.none())
    asked_on = DayField(label=_("申请参与分配日"), future=False)
    seized_on = DayField(
        label=_("本案查封日"), future=False, required=False, help_text=_("企业法人按查封先后受偿时填写。")
    )
    ground = forms.CharField(
        label=_("不移送破产的情况"),
        max_length=300,
        required=False,
        help_text=_("被执行人是企业法人时必填，例如：各方均不同意移送破产审查。"),
    )
    articles = {"asked_on": _("民事诉讼法解释第507条"), "ground": _("民事诉讼法解释第511至514条")}

    def __init__(self, *args: Any, cases: list[Case], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["case"]
        field.queryset = Case.objects.filter(pk__in=[case.pk for case in cases])
        field.label_from_instance = lambda case: f"{case.number}　{case.cause}"

    def clean_seized_on(self) -> datetime | None:
        return moment(self.cleaned_data["seized_on"])


class RowForm(forms.Form):
    """One row of a draft: amounts, class, grounds, order."""

    amount = MoneyFormField(label=_("债权额（不含加倍利息）"), minimum=ZERO)
    doubled = MoneyFormField(label=_("加倍部分债务利息"), minimum=ZERO, required=False)
    rank = forms.ChoiceField(label=_("顺位"), choices=PlanRank.choices)
    ground = forms.CharField(
        label=_("优先依据"), max_length=200, required=False, help_text=_("优先债权必填，例如不动产抵押登记证号。")
    )
    limit = MoneyFormField(label=_("担保物价款"), minimum=ZERO, required=False)
    priority = forms.IntegerField(label=_("优先次序"), min_value=0, max_value=99, required=False)
    seized_on = DayField(label=_("查封日"), future=False, required=False)
    basis = forms.CharField(label=_("依据"), max_length=200, required=False)
    has_title = forms.BooleanField(label=_("已取得执行依据"), required=False, initial=True)
    articles = {
        "doubled": _("法释〔2014〕8号第4条"),
        "rank": _("民事诉讼法解释第508条"),
        "ground": _("民事诉讼法解释第506条"),
        "seized_on": _("民事诉讼法解释第514条"),
    }

    def row(self) -> RowInput:
        """What was typed, for the service."""
        data = self.cleaned_data
        return RowInput(
            amount=data["amount"],
            doubled=data["doubled"] or ZERO,
            rank=data["rank"],
            basis=data["basis"],
            ground=data["ground"],
            priority=data["priority"] or 0,
            limit=data["limit"],
            seized_at=moment(data["seized_on"]),
            has_title=data["has_title"],
        )


class AddRowForm(RowForm):
    """A row for a party of a case of the plan whose claim no judgment of the court holds."""

    party = forms.ModelChoiceField(label=_("债权人"), queryset=Party.objects.none())
    field_order = ["party"]

    def __init__(self, *args: Any, parties: list[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        _offer(self.fields["party"], parties)
        choice: Any = self.fields["rank"]
        choice.choices, choice.initial = CLAIM_RANKS, PlanRank.PRIORITY


class WantForm(forms.Form):
    """What an objection wants of a row."""

    claim = forms.ModelChoiceField(label=_("对哪一项有异议"), queryset=PlanClaim.objects.none())
    amount = MoneyFormField(label=_("债权额应为"), minimum=ZERO, help_text=_("不含加倍利息；认为不应参与分配的填 0。"))
    rank = forms.ChoiceField(label=_("顺位应为"), choices=PlanRank.choices)

    def __init__(self, *args: Any, plan: DistributionPlan, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["claim"]
        field.queryset = planning.claims_of(plan)
        field.label_from_instance = lambda row: f"{row.label}　{row.get_rank_display()}　{row.amount:,.2f}"

    def wants(self) -> dict[Any, Wanted]:
        """What was typed, for the service."""
        data = self.cleaned_data
        return {data["claim"].pk: Wanted(amount=data["amount"], rank=data["rank"])}


class ObjectForm(WantForm):
    """An objection that came in writing: whose, of which day, why."""

    party = forms.ModelChoiceField(label=_("异议人"), queryset=Party.objects.none())
    made_on = DayField(label=_("提出日"), future=False, help_text=_("邮寄的填交邮日。"))
    grounds = forms.CharField(label=_("异议理由"), max_length=2000, widget=forms.Textarea(attrs=WHY))
    field_order = ["party", "made_on"]
    articles = {"made_on": _("民事诉讼法解释第509条"), "claim": _("民事诉讼法解释第510条")}

    def __init__(self, *args: Any, plan: DistributionPlan, **options: Any) -> None:
        super().__init__(*args, plan=plan, **options)
        _offer(self.fields["party"], plan_windows.people(plan))


class OpposeForm(forms.Form):
    """Who opposes an objection, of which day, why."""

    party = forms.ModelChoiceField(label=_("反对人"), queryset=Party.objects.none())
    made_on = DayField(label=_("提出日"), future=False)
    grounds = forms.CharField(label=_("反对意见"), max_length=2000, widget=forms.Textarea(attrs=WHY))
    articles = {"made_on": _("民事诉讼法解释第510条")}

    def __init__(self, *args: Any, objection: PlanObjection, **options: Any) -> None:
        super().__init__(*args, **options)
        others = [party for party in plan_windows.people(objection.plan) if party.pk != objection.party_id]
        _offer(self.fields["party"], others)


class SueForm(forms.Form):
    """The suit on an objection."""

    sued_on = DayField(label=_("起诉日"), future=False)
    number = forms.CharField(label=_("异议之诉案号"), max_length=60)
    articles = {"sued_on": _("民事诉讼法解释第510条")}


class DecideForm(WantForm):
    """The outcome of the suit; the row and its figures only when the objection was upheld in part."""

    outcome = forms.ChoiceField(label=_("诉讼结果"), choices=Outcome.choices, widget=forms.RadioSelect)
    on = DayField(label=_("裁判生效日"), future=False)
    why = forms.CharField(label=_("裁判文书和主文"), max_length=300, widget=forms.Textarea(attrs=WHY))
    field_order = ["outcome", "on", "why"]

    def __init__(self, *args: Any, plan: DistributionPlan, **options: Any) -> None:
        super().__init__(*args, plan=plan, **options)
        for name in ("claim", "amount", "rank"):
            self.fields[name].required = False
        self.fields["claim"].label = _("部分支持时，改哪一项")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("outcome") == Outcome.PARTLY and (not data.get("claim") or data.get("amount") is None):
            self.add_error("claim", _("部分支持的，请写明改哪一项、改为多少。"))
        return data

    def wants(self) -> dict[Any, Wanted]:
        """What was typed, when the outcome is partial."""
        return super().wants() if self.cleaned_data["outcome"] == Outcome.PARTLY else {}


def moment(day: date | None) -> datetime | None:
    """The beginning of a day, for the order of measures."""
    return clock.start_of(day) if day else None


def _offer(field: Any, parties: list[Party]) -> None:
    field.queryset = Party.objects.filter(pk__in=[party.pk for party in parties])
    field.label_from_instance = lambda party: party.name
