"""What is typed about parties: entering, correcting, agents, property clues."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.forms import people
from cases.forms.fields import DayField
from cases.kinds import ParticipationRole, PartyKind
from cases.models import Case, Participation, Party
from cases.models.cases import ClueKind
from cases.services import parties
from cases.services.parties import PartyInput
from kernel import text
from kernel.encryption import digest

NAME_MISSING = {"required": _("请填写姓名或名称。")}
ID_HELP = _("身份证号或统一社会信用代码，暂缺的可不填。")


class PartyFields(forms.Form):
    """A person or an organisation as the clerk types it; every error stands at its own field."""

    kind = forms.ChoiceField(label=_("类型"), choices=PartyKind.choices, initial=PartyKind.PERSON)
    name = forms.CharField(label=_("姓名或名称"), max_length=80, error_messages=NAME_MISSING)
    id_number = forms.CharField(
        label=_("证件号码"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "class": "num"}),
    )
    phone = forms.CharField(
        label=_("电话"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "tel", "class": "num"}),
    )
    address = forms.CharField(label=_("住所"), max_length=200, required=False)
    legal_representative = forms.CharField(label=_("法定代表人"), max_length=40, required=False)

    def clean_name(self) -> str:
        return text.clean_name(self.cleaned_data["name"])

    def clean_phone(self) -> str:
        try:
            return parties.check_phone(self.cleaned_data["phone"])
        except parties.WrongPhone as refusal:
            raise ValidationError(refusal.text, "wrong_phone") from refusal

    def clean_id_number(self) -> str:
        """Checked for the kind chosen; the message says what is wrong with the number."""
        kind = self.cleaned_data.get("kind", PartyKind.PERSON)
        try:
            return parties.check_identity(kind=kind, name="", typed=self.cleaned_data["id_number"]).number
        except parties.WrongIdentity as refusal:
            raise ValidationError(
                _("证件号码有误：%(reason)s。请对照证件重新填写。"),
                "wrong_identity",
                {"reason": refusal.facts["reason"]},
            ) from refusal

    def given(self) -> PartyInput:
        """What the services take."""
        typed = self.cleaned_data
        return PartyInput(
            kind=typed["kind"],
            name=typed["name"],
            id_number=typed["id_number"],
            phone=typed["phone"],
            address=typed["address"],
            legal_representative=typed["legal_representative"] if typed["kind"] == PartyKind.ORGANISATION else "",
        )


class PartyForm(PartyFields):
    """A party that enters the court: its number may not be on file under another name."""

    def __init__(self, *args: Any, court_id: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.court_id = court_id

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        number, name = typed.get("id_number"), typed.get("name")
        if number and name:
            known = Party.objects.filter(court_id=self.court_id, id_digest=digest(number)).first()
            if known and text.searchable(known.name) != text.searchable(name):
                refusal = parties.NameDiffers(known=known.name, typed=name)
                self.add_error("name", ValidationError(refusal.text, "name_differs"))
        return typed


class EditPartyForm(PartyFields):
    """Particulars of a party that is on file; the kind stays. ``secret`` hides the number from who may not read it."""

    kind = None  # type: ignore[assignment]
    reason = forms.CharField(
        label=_("更正原因"), max_length=100, required=False, help_text=_("例如：对照身份证更正。记入审计。"),
        error_messages={"required": _("覆盖他人的修改须写明更正原因。")},
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, party: Party, secret: bool, **options: Any) -> None:
        self.party, self.secret = party, secret
        super().__init__(*args, **options)
        if secret:
            self.fields["id_number"].disabled = True
            self.fields["id_number"].help_text = _("您的岗位不显示完整号码，保存时号码不变。")
        if party.is_person:
            del self.fields["legal_representative"]

    def ask_why(self) -> None:
        """Who overwrites somebody else's correction says why."""
        self.fields["reason"].required = True

    def clean_id_number(self) -> str:
        if self.secret:
            return self.party.id_number
        self.cleaned_data["kind"] = self.party.kind
        return super().clean_id_number()

    def given(self) -> PartyInput:
        """What the services take."""
        typed = self.cleaned_data
        return PartyInput(
            kind=self.party.kind,
            name=typed["name"],
            id_number=typed["id_number"],
            phone=typed["phone"],
            address=typed["address"],
            legal_representative=typed.get("legal_representative", ""),
        )


def as_typed(party: Party, *, secret: bool) -> dict[str, Any]:
    """The particulars on file, as the form begins with them."""
    return {
        "name": party.name,
        "id_number": party.masked_id if secret else party.id_number,
        "phone": party.phone,
        "address": party.address,
        "legal_representative": party.legal_representative,
        "version": party.version,
    }


class _Represented(forms.ModelChoiceField):
    def label_from_instance(self, row: Participation) -> str:
        return f"{row.get_role_display()} {row.party.name}"


class AgentForm(PartyForm):
    """Who acts for whom, with general or special authority."""

    represents = _Represented(
        label=_("代理谁"), queryset=Participation.objects.none(), empty_label=_("请选择"),
        error_messages={"required": _("请选择被代理的当事人。")},
    )  # fmt: skip
    special = forms.BooleanField(
        label=_("特别授权"), required=False, help_text=_("可代为承认、放弃、变更请求，和解，领取案款。")
    )
    until_on = DayField(
        label=_("代理期限至"), required=False, past=False, help_text=_("授权委托书写明期限的填写，不填为至本案结案。")
    )
    articles = {"represents": _("民事诉讼法第61条"), "special": _("民事诉讼法第62条")}
    field_order = (
        "represents", "kind", "name", "id_number", "phone", "address", "legal_representative", "special", "until_on",
    )  # fmt: skip

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, court_id=case.court_id, **options)
        self.fields["represents"].queryset = people.participations(case)
        self.fields["id_number"].help_text = ID_HELP


class ClueForm(forms.Form):
    """A property clue: whose, what, and from whom the court has it."""

    party = people.PartyChoice(label=_("财产所有人"), error_messages={"required": _("请选择财产所有人。")})
    kind = forms.ChoiceField(label=_("财产类型"), choices=ClueKind.choices)
    description = forms.CharField(
        label=_("线索内容"),
        max_length=300,
        widget=forms.Textarea,
        help_text=_("写清在哪里、什么财产、怎么知道的。"),
        error_messages={"required": _("请写明线索内容。")},
    )
    given_by = forms.CharField(label=_("提供人"), max_length=60, required=False)
    articles = {"description": _("财产调查规定第2条")}

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["party"].queryset = people.parties(case)


def owner_of(case: Case) -> Party | None:
    """The first of those who owe: whose property a clue is usually about."""
    owing = (ParticipationRole.DEBTOR, ParticipationRole.DEFENDANT, ParticipationRole.RESPONDENT)
    row = people.participations(case).filter(role__in=owing).order_by("ordinal").first()
    return row.party if row else None
