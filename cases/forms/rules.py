"""A court's own figure, as it is typed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField
from cases.queries import figures
from cases.queries.figures import OwnFigure
from law.rulebook import Unit


class OwnFigureForm(forms.Form):
    """The figure, from when, and on what ground."""

    value = forms.DecimalField(label=_("本院数值"), error_messages={"required": _("请填写数值。")})
    from_on = DayField(label=_("自何日起"), past=False)
    why = forms.CharField(
        label=_("依据"),
        max_length=200,
        help_text=_("例如本院审委会、院长办公会纪要的文号。"),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("请写明依据。")},
    )

    def __init__(self, *args: Any, figure: OwnFigure, **options: Any) -> None:
        super().__init__(*args, **options)
        unit = figures.UNITS.get(figure.rule.unit, "")
        hint = _("可设 %(bounds)s。") % {"bounds": figure.bounds}
        if figure.rule.unit == Unit.RATIO:
            hint = _("按小数填写，例如 0.2 即 20%%；可设 %(bounds)s。") % {"bounds": figure.bounds}
        field = self.fields["value"]
        field.help_text = hint
        field.label = f"{field.label}（{unit}）" if unit else field.label
