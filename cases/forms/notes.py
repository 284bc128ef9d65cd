"""Notes, contacts, attachments and the correcting of an entry."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms import people
from cases.forms.fields import FilesField
from cases.models import Attachment, Case

EMPTY = {"required": _("请写明内容。")}
WAYS = [
    (_("电话"), _("电话")),
    (_("当面"), _("当面")),
    (_("上门"), _("上门")),
    (_("短信"), _("短信")),
    (_("微信"), _("微信")),
    (_("其他"), _("其他")),
]
OUTCOMES = [
    (_("已联系上"), _("已联系上")),
    (_("无人接听"), _("无人接听")),
    (_("号码停机"), _("号码停机")),
    (_("拒绝沟通"), _("拒绝沟通")),
]


class NoteForm(forms.Form):
    """A working note of staff."""

    text = forms.CharField(
        label=_("笔记"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}), error_messages=EMPTY,
        help_text=_("只在本院内部可见，不向当事人显示。"),
    )  # fmt: skip


class ContactForm(forms.Form):
    """A contact with a party: who, how, whether it was reached, and what was said."""

    party = people.PartyChoice(label=_("联系谁"), error_messages={"required": _("请选择联系的当事人。")})
    way = forms.ChoiceField(label=_("方式"), choices=WAYS)
    outcome = forms.ChoiceField(label=_("结果"), choices=OUTCOMES)
    text = forms.CharField(
        label=_("谈了什么"), max_length=4000, required=False, widget=forms.Textarea,
        help_text=_("答应了什么、什么时候办，写清楚，便于下次接着谈。"),
    )  # fmt: skip

    def __init__(self, *args: Any, case: Case, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["party"].queryset = people.parties(case)

    def sentence(self) -> str:
        """The note that is kept: 电话联系张三，无人接听。…"""
        typed = self.cleaned_data
        head = _("%(way)s联系%(name)s，%(outcome)s。") % {
            "way": typed["way"], "name": typed["party"].name, "outcome": typed["outcome"],
        }  # fmt: skip
        return f"{head}{typed['text'].strip()}"


class AttachForm(forms.Form):
    """Files for the dossier."""

    files = FilesField(label=_("文件"), help_text=_("PDF、Word、Excel、JPG、PNG，每个不超过 20 MB，可一次选多个。"))
    title = forms.CharField(label=_("名称"), max_length=100, required=False, help_text=_("不填则用文件名。"))
    volume = forms.ChoiceField(
        label=_("放入"), choices=Attachment._meta.get_field("volume").choices, help_text=_("副卷不对外提供阅卷。")
    )


class CorrectForm(forms.Form):
    """Why an entry was mistaken."""

    reason = forms.CharField(
        label=_("更正原因"), max_length=200, widget=forms.Textarea, error_messages={"required": _("请写明更正的原因。")},
        help_text=_("原记录不删除，划去并注明原因。"),
    )  # fmt: skip
