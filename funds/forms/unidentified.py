"""What people type about unidentified money."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from funds.models import Receipt
from kernel.templatetags import dates


class AnswerForm(forms.Form):
    """What was found out about a payer's claim."""

    WAIT, ANSWER = "WAIT", "ANSWER"
    outcome = forms.ChoiceField(
        label=_("结果"),
        choices=[(WAIT, _("款还没有到账，到账后再核对")), (ANSWER, _("已查清，答复付款人"))],
        initial=WAIT,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("答复或备注"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        if typed.get("outcome") == self.ANSWER and not str(typed.get("words", "")).strip():
            self.add_error("words", forms.ValidationError(_("请写明答复的内容。"), "required"))
        return typed


class NoticeForm(forms.Form):
    """Which receipts to tell the public."""

    receipts = forms.TypedMultipleChoiceField(
        label=_("列入公告的款项"),
        coerce=UUID,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("请至少选择一笔。")},
    )
    why = forms.CharField(
        label=_("已做过的查找"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, receipts: Sequence[Receipt], **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["receipts"]
        field.choices = [(str(row.pk), _label(row)) for row in receipts]
        field.initial = [str(row.pk) for row in receipts]


def _label(row: Receipt) -> str:
    return f"{dates.full_day_text(row.received_on)}　{row.payer_name or '—'}　{row.amount:,.2f}"
