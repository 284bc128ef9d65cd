"""Execution objections: what was received, who examines it, the panel's ruling, what was done by it."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms import PostChoice
from accounts.models import Post
from accounts.roles import Role
from cases.forms import people
from cases.forms.fields import DayField
from cases.kinds import ObjectionKind, ObjectionOutcome, PartyKind
from cases.models import Case, Document
from cases.services import objecting, parties
from cases.services.objecting import ObjectionInput
from cases.services.parties import PartyInput

OUTSIDER = "outsider"
JUDGES = (Role.EXECUTION_JUDGE, Role.TRIAL_JUDGE)


class ObjectForm(forms.Form):
    """An objection as it was received, by a party of the case or by somebody outside it."""

    objector = forms.ChoiceField(label=_("异议人"), error_messages={"required": _("请选择异议人。")})
    name = forms.CharField(
        label=_("案外人姓名或名称"), max_length=80, required=False, help_text=_("异议人是案外人时填写。")
    )
    outsider_kind = forms.ChoiceField(label=_("案外人类型"), choices=PartyKind.choices, required=False)
    id_number = forms.CharField(label=_("案外人证件号码"), max_length=40, required=False)
    phone = forms.CharField(label=_("案外人电话"), max_length=30, required=False)
    kind = forms.ChoiceField(
        label=_("异议类型"), choices=ObjectionKind.choices, initial=ObjectionKind.CONDUCT, widget=forms.RadioSelect,
        help_text=_("针对法院怎么做的，是行为异议；主张财产归自己的，是标的异议。"),
    )  # fmt: skip
    document = forms.ModelChoiceField(
        label=_("所针对的文书"), queryset=Document.objects.none(), required=False, empty_label=_("不针对文书")
    )
    contested = forms.CharField(
        label=_("所针对的行为或者标的"), max_length=200,
        error_messages={"required": _("请写明所针对的行为或者标的。")},
    )  # fmt: skip
    request = forms.CharField(
        label=_("请求和理由"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写明请求和理由。")},
    )  # fmt: skip
    received_on = DayField(label=_("收到日"), future=False)
    articles = {"kind": _("民事诉讼法第236条、第238条")}

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = people.participations(case)
        self.people = {str(row.party_id): row.party for row in rows}
        known = [(str(row.party_id), f"{row.party.name}（{row.get_role_display()}）") for row in rows]
        self.fields["objector"].choices = [("", _("请选择")), *known, (OUTSIDER, _("案外人"))]
        documents = Document.objects.filter(case=case).order_by("-issued_at")
        self.fields["document"].queryset = documents
        self.fields["document"].label_from_instance = lambda row: f"{row.title} {row.number}"

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("objector") == OUTSIDER and not typed.get("name", "").strip():
            self.add_error("name", ValidationError(_("请填写案外人的姓名或名称。"), "required"))
        return typed

    def outsider(self) -> PartyInput | None:
        """The person from outside the case, or nobody."""
        if self.cleaned_data["objector"] != OUTSIDER:
            return None
        typed = self.cleaned_data
        return PartyInput(
            kind=PartyKind(typed["outsider_kind"] or PartyKind.PERSON), name=typed["name"], id_number=typed["id_number"],
            phone=parties.check_phone(typed["phone"]),
        )  # fmt: skip

    def given(self) -> ObjectionInput:
        """What the service takes."""
        typed = self.cleaned_data
        return ObjectionInput(
            kind=ObjectionKind(typed["kind"]),
            contested=typed["contested"],
            request=typed["request"],
            document=typed["document"],
            received_on=typed["received_on"],
        )


class ReviewForm(forms.Form):
    """The judge who examines an objection."""

    judge = people.OfficerChoice(label=_("审查法官"), error_messages={"required": _("请选择法官。")})
    articles = {"judge": _("法释〔2015〕10号第11条")}

    def __init__(self, *args: Any, court_id: UUID, on: date, barred: Collection[UUID], **options: Any) -> None:
        super().__init__(*args, **options)
        rows = people.officers(court_id=court_id, roles=JUDGES, on=on).exclude(user_id__in=barred)
        self.fields["judge"].queryset = rows


class Members(forms.ModelMultipleChoiceField):
    """Judges, told as everywhere by person, role and team."""

    def label_from_instance(self, post: Post) -> str:
        return PostChoice(queryset=Post.objects.none()).label_from_instance(post)


class RuleForm(forms.Form):
    """The panel's ruling on an objection."""

    outcome = forms.ChoiceField(
        label=_("审查结果"), choices=ObjectionOutcome.choices, widget=forms.RadioSelect,
        error_messages={"required": _("请选择审查结果。")},
    )  # fmt: skip
    members = Members(
        label=_("合议庭其他成员"), queryset=Post.objects.none(), widget=forms.CheckboxSelectMultiple,
        help_text=_("另选两名没有参加执行的法官。"), error_messages={"required": _("请选择合议庭成员。")},
    )  # fmt: skip
    reasons = forms.CharField(
        label=_("裁定理由"), max_length=8000, widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("请写明裁定理由。")},
    )  # fmt: skip
    order = forms.CharField(
        label=_("裁定主文"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("异议不成立的可以不填，写为驳回异议请求。"),
    )  # fmt: skip
    articles = {"outcome": _("法释〔2015〕10号第17条"), "members": _("法释〔2015〕10号第11条")}

    def __init__(self, *args: Any, court_id: UUID, on: date, barred: Collection[UUID], **options: Any) -> None:
        super().__init__(*args, **options)
        rows = people.officers(court_id=court_id, roles=JUDGES, on=on).exclude(user_id__in=barred)
        self.fields["members"].queryset = rows

    def clean_members(self) -> list[Post]:
        chosen = list(self.cleaned_data["members"])
        if len(chosen) != objecting.OTHERS_ON_PANEL:
            raise ValidationError(objecting.PanelIncomplete().text, "panel")
        return chosen


class FollowForm(forms.Form):
    """What was done by the ruling."""

    done = forms.CharField(
        label=_("怎样按裁定办理"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写明怎样按裁定办理。")},
        help_text=_("例如撤销了哪项行为、变更了什么、解除了哪项查封，办理日期。"),
    )  # fmt: skip
