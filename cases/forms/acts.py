"""Who takes a case, the notice, the hand-over between lanes, and closing."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Post
from accounts.roles import Role
from cases.forms import people
from cases.forms.fields import DayField
from cases.kinds import EXECUTION_KINDS, CaseKind
from cases.models import JudgmentItem
from cases.services import closing

EXECUTION = (*people.FIELD, Role.QUERY_OFFICER)
CHOOSE = {"required": _("请选择承办人。"), "invalid_choice": _("此人现在不能承办，请另选。")}


class _WithOfficer(forms.Form):
    """A form that chooses an officer of the court."""

    roles: tuple[Role, ...] = people.FIELD
    officer = people.OfficerChoice(label=_("承办人"), error_messages=CHOOSE)

    def __init__(self, *args: Any, court_id: UUID, on: date, roles: tuple[Role, ...] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        rows = people.officers(court_id=court_id, roles=roles or self.roles, on=on)
        self.fields["officer"].queryset = rows

    @property
    def idlest(self) -> Post | None:
        """The officer with the fewest open cases: what the form proposes."""
        found: Post | None = self.fields["officer"].queryset.first()
        return found


class AssignForm(_WithOfficer):
    """A new officer for a case."""


def roles_for(kind: str) -> tuple[Role, ...]:
    """Whose posts may be responsible for a case of the kind."""
    if kind in (CaseKind.CIVIL, CaseKind.PRE_SUIT_PRESERVATION):
        return people.TRIAL
    if kind in EXECUTION_KINDS or kind == CaseKind.PRESERVATION:
        return EXECUTION
    return (*people.TRIAL, *people.FIELD)


class BeginForm(_WithOfficer):
    """The judge who tries a filed case."""

    roles = people.TRIAL
    officer = people.OfficerChoice(label=_("审判法官"), error_messages=CHOOSE)


class HandOverForm(_WithOfficer):
    """The field officer who takes the case after the inquiry."""

    roles = people.FIELD
    officer = people.OfficerChoice(label=_("执行实施承办人"), error_messages=CHOOSE)


class NotifyForm(forms.Form):
    """The last days for performing and for reporting property, both inclusive; they are printed in the papers."""

    perform_by = DayField(label=_("限期履行至"), past=False, help_text=_("当日 24:00 前履行，写入执行通知书。"))
    report_by = DayField(label=_("限期报告财产至"), past=False, help_text=_("法律未定天数，写入报告财产令。"))
    articles = {"perform_by": _("民诉法解释第480条"), "report_by": _("财产调查规定第3条")}


class CallForm(forms.Form):
    """On which item those who answer after the others are called, and what was found."""

    item = forms.ChoiceField(label=_("判项"), widget=forms.RadioSelect, error_messages={"required": _("请选择判项。")})
    finding = forms.CharField(
        label=_("查明情况"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写明先承担的义务人不能清偿的查明情况。")},
        help_text=_("写明对先承担的义务人查控、处置的结果，入卷备查。"),
    )  # fmt: skip
    articles = {"item": _("民法典第178条")}

    def __init__(self, *args: Any, items: Sequence[JudgmentItem], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["item"].choices = [(str(item.pk), self.label(item)) for item in items]
        if len(items) == 1:
            self.fields["item"].initial = str(items[0].pk)

    @staticmethod
    def label(item: JudgmentItem) -> str:
        """第 1 项：甲先承担，乙补充."""
        sides = item.sides.all()
        first = "、".join(side.party.name for side in sides if not side.later)
        later = "、".join(side.party.name for side in sides if side.later)
        words = {"place": item.ordinal, "first": first, "later": later}
        return str(_("第 %(place)s 项：%(first)s先承担，%(later)s补充") % words)


class CloseForm(forms.Form):
    """How the case is to be closed and why."""

    how = forms.ChoiceField(
        label=_("结案方式"), choices=[(row.value, row.label) for row in closing.TRANSITIONS], widget=forms.RadioSelect,
        error_messages={"required": _("请选择结案方式。")},
    )  # fmt: skip
    why = forms.CharField(
        label=_("理由"),
        max_length=2000,
        required=False,
        widget=forms.Textarea,
        help_text=_("写给审批人看的结论与依据。"),
    )
