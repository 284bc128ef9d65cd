"""Filters of the lists; they live in the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gateways import channels
from gateways.models import Direction, MessageState, Way

ALL = ("", _("全部"))


class MessageFilter(forms.Form):
    """By channel, state, direction, and a key or subject."""

    channel = forms.ChoiceField(label=_("通道"), required=False)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *MessageState.choices])
    direction = forms.ChoiceField(label=_("方向"), required=False, choices=[ALL, *Direction.choices])
    key = forms.CharField(label=_("编号"), required=False, max_length=120)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = [(channel.name, channel.title) for channel in channels.CHANNELS.values()]
        self.fields["channel"].choices = [ALL, *names]  # type: ignore[attr-defined]


class TextFilter(forms.Form):
    """By the last four digits of the phone."""

    tail = forms.CharField(
        label=_("手机尾号"), required=False, max_length=20, widget=forms.TextInput({"inputmode": "numeric"})
    )


class WayForm(forms.Form):
    """How a channel is reached."""

    way = forms.ChoiceField(choices=Way.choices)
