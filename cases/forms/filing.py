"""The filing of a civil case: cause and claim, both sides, clues, risks, officer."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from cases.forms import people
from cases.forms.parties import PartyForm
from cases.models.cases import ClueKind
from cases.services.filing import ClueInput, Filing
from kernel import text
from kernel.money import MoneyFormField

MOST = 200
RISKS = ("近期转移资产迹象", "涉多案被诉", "停止经营", "电话失联", "其他")


class HeadForm(forms.Form):
    """What is disputed, and what was seen at the counter."""

    cause = forms.CharField(
        label=_("案由"),
        max_length=60,
        widget=forms.TextInput(attrs={"list": "causes", "autocomplete": "off"}),
        error_messages={"required": _("请填写案由。")},
        help_text=_("输入几个字即可选择，也可以自己填写。"),
    )
    claimed = MoneyFormField(label=_("诉讼标的额"), required=False, help_text=_("可写 131.1万元；没有金额的不填。"))
    risks = forms.MultipleChoiceField(
        label=_("立案时发现的风险"),
        choices=[(row, _(row)) for row in RISKS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    officer = people.OfficerChoice(
        label=_("承办法官"), required=False, empty_label=_("暂不确定，七日内分案"),
        error_messages={"invalid_choice": _("此人现在不能承办，请另选。")},
    )  # fmt: skip

    def __init__(self, *args: Any, court_id: UUID, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["officer"].queryset = people.officers(court_id=court_id, roles=people.TRIAL, on=on)

    def clean_cause(self) -> str:
        return text.clean_name(self.cleaned_data["cause"])


class ClueForm(forms.Form):
    """A property clue about one of the defendants."""

    of = forms.TypedChoiceField(label=_("财产所有人"), coerce=int, choices=[("0", _("被告一"))])
    kind = forms.ChoiceField(label=_("财产类型"), choices=ClueKind.choices)
    description = forms.CharField(
        label=_("线索内容"),
        max_length=300,
        widget=forms.TextInput(attrs={"placeholder": _("如：某银行某支行账户；鼓楼路商铺一间")}),
        error_messages={"required": _("请写明线索内容，或删去这一行。")},
    )

    def __init__(self, *args: Any, owners: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["of"].choices = owners

    def has_changed(self) -> bool:
        """A row in which nothing was written is no clue, whatever its lists show."""
        return bool(self.data.get(self.add_prefix("description"), "").strip()) if self.is_bound else False


def _side(at_least: int) -> Any:
    return formset_factory(
        PartyForm, formset=BaseFormSet, extra=0, min_num=at_least, max_num=MOST, absolute_max=MOST, validate_max=True
    )


Side = _side(1)
ClueSet = formset_factory(ClueForm, extra=0, min_num=0, max_num=MOST, absolute_max=MOST, validate_max=True)


class Wizard:
    """All parts of a filing as one form; ``data`` is None while it is only opened."""

    def __init__(self, data: Mapping[str, Any] | None, *, court_id: UUID, on: date) -> None:
        self.head = HeadForm(data, court_id=court_id, on=on)
        parties = {"form_kwargs": {"court_id": court_id}}
        self.plaintiffs = Side(data, prefix="plaintiffs", **parties)
        self.defendants = Side(data, prefix="defendants", **parties)
        self.owners = [(str(index), name) for index, name in enumerate(self._names())]
        self.clues = ClueSet(data, prefix="clues", form_kwargs={"owners": self.owners})
        self.blank_party = PartyForm(prefix="__side__-__prefix__", court_id=court_id)
        self.blank_clue = ClueForm(prefix="clues-__prefix__", owners=self.owners)

    @property
    def sides(self) -> list[tuple[str, Any, Any]]:
        """Prefix, title and rows of both sides."""
        return [("plaintiffs", _("原告"), self.plaintiffs), ("defendants", _("被告"), self.defendants)]

    @property
    def parts(self) -> list[Any]:
        """Every form and formset."""
        return [self.head, self.plaintiffs, self.defendants, self.clues]

    def _names(self) -> list[str]:
        """The defendants as typed so far, told apart by their place."""
        typed = [str(form["name"].value() or "").strip() for form in self.defendants]
        return [name or str(_("被告%(place)s") % {"place": place}) for place, name in enumerate(typed, start=1)]

    def is_valid(self) -> bool:
        """Every part, so that all errors are shown at once."""
        right = all([part.is_valid() for part in self.parts])
        if right:
            self._check_owners()
        return right and not any(form.errors for form in self.clues)

    def _check_owners(self) -> None:
        known = self._places()
        for form in self.clues:
            if form.cleaned_data and form.cleaned_data["of"] not in known:
                form.add_error("of", ValidationError(_("所选的被告没有填写，请另选。"), "nobody"))

    def _places(self) -> dict[int, int]:
        """Row of the form → position among the defendants who were filled in."""
        filled = [index for index, form in enumerate(self.defendants) if form.cleaned_data]
        return {row: place for place, row in enumerate(filled)}

    @property
    def faults(self) -> int:
        """How many fields are filled in wrongly."""
        forms_of_all = [self.head, *self.plaintiffs, *self.defendants, *self.clues]
        return sum(len(form.errors) for form in forms_of_all if form.is_bound)

    def non_field_errors(self) -> list[str]:
        """What concerns the whole form."""
        found = list(self.head.non_field_errors())
        for part in (self.plaintiffs, self.defendants, self.clues):
            found += part.non_form_errors()
            found += [error for form in part for error in form.non_field_errors()]
        return found

    def filing(self) -> Filing:
        """What the service takes."""
        typed, places = self.head.cleaned_data, self._places()
        clues = [form.cleaned_data for form in self.clues if form.cleaned_data]
        return Filing(
            cause=typed["cause"],
            plaintiffs=[form.given() for form in self.plaintiffs if form.cleaned_data],
            defendants=[form.given() for form in self.defendants if form.cleaned_data],
            claimed=typed["claimed"],
            clues=[
                ClueInput(kind=ClueKind(row["kind"]), description=row["description"], of=places[row["of"]])
                for row in clues
            ],
            risks=typed["risks"],
            officer=typed["officer"],
        )
