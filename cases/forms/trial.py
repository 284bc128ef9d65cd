"""What a trial judge enters: the items of a judgment or mediation, its day of effect."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from cases.forms import people, shares
from cases.forms.fields import DayField
from cases.kinds import CLAIMING, CRIMINAL, OWING, ItemNature, Liability
from cases.models import Case, Party
from cases.services.trial import ItemInput
from kernel.money import MoneyFormField

JUDGE, MEDIATE = "JUDGE", "MEDIATE"
NATURES = [row for row in ItemNature.choices if row[0] not in (ItemNature.EXECUTION_FEE, *CRIMINAL)]
MOST_ITEMS = 50


class HeadForm(forms.Form):
    """Judgment or mediation, and its day."""

    how = forms.ChoiceField(
        label=_("裁判方式"),
        choices=[(JUDGE, _("判决")), (MEDIATE, _("调解"))],
        initial=JUDGE,
        widget=forms.RadioSelect,
    )
    on = DayField(
        label=_("裁判日期"), future=False, help_text=_("判决填宣判或作出之日；调解填双方签收之日，当日生效。")
    )
    articles = {"how": _("民事诉讼法第100条、第155条")}


class ItemForm(forms.Form):
    """One operative item: who pays whom how much by when."""

    nature = forms.ChoiceField(label=_("性质"), choices=NATURES)
    payers = forms.ModelMultipleChoiceField(
        label=_("谁给付"), queryset=Party.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请选择给付义务人。")},
    )  # fmt: skip
    liability = forms.ChoiceField(
        label=_("几人怎样承担"), choices=Liability.choices, initial=Liability.JOINT, required=False,
        widget=forms.RadioSelect,
        help_text=_("连带：每人都对全部负责。按份：各负各的份额。补充：先由他人清偿，不能清偿的部分再承担。"),
    )  # fmt: skip
    later = forms.ModelMultipleChoiceField(
        label=_("谁补充承担"), queryset=Party.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    payee = people.PartyChoice(label=_("给付给谁"), error_messages={"required": _("请选择权利人。")})
    amount = MoneyFormField(label=_("金额"), error_messages={"required": _("请填写金额。")})
    due_on = DayField(label=_("履行期最后一日"), required=False, help_text=_("不填则自生效日起算。"))
    text = forms.CharField(
        label=_("判项原文"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, parties: Sequence[Party], **options: Any) -> None:
        super().__init__(*args, **options)
        keys = [party.pk for party in parties]
        self.parties = parties
        for name in ("payers", "later", "payee"):
            self.fields[name].queryset = Party.objects.filter(pk__in=keys)
            self.fields[name].choices = _in_order(self.fields[name], parties)
        for place, party in enumerate(parties):
            self.fields[f"share_{place}"] = shares.ShareField(label=party.name)

    @property
    def sharing(self) -> list[Any]:
        """The fields of the shares, one for each party who may owe; none where only one can."""
        found = [self[f"share_{place}"] for place in range(len(self.parties))]
        return found if len(found) > 2 else []

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        payers, payee = typed.get("payers"), typed.get("payee")
        if payers and payee in payers:
            self.add_error("payee", ValidationError(_("权利人与义务人相同，请核对。"), "same"))
        try:
            typed["yuan"] = self._shares(typed)
        except ValidationError as error:
            self.add_error("liability", error)
        return typed

    def _shares(self, typed: dict[str, Any]) -> list[Decimal]:
        """Who bears how much (yuan), once payers and amount are clear. Raises ValidationError."""
        payers, amount = list(typed.get("payers") or []), typed.get("amount")
        kind = typed["liability"] = typed.get("liability") or Liability.JOINT
        if len(payers) < 2 or amount is None or kind == Liability.JOINT:
            typed |= {"liability": Liability.JOINT, "later": []}
            return []
        later = typed["later"] = list(typed.get("later") or []) if kind == Liability.SUPPLEMENTARY else []
        if kind == Liability.SUPPLEMENTARY and not 0 < len([party for party in later if party in payers]) < len(payers):
            raise ValidationError(_("请选谁补充承担；至少留一人先承担。"), "order")
        sharing = payers if kind == Liability.SEVERAL else later
        given = [typed.get(f"share_{self.parties.index(party)}") for party in sharing]
        return shares.yuan_of(liability=kind, shares=given, sharing=sharing, amount=amount)

    def item(self) -> ItemInput:
        """What the service takes."""
        typed = self.cleaned_data
        return ItemInput(
            amount=typed["amount"],
            payers=list(typed["payers"]),
            payee=typed["payee"],
            due_on=typed["due_on"],
            nature=ItemNature(typed["nature"]),
            text=typed["text"].strip(),
            liability=Liability(typed["liability"]),
            shares=typed["yuan"],
            later=typed["later"],
        )


def _in_order(field: Any, parties: Sequence[Party]) -> list[tuple[Any, str]]:
    head = [] if field.empty_label is None else [("", field.empty_label)]
    return [*head, *((party.pk, party.name) for party in parties)]


class _Items(BaseFormSet):  # type: ignore[type-arg]
    """The items, in order. The first one must be filled."""

    default_error_messages = {"too_many_forms": _("判项过多，请分开录入。")}


ItemSet = formset_factory(
    ItemForm, formset=_Items, extra=0, min_num=1, max_num=MOST_ITEMS, validate_max=True, absolute_max=MOST_ITEMS
)


class JudgmentForm:
    """Head and items as one form."""

    def __init__(self, data: Mapping[str, Any] | None, *, case: Case, initial: Mapping[str, Any]) -> None:
        rows = list(people.participations(case))
        self.parties = list(dict.fromkeys(row.party for row in rows))
        first = {
            "payers": [row.party_id for row in rows if row.role in OWING],
            "payee": next((row.party_id for row in rows if row.role in CLAIMING), None),
            "amount": f"{case.claimed:,.2f}" if case.claimed else "",
            "nature": ItemNature.PRINCIPAL,
        }
        self._valid: bool | None = None
        self.head = HeadForm(data, initial=initial)
        options = {"form_kwargs": {"parties": self.parties}, "prefix": "items"}
        self.items = ItemSet(data, **options) if data is not None else ItemSet(initial=[first], **options)
        self.blank = ItemForm(prefix="items-__prefix__", parties=self.parties, initial=first | {"amount": ""})

    def is_valid(self) -> bool:
        """Both parts, so that every error is shown at once."""
        if self._valid is None:
            self._valid = self._check()
        return self._valid

    def _check(self) -> bool:
        head, items = self.head.is_valid(), self.items.is_valid()
        if head and items:
            self._check_due()
        return self.head.is_valid() and not any(form.errors for form in self.items)

    def _check_due(self) -> None:
        for form in self._filled():
            due = form.cleaned_data["due_on"]
            if due and due < self.head.cleaned_data["on"]:
                form.add_error("due_on", ValidationError(_("履行期早于裁判日期。"), "early"))

    def _filled(self) -> list[ItemForm]:
        return [form for form in self.items if form.cleaned_data]

    def inputs(self) -> list[ItemInput]:
        """What the service takes."""
        return [form.item() for form in self._filled()]

    def non_field_errors(self) -> list[str]:
        """What concerns the whole form."""
        return [*self.head.non_field_errors(), *self.items.non_form_errors()]

    def total(self) -> Decimal:
        """The sum of the items that can be read so far (yuan)."""
        amounts = [getattr(form, "cleaned_data", {}).get("amount") for form in self.items]
        return sum((amount for amount in amounts if amount), Decimal("0.00"))


class EffectForm(forms.Form):
    """The day on which a judgment took effect."""

    effective_on = DayField(
        label=_("生效日"), future=False, help_text=_("上诉期届满的次日；二审维持的，填二审文书送达之日。")
    )
    articles = {"effective_on": _("民事诉讼法第158条、第171条")}


class WithdrawForm(forms.Form):
    """Nothing to type but the assurance that the ruling was made."""

    sure = forms.BooleanField(
        label=_("已裁定准许撤诉"), error_messages={"required": _("准许撤诉须先作出裁定，请确认。")}
    )
    articles = {"sure": _("民事诉讼法第148条")}
